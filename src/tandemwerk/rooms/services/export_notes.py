"""Notes and talks, to take along: shared ones, and the private ones of whoever takes them."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tandemwerk.rooms.selectors.notes import NoteRead, notes_read
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.export import Entry, Part


def notes_part(room: Room) -> Part:
    """Every note the asking member may read, as it stands now. One query."""
    notes = notes_read(room)
    return Part(
        title=_("Notes"),
        entries=[_entry(note) for note in notes],
        data=[_data(note) for note in notes],
    )


def _entry(note: NoteRead) -> Entry:
    facts: list[tuple[str, Any]] = [
        (_("Changed"), date_format(timezone.localtime(note.changed_at)))
    ]
    if note.is_private:
        facts.append((_("Who can read it"), _("only you")))
    if note.place:
        facts.append((_("Place"), note.place))
    return Entry(title=note.name, text=note.text, facts=facts)


def _data(note: NoteRead) -> dict[str, Any]:
    return {
        "id": note.id,
        "kind": note.kind,
        "title": note.title,
        "text": note.text,
        "place": note.place,
        "met_on": note.met_on,
        "held_at": note.held_at,
        "created_at": note.created_at,
        "changed_at": note.changed_at,
    }
