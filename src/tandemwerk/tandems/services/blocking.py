"""Blocking somebody from a tandem: it ends at once, like any other end, and for good."""

from datetime import datetime

from django.db import transaction

from tandemwerk.core.errors import DomainError
from tandemwerk.people.models import Block, User
from tandemwerk.people.services.blocks import block_put
from tandemwerk.tandems.enums import DeclineCode, JoiningState, TandemState
from tandemwerk.tandems.models import Joining, Tandem, TandemMember
from tandemwerk.tandems.selectors.visible import tandems_visible_to
from tandemwerk.tandems.services.change import member_of
from tandemwerk.tandems.services.chemistry import chemistry_refuse
from tandemwerk.tandems.services.ending import tandem_dissolve, tandem_expire
from tandemwerk.tandems.services.joining import joining_decline
from tandemwerk.tandems.services.proposals import proposal_decline

OPEN = (TandemState.PROPOSED, TandemState.CHEMISTRY, TandemState.ACTIVE, TandemState.CLOSING)


@transaction.atomic
def tandem_block(*, tandem: Tandem, by: User, whom: User, now: datetime) -> Block:
    """`by` wants nothing more to do with `whom`, who is in `tandem` with them.

    Everything open between the two ends now; `whom` hears what they hear after any end. In a group
    that goes on it is `by` who leaves. Raises TandemMember.DoesNotExist if `whom` is not in it.
    Queries: three, and those of every end.
    """
    member_of(tandem, whom)
    block = block_put(by=by, whom=whom, now=now)
    asked = Joining.objects.filter(state=JoiningState.OPEN).select_related("tandem")
    for new, there in ((whom, by), (by, whom)):
        present = TandemMember.objects.filter(user=there, left_at__isnull=True).values("tandem")
        for joining in asked.filter(participation__user=new, tandem__in=present):
            joining_decline(joining=joining, by=by, now=now)
    shared = tandems_visible_to(by).filter(
        pk__in=whom.tandem_memberships.filter(left_at__isnull=True).values("tandem"),
        state__in=OPEN,
    )
    for each in shared.order_by("pk"):
        _end(each, by, now)
    return block


def _end(tandem: Tandem, by: User, now: datetime) -> None:
    if tandem.state in {TandemState.ACTIVE, TandemState.CLOSING}:
        tandem_dissolve(tandem=tandem, by=by, now=now)
        return
    is_proposal = tandem.state == TandemState.PROPOSED
    decline = proposal_decline if is_proposal else chemistry_refuse
    try:
        decline(tandem=tandem, by=by, code=DeclineCode.NONE, now=now)
    except DomainError:  # its time is over, only the hourly clock has not come by yet
        tandem_expire(tandem=tandem, now=now)
