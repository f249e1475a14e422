"""When the programme asks how a tandem is going, and when a gentle reminder is in place.

The check-in of the first month is always there; others come from the journey. At most one is open
on any day, so nobody finds a pile of questions.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from .pauses import Pauses, pause_now, shifted
from .states import Side
from .timeline import BOTH, Texts

FIRST = "first-month-check"
FIRST_TITLE: Texts = {"de": "Nach dem ersten Monat", "en": "After the first month"}
FIRST_DAY = timedelta(days=30)
A_DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
STAYS_OPEN = timedelta(weeks=4)  # after the day it is due, unless the next one opens
SILENCES = (timedelta(weeks=3), timedelta(weeks=7), timedelta(weeks=13))  # one mail each, then none
SILENT = SILENCES[0]


class Reason(StrEnum):
    """What a gentle mail is about."""

    CHECK_IN = "check_in"
    SILENCE = "silence"
    END = "end"  # the time planned for the tandem is over


@dataclass(frozen=True, slots=True)
class CheckInDue:
    """One question of the programme: asked from `opens_on`, until the day before `closes_on`."""

    key: str
    title: Texts
    sides: frozenset[Side]
    opens_on: date
    due_on: date
    closes_on: date

    def is_open(self, today: date) -> bool:
        return self.opens_on <= today < self.closes_on

    def is_overdue(self, today: date) -> bool:
        return self.is_open(today) and today > self.due_on


def check_ins(
    journey: Mapping[str, Any], activated_on: date, pauses: Pauses = ()
) -> tuple[CheckInDue, ...]:
    """All check-ins of a tandem in order; their windows do not overlap.

    The first month's opens on day 30, whatever the journey says. Others are due on the day of
    their item and open a week before.
    """
    planned = sorted(
        _planned(journey, activated_on),
        key=lambda found: (found.opens_on, found.key == FIRST, found.due_on, found.key),
    )
    closing = [
        replace(one, closes_on=min(one.closes_on, after.opens_on))
        for one, after in pairwise(planned)
    ]
    return tuple(_moved(one, pauses) for one in (*closing, planned[-1]))


def check_in_open(found: tuple[CheckInDue, ...], side: Side, today: date) -> CheckInDue | None:
    """The question that is open for `side` today."""
    return next((one for one in found if side in one.sides and one.is_open(today)), None)


def may_answer(due: CheckInDue, answered_on: date | None, today: date) -> bool:
    """May it be answered, or the answer be changed? A change is possible for a week."""
    return due.is_open(today) if answered_on is None else today <= answered_on + WEEK


def silent_since(last_on: date, pauses: Pauses, today: date) -> date:
    """Since when nobody wrote; the end of a pause is a new beginning."""
    return max([last_on, *(pause.end for pause in pauses if pause.end <= today)])


def nudge_reasons(
    *,
    check_in: CheckInDue | None,
    silent_from: date,
    ends_on: date,
    reminded_on: date | None,
    pauses: Pauses,
    today: date,
) -> frozenset[Reason]:
    """What a gentle mail to one person about one tandem is in place for; mostly nothing.

    `check_in`: open and not answered; it is mentioned once. Silence is, after three, seven and
    thirteen weeks, and then no more until somebody has written again. Once the planned end has
    passed only that is mentioned, once. Never anything during a pause. The caller sees to it that
    nobody gets more than one reminder a week.
    """
    if pause_now(pauses, today):
        return frozenset()
    found = set()
    if check_in is not None and (reminded_on is None or reminded_on < check_in.opens_on):
        found.add(Reason.CHECK_IN)
    if today > ends_on:
        if reminded_on is None or reminded_on <= ends_on:
            found.add(Reason.END)
    elif is_silence_due(silent_from, reminded_on, today):
        found.add(Reason.SILENCE)
    return frozenset(found)


def is_silence_due(silent_from: date, reminded_on: date | None, today: date) -> bool:
    """Is a silence of three, seven or thirteen weeks reached and not mentioned yet?

    Three weeks lie between any reminder and one of a silence.
    """
    reached = [silent_from + one for one in SILENCES if silent_from + one <= today]
    if not reached or reminded_on is None:
        return bool(reached)
    return reminded_on < reached[-1] and today - reminded_on >= SILENT


def is_quiet_for_long(silent_from: date, today: date) -> bool:
    """So long without a word in the room that nobody is reminded any more."""
    return today - silent_from >= SILENCES[-1]


def nudge_not_before(
    *,
    planned: Iterable[CheckInDue],
    silent_from: date,
    ends_on: date,
    reminded_on: date | None,
    pauses: Pauses,
    today: date,
) -> date:
    """The first day after today on which `nudge_reasons` may find something; nothing is due today.

    What people do meanwhile only makes it later: they write, answer, are reminded. A pause or
    another journey may make it earlier, then it is asked anew. At most three weeks ahead, because a
    silence may begin tomorrow.
    """
    if running := pause_now(pauses, today):
        return running.end
    days = [one.opens_on for one in planned]
    days += [silent_from + one for one in SILENCES]
    days += [ends_on + A_DAY, today + SILENT]
    if reminded_on is not None:
        days.append(reminded_on + SILENT)
    return min(day for day in days if day > today)


def _planned(journey: Mapping[str, Any], activated_on: date) -> Iterator[CheckInDue]:
    """Check-ins as if there were no pause, each key once."""
    own = _items(journey, activated_on)
    opens_on = activated_on + FIRST_DAY
    title, _sides, due_on = own.pop(FIRST, (FIRST_TITLE, frozenset(Side), opens_on))
    due_on = max(due_on, opens_on + WEEK)
    yield CheckInDue(FIRST, title, frozenset(Side), opens_on, due_on, due_on + STAYS_OPEN)
    for key, (title, sides, due_on) in own.items():
        opens_on = max(due_on - WEEK, activated_on)
        yield CheckInDue(key, title, sides, opens_on, due_on, due_on + STAYS_OPEN)


def _items(
    journey: Mapping[str, Any], activated_on: date
) -> dict[str, tuple[Texts, frozenset[Side], date]]:
    found: dict[str, tuple[Texts, frozenset[Side], date]] = {}
    for phase in journey.get("phases", ()):
        for item in phase.get("due", ()):
            week = item.get("week", phase.get("end_week"))
            if not is_check_in(item) or item["key"] in found or not isinstance(week, int):
                continue
            who = item.get("who", BOTH)
            sides = frozenset(Side) if who == BOTH else frozenset({Side(who)})
            if week > 0:
                due_on = activated_on + timedelta(weeks=week)
                found[item["key"]] = (item.get("title", {}), sides, due_on)
    return found


def is_check_in(item: Mapping[str, Any]) -> bool:
    """Does the programme ask at this item? It says so itself, or by its key."""
    key = str(item.get("key", ""))
    return bool(item.get("check_in")) or key.endswith(("-check", "-check-in", "midpoint-review"))


def _moved(one: CheckInDue, pauses: Pauses) -> CheckInDue:
    return replace(
        one,
        opens_on=shifted(one.opens_on, pauses),
        due_on=shifted(one.due_on, pauses),
        closes_on=shifted(one.closes_on, pauses),
    )
