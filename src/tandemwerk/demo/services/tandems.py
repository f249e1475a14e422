"""The tandems of the story, brought about by the same services as everybody's."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from tandemwerk.demo.story import Entry
from tandemwerk.pairing.enums import MoveKind, RunState
from tandemwerk.pairing.models import MatchRun
from tandemwerk.pairing.services.calculation import run_calculate
from tandemwerk.pairing.services.moves import Order, board_move
from tandemwerk.pairing.services.runs import match_run_create
from tandemwerk.pairing.services.trade_off import trade_off_calculate
from tandemwerk.people.models import User
from tandemwerk.programmes.models import Cohort
from tandemwerk.tandems import journey
from tandemwerk.tandems.enums import DeclineCode
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.services.change import (
    change_carry_out,
    course_of,
    tandem_lock,
)
from tandemwerk.tandems.services.chemistry import (
    chemistry_confirm,
    chemistry_record,
    chemistry_refuse,
)
from tandemwerk.tandems.services.ending import tandem_dissolve
from tandemwerk.tandems.services.proposals import proposal_accept, proposal_decline
from tandemwerk.tandems.services.publish import run_publish

SEED = 2026
Pair = tuple[int, int]  # participation ids: mentee, mentor


class StoryImpossible(RuntimeError):
    """The programme does not allow what the story tells; the message says where."""


@transaction.atomic
def run_tell(
    *, cohort: Cohort, pairs: Sequence[Pair], by: User, now: datetime
) -> dict[Pair, Tandem]:
    """Match the cohort as it is then, leave the story's pairs on the board, and publish.

    What the engine suggests beyond them is taken off by hand, what it saw differently is put right
    by hand, so the board looks like one that a coordinator has worked on.
    """
    run = match_run_create(cohort=cohort, by=by, now=now, seed=SEED)
    run_calculate(run_pk=run.pk, clock=lambda: now)
    trade_off_calculate(run_pk=run.pk)
    run.refresh_from_db()
    if run.state != RunState.READY:
        raise StoryImpossible(f"run of {cohort}: {run.error_code}")
    _arrange(run, dict(pairs), by, now)
    run_publish(run=run, by=by, now=now)
    return {
        (tandem.suggestion.mentee_id, tandem.suggestion.mentor_id or 0): tandem
        for tandem in Tandem.objects.filter(suggestion__run=run).select_related("suggestion")
        if tandem.suggestion is not None
    }


def _arrange(run: MatchRun, mentor_of: dict[int, int], by: User, now: datetime) -> None:
    lines = dict(run.suggestions.order_by("pk").values_list("mentee_id", "mentor_id"))
    for mentee, mentor in lines.items():
        if mentor is not None and mentor != mentor_of.get(mentee):
            order = Order(MoveKind.UNASSIGN, mentee, run.version)
            board_move(run=run, order=order, by=by, now=now)
    for mentee, mentor in mentor_of.items():
        if lines.get(mentee) != mentor:
            order = Order(MoveKind.ASSIGN, mentee, run.version, mentor=mentor)
            board_move(run=run, order=order, by=by, now=now)


def proposal_answer(*, tandem: Tandem, by: User, answer: Entry, now: datetime) -> None:
    """One of the two answers the proposal."""
    if answer["answer"] == "yes":
        if refused := proposal_accept(tandem=tandem, by=by, now=now).refused:
            raise StoryImpossible(f"{by} can't accept: {refused}")
        return
    proposal_decline(
        tandem=tandem,
        by=by,
        code=DeclineCode(answer.get("code", DeclineCode.NONE)),
        note=answer.get("note", ""),
        is_shared=answer.get("shared", False),
        now=now,
    )


def chemistry_meet(*, tandem: Tandem, by: User, met_on: date, now: datetime) -> None:
    """The two have met."""
    chemistry_record(tandem=tandem, by=by, met_on=met_on, now=now)


def chemistry_answer(*, tandem: Tandem, by: User, answer: Entry, now: datetime) -> None:
    """One of the two says whether they would like to go on."""
    if answer["answer"] == "yes":
        chemistry_confirm(tandem=tandem, by=by, now=now)
        return
    chemistry_refuse(
        tandem=tandem,
        by=by,
        code=DeclineCode(answer.get("code", DeclineCode.NONE)),
        note=answer.get("note", ""),
        is_shared=answer.get("shared", False),
        now=now,
    )


@transaction.atomic
def closing_advance(*, tandem: Tandem, by: User, now: datetime) -> None:
    """Take a running tandem one step towards its end: active → closing → closed."""
    locked = tandem_lock(tandem)
    course = course_of(locked, by.zone)
    act = journey.Act.BEGIN_CLOSING if course.state is journey.State.ACTIVE else journey.Act.CLOSE
    step = journey.change(course.state, act)
    if step is None:
        raise StoryImpossible(f"tandem of {by} is {course.state}, not closing")
    after = replace(course, state=step.to, deadline=None)
    change_carry_out(tandem=locked, after=after, step=step, now=now)


def end_early(*, tandem: Tandem, by: User, now: datetime) -> None:
    """One of the two ends the tandem before its time."""
    tandem_dissolve(tandem=tandem, by=by, now=now)
