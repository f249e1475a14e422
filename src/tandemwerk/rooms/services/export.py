"""The own room to take along: one page that opens anywhere, the same as JSON, and the files.

A part of the room joins in `rooms/parts.py`::

    room_export("notes", notes_part, of=(Note, NoteUpdate, NoteVersion), order=30)
"""

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils.functional import Promise

from tandemwerk.rooms.models import RoomContent
from tandemwerk.rooms.selectors.room import Room

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing as the page shows it: a heading, its words, and facts beside (label, value).

    `file`: name in the zip's folder ``files/``, to which the heading leads.
    """

    title: Words
    text: str = ""
    facts: Sequence[tuple[Words, Any]] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a room in plain words.

    `data`: the same for programs, as JSON can hold it (dates, UUIDs and lazy texts too).
    `files`: name inside the zip's folder ``files/`` → function that gives the content.
    """

    title: Words
    entries: Sequence[Entry]
    data: Any
    files: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)


Exporter = Callable[[Room], Part]
_parts: dict[str, tuple[int, Exporter, Sequence[type[RoomContent]]]] = {}


def room_export(
    part: str, function: Exporter, *, of: Sequence[type[RoomContent]], order: int = 50
) -> None:
    """Have one part of every room taken along, under the name `part` in ``room.json``.

    `of`: the models whose words it gives; a test finds a model that no part names.
    `function(room)` gives what the asking member (`room.me`) may read and nobody else's private
    words, leaves out what was removed, and states its queries. Registering twice replaces.
    """
    _parts[part] = (order, function, of)


def exported_models() -> set[type[RoomContent]]:
    """Every model whose words are taken along."""
    return {model for _order, _function, of in _parts.values() for model in of}


def room_parts(room: Room) -> dict[str, Part]:
    """The parts of a room as its member `room.me` reads them, in order. Queries: the parts' own.

    Raises SealBroken if a row does not open: an export that leaves something out would lie.
    """
    ordered = sorted(_parts.items(), key=lambda entry: entry[1][0])
    return {name: function(room) for name, (_order, function, _of) in ordered}


def room_zip(room: Room, now: datetime) -> bytes:
    """A zip of ``room.html`` (self-contained), ``room.json`` and ``files/``.

    Made in memory: what is opened here never lies on the server's disk. Holds as much memory as
    the room's files (their total is limited) and as much again for the zip.
    """
    parts = room_parts(room)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        page = {"room": room, "parts": parts.values(), "now": now}
        archive.writestr("room.html", render_to_string("export/room.html", page))
        archive.writestr("room.json", _as_json(room, parts, now))
        for part in parts.values():
            for name, content in part.files.items():
                archive.writestr(f"files/{name}", content())
    return buffer.getvalue()


def _as_json(room: Room, parts: Mapping[str, Part], now: datetime) -> str:
    whole = {
        "made_at": now,
        "tandem": room.pk,
        "members": [
            {"id": member.pk, "name": member.user.short_name, "role": member.role}
            for member in room.members
        ],
        "began_at": room.tandem.activated_at,
        "ended_at": room.tandem.ended_at,
        **{name: part.data for name, part in parts.items()},
    }
    return json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
