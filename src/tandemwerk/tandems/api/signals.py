"""What one tells the programme about a tandem: check-ins, help, the pause, a block."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Field, Query, Router, Schema, Status

from tandemwerk.core.shapes import Body, Page, Paging, page_of
from tandemwerk.people.requests import person, require_valid
from tandemwerk.tandems.enums import CheckInAnswer, HelpState, HelpTopic
from tandemwerk.tandems.forms import HelpForm
from tandemwerk.tandems.journey import Pause, pause_now
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.selectors.page import sides
from tandemwerk.tandems.selectors.signals import (
    CheckInRead,
    HelpRead,
    Signals,
    local_day,
    pauses_of,
    signals_of,
)
from tandemwerk.tandems.selectors.visible import tandems_visible_to
from tandemwerk.tandems.services.blocking import tandem_block
from tandemwerk.tandems.services.check_ins import check_in_answer
from tandemwerk.tandems.services.help import LONGEST_WORDS, help_ask
from tandemwerk.tandems.services.pausing import tandem_pause, tandem_resume

router = Router()
TANDEM = "/tandems/{int:tandem_pk}"


class CheckInOut(Schema):
    key: str
    title: str
    due_on: date
    answer: CheckInAnswer | None
    answered_at: datetime | None
    is_open: bool = Field(description="It can be answered, or the answer be changed, now.")

    @staticmethod
    def resolve_title(found: CheckInRead) -> str:
        language = (get_language() or "de")[:2]
        return str(found.title.get(language) or found.title.get("de", ""))


class CheckInIn(Body):
    key: str = Field(max_length=60)
    answer: CheckInAnswer


class HelpOut(Schema):
    id: int = Field(alias="pk")
    state: HelpState
    topics: list[HelpTopic]
    words: str
    reply: str
    asked_at: datetime
    answered_at: datetime | None


class HelpIn(Body):
    topics: list[HelpTopic] = Field(default=[], max_length=len(HelpTopic))
    words: str = Field("", max_length=LONGEST_WORDS, description="In your own words.")


class PauseOut(Schema):
    is_paused: bool
    goes_on_on: date | None


class PauseIn(Body):
    until: date = Field(description="The day on which you go on; eight weeks ahead at most.")


class MemberOut(Schema):
    member_id: int
    name: str


class BlockableOut(Schema):
    members: list[MemberOut]


class BlockIn(Body):
    member_id: int | None = Field(None, description="Needed in groups only.")


class BlockedOut(Schema):
    id: int
    name: str = Field(alias="blocked.name")


@router.get(f"{TANDEM}/check-ins", response=Page[CheckInOut], url_name="check_in_list")
def check_in_list(request: HttpRequest, tandem_pk: int, wanted: Query[Paging]) -> dict[str, Any]:
    """Your programme's questions asked until now with your answers, the newest first."""
    return page_of(_signals(request, tandem_pk).check_ins, wanted)


@router.post(f"{TANDEM}/check-ins", response=CheckInOut, url_name="check_in_list")
def check_in_send(request: HttpRequest, tandem_pk: int, data: CheckInIn) -> CheckInRead:
    """Answer an open question; changeable for a week."""
    tandem, now = _own(request, tandem_pk), timezone.now()
    check_in_answer(tandem=tandem, by=person(request), key=data.key, answer=data.answer, now=now)
    found = _signals(request, tandem_pk).check_ins
    return next(one for one in found if one.key == data.key)


@router.get(f"{TANDEM}/help", response=Page[HelpOut], url_name="help_list")
def help_list(request: HttpRequest, tandem_pk: int, wanted: Query[Paging]) -> dict[str, Any]:
    """What you have asked your coordination, with their replies."""
    return page_of(_signals(request, tandem_pk).helps, wanted)


@router.post(f"{TANDEM}/help", response={201: HelpOut}, url_name="help_list")
def help_send(request: HttpRequest, tandem_pk: int, data: HelpIn) -> Status[HelpRead]:
    """Ask your coordination for help; only the topics and words sent here reach them."""
    form = require_valid(HelpForm(data.model_dump(mode="json")))
    tandem = _own(request, tandem_pk)
    row = help_ask(tandem=tandem, by=person(request), now=timezone.now(), **form.act())
    found = _signals(request, tandem_pk).helps
    return Status(201, next(one for one in found if one.pk == row.pk))


@router.get(f"{TANDEM}/pause", response=PauseOut, url_name="tandem_pause")
def pause_read(request: HttpRequest, tandem_pk: int) -> dict[str, Any]:
    """Whether your tandem pauses, and until when."""
    tandem = _own(request, tandem_pk)
    today = local_day(person(request), timezone.now())
    return _pause(pause_now(pauses_of(tandem), today))


@router.post(f"{TANDEM}/pause", response=PauseOut, url_name="tandem_pause")
def pause_set(request: HttpRequest, tandem_pk: int, data: PauseIn) -> dict[str, Any]:
    """Pause from today, or give the running pause another end."""
    tandem = _own(request, tandem_pk)
    tandem_pause(tandem=tandem, by=person(request), until=data.until, now=timezone.now())
    return pause_read(request, tandem_pk)


@router.delete(f"{TANDEM}/pause", response=PauseOut, url_name="tandem_pause")
def pause_end(request: HttpRequest, tandem_pk: int) -> dict[str, Any]:
    """Go on today."""
    tandem_resume(tandem=_own(request, tandem_pk), by=person(request), now=timezone.now())
    return pause_read(request, tandem_pk)


@router.get(f"{TANDEM}/block", response=BlockableOut, url_name="tandem_block")
def block_choices(request: HttpRequest, tandem_pk: int) -> dict[str, Any]:
    """Whom you could block in this tandem."""
    members = [{"member_id": m.pk, "name": m.user.name} for m in _others(request, tandem_pk)]
    return {"members": members}


@router.post(f"{TANDEM}/block", response=BlockedOut, url_name="tandem_block")
def block_set(request: HttpRequest, tandem_pk: int, data: BlockIn) -> Any:
    """Block somebody: everything open between you ends at once; they are not told."""
    others: dict[int | None, TandemMember] = {m.pk: m for m in _others(request, tandem_pk)}
    only = next(iter(others)) if len(others) == 1 else None
    chosen = others.get(only if data.member_id is None else data.member_id)
    if chosen is None:
        raise Http404
    tandem = _own(request, tandem_pk)
    return tandem_block(tandem=tandem, by=person(request), whom=chosen.user, now=timezone.now())


def _own(request: HttpRequest, tandem_pk: int) -> Tandem:
    return get_object_or_404(tandems_visible_to(person(request)), pk=tandem_pk)


def _signals(request: HttpRequest, tandem_pk: int) -> Signals:
    tandem = _own(request, tandem_pk)
    return signals_of(tandem, sides(tandem, person(request))[0], timezone.now())


def _others(request: HttpRequest, tandem_pk: int) -> list[TandemMember]:
    others = sides(_own(request, tandem_pk), person(request))[1]
    return [member for member in others if member.pk is not None]


def _pause(pause: Pause | None) -> dict[str, Any]:
    return {"is_paused": pause is not None, "goes_on_on": pause.end if pause else None}
