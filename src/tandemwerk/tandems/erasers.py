"""How tandems forget a person: what is open ends for both, then their side of it goes."""

from datetime import datetime

from tandemwerk.people.erasure import eraser
from tandemwerk.people.models import User
from tandemwerk.tandems.models import TandemMember
from tandemwerk.tandems.selectors.visible import tandems_visible_to
from tandemwerk.tandems.services.ending import tandem_leave


@eraser("tandems", order=20)
def erase_tandems(user: User, now: datetime) -> None:
    """End open tandems, leave groups that go on (the others are told kindly), delete the rest.

    What the person answered or asked the coordination goes with their memberships.

    The tandem itself stays for the other one, with somebody nameless. About 20 queries per open
    tandem.
    """
    for tandem in tandems_visible_to(user):
        tandem_leave(tandem=tandem, by=user, now=now)
    TandemMember.objects.filter(user=user).delete()
