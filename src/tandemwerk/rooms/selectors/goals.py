"""Goals and tasks of a room in plain words, for its members."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from tandemwerk.rooms.enums import GoalLevel, GoalState
from tandemwerk.rooms.models import ActionItem, Goal, GoalStep
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.selectors.search import Findable
from tandemwerk.tandems.models import TandemMember

DONE_SHOWN = 20
SIGNS = {-2: "−2", -1: "−1", 0: "0", 1: "+1", 2: "+2"}


@dataclass(frozen=True, slots=True)
class StepRead:
    """Where the two stood at one moment."""

    level: int
    note: str
    on: datetime

    @property
    def label(self) -> str:
        """The scale's word for it."""
        return str(GoalLevel(self.level).label)


@dataclass(frozen=True, slots=True)
class Rung:
    """One level of a goal's scale, as a page shows it."""

    sign: str
    label: str
    text: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class GoalRead:
    """A goal as a member reads it; `levels`: text by level, lowest first, empty where unsaid."""

    id: UUID
    title: str
    why: str
    levels: Mapping[int, str]
    level: int | None
    state: GoalState
    due_on: date | None
    steps: Sequence[StepRead]
    changed_at: datetime

    @property
    def scale(self) -> list[Rung]:
        """The levels the two have described and the one they are on, the best on top."""
        return [
            Rung(SIGNS[level], str(level.label), text, level == self.level)
            for level in sorted(GoalLevel, reverse=True)
            if (text := self.levels.get(level, "")) or level == self.level
        ]

    @property
    def now(self) -> Rung | None:
        """Where the two stand; None until they have said so."""
        return next((rung for rung in self.scale if rung.is_now), None)

    @property
    def menu_id(self) -> str:
        """What the goal's menu is called in the page."""
        return f"goal-menu-{self.id}"


@dataclass(frozen=True, slots=True)
class ActionItemRead:
    """A task as a member reads it; without `owner` it is everybody's."""

    id: UUID
    text: str
    owner: TandemMember | None
    is_mine: bool
    goal_id: UUID | None
    due_on: date | None
    done_at: datetime | None
    changed_at: datetime

    @property
    def menu_id(self) -> str:
        """What the task's menu is called in the page."""
        return f"item-menu-{self.id}"


def goals_read(room: Room) -> list[GoalRead]:
    """All goals, open ones first. Two queries, one decryption a row."""
    steps: dict[UUID, list[StepRead]] = {}
    for step in room.rows(GoalStep):
        said = StepRead(step.level, room.open(step)["note"], step.created_at)
        steps.setdefault(step.goal_id, []).append(said)
    found = [goal_read(room, goal, steps.get(goal.pk, ())) for goal in room.rows(Goal)]
    return sorted(found, key=lambda goal: goal.state != GoalState.OPEN)


def goal_read(room: Room, goal: Goal, steps: Sequence[StepRead] = ()) -> GoalRead:
    """One goal in plain words. No query."""
    words = room.open(goal)
    return GoalRead(
        id=goal.pk,
        title=words["title"],
        why=words["why"],
        levels={int(level): text for level, text in words["levels"].items()},
        level=goal.level,
        state=GoalState(goal.state),
        due_on=goal.due_on,
        steps=steps,
        changed_at=goal.changed_at,
    )


def action_items_read(room: Room) -> list[ActionItemRead]:
    """Open tasks, the next due first, then the last twenty done. Two queries."""
    rows = room.rows(ActionItem)
    is_open = list(rows.filter(done_at__isnull=True))
    is_open.sort(key=lambda row: (row.due_on or date.max, row.created_at))
    done = rows.filter(done_at__isnull=False).order_by("-done_at", "pk")[:DONE_SHOWN]
    return [action_item_read(room, row) for row in (*is_open, *done)]


def action_items_all(room: Room) -> list[ActionItemRead]:
    """Every task there is, in the order in which they were noted. One query."""
    return [action_item_read(room, row) for row in room.rows(ActionItem)]


def action_item_read(room: Room, row: ActionItem) -> ActionItemRead:
    """One task in plain words. No query."""
    owner = next((member for member in room.members if member.pk == row.owner_id), None)
    return ActionItemRead(
        id=row.pk,
        text=room.open(row)["text"],
        owner=owner,
        is_mine=owner is None or owner.pk == room.me.pk,
        goal_id=row.goal_id,
        due_on=row.due_on,
        done_at=row.done_at,
        changed_at=row.changed_at,
    )


def goal_by_id(room: Room, text: str) -> Goal | None:
    """The goal somebody chose in a form, by its id as text; None for none. One query."""
    return room.rows(Goal).filter(pk=text).first() if text else None


def goals_findable(room: Room) -> Iterator[Findable]:
    """Goals for the search: what they say, their levels and what was noted on the way."""
    url = reverse("rooms:goal_list", args=[room.pk])
    for goal in goals_read(room):
        said = [goal.why, *goal.levels.values(), *(step.note for step in goal.steps)]
        text = "\n".join(part for part in said if part)
        yield Findable(title=goal.title, url=f"{url}#goal-{goal.id}", text=text)


def tasks_findable(room: Room) -> Iterator[Findable]:
    """Tasks for the search, done ones too."""
    url = reverse("rooms:goal_list", args=[room.pk])
    for item in action_items_all(room):
        yield Findable(title=item.text, url=f"{url}#item-{item.id}")
