"""What in the room waits for one member: the agreement, a look back, the closing."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tandemwerk.rooms.models import Agreement, AgreementSignature, Review, ReviewAnswer
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.tandems.enums import TandemState


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do, and the page for it (takes `tandem_pk`)."""

    text: str | Promise
    url: str
    icon: str


def waiting_in(room: Room) -> list[Waiting]:
    """What waits for the reader; no word of it is opened. At most four queries."""
    found = []
    newest = room.rows(Agreement).order_by("-number").first()
    # Also one that is in force: whoever has joined since has not signed it yet.
    if newest is not None and not _has_signed(room, newest):
        text = _("A version of your agreement waits for your signature.")
        found.append(Waiting(text, "rooms:agreement_list", "file-text"))
    review = room.rows(Review).last()
    if review is not None and not _has_answered(room, review):
        text = _("A look back at your tandem waits for your answers.")
        found.append(Waiting(text, "rooms:review_list", "history"))
    if room.tandem.state == TandemState.CLOSING and room.me.closing_confirmed_at is None:
        text = _("Your closing has begun. There is room for thanks and for what stays.")
        found.append(Waiting(text, "rooms:closing_detail", "heart-handshake"))
    return found


def _has_signed(room: Room, agreement: Agreement) -> bool:
    return room.rows(AgreementSignature).filter(agreement=agreement, author=room.me).exists()


def _has_answered(room: Room, review: Review) -> bool:
    mine = room.rows(ReviewAnswer).filter(review=review, author=room.me)
    return mine.filter(answered_at__isnull=False).exists()
