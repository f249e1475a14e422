"""What every page of a room has in common."""

from typing import Any

from tandemwerk.rooms.selectors.room import Room
from tandemwerk.tandems.room_page import tabs_for


def page(room: Room, tab: str, **more: Any) -> dict[str, Any]:
    """Template variables of a room's page. No query."""
    return {"room": room, "tabs": tabs_for(room.tandem, tab), **more}
