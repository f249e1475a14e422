"""Notes and files as a member may take them along for a report."""

from collections.abc import Iterator
from functools import partial

from tandemwerk.rooms.models import Note, RoomFile
from tandemwerk.rooms.selectors.disclosable import Attachment, Words, written
from tandemwerk.rooms.selectors.files import file_read
from tandemwerk.rooms.selectors.notes import note_read
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.files import file_open


def notes(room: Room) -> Iterator[Words]:
    """Shared notes, talks and the own private ones; never somebody else's. One query."""
    for note, by in written(room, Note):
        if note.owner_id in {None, room.me.pk}:
            read = note_read(room, note)
            yield Words(note.pk, read.name, read.text, by, note.created_at)


def files(room: Room) -> Iterator[Words]:
    """Files with their name; what is in one is read when it is sent. One query."""
    for row, by in written(room, RoomFile):
        read = file_read(room, row)
        attachment = Attachment(read.name, read.type, partial(file_open, room, row))
        yield Words(row.pk, read.name, "", by, row.created_at, attachment)
