"""What somebody means to do: noted, changed, ticked off."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from tandemwerk.rooms.errors import TooManyActionItems
from tandemwerk.rooms.models import ActionItem, Goal
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.writing import limit_of, row_add, row_change, writing
from tandemwerk.tandems.models import TandemMember

MOST_OPEN = 100
LONGEST_TEXT = 500


@transaction.atomic
def action_item_add(
    *,
    room: Room,
    text: str,
    now: datetime,
    owner: TandemMember | None = None,
    goal: Goal | None = None,
    due_on: date | None = None,
    pk: UUID | None = None,
) -> ActionItem:
    """A new task of one member, or of all without `owner`; both must be of this room.

    Raises TooManyActionItems, RoomReadOnly, RoomRowTaken. Seven queries.
    """
    room = writing(room, now)
    row = ActionItem(id=pk or uuid4(), owner=_mine(room, owner), goal=_my_goal(room, goal))
    row.due_on = due_on
    _must_fit(room, row)
    return row_add(room, row, {"text": text}, now)


@limit_of(ActionItem)
def _must_fit(room: Room, row: ActionItem) -> None:
    """Only open ones count, so one that is done always fits."""
    is_open = row.done_at is None
    if is_open and room.rows(ActionItem).filter(done_at__isnull=True).count() >= MOST_OPEN:
        raise TooManyActionItems(most=MOST_OPEN)


@transaction.atomic
def action_item_change(
    *,
    room: Room,
    item: ActionItem,
    text: str,
    now: datetime,
    owner: TandemMember | None = None,
    goal: Goal | None = None,
    due_on: date | None = None,
) -> ActionItem:
    """Say a task differently. Raises RoomRowGone, RoomReadOnly. Five queries."""
    room = writing(room, now)
    item.owner, item.goal, item.due_on = _mine(room, owner), _my_goal(room, goal), due_on
    return row_change(room, item, now, {"text": text}, ["owner", "goal", "due_on"])


@transaction.atomic
def action_item_tick(*, room: Room, item: ActionItem, is_done: bool, now: datetime) -> ActionItem:
    """Tick a task off, or open it again; every member may. Doing it twice is harmless.

    Raises TooManyActionItems where it would be one open task too many, RoomRowGone, RoomReadOnly.
    Six queries.
    """
    room = writing(room, now)
    was_done = item.done_at is not None
    item.done_at = (item.done_at or now) if is_done else None
    if was_done and not is_done:
        _must_fit(room, item)
    return row_change(room, item, now, fields=["done_at"])


def _mine(room: Room, owner: TandemMember | None) -> TandemMember | None:
    """A member of this room; anybody else is nobody."""
    return owner if owner is None or owner in room.members else None


def _my_goal(room: Room, goal: Goal | None) -> Goal | None:
    return goal if goal is None or goal.tandem_id == room.pk else None
