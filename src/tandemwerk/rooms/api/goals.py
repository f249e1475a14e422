"""Goals and tasks of a room, for its members' own programs."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from tandemwerk.core.shapes import Page, Paging, page_of
from tandemwerk.people.requests import person, unfit
from tandemwerk.rooms.api.schemas import (
    ActionItemIn,
    ActionItemOut,
    DoneIn,
    GoalIn,
    GoalOut,
    GoalStateIn,
    GoalStepIn,
    NewActionItemIn,
    NewGoalIn,
)
from tandemwerk.rooms.models import ActionItem, Goal
from tandemwerk.rooms.selectors.goals import (
    ActionItemRead,
    GoalRead,
    action_item_read,
    action_items_read,
    goals_read,
)
from tandemwerk.rooms.selectors.room import Room, room_or_404, row_or_404
from tandemwerk.rooms.services.action_items import (
    action_item_add,
    action_item_change,
    action_item_tick,
)
from tandemwerk.rooms.services.goals import goal_add, goal_change, goal_rate, goal_settle
from tandemwerk.rooms.services.writing import row_remove

router = Router()
ROOM = "/tandems/{int:tandem_pk}"
GOAL = ROOM + "/goals/{uuid:goal_pk}"
ITEM = ROOM + "/action-items/{uuid:item_pk}"


@router.get(f"{ROOM}/goals", response=Page[GoalOut], url_name="goal_list")
def goal_list(request: HttpRequest, tandem_pk: int, wanted: Query[Paging]) -> dict[str, Any]:
    """The goals of your room, open ones first."""
    return page_of(goals_read(_room(request, tandem_pk)), wanted)


@router.post(f"{ROOM}/goals", response={201: GoalOut}, url_name="goal_list")
def goal_create(request: HttpRequest, tandem_pk: int, data: NewGoalIn) -> Status[GoalRead]:
    """Set a goal together."""
    room = _room(request, tandem_pk)
    goal = goal_add(room=room, pk=data.id, now=timezone.now(), **data.act())
    return Status(201, goal_detail(request, tandem_pk, goal.pk))


@router.get(GOAL, response=GoalOut, url_name="goal_detail")
def goal_detail(request: HttpRequest, tandem_pk: int, goal_pk: UUID) -> GoalRead:
    """One goal with the moments at which you said where you stand."""
    room = _room(request, tandem_pk)
    row_or_404(room, Goal, goal_pk)
    return next(goal for goal in goals_read(room) if goal.id == goal_pk)


@router.put(GOAL, response=GoalOut, url_name="goal_detail")
def goal_replace(request: HttpRequest, tandem_pk: int, goal_pk: UUID, data: GoalIn) -> GoalRead:
    """Say a goal differently; everything it says is replaced."""
    room = _room(request, tandem_pk)
    goal_change(room=room, goal=row_or_404(room, Goal, goal_pk), now=timezone.now(), **data.act())
    return goal_detail(request, tandem_pk, goal_pk)


@router.delete(GOAL, response={204: None}, url_name="goal_detail")
def goal_delete(request: HttpRequest, tandem_pk: int, goal_pk: UUID) -> Status[None]:
    """Remove a goal."""
    room = _room(request, tandem_pk)
    row_remove(room=room, row=row_or_404(room, Goal, goal_pk), now=timezone.now())
    return Status(204, None)


@router.post(f"{GOAL}/steps", response={201: GoalOut}, url_name="goal_step_list")
def goal_step(
    request: HttpRequest, tandem_pk: int, goal_pk: UUID, data: GoalStepIn
) -> Status[GoalRead]:
    """Say where you stand."""
    room = _room(request, tandem_pk)
    goal = row_or_404(room, Goal, goal_pk)
    goal_rate(room=room, goal=goal, level=data.level, note=data.note, now=timezone.now())
    return Status(201, goal_detail(request, tandem_pk, goal_pk))


@router.post(f"{GOAL}/state", response=GoalOut, url_name="goal_state")
def goal_state(request: HttpRequest, tandem_pk: int, goal_pk: UUID, data: GoalStateIn) -> GoalRead:
    """Call a goal reached or set aside, or take it up again."""
    room = _room(request, tandem_pk)
    goal = row_or_404(room, Goal, goal_pk)
    goal_settle(room=room, goal=goal, state=data.state, now=timezone.now())
    return goal_detail(request, tandem_pk, goal_pk)


@router.get(f"{ROOM}/action-items", response=Page[ActionItemOut], url_name="action_item_list")
def action_item_list(request: HttpRequest, tandem_pk: int, wanted: Query[Paging]) -> dict[str, Any]:
    """Open tasks, the next due first, then the last twenty done."""
    return page_of(action_items_read(_room(request, tandem_pk)), wanted)


@router.post(f"{ROOM}/action-items", response={201: ActionItemOut}, url_name="action_item_list")
def action_item_create(
    request: HttpRequest, tandem_pk: int, data: NewActionItemIn
) -> Status[ActionItemRead]:
    """Note something to do."""
    room = _room(request, tandem_pk)
    item = action_item_add(room=room, pk=data.id, now=timezone.now(), **_act(room, data))
    return Status(201, action_item_read(room_or_404(person(request), tandem_pk), item))


@router.get(ITEM, response=ActionItemOut, url_name="action_item_detail")
def action_item_detail(request: HttpRequest, tandem_pk: int, item_pk: UUID) -> ActionItemRead:
    """One task."""
    room = _room(request, tandem_pk)
    return action_item_read(room, row_or_404(room, ActionItem, item_pk))


@router.put(ITEM, response=ActionItemOut, url_name="action_item_detail")
def action_item_replace(
    request: HttpRequest, tandem_pk: int, item_pk: UUID, data: ActionItemIn
) -> ActionItemRead:
    """Say a task differently; everything it says is replaced."""
    room = _room(request, tandem_pk)
    item = row_or_404(room, ActionItem, item_pk)
    action_item_change(room=room, item=item, now=timezone.now(), **_act(room, data))
    return action_item_read(room, item)


@router.delete(ITEM, response={204: None}, url_name="action_item_detail")
def action_item_delete(request: HttpRequest, tandem_pk: int, item_pk: UUID) -> Status[None]:
    """Remove a task."""
    room = _room(request, tandem_pk)
    row_remove(room=room, row=row_or_404(room, ActionItem, item_pk), now=timezone.now())
    return Status(204, None)


@router.post(f"{ITEM}/done", response=ActionItemOut, url_name="action_item_done")
def action_item_done(
    request: HttpRequest, tandem_pk: int, item_pk: UUID, data: DoneIn
) -> ActionItemRead:
    """Tick a task off, or open it again."""
    room = _room(request, tandem_pk)
    item = row_or_404(room, ActionItem, item_pk)
    action_item_tick(room=room, item=item, is_done=data.is_done, now=timezone.now())
    return action_item_read(room, item)


def _room(request: HttpRequest, tandem_pk: int) -> Room:
    return room_or_404(person(request), tandem_pk)


def _act(room: Room, data: ActionItemIn) -> dict[str, Any]:
    """Arguments for the services; people and goals of other rooms do not fit."""
    owner = next((member for member in room.members if member.pk == data.owner_id), None)
    if owner is None and data.owner_id is not None:
        raise unfit("owner_id", _("This is no member of your room."))
    goal = room.rows(Goal).filter(pk=data.goal_id).first() if data.goal_id else None
    if goal is None and data.goal_id is not None:
        raise unfit("goal_id", _("There is no such goal in your room."))
    return {"text": data.text, "owner": owner, "goal": goal, "due_on": data.due_on}
