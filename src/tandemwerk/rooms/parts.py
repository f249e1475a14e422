"""Which parts of a room the search looks through and the export takes along."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.rooms.selectors.files import files_findable
from tandemwerk.rooms.selectors.goals import goals_findable, tasks_findable
from tandemwerk.rooms.selectors.search import room_search
from tandemwerk.rooms.services.export import room_export
from tandemwerk.rooms.services.export_files import files_part
from tandemwerk.rooms.services.export_goals import goals_part, tasks_part

room_search("goals", goals_findable, label=_("Goal"), order=20)
room_search("action_items", tasks_findable, label=_("Task"), order=21)
room_search("files", files_findable, label=_("File"), order=50)

room_export("goals", goals_part, order=20)
room_export("action_items", tasks_part, order=21)
room_export("files", files_part, order=50)
