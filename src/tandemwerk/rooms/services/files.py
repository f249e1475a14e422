"""Files of a room: added, opened, removed with the ways of every row (`row_remove`)."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, Sum

from tandemwerk.rooms.errors import RoomFileEmpty, RoomFileTooLarge, RoomFull
from tandemwerk.rooms.models import RoomFile
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.file_kinds import Checked, file_check
from tandemwerk.rooms.services.file_store import new_name, store_delete, store_read, store_write
from tandemwerk.rooms.services.writing import row_add, writing

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_TOGETHER = 100 * MEGABYTE  # an export holds all of it in memory
MOST_FILES = 100


def file_add(
    *, room: Room, name: str, data: bytes, now: datetime, pk: UUID | None = None
) -> RoomFile:
    """Keep a file of up to 20 MB, checked and cleaned before anybody waits for the room.

    Raises RoomFileEmpty, RoomFileTooLarge, FileKindRefused, FileDiffers, ImageTooLarge, RoomFull,
    RoomReadOnly, RoomRowTaken. Eight queries.
    """
    if not data:
        raise RoomFileEmpty
    if len(data) > MOST_BYTES:
        raise RoomFileTooLarge(most=MOST_BYTES // MEGABYTE)
    return _keep(room, file_check(name, data), now, pk or uuid4())


@transaction.atomic
def _keep(room: Room, checked: Checked, now: datetime, pk: UUID) -> RoomFile:
    room = writing(room, now)
    _must_fit(room, len(checked.data), pk)
    row = RoomFile(id=pk, tandem=room.tandem, size=len(checked.data), stored=new_name(room.pk))
    store_write(row.stored, checked.data, keys=room.keys, place=row.content_place)
    try:
        kept = row_add(room, row, {"name": checked.name, "type": checked.type}, now)
    except BaseException:
        store_delete(row.stored)
        raise
    if kept.stored != row.stored:
        store_delete(row.stored)  # the same upload again: the first one is kept
    return kept


def _must_fit(room: Room, size: int, pk: UUID) -> None:
    """What was removed counts for its day, so it always fits when it comes back."""
    rows = RoomFile.objects.filter(tandem=room.tandem).exclude(pk=pk)
    held = rows.aggregate(count=Count("pk"), together=Sum("size", default=0))
    if held["count"] >= MOST_FILES or held["together"] + size > MOST_TOGETHER:
        raise RoomFull(files=MOST_FILES, most=MOST_TOGETHER // MEGABYTE)


def file_open(room: Room, row: RoomFile) -> bytes:
    """What is in a file, opened in memory as a whole: nothing leaves before all of it is proven.

    Raises SealBroken, or FileNotFoundError if the store has lost it. No query, or two if the room
    got a new key since the row was read.
    """
    try:
        return _read(room, row)
    except FileNotFoundError:
        row.refresh_from_db(fields=["body", "stored"])
        return _read(room, row)


def _read(room: Room, row: RoomFile) -> bytes:
    room.open(row)  # proves room and row, and looks for new keys
    return store_read(row.stored, size=row.size, keys=room.keys, place=row.content_place)
