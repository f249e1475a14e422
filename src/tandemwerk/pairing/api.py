"""The API of matching: runs, their pairs with reasons, and changes by hand."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from tandemwerk.pairing.enums import MoveKind, RunState
from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.pairing.plans import Plan
from tandemwerk.pairing.selectors.runs import runs_of
from tandemwerk.pairing.selectors.state import Loaded, board_load
from tandemwerk.pairing.selectors.visible import boards_run_by, runs_run_by
from tandemwerk.pairing.services.moves import Order, board_move, board_redo, board_undo, plan_of
from tandemwerk.pairing.services.runs import (
    match_run_create,
    match_run_discard,
    match_run_restore,
)
from tandemwerk.pairing.words import (
    effect_text,
    fit_of,
    short_word,
    texts,
    unmatched_help,
    unmatched_text,
)
from tandemwerk.people.models import User
from tandemwerk.programmes.selectors.visible import cohorts_run_by

router = Router(tags=["matching"])
Number = Annotated[int, Field(ge=0, le=2**63 - 1)]


class RunOut(Schema):
    id: int
    cohort_id: int
    number: int
    state: RunState
    progress: int = Field(description="Per cent.")
    version: int = Field(description="Rises with each change by hand; send it with your own.")
    seed: int
    objective: str
    criteria: dict[str, Any]
    engine_version: str
    inputs_digest: str
    total: float | None
    upper_bound: float | None
    error_code: str
    based_on_id: int | None
    created_at: datetime
    finished_at: datetime | None
    published_at: datetime | None


class RunIn(Schema):
    seed: int = Field(0, ge=0, le=2_147_483_646)
    based_on: Number | None = Field(None, description="A run of the same cohort to continue from.")


class PersonOut(Schema):
    id: int = Field(description="The participation.")
    name: str


class PairOut(Schema):
    mentee: PersonOut
    mentor: PersonOut | None
    score: float | None = Field(description="In [0, 1]; for sorting, people see the word.")
    fit: str
    reasons: list[str]
    differences: list[str]
    is_locked: bool
    is_by_hand: bool
    unmatched_reason: str
    unmatched_help: str


class PairsOut(Schema):
    total: int
    items: list[PairOut]


class AlternativeOut(Schema):
    mentor: PersonOut
    score: float
    fit: str
    has_free_seat: bool


class Paging(Schema):
    limit: int = Field(100, ge=1, le=1000)
    offset: int = Field(0, ge=0, le=10_000_000)


class MoveIn(Schema):
    kind: MoveKind
    mentee: Number
    version: Number
    mentor: Number | None = Field(None, description="assign, forbid, allow")
    other: Number | None = Field(None, description="swap: the second mentee")
    instead: Number | None = Field(None, description="forbid: the mentor to have at once")

    def order(self) -> Order:
        return Order(
            kind=self.kind,
            mentee=self.mentee,
            version=self.version,
            mentor=self.mentor,
            other=self.other,
            instead=self.instead,
        )


class VersionIn(Schema):
    version: Number


class EffectOut(Schema):
    total_before: float
    total_after: float
    worst_before: float | None
    worst_after: float | None
    unmatched_before: int
    unmatched_after: int
    text: str


@router.get("/cohorts/{int:cohort_pk}/runs", response=list[RunOut], url_name="run_list")
def run_list(request: HttpRequest, cohort_pk: int) -> Any:
    """Runs of a cohort, the latest first."""
    return runs_of(get_object_or_404(cohorts_run_by(_user(request)), pk=cohort_pk))


@router.post("/cohorts/{int:cohort_pk}/runs", response={202: RunOut}, url_name="run_list")
def run_create(request: HttpRequest, cohort_pk: int, data: RunIn) -> Status[MatchRun]:
    """Start a run; ask for it again until its state is `ready`."""
    cohort = get_object_or_404(cohorts_run_by(_user(request)), pk=cohort_pk)
    own = runs_run_by(_user(request)).filter(cohort=cohort)
    based_on = get_object_or_404(own, pk=data.based_on) if data.based_on else None
    run = match_run_create(
        cohort=cohort, by=_user(request), now=timezone.now(), seed=data.seed, based_on=based_on
    )
    return Status(202, run)


@router.get("/runs/{int:run_pk}", response=RunOut, url_name="run_detail")
def run_detail(request: HttpRequest, run_pk: int) -> MatchRun:
    """One run: state, progress, criteria, seed and fingerprint of its inputs."""
    return get_object_or_404(runs_run_by(_user(request)), pk=run_pk)


@router.get("/runs/{int:run_pk}/pairs", response=PairsOut, url_name="run_pairs")
def run_pairs(request: HttpRequest, run_pk: int, paging: Query[Paging]) -> dict[str, Any]:
    """Every mentee of the run with the mentor and the reasons, or why there is none."""
    run = get_object_or_404(runs_run_by(_user(request)), pk=run_pk)
    rows = run.suggestions.select_related("mentee__user", "mentor__user")
    page = rows[paging.offset :][: paging.limit]
    return {"total": rows.count(), "items": [_pair(row) for row in page]}


@router.get(
    "/runs/{int:run_pk}/pairs/{int:mentee_pk}/alternatives",
    response=list[AlternativeOut],
    url_name="run_alternatives",
)
def run_alternatives(
    request: HttpRequest, run_pk: int, mentee_pk: int, paging: Query[Paging]
) -> list[dict[str, Any]]:
    """Other mentors this mentee could have, the best fit first."""
    run = get_object_or_404(boards_run_by(_user(request)), pk=run_pk)
    loaded = board_load(run)
    get_object_or_404(run.suggestions, mentee_id=mentee_pk)
    mentors = loaded.board.ranked(mentee_pk)[paging.offset :][: paging.limit]
    return [_alternative(loaded, mentee_pk, mentor) for mentor in mentors]


@router.post("/runs/{int:run_pk}/preview", response=EffectOut, url_name="run_preview")
def run_preview(request: HttpRequest, run_pk: int, data: MoveIn) -> dict[str, Any]:
    """What a change by hand would do to the whole. Writes nothing."""
    run = get_object_or_404(boards_run_by(_user(request)), pk=run_pk)
    return _effect(plan_of(board_load(run), data.order()))


@router.post("/runs/{int:run_pk}/moves", response=RunOut, url_name="run_moves")
def run_move(request: HttpRequest, run_pk: int, data: MoveIn) -> MatchRun:
    """Assign, swap, unassign, lock, unlock, forbid or allow."""
    run = get_object_or_404(boards_run_by(_user(request)), pk=run_pk)
    board_move(run=run, order=data.order(), by=_user(request), now=timezone.now())
    return run_detail(request, run_pk)


@router.post("/runs/{int:run_pk}/undo", response=RunOut, url_name="run_undo")
def run_undo(request: HttpRequest, run_pk: int, data: VersionIn) -> MatchRun:
    """Take back the latest change by hand."""
    run = get_object_or_404(boards_run_by(_user(request)), pk=run_pk)
    board_undo(run=run, version=data.version, by=_user(request), now=timezone.now())
    return run_detail(request, run_pk)


@router.post("/runs/{int:run_pk}/redo", response=RunOut, url_name="run_redo")
def run_redo(request: HttpRequest, run_pk: int, data: VersionIn) -> MatchRun:
    """Do again what was taken back last."""
    run = get_object_or_404(boards_run_by(_user(request)), pk=run_pk)
    board_redo(run=run, version=data.version, by=_user(request), now=timezone.now())
    return run_detail(request, run_pk)


@router.post("/runs/{int:run_pk}/discard", response=RunOut, url_name="run_discard")
def run_discard(request: HttpRequest, run_pk: int) -> MatchRun:
    """Throw a run away; nothing was sent to anybody."""
    run = get_object_or_404(runs_run_by(_user(request)), pk=run_pk)
    match_run_discard(run=run, by=_user(request), now=timezone.now())
    return run_detail(request, run_pk)


@router.post("/runs/{int:run_pk}/restore", response=RunOut, url_name="run_restore")
def run_restore(request: HttpRequest, run_pk: int) -> MatchRun:
    """Bring a run back that was thrown away."""
    run = get_object_or_404(runs_run_by(_user(request)), pk=run_pk)
    match_run_restore(run=run, by=_user(request), now=timezone.now())
    return run_detail(request, run_pk)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the API lets nobody else in
    return request.user


def _pair(line: Suggestion) -> dict[str, Any]:
    mentor = line.mentor
    names = (line.mentee.user.name, mentor.user.name if mentor else "")
    return {
        "mentee": {"id": line.mentee_id, "name": names[0]},
        "mentor": {"id": mentor.pk, "name": names[1]} if mentor else None,
        "score": line.score,
        "fit": short_word(fit_of(line.score).step) if mentor and line.score is not None else "",
        "reasons": texts(line.reasons.get("reasons", ()), names=names),
        "differences": texts(line.reasons.get("differences", ()), names=names),
        "is_locked": line.is_locked,
        "is_by_hand": line.is_by_hand,
        "unmatched_reason": ""
        if mentor
        else unmatched_text(line.unmatched_reason, mentee=names[0]),
        "unmatched_help": "" if mentor else unmatched_help(line.unmatched_reason),
    }


def _alternative(loaded: Loaded, mentee: int, mentor: int) -> dict[str, Any]:
    fit = fit_of(loaded.board.fit(mentee, mentor) or 0)
    return {
        "mentor": {"id": mentor, "name": loaded.mentors[mentor].user.name},
        "score": fit.score,
        "fit": short_word(fit.step),
        "has_free_seat": loaded.board.free_seats(mentor) > 0,
    }


def _effect(plan: Plan) -> dict[str, Any]:
    effect = plan.effect
    return {
        "total_before": effect.total_before,
        "total_after": effect.total_after,
        "worst_before": effect.worst_before,
        "worst_after": effect.worst_after,
        "unmatched_before": effect.unmatched_before,
        "unmatched_after": effect.unmatched_after,
        "text": effect_text(effect),
    }
