"""Talks: an agenda that all fill and that becomes its minutes; open points move on."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tandemwerk.rooms.enums import NoteKind
from tandemwerk.rooms.errors import RoomRowGone
from tandemwerk.rooms.models import Note
from tandemwerk.rooms.points import points, ticked, with_points
from tandemwerk.rooms.selectors.notes import notes_of
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.notes import note_add, note_write
from tandemwerk.rooms.services.writing import row_change, row_remove, writing

LONGEST_PLACE = 200
LONGEST_POINT = 500


@transaction.atomic
def talk_begin(
    *, room: Room, now: datetime, more: Iterable[str] = (), pk: UUID | None = None
) -> Note:
    """The agenda of the next talk, made if there is none, with these points added.

    Raises TooManyNotes, NoteTooLong, RoomReadOnly. Up to nineteen queries.
    """
    room = writing(room, now)
    talk = _agenda(room)
    if talk is None:
        return note_add(room=room, now=now, kind=NoteKind.TALK, text=with_points("", more), pk=pk)
    return _rewrite(room, talk, with_points(_text(room, talk), more), now)


@transaction.atomic
def talk_plan(*, room: Room, talk: Note, on: date | None, place: str, now: datetime) -> Note:
    """Say when and where the two talk. Raises RoomRowGone, RoomReadOnly. Five queries."""
    room = writing(room, now)
    present = _present(room, talk)
    present.met_on = on
    return row_change(room, present, now, {**room.open(present), "place": place}, ["met_on"])


@transaction.atomic
def talk_point_add(*, room: Room, talk: Note, text: str, now: datetime) -> Note:
    """Put a point on the agenda; the same one again changes nothing. Sixteen queries.

    Raises RoomRowGone, NoteTooLong, RoomReadOnly.
    """
    room = writing(room, now)
    present = _present(room, talk)
    return _rewrite(room, present, with_points(_text(room, present), [text]), now)


@transaction.atomic
def talk_point_tick(*, room: Room, talk: Note, text: str, is_done: bool, now: datetime) -> Note:
    """Tick a point off or open it again; doing it twice is harmless. Sixteen queries.

    Raises RoomRowGone, RoomReadOnly.
    """
    room = writing(room, now)
    present = _present(room, talk)
    return _rewrite(room, present, ticked(_text(room, present), text, is_done=is_done), now)


@transaction.atomic
def talk_hold(*, room: Room, talk: Note, now: datetime) -> Note | None:
    """The talk took place: its agenda is the minutes now. Doing it twice is harmless.

    What is still open is put on a new agenda, which is returned. Raises RoomRowGone,
    TooManyNotes, RoomReadOnly. Up to thirteen queries.
    """
    room = writing(room, now)
    present = _present(room, talk)
    if present.held_at is not None:
        return None
    present.held_at = now
    present.met_on = present.met_on or now.astimezone(room.me.user.zone).date()
    row_change(room, present, now, fields=["held_at", "met_on"])
    is_open = [point.text for point in points(_text(room, present)) if not point.is_done]
    return talk_begin(room=room, now=now, more=is_open) if is_open else None


@transaction.atomic
def talk_reopen(*, room: Room, talk: Note, now: datetime) -> Note:
    """Make minutes the agenda again; points of a newer agenda come along, nothing is lost.

    Raises RoomRowGone, NoteTooLong, RoomReadOnly. Up to twenty-one queries.
    """
    room = writing(room, now)
    present = _present(room, talk)
    if present.held_at is None:
        return present
    newer = _agenda(room)
    text = _text(room, present)
    if newer is not None:
        row_remove(room=room, row=newer, now=now)
        said, there = _text(room, newer), set(text.split("\n"))
        rest = "\n".join(line for line in said.split("\n") if line not in there)
        text = f"{text.rstrip()}\n{rest.strip()}\n" if rest.strip() else text
    present.held_at = None
    row_change(room, present, now, fields=["held_at"])
    return _rewrite(room, present, text, now)


def _agenda(room: Room) -> Note | None:
    return notes_of(room).filter(kind=NoteKind.TALK, held_at__isnull=True).first()


def _present(room: Room, talk: Note) -> Note:
    """The talk as it is now; the room is locked, so it stays so."""
    found = notes_of(room).filter(pk=talk.pk, kind=NoteKind.TALK).first()
    if found is None:
        raise RoomRowGone
    return found


def _text(room: Room, talk: Note) -> str:
    return str(room.open(talk)["text"])


def _rewrite(room: Room, talk: Note, text: str, now: datetime) -> Note:
    title = room.open(talk)["title"]
    return note_write(room=room, note=talk, title=title, text=text, now=now)
