"""How a running tandem comes to its regular end: who may begin it, and what completes it.

One member begins. Then everybody says for themself that all is said; when the last one does, the
tandem is closed. Until then any of them may take the closing back, and the tandem goes on. Nobody
is kept waiting for ever: some time after the planned end the clock closes it too, also where nobody
began, and then with a word two weeks before. Members are told apart by any number, so groups go the
same way as two people. Days of a pause do not count.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from .course import Refusal, Refused
from .pauses import Pauses, day_after, pause_now, shifted
from .states import ENDED, Act, Change, State, change

TIME_TO_CLOSE = timedelta(days=14)
TIME_AFTER_END = timedelta(weeks=6)  # so long a tandem that nobody closes stays open
NOTICE = timedelta(weeks=2)  # everybody is told before the clock closes it


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


def planned_end(cohort_ends_on: date, way_ends_on: date | None, pauses: Pauses) -> date:
    """The last day of a tandem as planned: of its cohort or of its journey, the later one counts.

    `way_ends_on`: moved back by the pauses already, as `paused` does.
    """
    ends_on = shifted(cohort_ends_on, pauses)
    return ends_on if way_ends_on is None else max(ends_on, way_ends_on)


def closing_due_on(begun_on: date, ends_on: date, pauses: Pauses = ()) -> date:
    """The day on which the clock closes: two weeks after the begin or the planned end.

    Whichever is later counts, so that nobody who is asked has less time than that.
    """
    return max(day_after(day, TIME_TO_CLOSE, pauses) for day in (begun_on, ends_on))


def open_until(ends_on: date, announced_on: date | None, pauses: Pauses = ()) -> date:
    """The day on which the clock closes a tandem in which nobody begins the end.

    Six weeks after the planned end, and never less than two after everybody was told.
    """
    due_on = day_after(ends_on, TIME_AFTER_END, pauses)
    return due_on if announced_on is None else max(due_on, day_after(announced_on, NOTICE, pauses))


class EndStep(StrEnum):
    """What the clock has to do with a running tandem whose journey is over."""

    ANNOUNCE = "announce"
    CLOSE = "close"


def end_step(
    ends_on: date, announced_on: date | None, pauses: Pauses, today: date
) -> EndStep | None:
    """What is to be done today; nothing during a pause, and no end without an announcement."""
    if pause_now(pauses, today):
        return None
    if announced_on is None:
        is_near = today >= day_after(ends_on, TIME_AFTER_END - NOTICE, pauses)
        return EndStep.ANNOUNCE if is_near else None
    return EndStep.CLOSE if today >= open_until(ends_on, announced_on, pauses) else None


def begin_closing(
    closing: Closing, member: int, today: date, ends_on: date, pauses: Pauses = ()
) -> tuple[Closing, Change]:
    """`member` begins the end of a running tandem; that confirms nothing yet.

    Raises Refused if it has ended, is closing already, or has not begun.
    """
    _is_member(closing, member)
    step = _step(closing, Act.BEGIN_CLOSING)
    due_on = closing_due_on(today, ends_on, pauses)
    return replace(closing, state=step.to, confirmed=frozenset(), due_on=due_on), step


def confirm_closing(closing: Closing, member: int) -> tuple[Closing, Change | None]:
    """`member` has said what there was to say; the last one closes the tandem.

    Saying it twice changes nothing. Raises Refused outside of closing.
    """
    _is_member(closing, member)
    step = _step(closing, Act.CLOSE)
    after = replace(closing, confirmed=closing.confirmed | {member})
    return (after, None) if after.missing else (replace(after, state=step.to, due_on=None), step)


def close_complete(closing: Closing) -> tuple[Closing, Change]:
    """Everybody who is still there has confirmed, because somebody left who had not.

    Raises Refused while somebody is missing, and outside of closing.
    """
    step = _step(closing, Act.CLOSE)
    if closing.missing or not closing.members:
        raise Refused(Refusal.TOO_EARLY)
    return replace(closing, state=step.to, due_on=None), step


def take_back(closing: Closing, member: int) -> tuple[Closing, Change]:
    """`member` would rather go on: the tandem runs as before, and nothing is confirmed any more.

    Also somebody who did not begin it. Raises Refused outside of closing.
    """
    _is_member(closing, member)
    step = _step(closing, Act.TAKE_BACK)
    return replace(closing, state=step.to, confirmed=frozenset(), due_on=None), step


def close_unclosed(
    closing: Closing, ends_on: date, announced_on: date | None, pauses: Pauses, today: date
) -> tuple[Closing, Change]:
    """Nobody began the end and the time for it is over. Raises Refused before that."""
    step = _step(closing, Act.TIME_OVER)
    if end_step(ends_on, announced_on, pauses, today) is not EndStep.CLOSE:
        raise Refused(Refusal.TOO_EARLY)
    return replace(closing, state=step.to), step


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
