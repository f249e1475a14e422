"""Runs of a cohort: what to look at before, start, read, compare, put aside."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Status

from tandemwerk.core.shapes import Page, Paging, page_of
from tandemwerk.pairing.api.schemas import (
    CompareWanted,
    ComparisonOut,
    ReadinessOut,
    RunIn,
    RunOut,
    SummaryOut,
)
from tandemwerk.pairing.enums import RunState
from tandemwerk.pairing.errors import RunNotReady
from tandemwerk.pairing.models import MatchRun
from tandemwerk.pairing.selectors.board import board_read, left_out
from tandemwerk.pairing.selectors.pool import readiness
from tandemwerk.pairing.selectors.report import run_report
from tandemwerk.pairing.selectors.runs import comparison, runs_comparable, runs_of
from tandemwerk.pairing.selectors.visible import boards_run_by, runs_run_by
from tandemwerk.pairing.services.runs import (
    match_run_create,
    match_run_discard,
    match_run_restore,
)
from tandemwerk.people.requests import person
from tandemwerk.programmes.models import Cohort
from tandemwerk.programmes.selectors.visible import cohorts_run_by

router = Router()
COHORT = "/cohorts/{int:cohort_pk}"
RUN = "/runs/{int:run_pk}"
CALCULATED = frozenset({RunState.READY, RunState.PUBLISHED, RunState.DISCARDED})


@router.get(f"{COHORT}/readiness", response=ReadinessOut, url_name="cohort_readiness")
def cohort_readiness(request: HttpRequest, cohort_pk: int) -> dict[str, Any]:
    """What to look at before matching: people, places, and whose profile is incomplete."""
    cohort = _cohort(request, cohort_pk)
    ready = readiness(cohort)
    numbers = {
        name: getattr(ready, name) for name in ReadinessOut.model_fields if name != "left_out"
    }
    return {**numbers, "left_out": left_out(cohort)}


@router.get(f"{COHORT}/runs", response=Page[RunOut], url_name="run_list")
def run_list(request: HttpRequest, cohort_pk: int, wanted: Query[Paging]) -> dict[str, Any]:
    """Runs of a cohort, the latest first."""
    return page_of(runs_of(_cohort(request, cohort_pk)), wanted)


@router.post(f"{COHORT}/runs", response={202: RunOut}, url_name="run_list")
def run_create(request: HttpRequest, cohort_pk: int, data: RunIn) -> Status[MatchRun]:
    """Start a run; ask for it again until its state is `ready`."""
    cohort = _cohort(request, cohort_pk)
    own = runs_run_by(person(request)).filter(cohort=cohort)
    based_on = get_object_or_404(own, pk=data.based_on) if data.based_on else None
    run = match_run_create(
        cohort=cohort,
        by=person(request),
        now=timezone.now(),
        seed=data.seed,
        based_on=based_on,
        objective=data.objective,
        floor=data.floor,
        keeps_pairs=data.keep_pairs,
    )
    return Status(202, run)


@router.get(RUN, response=RunOut, url_name="run_detail")
def run_detail(request: HttpRequest, run_pk: int) -> MatchRun:
    """One run: state, progress, criteria, seed and fingerprint of its inputs."""
    return get_object_or_404(runs_run_by(person(request)), pk=run_pk)


@router.get(f"{RUN}/summary", response=SummaryOut, url_name="run_summary")
def run_summary(request: HttpRequest, run_pk: int) -> Any:
    """A calculated run as a whole, and what stands against publishing it."""
    return run_report(board_read(calculated(request, run_pk)))


@router.get(f"{RUN}/compare", response=ComparisonOut, url_name="run_compare")
def run_compare(request: HttpRequest, run_pk: int, wanted: Query[CompareWanted]) -> dict[str, Any]:
    """What changed from another run of the cohort to this one, the greatest loss first."""
    run = calculated(request, run_pk)
    asked = wanted.other or run.based_on_id
    others = runs_comparable(run)
    other = next((o for o in others if o.pk == asked), None)
    if other is None and (wanted.other or not others):
        raise Http404
    other = other or others[0]
    found = comparison(other, run)
    sides = {"before": found.left, "after": found.right, "same": found.same}
    return {"other": other.pk, **sides, "changed": page_of(found.changed, wanted)}


@router.post(f"{RUN}/discard", response=RunOut, url_name="run_discard")
def run_discard(request: HttpRequest, run_pk: int) -> MatchRun:
    """Throw a run away; nothing was sent to anybody."""
    return act(request, run_pk, match_run_discard)


@router.post(f"{RUN}/restore", response=RunOut, url_name="run_restore")
def run_restore(request: HttpRequest, run_pk: int) -> MatchRun:
    """Bring a run back that was thrown away."""
    return act(request, run_pk, match_run_restore)


def calculated(request: HttpRequest, run_pk: int) -> MatchRun:
    """A run with its matrices. Raises RunNotReady while there are none."""
    run = get_object_or_404(boards_run_by(person(request)), pk=run_pk)
    if run.state not in CALCULATED or run.progress < 100:
        raise RunNotReady(state=run.get_state_display())
    return run


def _cohort(request: HttpRequest, cohort_pk: int) -> Cohort:
    return get_object_or_404(cohorts_run_by(person(request)), pk=cohort_pk)


def act(request: HttpRequest, run_pk: int, service: Callable[..., object]) -> MatchRun:
    """Carry out what a service does to a run, and read the run again."""
    service(run=run_detail(request, run_pk), by=person(request), now=timezone.now())
    return run_detail(request, run_pk)
