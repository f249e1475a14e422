"""What somebody means to do: noted, changed, ticked off."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from tandemwerk.rooms.errors import TooManyActionItems
from tandemwerk.rooms.models import ActionItem, Goal
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.writing import row_add, row_change, writing
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

    Raises TooManyActionItems, RoomReadOnly, RoomRowTaken. Six queries.
    """
    room = writing(room, now)
    if room.rows(ActionItem).filter(done_at__isnull=True).count() >= MOST_OPEN:
        raise TooManyActionItems(most=MOST_OPEN)
    row = ActionItem(id=pk or uuid4(), owner=_mine(room, owner), goal=_my_goal(room, goal))
    row.due_on = due_on
    return row_add(room, row, {"text": text}, now)


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
    """Say a task differently. Raises RoomRowGone, RoomReadOnly. Four queries."""
    room = writing(room, now)
    item.owner, item.goal, item.due_on = _mine(room, owner), _my_goal(room, goal), due_on
    return row_change(room, item, now, {"text": text}, ["owner", "goal", "due_on"])


@transaction.atomic
def action_item_tick(*, room: Room, item: ActionItem, is_done: bool, now: datetime) -> ActionItem:
    """Tick a task off, or open it again; every member may. Doing it twice is harmless.

    Raises RoomRowGone, RoomReadOnly. Four queries.
    """
    room = writing(room, now)
    item.done_at = (item.done_at or now) if is_done else None
    return row_change(room, item, now, fields=["done_at"])


def _mine(room: Room, owner: TandemMember | None) -> TandemMember | None:
    """A member of this room; anybody else is nobody."""
    return owner if owner is None or owner in room.members else None


def _my_goal(room: Room, goal: Goal | None) -> Goal | None:
    return goal if goal is None or goal.tandem_id == room.pk else None
