"""How a running tandem comes to its regular end: who may begin it, and what completes it.

One member begins. Then everybody says for themself that all is said; when the last one does, the
tandem is closed. Nobody is kept waiting for ever: some time after the cohort's end the clock
closes it too. Members are told apart by any number, so groups go the same way as two people.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from .course import Refusal, Refused
from .states import ENDED, Act, Change, State, change

TIME_TO_CLOSE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Closing:
    """What of a tandem decides its regular end. `due_on`: when the clock closes it."""

    state: State
    members: frozenset[int]  # present ones
    confirmed: frozenset[int] = frozenset()
    due_on: date | None = None

    @property
    def missing(self) -> frozenset[int]:
        """Who has not said yet that all is said."""
        return self.members - self.confirmed


def closing_due_on(begun_on: date, cohort_ends_on: date) -> date:
    """The day on which the clock closes: two weeks after the begin or the cohort's last day.

    Whichever is later counts, so that nobody who is asked has less time than that.
    """
    return max(begun_on, cohort_ends_on) + TIME_TO_CLOSE


def begin_closing(
    closing: Closing, member: int, today: date, cohort_ends_on: date
) -> tuple[Closing, Change]:
    """`member` begins the end of a running tandem; that confirms nothing yet.

    Raises Refused if it has ended, is closing already, or has not begun.
    """
    _is_member(closing, member)
    step = _step(closing, Act.BEGIN_CLOSING)
    due_on = closing_due_on(today, cohort_ends_on)
    return replace(closing, state=step.to, confirmed=frozenset(), due_on=due_on), step


def confirm_closing(closing: Closing, member: int) -> tuple[Closing, Change | None]:
    """`member` has said what there was to say; the last one closes the tandem.

    Saying it twice changes nothing. Raises Refused outside of closing.
    """
    _is_member(closing, member)
    step = _step(closing, Act.CLOSE)
    after = replace(closing, confirmed=closing.confirmed | {member})
    return (after, None) if after.missing else (replace(after, state=step.to, due_on=None), step)


def close_in_time(closing: Closing, today: date) -> tuple[Closing, Change]:
    """The time for closing is over. Raises Refused before that and outside of closing."""
    step = _step(closing, Act.CLOSE)
    if closing.due_on is None or today < closing.due_on:
        raise Refused(Refusal.TOO_EARLY)
    return replace(closing, state=step.to, due_on=None), step


def _is_member(closing: Closing, member: int) -> None:
    if member not in closing.members:
        raise ValueError(member)


def _step(closing: Closing, act: Act) -> Change:
    if closing.state in ENDED:
        raise Refused(Refusal.ENDED)
    step = change(closing.state, act)
    if step is None:
        raise Refused(Refusal.WRONG_STATE)
    return step
