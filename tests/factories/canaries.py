"""Rooms full of canaries: words that must never be seen outside, one filler per kind of content.

A new kind of content needs a filler here (`test_canaries.py` says so): a function that writes it
through the services, with `mark` in every text a person can enter.
"""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from tandemwerk.rooms.models import ActionItem, Goal, GoalStep, RoomContent, RoomFile
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.action_items import action_item_add
from tandemwerk.rooms.services.files import file_add
from tandemwerk.rooms.services.goals import GoalWords, goal_add, goal_rate

Filler = Callable[[Room, str, datetime], Any]


def _goal(room: Room, mark: str, now: datetime) -> Goal:
    levels = {str(level): f"{mark} level {level}" for level in range(-2, 3)}
    words = GoalWords(title=f"{mark} title", why=f"{mark} why", levels=levels)
    return goal_add(room=room, words=words, now=now)


def _goal_step(room: Room, mark: str, now: datetime) -> None:
    goal = _goal(room, mark, now)
    goal_rate(room=room, goal=goal, level=1, note=f"{mark} note", now=now)


def _action_item(room: Room, mark: str, now: datetime) -> None:
    action_item_add(room=room, text=f"{mark} text", now=now)


def _file(room: Room, mark: str, now: datetime) -> None:
    file_add(room=room, name=f"{mark} name.txt", data=f"{mark} content".encode(), now=now)


FILLERS: dict[type[RoomContent], Filler] = {
    Goal: _goal,
    GoalStep: _goal_step,
    ActionItem: _action_item,
    RoomFile: _file,
}
# Values of a body that the program chooses, not a person.
NOT_ENTERED = {(RoomFile, "type")}


def texts_in(row: RoomContent, field: str, data: bytes) -> Iterator[str]:
    """Every text a person entered into one sealed field, opened."""
    try:
        value = json.loads(data)
    except ValueError:
        yield data.decode("utf-8", "replace")
        return
    yield from _texts(type(row), value)


def _texts(model: type[RoomContent], value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(model, part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if (model, name) not in NOT_ENTERED:
                yield from _texts(model, part)
