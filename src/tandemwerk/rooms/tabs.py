"""What rooms add to the pages of a tandem."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.tandems.room_page import room_tab

room_tab(
    key="goals",
    order=20,
    label=_("Goals and tasks"),
    short=_("Goals"),
    icon="target",
    url="rooms:goal_list",
)
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
room_tab(key="files", order=50, label=_("Files"), icon="paperclip", url="rooms:file_list")
