"""Shared goals: set, change, say where the two stand, finish."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from tandemwerk.rooms.enums import GoalState
from tandemwerk.rooms.errors import TooManyGoals
from tandemwerk.rooms.models import Goal, GoalStep
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.writing import limit_of, row_add, row_change, writing

MOST_GOALS = 20
LONGEST_TITLE, LONGEST_TEXT = 200, 2000


@dataclass(frozen=True, slots=True)
class GoalWords:
    """What a goal says. `levels`: text by level, "-2" to "2"; levels may be left out."""

    title: str
    why: str = ""
    levels: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def goal_add(
    *,
    room: Room,
    words: GoalWords,
    now: datetime,
    due_on: date | None = None,
    pk: UUID | None = None,
) -> Goal:
    """A new shared goal. Raises TooManyGoals, RoomReadOnly, RoomRowTaken. Seven queries."""
    room = writing(room, now)
    goal = Goal(id=pk or uuid4(), due_on=due_on)
    _must_fit(room, goal)
    return row_add(room, goal, asdict(words), now)


@limit_of(Goal)
def _must_fit(room: Room, goal: Goal) -> None:
    if room.rows(Goal).count() >= MOST_GOALS:
        raise TooManyGoals(most=MOST_GOALS)


@transaction.atomic
def goal_change(
    *, room: Room, goal: Goal, words: GoalWords, now: datetime, due_on: date | None = None
) -> Goal:
    """Say a goal differently. Raises RoomRowGone, RoomReadOnly. Five queries."""
    room = writing(room, now)
    goal.due_on = due_on
    return row_change(room, goal, now, asdict(words), ["due_on"])


@transaction.atomic
def goal_rate(*, room: Room, goal: Goal, level: int, now: datetime, note: str = "") -> GoalStep:
    """Say where the two stand, -2 to 2, with a note if they like. Seven queries.

    Raises ValueError for another level, RoomRowGone, RoomReadOnly.
    """
    if not -2 <= level <= 2:
        raise ValueError(level)
    room = writing(room, now)
    goal.level = level
    row_change(room, goal, now, fields=["level"])
    return row_add(room, GoalStep(goal=goal, level=level), {"note": note}, now)


@transaction.atomic
def goal_settle(*, room: Room, goal: Goal, state: GoalState, now: datetime) -> Goal:
    """Call a goal reached or set aside, or take it up again. Raises RoomRowGone. Five queries."""
    room = writing(room, now)
    goal.state = state
    return row_change(room, goal, now, fields=["state"])
