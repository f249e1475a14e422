"""Files, to take along."""

from functools import partial

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tandemwerk.rooms.models import RoomFile
from tandemwerk.rooms.selectors.files import file_read
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.export import Entry, Part
from tandemwerk.rooms.services.files import file_open


def files_part(room: Room) -> Part:
    """All files with their contents; each is opened when it is packed. One query."""
    entries, data, files = [], [], {}
    for row in room.rows(RoomFile):
        file = file_read(room, row)
        # Two files may have one name; the id keeps both.
        name = file.name if file.name not in files else f"{file.id}-{file.name}"
        files[name] = partial(file_open, room, row)
        author = file.author.user.short_name if file.author else pgettext("author", "somebody")
        day = date_format(timezone.localtime(file.created_at))
        facts = [(_("From"), f"{author}, {day}"), (_("Size"), filesizeformat(file.size))]
        entries.append(Entry(title=name, facts=facts, file=name))
        data.append({"id": file.id, "name": name, "type": file.type, "size": file.size})
    return Part(title=_("Files"), entries=entries, data=data, files=files)
