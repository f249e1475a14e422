"""How two people come from a proposal to a tandem: who may answer what, and what follows.

A `Course` is what of a tandem decides its next step. Each function returns the course afterwards
and the `Change` it brings for both (None: one answer stands, the other is awaited), or raises
`Refused` and nothing happened.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from .states import ENDED, Act, Answer, Change, Side, State, change


class Refusal(StrEnum):
    """Why an act is not possible; the services turn it into a sentence."""

    ENDED = "ended"
    TOO_LATE = "too_late"  # the deadline has passed, whether or not the clock's job has run
    TOO_EARLY = "too_early"
    ANSWERED = "answered"
    NOT_MET = "not_met"
    WRONG_STATE = "wrong_state"
    IN_FUTURE = "in_future"
    BEFORE_PROPOSAL = "before_proposal"


class Refused(Exception):
    """The act is not possible in this course; `why` says what stands against it."""

    def __init__(self, why: Refusal) -> None:
        self.why = why
        super().__init__(why.value)


@dataclass(frozen=True, slots=True)
class Said:
    """The answers of one of the two: to the proposal, and after the chemistry meeting."""

    proposal: Answer = Answer.PENDING
    chemistry: Answer = Answer.PENDING


@dataclass(frozen=True, slots=True)
class Course:
    """State, answers and deadlines.

    `deadline`: of the present state, None once active. `chemistry_time`: how long the two have for
    their chemistry meeting from the moment both said yes.
    """

    state: State
    mentee: Said
    mentor: Said
    proposed_on: date
    deadline: datetime | None
    chemistry_time: timedelta
    met_on: date | None = None

    def said(self, side: Side) -> Said:
        return self.mentee if side is Side.MENTEE else self.mentor

    def answer(self, side: Side) -> Answer:
        """What `side` said in the present state."""
        said = self.said(side)
        return said.chemistry if self.state is State.CHEMISTRY else said.proposal

    def _saying(self, side: Side, answer: Answer) -> "Course":
        name = "chemistry" if self.state is State.CHEMISTRY else "proposal"
        said = replace(self.said(side), **{name: answer})
        return replace(self, mentee=said) if side is Side.MENTEE else replace(self, mentor=said)


def say_yes(course: Course, side: Side, now: datetime) -> tuple[Course, Change | None]:
    """`side` says yes to the proposal or, after the meeting, to the tandem.

    Saying yes twice changes nothing. Raises Refused after the deadline, after a no, or without a
    meeting on record. When the caller finds no seat it takes `change(state, Act.NO_SEAT)` instead.
    """
    _may_answer(course, now)
    if course.answer(side) is Answer.YES:
        return course, None
    if course.state is State.CHEMISTRY and course.met_on is None:
        raise Refused(Refusal.NOT_MET)
    after = course._saying(side, Answer.YES)
    if after.answer(side.other) is not Answer.YES:
        return after, None
    return _follow(after, Act.BOTH_YES, now)


def say_no(course: Course, side: Side, now: datetime) -> tuple[Course, Change]:
    """`side` says no; that ends the course at once, also without a meeting.

    A yes given before may become a no as long as the other has not said yes too. Raises Refused
    after the deadline and when there is nothing to answer.
    """
    _may_answer(course, now)
    return _follow(course._saying(side, Answer.NO), Act.NO, now)


def record_meeting(course: Course, met_on: date, today: date, now: datetime) -> Course:
    """Note the day of the chemistry meeting; it may be corrected until somebody has answered.

    Raises Refused for a day in the future or before the proposal, and outside chemistry.
    """
    _may_answer(course, now)
    if course.state is not State.CHEMISTRY:
        raise Refused(Refusal.WRONG_STATE)
    if any(course.said(side).chemistry is not Answer.PENDING for side in Side):
        raise Refused(Refusal.ANSWERED)
    if met_on > today:
        raise Refused(Refusal.IN_FUTURE)
    if met_on < course.proposed_on:
        raise Refused(Refusal.BEFORE_PROPOSAL)
    return replace(course, met_on=met_on)


def expire(course: Course, now: datetime) -> tuple[Course, Change]:
    """The deadline has passed without two answers. Raises Refused before it and without one."""
    if course.state in ENDED:
        raise Refused(Refusal.ENDED)
    if course.deadline is None:
        raise Refused(Refusal.WRONG_STATE)
    if now < course.deadline:
        raise Refused(Refusal.TOO_EARLY)
    return _follow(course, Act.EXPIRE, now)


def end_early(course: Course, now: datetime) -> tuple[Course, Change]:
    """One of the two ends the running tandem, without giving a reason. Raises Refused otherwise."""
    if course.state in ENDED:
        raise Refused(Refusal.ENDED)
    return _follow(course, Act.END_EARLY, now)


def leave(course: Course, now: datetime) -> tuple[Course, Change]:
    """One of the two leaves the programme, in any open state. Raises Refused if it has ended."""
    if course.state in ENDED:
        raise Refused(Refusal.ENDED)
    return _follow(course, Act.LEAVE, now)


def _may_answer(course: Course, now: datetime) -> None:
    if course.state in ENDED:
        raise Refused(Refusal.ENDED)
    if course.state not in {State.PROPOSED, State.CHEMISTRY}:
        raise Refused(Refusal.WRONG_STATE)
    if course.deadline is not None and now >= course.deadline:
        raise Refused(Refusal.TOO_LATE)


def _follow(course: Course, act: Act, now: datetime) -> tuple[Course, Change]:
    step = change(course.state, act)
    if step is None:
        raise Refused(Refusal.WRONG_STATE)
    deadline = now + course.chemistry_time if step.to is State.CHEMISTRY else None
    return replace(course, state=step.to, deadline=deadline), step
