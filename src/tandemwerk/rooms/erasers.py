"""How rooms forget a person: their private things go; what they shared stays for the others."""

from datetime import datetime

from django.db.models import Q

from tandemwerk.core.jobs import enqueue
from tandemwerk.people.erasure import eraser
from tandemwerk.people.models import User
from tandemwerk.rooms.jobs import room_traces_wipe
from tandemwerk.rooms.models import Note, ReviewAnswer
from tandemwerk.rooms.services.closing import closing_words_forget
from tandemwerk.rooms.services.shredding import room_shred
from tandemwerk.tandems.models import Tandem, TandemMember


@eraser("rooms_private", order=10)
def erase_private(user: User, now: datetime) -> None:
    """Delete what only this person could read: private notes, answers not shown, what stays.

    Removed rows too. Some five queries, and three for each last words.
    """
    Note._base_manager.filter(owner__user=user).delete()
    ReviewAnswer._base_manager.filter(author__user=user, released_at__isnull=True).delete()
    closing_words_forget(user=user)


@eraser("rooms", order=15)
def erase_rooms(user: User, now: datetime) -> None:
    """Shred the rooms in which nobody else is left; elsewhere shared words stay, with no author.

    Before memberships go, so that the rooms are still known. Those of `room_shred` per room.
    """
    own = Tandem.objects.filter(members__user=user, shredded_at__isnull=True)
    others = TandemMember.objects.filter(~Q(user=user), tandem__in=own, left_at__isnull=True)
    for tandem in own.filter(activated_at__isnull=False).exclude(members__in=others):
        room_shred(tandem=tandem, now=now)
    enqueue(room_traces_wipe)
