"""What rooms add to the pages of a tandem."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tandemwerk.people.requests import person
from tandemwerk.rooms.selectors.room import room_of
from tandemwerk.rooms.selectors.waiting import waiting_in
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.room_page import room_section, room_tab

room_tab(key="goals", order=20, label=_("Goals and tasks"), icon="target", url="rooms:goal_list")
room_tab(key="notes", order=30, label=_("Notes"), icon="notebook-pen", url="rooms:note_list")
room_tab(key="talks", order=40, label=_("Talks"), icon="messages-square", url="rooms:talk_list")
room_tab(
    key="agreement",
    order=60,
    label=_("Agreement"),
    icon="file-text",
    url="rooms:agreement_list",
)
room_tab(
    key="look_back", order=70, label=_("Looking back"), icon="history", url="rooms:review_list"
)
room_tab(
    key="closing", order=80, label=_("Closing"), icon="heart-handshake", url="rooms:closing_detail"
)


def _waiting(request: HttpRequest, tandem: Tandem) -> Mapping[str, Any]:
    """What waits for the reader in this room. At most five queries."""
    return {"tandem": tandem, "waiting": waiting_in(room_of(tandem, person(request)))}


room_section(order=5, template="rooms/waiting_box.html", context=_waiting)
room_tab(key="files", order=50, label=_("Files"), icon="paperclip", url="rooms:file_list")
