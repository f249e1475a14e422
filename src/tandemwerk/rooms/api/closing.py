"""The end of a tandem, for its members' own programs."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema

from tandemwerk.core.shapes import Body
from tandemwerk.people.requests import person
from tandemwerk.rooms.api.schemas import GoalOut
from tandemwerk.rooms.selectors.closing import ClosingRead, closing_read
from tandemwerk.rooms.selectors.room import Room, room_or_404
from tandemwerk.rooms.services.closing import LONGEST_WORDS, closing_words
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.services.closing import closing_begin as begin
from tandemwerk.tandems.services.closing import closing_confirm as confirm
from tandemwerk.tandems.services.closing import closing_take_back as take_back

router = Router()
CLOSING = "/tandems/{int:tandem_pk}/closing"


class ClosingIn(Body):
    thanks: str = Field("", max_length=LONGEST_WORDS, description="To the others, when closed.")
    stays: str = Field("", max_length=LONGEST_WORDS, description="For yourself alone.")


class ThanksOut(Schema):
    name: str
    text: str


class ClosingOut(Schema):
    state: TandemState
    thanks: str
    stays: str
    received: list[ThanksOut] = Field(description="Thanks of the others, once it is closed.")
    goals: list[GoalOut]
    has_confirmed: bool
    waits_for: list[int] = Field(description="Members who have not confirmed yet.")
    ends_on: date = Field(description="The last day as planned, moved back by pauses.")
    due_on: date | None = Field(description="When it closes by itself, begun or not.")
    readable_until: date | None

    @staticmethod
    def resolve_waits_for(read: ClosingRead) -> list[int]:
        return [member.pk for member in read.waits_for]


@router.get(CLOSING, response=ClosingOut, url_name="closing_detail")
def closing_detail(request: HttpRequest, tandem_pk: int) -> ClosingRead:
    """How far the end has come, your last words, and what was reached."""
    return closing_read(_room(request, tandem_pk))


@router.put(CLOSING, response=ClosingOut, url_name="closing_detail")
def closing_write(request: HttpRequest, tandem_pk: int, data: ClosingIn) -> ClosingRead:
    """Write your last words; both are replaced."""
    room = _room(request, tandem_pk)
    closing_words(room=room, thanks=data.thanks, stays=data.stays, now=timezone.now())
    return closing_detail(request, tandem_pk)


@router.post(f"{CLOSING}/begin", response=ClosingOut, url_name="closing_begin")
def closing_begin(request: HttpRequest, tandem_pk: int) -> ClosingRead:
    """Begin the planned end; everything can still be written until all have confirmed."""
    begin(tandem=_room(request, tandem_pk).tandem, by=person(request), now=timezone.now())
    return closing_detail(request, tandem_pk)


@router.post(f"{CLOSING}/take-back", response=ClosingOut, url_name="closing_take_back")
def closing_take_back(request: HttpRequest, tandem_pk: int) -> ClosingRead:
    """Take a closing back that is not complete, whoever began it: your tandem goes on."""
    take_back(tandem=_room(request, tandem_pk).tandem, by=person(request), now=timezone.now())
    return closing_detail(request, tandem_pk)


@router.post(f"{CLOSING}/confirm", response=ClosingOut, url_name="closing_confirm")
def closing_confirm(request: HttpRequest, tandem_pk: int) -> ClosingRead:
    """Say that for you all is said; the last one to do so closes the tandem."""
    confirm(tandem=_room(request, tandem_pk).tandem, by=person(request), now=timezone.now())
    return closing_detail(request, tandem_pk)


def _room(request: HttpRequest, tandem_pk: int) -> Room:
    return room_or_404(person(request), tandem_pk)
