"""Calculating a run: read once, score, assign, write everything or nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from tandemwerk.audit.services import audit_record
from tandemwerk.core.errors import DomainError
from tandemwerk.core.jobs import enqueue
from tandemwerk.matching import MatchingError
from tandemwerk.pairing.engine import (
    LARGEST_RUN,
    Result,
    Stopped,
    calculate,
    digest_of,
    engine_version,
    kept_pairs,
    pair_reasons,
    unmatched_reason,
)
from tandemwerk.pairing.enums import RunStage, RunState
from tandemwerk.pairing.errors import NobodyToMatch, RunNotRepeatable, RunTooLarge
from tandemwerk.pairing.kept import no_collection, scores_keep
from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.pairing.proofs import pack_proof
from tandemwerk.pairing.services.inputs import inputs_read, previous_read
from tandemwerk.pairing.services.watch import Watch
from tandemwerk.pairing.stored import RunInputs, decode_inputs, encode_inputs, is_packed, pack

AT_WORK = [RunState.QUEUED, RunState.RUNNING]
ASK_AFTER_LINES = 100
Clock = Callable[[], datetime]


def run_calculate(*, run_pk: int, clock: Clock) -> None:
    """Calculate a waiting run; does nothing for any other. Safe to run twice.

    A repetition after a killed worker takes the inputs that were stored and so gives the same
    pairs. A refusal ends in FAILED with its code; anything unexpected too, and is raised again.
    Somebody may stop the run or put it aside meanwhile: then nothing is written any more. No
    transaction is open while it is calculated.
    """
    started_at = clock()
    started = MatchRun.objects.filter(pk=run_pk, state__in=AT_WORK).update(
        state=RunState.RUNNING, started_at=started_at
    )
    if not started:
        return
    run = MatchRun.objects.select_related("cohort__programme").get(pk=run_pk)
    with no_collection():
        _calculate(run, Watch(run_pk, started_at), clock)


def _calculate(run: MatchRun, watch: Watch, clock: Clock) -> None:
    try:
        watch.enter(RunStage.READING)
        inputs = _inputs(run)
        result = calculate(
            inputs,
            criteria=run.criteria,
            seed=run.seed,
            objective=run.objective,
            enter=watch.enter,
            should_stop=watch.should_stop,
        )
        watch.enter(RunStage.EXPLAINING)
        lines = _lines(run, inputs, result, watch)
        scores_keep(run, result.scores)
        _save(run=run, inputs=inputs, result=result, lines=lines, now=clock())
    except Stopped:
        return
    except (DomainError, MatchingError) as error:
        _fail(run=run, code=error.code, now=clock())
    except Exception:
        _fail(run=run, code="unexpected", now=clock())
        raise


def run_repeat(run: MatchRun) -> str:
    """Calculate the stored inputs once more and compare; returns the digest of the inputs.

    Raises RunNotRepeatable naming what differs: engine, inputs, rules, scores or pairs (bytes
    compared). A run of an older engine stays valid, but only that engine can repeat it.
    """
    inputs = decode_inputs(run.inputs)
    digest = digest_of(inputs, criteria=run.criteria, seed=run.seed, objective=run.objective)
    result = calculate(inputs, criteria=run.criteria, seed=run.seed, objective=run.objective)
    same = {
        f"engine ({run.engine_version} → {engine_version})": run.engine_version == engine_version,
        "inputs": digest == run.inputs_digest,
        "rules": is_packed(run.blocked, result.blocked),
        "scores": is_packed(run.scores, result.fits),
        "pairs": result.mentor_of == run.mentor_of,
    }
    if not all(same.values()):
        differing = ", ".join(name for name, is_same in same.items() if not is_same)
        raise RunNotRepeatable(number=run.number, what=differing)
    return digest


def _inputs(run: MatchRun) -> RunInputs:
    """The stored inputs, or those read now and stored before anything is calculated."""
    if run.inputs:
        return decode_inputs(run.inputs)
    inputs = inputs_read(run.cohort, reference_on=run.created_at.date())
    previous = previous_read(run.based_on_id, inputs) if run.keeps_pairs else None
    inputs = replace(inputs, floor=run.floor, previous=previous)
    if not inputs.mentees or not inputs.mentors:
        raise NobodyToMatch
    if len(inputs.mentees) * len(inputs.mentors) > LARGEST_RUN:
        raise RunTooLarge(mentees=len(inputs.mentees), mentors=len(inputs.mentors))
    run.inputs = encode_inputs(inputs)
    run.inputs_digest = digest_of(
        inputs, criteria=run.criteria, seed=run.seed, objective=run.objective
    )
    run.engine_version = engine_version
    run.save(update_fields=["inputs", "inputs_digest", "engine_version"])
    return inputs


def _lines(run: MatchRun, inputs: RunInputs, result: Result, watch: Watch) -> list[Suggestion]:
    """The board's lines in the order of mentees, explained."""
    mentor_of, lines = result.mentor_of, []
    rows = [row for row, column in enumerate(mentor_of) if column >= 0]
    result.scores.take_apart(rows, [mentor_of[row] for row in rows])
    for row, column in enumerate(mentor_of):
        if row % ASK_AFTER_LINES == 0:
            watch.check()
        line = Suggestion(run=run, mentee_id=inputs.mentee_ids[row])
        if column < 0:
            line.unmatched_reason = unmatched_reason(result, row)
        else:
            line.mentor_id = inputs.mentor_ids[column]
            line.score = float(result.fits[row, column])
            line.reasons = pair_reasons(result.scores, row, column)
            line.is_locked = (row, column) in result.locks
        lines.append(line)
    return lines


@transaction.atomic
def _save(
    *, run: MatchRun, inputs: RunInputs, result: Result, lines: list[Suggestion], now: datetime
) -> None:
    saved = MatchRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(
        state=RunState.READY,
        progress=100,
        finished_at=now,
        error_code="",
        scores=pack(result.fits),
        blocked=pack(result.blocked),
        mentor_of=result.mentor_of,
        mentee_ids=list(inputs.mentee_ids),
        mentor_ids=list(inputs.mentor_ids),
        seats=[mentor.seats for mentor in inputs.mentors],
        proof=pack_proof(result.assignment),
        stage="",
        total=result.assignment.total,
        upper_bound=result.assignment.upper_bound,
        rematch=kept_pairs(inputs, result.assignment),
    )
    if not saved:  # discarded meanwhile, or another worker was first
        return
    Suggestion.objects.bulk_create(lines, batch_size=500)
    pairs = sum(line.mentor_id is not None for line in lines)
    audit_record(
        action="run.calculate",
        about=run,
        now=now,
        programme_id=run.cohort.programme_id,
        details={
            "digest": run.inputs_digest,
            "engine": run.engine_version,
            "seed": run.seed,
            "objective": run.objective,
            "pairs": pairs,
            "unmatched": len(lines) - pairs,
        },
    )
    from tandemwerk.pairing.jobs import match_run_weigh  # jobs → services is the one way round

    enqueue(match_run_weigh, run_pk=run.pk)


@transaction.atomic
def _fail(*, run: MatchRun, code: str, now: datetime) -> None:
    failed = MatchRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(
        state=RunState.FAILED, error_code=code, finished_at=now
    )
    if failed:
        audit_record(
            action="run.fail",
            about=run,
            now=now,
            programme_id=run.cohort.programme_id,
            details={"code": code},
        )
