"""Rooms with something in them, made by the services that people use."""

from datetime import datetime
from typing import Any

from tandemwerk.people.models import User
from tandemwerk.rooms.selectors.room import Room, room_or_404
from tandemwerk.rooms.services.action_items import action_item_add
from tandemwerk.rooms.services.files import file_add
from tandemwerk.rooms.services.goals import GoalWords, goal_add
from tandemwerk.tandems.models import Tandem
from tests.factories.tandems import TandemFactory


def active_tandem(now: datetime, **given: Any) -> Tandem:
    """A running tandem of two people."""
    return TandemFactory(state="active", activated_at=now, proposed_at=now, **given)


def person_of(tandem: Tandem, role: str) -> User:
    return tandem.members.get(role=role).user


def room_for(tandem: Tandem, role: str = "mentee") -> Room:
    """The room as one of the two has it open."""
    return room_or_404(person_of(tandem, role), tandem.pk)


def room_objects(tandem: Tandem, user: User, now: datetime) -> dict[str, Any]:
    """One row of every kind, by the keyword that addresses use for it."""
    room = room_or_404(user, tandem.pk)
    goal = goal_add(room=room, words=GoalWords(title="Frei sprechen"), now=now)
    room = room_or_404(user, tandem.pk)
    item = action_item_add(room=room, text="Vortrag anmelden", now=now)
    file = file_add(room=room, name="Notizen.txt", data=b"Erst fragen, dann antworten", now=now)
    return {"goal_pk": goal.pk, "item_pk": item.pk, "file_pk": file.pk}
