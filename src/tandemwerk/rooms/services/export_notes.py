"""Notes and talks, to take along: shared ones, and the private ones of whoever takes them."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tandemwerk.rooms.selectors.notes import NoteRead, VersionRead, histories_read, notes_read
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.export import Entry, Part


def notes_part(room: Room) -> Part:
    """Every note the asking member may read, and how it was before. Three queries."""
    notes, histories = notes_read(room), histories_read(room)
    before = {
        note.id: [each for each in histories.get(note.id, ()) if not each.is_present]
        for note in notes
    }
    return Part(
        title=_("Notes and talks"),
        entries=[_entry(note, before[note.id]) for note in notes],
        data=[_data(note, before[note.id]) for note in notes],
    )


def _entry(note: NoteRead, before: Sequence[VersionRead]) -> Entry:
    facts: list[tuple[str, Any]] = [
        (_("Changed"), date_format(timezone.localtime(note.changed_at)))
    ]
    if note.is_private:
        facts.append((_("Who can read it"), _("only you")))
    if note.is_talk:
        facts.append((_("What it is"), _("Minutes") if note.held_at else _("Agenda")))
    if note.met_on:
        facts.append((_("Day"), date_format(note.met_on)))
    if note.place:
        facts.append((_("Place"), note.place))
    for version in before:
        day = date_format(timezone.localtime(version.at), "SHORT_DATETIME_FORMAT")
        left = _("As %(name)s left it on %(day)s") % {"name": _name(version), "day": day}
        facts.append((left, "\n".join(filter(None, [version.title, version.text]))))
    return Entry(title=note.name, text=note.text, facts=facts)


def _name(version: VersionRead) -> str:
    return version.who.user.short_name if version.who else pgettext("author", "somebody")


def _data(note: NoteRead, before: Sequence[VersionRead]) -> dict[str, Any]:
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
        "history": [
            {
                "title": version.title,
                "text": version.text,
                "by": version.who.user.short_name if version.who else None,
                "at": version.at,
            }
            for version in before
        ],
    }
