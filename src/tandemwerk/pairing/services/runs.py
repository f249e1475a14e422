"""The life of a run: made, thrown away, brought back, published."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from tandemwerk.audit.services import audit_record
from tandemwerk.core.jobs import enqueue
from tandemwerk.pairing.enums import Objective, RunState
from tandemwerk.pairing.errors import (
    BoardStale,
    KeepNeedsBestWhole,
    NobodyToMatch,
    NothingToKeep,
    PairsNoLongerPossible,
    RunEmpty,
    RunNotReady,
)
from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.pairing.selectors.pool import POOL_STATES, history_pairs, readiness
from tandemwerk.pairing.selectors.runs import ready_runs
from tandemwerk.people.models import User
from tandemwerk.programmes.models import Cohort, Participation
from tandemwerk.programmes.services.programmes import require_editable

AT_WORK = [RunState.QUEUED, RunState.RUNNING]
DISCARDABLE = [*AT_WORK, RunState.READY, RunState.FAILED, RunState.CANCELLED]
LARGEST_SEED = 2_147_483_647


@transaction.atomic
def match_run_create(
    *,
    cohort: Cohort,
    by: User,
    now: datetime,
    seed: int = 0,
    based_on: MatchRun | None = None,
    objective: str = Objective.TOTAL,
    floor: float | None = None,
    keeps_pairs: bool = False,
) -> MatchRun:
    """Start a run with the criteria as they are now; a job calculates it after commit.

    Locked and forbidden pairs of the cohort hold in it. `based_on` is the board it continues,
    `objective` what it looks for. floor: nobody is matched with a lower fit, in [0, 1].
    keeps_pairs: as many pairs as possible of the board of `based_on` stay (left out: of the latest
    that is ready); only for the best whole. Raises NobodyToMatch, ProgrammeArchived,
    KeepNeedsBestWhole, NothingToKeep.
    """
    require_editable(cohort.programme)
    if not readiness(cohort).is_ready:
        raise NobodyToMatch
    if keeps_pairs:
        based_on = _to_keep(cohort, based_on, objective)
    # Two coordinators at once: the second waits and gets the next number.
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    last = MatchRun.objects.filter(cohort=cohort).aggregate(last=Max("number"))["last"] or 0
    run = MatchRun.objects.create(
        cohort=cohort,
        number=last + 1,
        seed=seed % LARGEST_SEED,
        objective=Objective(objective),
        floor=floor,
        keeps_pairs=keeps_pairs,
        based_on=based_on,
        criteria=cohort.programme.criteria,
        created_by=by,
        created_at=now,
    )
    audit_record(
        action="run.create",
        about=run,
        by=by,
        now=now,
        programme_id=cohort.programme_id,
        details={
            "number": run.number,
            "based_on": based_on.pk if based_on else None,
            "objective": run.objective,
            "floor": floor,
            "keeps_pairs": keeps_pairs,
        },
    )
    _hand_over(run)
    return run


def _to_keep(cohort: Cohort, based_on: MatchRun | None, objective: str) -> MatchRun:
    """The run whose pairs are to stay."""
    if objective != Objective.TOTAL:
        raise KeepNeedsBestWhole
    run = based_on or ready_runs(cohort).first()
    if run is None or not Suggestion.objects.filter(run=run, mentor__isnull=False).exists():
        raise NothingToKeep
    return run


@transaction.atomic
def match_run_cancel(*, run: MatchRun, by: User, now: datetime) -> None:
    """Stop a run that waits or is being calculated; its worker notices within a second.

    It can be started again (`match_run_restart`). Raises RunNotReady.
    """
    changed = MatchRun.objects.filter(pk=run.pk, state__in=AT_WORK).update(
        state=RunState.CANCELLED, finished_at=now
    )
    run.refresh_from_db(fields=["state", "finished_at"])
    if not changed:
        raise RunNotReady(state=run.get_state_display())
    _record("run.cancel", run, by, now)


@transaction.atomic
def match_run_restart(*, run: MatchRun, by: User, now: datetime) -> None:
    """Start a stopped run again, with the people and criteria of now.

    Raises NobodyToMatch, ProgrammeArchived, RunNotReady.
    """
    programme = run.cohort.programme
    require_editable(programme)
    if not readiness(run.cohort).is_ready:
        raise NobodyToMatch
    changed = MatchRun.objects.filter(pk=run.pk, state=RunState.CANCELLED).update(
        state=RunState.QUEUED,
        stage="",
        progress=0,
        inputs=b"",
        inputs_digest="",
        criteria=programme.criteria,
        started_at=None,
        finished_at=None,
    )
    run.refresh_from_db(fields=["state", "stage", "progress", "finished_at"])
    if not changed:
        raise RunNotReady(state=run.get_state_display())
    _record("run.restart", run, by, now)
    _hand_over(run)


def _hand_over(run: MatchRun) -> None:
    from tandemwerk.pairing.jobs import match_run_calculate  # jobs → services is the one way round

    enqueue(match_run_calculate, run_pk=run.pk)


@transaction.atomic
def match_run_discard(*, run: MatchRun, by: User, now: datetime) -> None:
    """Put a run aside; it can be brought back for 30 days. Raises RunNotReady."""
    changed = MatchRun.objects.filter(pk=run.pk, state__in=DISCARDABLE).update(
        state=RunState.DISCARDED, finished_at=now
    )
    run.refresh_from_db(fields=["state", "finished_at"])
    if not changed:
        raise RunNotReady(state=run.get_state_display())
    _record("run.discard", run, by, now)


@transaction.atomic
def match_run_restore(*, run: MatchRun, by: User, now: datetime) -> None:
    """Bring back a calculated run that was put aside. Raises RunNotReady."""
    changed = MatchRun.objects.filter(
        pk=run.pk, state=RunState.DISCARDED, error_code="", progress=100
    ).update(state=RunState.READY)
    run.refresh_from_db(fields=["state"])
    if not changed:
        raise RunNotReady(state=run.get_state_display())
    _record("run.restore", run, by, now)


@transaction.atomic
def run_publish_mark(
    *, run: MatchRun, by: User, now: datetime, version: int | None = None
) -> list[Suggestion]:
    """READY → PUBLISHED; returns the pairs to propose, mentee and mentor joined.

    Called by `tandems` in the transaction that makes the proposals: it locks the people of the
    cohort, so two runs published at once can't promise one seat twice. `version` is the board the
    coordinator looked at.

    Raises ProgrammeArchived, RunNotReady, BoardStale, RunEmpty, and PairsNoLongerPossible with the
    names of mentees who have a tandem or proposal by now and of mentors with fewer free seats than
    pairs.
    """
    require_editable(run.cohort.programme)
    waiting = MatchRun.objects.filter(pk=run.pk, state=RunState.READY)
    if version is not None:
        waiting = waiting.filter(version=version)
    changed = waiting.update(state=RunState.PUBLISHED, published_at=now, published_by=by)
    run.refresh_from_db(fields=["state", "version", "published_at", "published_by"])
    if not changed:
        raise (
            BoardStale
            if run.state == RunState.READY
            else RunNotReady(state=run.get_state_display())
        )
    pairs = list(
        Suggestion.objects.filter(run=run, mentor__isnull=False)
        .select_related("mentee__user", "mentor__user")
        .order_by("pk")
    )
    if not pairs:
        raise RunEmpty
    if names := _impossible(run, pairs):
        raise PairsNoLongerPossible(names=names)
    _record("run.publish", run, by, now, pairs=len(pairs))
    return pairs


def _impossible(run: MatchRun, pairs: list[Suggestion]) -> list[str]:
    """Names of people with fewer free seats by now than pairs, or who must not meet again."""
    needed = Counter[int]()
    for pair in pairs:
        needed[pair.mentee_id] += 1
        if pair.mentor_id is not None:
            needed[pair.mentor_id] += 1
    known = set(history_pairs(run.cohort))
    again = {
        pair.mentee_id
        for pair in pairs
        if pair.mentor is not None and (pair.mentee.user_id, pair.mentor.user_id) in known
    }
    people = (
        Participation.objects.select_for_update(of=("self",))
        .filter(cohort_id=run.cohort_id, pk__in=needed)
        .select_related("user")
        .order_by("pk")
    )
    return [
        person.user.name
        for person in people
        if person.state not in POOL_STATES
        or person.seats_free < needed[person.pk]
        or person.pk in again
    ]


def discarded_prune(*, before: datetime) -> int:
    """Delete runs put aside, failed or stopped before that instant; returns how many."""
    deleted, by_model = MatchRun.objects.filter(
        state__in=[RunState.DISCARDED, RunState.FAILED, RunState.CANCELLED],
        finished_at__lt=before,
    ).delete()
    return by_model.get("pairing.MatchRun", 0) if deleted else 0


def _record(action: str, run: MatchRun, by: User, now: datetime, **details: int) -> None:
    audit_record(
        action=action,
        about=run,
        by=by,
        now=now,
        programme_id=run.cohort.programme_id,
        details={"number": run.number, **details},
    )
