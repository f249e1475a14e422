"""The API of tandems: for the two people their own, for coordinators states and dates only."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Field, Query, Router, Schema, Status

from tandemwerk.pairing.selectors.visible import runs_run_by
from tandemwerk.people.models import User
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.selectors.visible import cohorts_run_by
from tandemwerk.tandems.enums import DeclineCode, EndCode, TandemState
from tandemwerk.tandems.journey import PhaseState
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.selectors.cohort import cohort_overview
from tandemwerk.tandems.selectors.page import tandem_page, tandems_with_profiles
from tandemwerk.tandems.selectors.visible import tandems_visible_to
from tandemwerk.tandems.services.chemistry import (
    chemistry_confirm,
    chemistry_record,
    chemistry_refuse,
)
from tandemwerk.tandems.services.ending import tandem_dissolve
from tandemwerk.tandems.services.proposals import proposal_accept, proposal_decline
from tandemwerk.tandems.services.publish import run_publish

router = Router(tags=["tandems"])


class OtherOut(Schema):
    name: str
    role: Role
    position: str
    site: str
    languages: list[str]
    topics: list[str]
    about: str
    email: str = Field(description="Empty until both have said yes.")


class TandemOut(Schema):
    id: int
    state: TandemState
    programme: str
    cohort_id: int
    role: Role = Field(description="Your own role in this tandem.")
    other: OtherOut
    fit: int | None = Field(description="1 fair, 2 good, 3 very good.")
    reasons: list[str]
    differences: list[str]
    i_said_yes: bool
    other_has_answered: bool
    deadline: datetime | None
    proposed_at: datetime
    chemistry_met_on: date | None
    activated_at: datetime | None
    ended_at: datetime | None
    end_code: EndCode | None


class PhaseOut(Schema):
    key: str
    title: str
    summary: str
    starts_on: date
    ends_on: date
    state: PhaseState
    questions: list[str]


class TandemDetailOut(TandemOut):
    journey: list[PhaseOut]


class Wanted(Schema):
    state: TandemState | None = None
    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=10_000_000)


class DeclineIn(Schema):
    code: DeclineCode = DeclineCode.NONE
    note: str = Field("", max_length=1000, description="For yourself alone; sealed.")
    share_reason: bool = Field(False, description="Let the coordinator see the code.")


class MeetingIn(Schema):
    met_on: date


class LinesWanted(Schema):
    group: Literal["soon", "proposed", "chemistry", "active", "ended"] = "active"
    page: int = Field(1, ge=1, le=1_000_000)


class TandemLineOut(Schema):
    mentee: str
    mentor: str
    state: TandemState
    since: datetime
    deadline: datetime | None
    end: str
    shared_reason: str


class TandemLinesOut(Schema):
    total: int
    page: int
    pages: int
    items: list[TandemLineOut]


class PublishedOut(Schema):
    proposals: int


class RefusedOut(Schema):
    error: dict[str, str]


@router.get("/tandems", response=list[TandemOut], url_name="tandem_list")
def tandem_list(
    request: HttpRequest,
    wanted: Query[Wanted],
) -> list[dict[str, Any]]:
    """Your own tandems, the newest first. Coordinators see theirs only, never others'."""
    rows = tandems_with_profiles(_user(request))
    rows = rows.filter(state=wanted.state) if wanted.state else rows
    return [_tandem(row, request) for row in rows[wanted.offset :][: wanted.limit]]


@router.get("/tandems/{int:tandem_pk}", response=TandemDetailOut, url_name="tandem_detail")
def tandem_detail(request: HttpRequest, tandem_pk: int) -> dict[str, Any]:
    """One of your tandems with its journey."""
    row = get_object_or_404(tandems_with_profiles(_user(request)), pk=tandem_pk)
    page = tandem_page(row, _user(request), timezone.now())
    phases = [
        {
            "key": phase.key,
            "title": _in_language(phase.title),
            "summary": _in_language(phase.summary),
            "starts_on": phase.start_on,
            "ends_on": phase.end_on,
            "state": phase.state,
            "questions": list(_in_language(phase.questions) or ()),
        }
        for phase in page.way.phases
    ]
    return {**_tandem(row, request), "journey": phases}


@router.post(
    "/tandems/{int:tandem_pk}/accept",
    response={200: TandemOut, 409: RefusedOut},
    url_name="tandem_accept",
)
def tandem_accept(request: HttpRequest, tandem_pk: int) -> Any:
    """Say yes to a proposal."""
    done = proposal_accept(tandem=_own(request, tandem_pk), by=_user(request), now=timezone.now())
    if done.refused:
        error = {"code": done.refused.code, "message": str(done.refused)}
        return Status(409, {"error": error})
    return _fresh(request, tandem_pk)


