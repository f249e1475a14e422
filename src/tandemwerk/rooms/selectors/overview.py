"""The few lines of a room that its first page shows."""

from dataclasses import dataclass
from datetime import date

from tandemwerk.rooms.enums import GoalState, ReviewOccasion
from tandemwerk.rooms.models import ActionItem, Agreement, Goal, Review
from tandemwerk.rooms.selectors.goals import (
    ActionItemRead,
    GoalRead,
    action_item_read,
    goal_read,
)
from tandemwerk.rooms.selectors.room import Room

TASKS_SHOWN = GOALS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Overview:
    """What comes next and where the two stand."""

    tasks: tuple[ActionItemRead, ...]  # open ones, the next due first
    goals: tuple[GoalRead, ...]  # open ones, without their history
    more_tasks: int
    has_goals: bool  # reached ones and those set aside count too

    def mine(self) -> ActionItemRead | None:
        """The reader's own next task among those shown."""
        return next((task for task in self.tasks if task.is_mine), None)


def room_overview(room: Room) -> Overview:
    """Next tasks and open goals. Two queries, and six decryptions at most."""
    tasks = list(room.rows(ActionItem).filter(done_at__isnull=True))
    tasks.sort(key=lambda row: (row.due_on or date.max, row.created_at))
    goals = list(room.rows(Goal))
    is_open = [goal for goal in goals if goal.state == GoalState.OPEN]
    return Overview(
        tasks=tuple(action_item_read(room, row) for row in tasks[:TASKS_SHOWN]),
        goals=tuple(goal_read(room, row) for row in is_open[:GOALS_SHOWN]),
        more_tasks=max(0, len(tasks) - TASKS_SHOWN),
        has_goals=bool(goals),
    )


def is_agreed(room: Room) -> bool:
    """Has an agreement been signed by both? One query."""
    return room.rows(Agreement).filter(in_force_at__isnull=False).exists()


def has_looked_back(room: Room) -> bool:
    """Has the look back of the midpoint been begun? One query."""
    return room.rows(Review).filter(occasion=ReviewOccasion.MIDPOINT).exists()
