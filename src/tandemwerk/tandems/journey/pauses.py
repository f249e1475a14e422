"""Pauses of a tandem: days that do not count on its way.

While a pause runs nobody is reminded, and what is planned for its days or later moves back by its
length.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from .timeline import Due, Phase, Timeline, phase_state

LONGEST_PAUSE = timedelta(weeks=8)
Stored = Sequence[Sequence[str]]  # [["2027-02-01", "2027-02-15"], …]


class PauseRefusal(StrEnum):
    NOT_AHEAD = "not_ahead"  # a pause ends after today
    TOO_LONG = "too_long"


class PauseRefused(Exception):
    """The pause is not possible; `why` says what stands against it."""

    def __init__(self, why: PauseRefusal) -> None:
        self.why = why
        super().__init__(why.value)


@dataclass(frozen=True, slots=True)
class Pause:
    """`start` is the first day of the pause, `end` the day on which the two go on."""

    start: date
    end: date

    @property
    def length(self) -> timedelta:
        return self.end - self.start


Pauses = tuple[Pause, ...]


def pauses_read(stored: Stored) -> Pauses:
    """Pauses as a tandem keeps them, in order."""
    return tuple(Pause(date.fromisoformat(start), date.fromisoformat(end)) for start, end in stored)


def pauses_write(pauses: Iterable[Pause]) -> list[list[str]]:
    """The opposite of `pauses_read`."""
    return [[pause.start.isoformat(), pause.end.isoformat()] for pause in pauses]


def pause_now(pauses: Pauses, today: date) -> Pause | None:
    """The pause that runs today."""
    return next((pause for pause in pauses if pause.start <= today < pause.end), None)


def pause_begin(pauses: Pauses, today: date, until: date) -> Pauses:
    """The two pause from today until `until`; a pause that runs gets this end instead.

    Raises PauseRefused unless `until` is ahead and at most eight weeks from the pause's first day.
    """
    running = pause_now(pauses, today)
    wanted = Pause(running.start if running else today, until)
    if until <= today:
        raise PauseRefused(PauseRefusal.NOT_AHEAD)
    if wanted.length > LONGEST_PAUSE:
        raise PauseRefused(PauseRefusal.TOO_LONG)
    return (*(pause for pause in pauses if pause != running), wanted)


def pause_stop(pauses: Pauses, today: date) -> Pauses:
    """The two go on today; a pause that began today never was. Without one nothing changes."""
    running = pause_now(pauses, today)
    if running is None:
        return pauses
    rest = tuple(pause for pause in pauses if pause != running)
    return rest if running.start == today else (*rest, replace(running, end=today))


def shifted(day: date, pauses: Pauses) -> date:
    """The day on which something planned for `day` really falls.

    Never earlier, never inside a pause; what was planned later falls later.
    """
    for pause in sorted(pauses, key=lambda pause: pause.start):
        if pause.start <= day:
            day += pause.length
    return day


def day_after(start: date, length: timedelta, pauses: Pauses) -> date:
    """The day `length` after `start`, days of a pause not counted; never inside a pause."""
    ahead = (replace(one, start=max(one.start, start)) for one in pauses if one.end > start)
    return shifted(start + length, tuple(ahead))


def paused(way: Timeline, pauses: Pauses) -> Timeline:
    """The way with its phases and what is due moved back by the pauses."""
    phases = tuple(_phase(phase, pauses, way.today) for phase in way.phases)
    return replace(way, phases=phases) if pauses else way


def _phase(phase: Phase, pauses: Pauses, today: date) -> Phase:
    start_on, end_on = shifted(phase.start_on, pauses), shifted(phase.end_on, pauses)
    return replace(
        phase,
        start_on=start_on,
        end_on=end_on,
        state=phase_state(start_on, end_on, today),
        due=tuple(_due(item, pauses) for item in phase.due),
    )


def _due(item: Due, pauses: Pauses) -> Due:
    return replace(item, due_on=shifted(item.due_on, pauses))