@router.post("/tandems/{int:tandem_pk}/decline", response=TandemOut, url_name="tandem_decline")
def tandem_decline(request: HttpRequest, tandem_pk: int, data: DeclineIn) -> dict[str, Any]:
    """Say no, to the proposal or after the chemistry meeting."""
    tandem = _own(request, tandem_pk)
    is_chemistry = tandem.state == TandemState.CHEMISTRY
    act = chemistry_refuse if is_chemistry else proposal_decline
    act(
        tandem=tandem,
        by=_user(request),
        code=data.code,
        note=data.note,
        is_shared=data.share_reason,
        now=timezone.now(),
    )
    return _fresh(request, tandem_pk)


@router.post("/tandems/{int:tandem_pk}/meeting", response=TandemOut, url_name="tandem_meeting")
def tandem_meeting(request: HttpRequest, tandem_pk: int, data: MeetingIn) -> dict[str, Any]:
    """Record the day of the chemistry meeting."""
    chemistry_record(
        tandem=_own(request, tandem_pk),
        by=_user(request),
        met_on=data.met_on,
        now=timezone.now(),
    )
    return _fresh(request, tandem_pk)


@router.post("/tandems/{int:tandem_pk}/confirm", response=TandemOut, url_name="tandem_confirm")
def tandem_confirm(request: HttpRequest, tandem_pk: int) -> dict[str, Any]:
    """Say after the chemistry meeting that you want to go on; both do so, and the tandem starts."""
    chemistry_confirm(tandem=_own(request, tandem_pk), by=_user(request), now=timezone.now())
    return _fresh(request, tandem_pk)


@router.post("/tandems/{int:tandem_pk}/end", response=TandemOut, url_name="tandem_end")
def tandem_end(request: HttpRequest, tandem_pk: int) -> dict[str, Any]:
    """End an active tandem early; no reason is asked."""
    tandem_dissolve(tandem=_own(request, tandem_pk), by=_user(request), now=timezone.now())
    return _fresh(request, tandem_pk)


@router.get("/cohorts/{int:cohort_pk}/tandems", response=TandemLinesOut, url_name="cohort_tandems")
def cohort_tandems(
    request: HttpRequest,
    cohort_pk: int,
    wanted: Query[LinesWanted],
) -> dict[str, Any]:
    """States and dates of a cohort's tandems, for its coordinators. Never a room's content."""
    cohort = get_object_or_404(cohorts_run_by(_user(request)), pk=cohort_pk)
    found = cohort_overview(cohort, wanted.group, str(wanted.page), timezone.now())
    return {
        "total": found.page.paginator.count,
        "page": found.page.number,
        "pages": found.page.paginator.num_pages,
        "items": found.lines,
    }


@router.post("/runs/{int:run_pk}/publish", response=PublishedOut, url_name="run_publish")
def publish(request: HttpRequest, run_pk: int) -> dict[str, int]:
    """Turn a run's pairs into proposals and send the mails. Can't be undone."""
    run = get_object_or_404(runs_run_by(_user(request)), pk=run_pk)
    return {"proposals": run_publish(run=run, by=_user(request), now=timezone.now())}


def _in_language(texts: Mapping[str, Any]) -> Any:
    """The text in the caller's language, in German if it is missing there."""
    language = (get_language() or "de")[:2]
    return texts.get(language) or texts.get("de", "")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the API lets nobody else in
    return request.user


def _own(request: HttpRequest, tandem_pk: int) -> Tandem:
    return get_object_or_404(tandems_visible_to(_user(request)), pk=tandem_pk)


def _fresh(request: HttpRequest, tandem_pk: int) -> dict[str, Any]:
    row = get_object_or_404(tandems_with_profiles(_user(request)), pk=tandem_pk)
    return _tandem(row, request)


def _tandem(tandem: Tandem, request: HttpRequest) -> dict[str, Any]:
    page = tandem_page(tandem, _user(request), timezone.now())
    return {
        "id": tandem.pk,
        "state": tandem.state,
        "programme": str(tandem.cohort.programme.name),
        "cohort_id": tandem.cohort_id,
        "role": page.me.role,
        "other": {
            "name": page.other.name,
            "role": page.other.role,
            "position": page.other.position,
            "site": page.other.site,
            "languages": list(page.other.languages),
            "topics": list(page.other.topics),
            "about": page.other.about,
            "email": page.other.mail,
        },
        "fit": page.fit,
        "reasons": list(page.reasons),
        "differences": list(page.differences),
        "i_said_yes": page.standing.i_said_yes,
        "other_has_answered": page.standing.other_has_answered,
        "deadline": page.standing.deadline,
        "proposed_at": tandem.proposed_at,
        "chemistry_met_on": tandem.chemistry_met_on,
        "activated_at": tandem.activated_at,
        "ended_at": tandem.ended_at,
        "end_code": tandem.end_code or None,
    }
