"""What rooms add to the pages of a tandem."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.tandems.room_page import room_tab

room_tab(key="goals", order=20, label=_("Goals and tasks"), icon="target", url="rooms:goal_list")
room_tab(key="files", order=50, label=_("Files"), icon="paperclip", url="rooms:file_list")
