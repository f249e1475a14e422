"""The way of a running tandem: which phase is when, what is due for whom, what comes next.

A journey is the JSON a programme keeps (made from a template): ``{"phases": [phase, …]}`` with
``key``, ``title`` and ``summary`` (text by language), ``start_week`` and ``end_week`` (weeks from
the day the tandem began, negative before it; the phase ends the day before ``end_week`` begins),
``due`` (items with ``key``, ``title``, ``week`` and ``who``: mentee, mentor or both) and
``questions`` and ``starters`` (guiding questions and ways into a conversation: a list of texts by
language).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from .states import Side

Texts = Mapping[str, str]
BOTH = "both"
AFTERWARDS = "afterwards"  # kind of phase that begins when the tandem is over


class PhaseState(StrEnum):
    DONE = "done"
    CURRENT = "current"
    UPCOMING = "upcoming"


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do by `due_on`; `sides`: for whom."""

    key: str
    title: Texts
    due_on: date
    sides: frozenset[Side]
    phase: str


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase with its days, both included."""

    key: str
    title: Texts
    summary: Texts
    start_on: date
    end_on: date
    state: PhaseState
    is_before_start: bool  # it led to the tandem
    due: tuple[Due, ...]
    questions: Mapping[str, Sequence[str]]
    starters: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Phases in the order of their start, seen from one day."""

    phases: tuple[Phase, ...]
    today: date

    @property
    def current(self) -> Phase | None:
        """The phase of today; the earliest where two overlap, None before, between and after."""
        return next((phase for phase in self.phases if phase.state is PhaseState.CURRENT), None)

    @property
    def upcoming(self) -> Phase | None:
        """The next phase that has not begun."""
        return next((phase for phase in self.phases if phase.state is PhaseState.UPCOMING), None)

    @property
    def is_over(self) -> bool:
        return bool(self.phases) and all(p.state is PhaseState.DONE for p in self.phases)

    @property
    def ends_on(self) -> date | None:
        """The last day of the way together, before what comes afterwards; None without phases."""
        together = (phase.end_on for phase in self.phases if not phase.key.startswith(AFTERWARDS))
        return max(together, default=None)

    def next_due(self, side: Side) -> tuple[Due, ...]:
        """What is still ahead for `side` in the current and the next phase, by day.

        What lies in the past is left out: nobody is reminded of what they did not do.
        """
        near = {phase.key for phase in (self.current, self.upcoming) if phase is not None}
        return tuple(
            sorted(
                (
                    item
                    for phase in self.phases
                    if phase.key in near
                    for item in phase.due
                    if side in item.sides and item.due_on >= self.today
                ),
                key=lambda item: (item.due_on, item.key),
            )
        )


def timeline(journey: Mapping[str, Any], activated_on: date, today: date) -> Timeline:
    """Lay a journey over the calendar. Phases without weeks or with none left out are skipped."""
    phases = [
        _phase(phase, activated_on, today)
        for phase in journey.get("phases", ())
        if _is_sound(phase)
    ]
    return Timeline(tuple(sorted(phases, key=lambda p: (p.start_on, p.end_on))), today)


def journey_is_sound(journey: Mapping[str, Any]) -> bool:
    """Can every phase be laid over the calendar, each under its own key?"""
    phases: Sequence[Mapping[str, Any]] = journey.get("phases", ())
    keys = [phase.get("key") for phase in phases]
    return all(_is_sound(phase) for phase in phases) and len(set(keys)) == len(keys)


def _is_sound(phase: Mapping[str, Any]) -> bool:
    start, end = phase.get("start_week"), phase.get("end_week")
    return (
        bool(phase.get("key")) and isinstance(start, int) and isinstance(end, int) and start < end
    )


def phase_state(start_on: date, end_on: date, today: date) -> PhaseState:
    """Where a phase with these days, both included, stands today."""
    if end_on < today:
        return PhaseState.DONE
    return PhaseState.CURRENT if start_on <= today else PhaseState.UPCOMING


def _phase(phase: Mapping[str, Any], activated_on: date, today: date) -> Phase:
    start_on = activated_on + timedelta(weeks=phase["start_week"])
    end_on = activated_on + timedelta(weeks=phase["end_week"], days=-1)
    return Phase(
        key=phase["key"],
        title=phase.get("title", {}),
        summary=phase.get("summary", {}),
        start_on=start_on,
        end_on=end_on,
        state=phase_state(start_on, end_on, today),
        is_before_start=end_on < activated_on,
        due=tuple(_due(item, phase, activated_on) for item in phase.get("due", ())),
        questions=phase.get("questions", {}),
        starters=phase.get("starters", {}),
    )


def _due(item: Mapping[str, Any], phase: Mapping[str, Any], activated_on: date) -> Due:
    """An item without a week of its own is due when its phase ends."""
    week = item.get("week", phase["end_week"])
    who = item.get("who", BOTH)
    return Due(
        key=item["key"],
        title=item.get("title", {}),
        due_on=activated_on + timedelta(weeks=week),
        sides=frozenset(Side) if who == BOTH else frozenset({Side(who)}),
        phase=phase["key"],
    )
