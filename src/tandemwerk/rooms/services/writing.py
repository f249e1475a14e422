"""How anything gets into a room: one way for every kind of content."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Subquery

from tandemwerk.core.crypto import key_make
from tandemwerk.rooms.errors import RoomReadOnly, RoomRowGone, RoomRowTaken
from tandemwerk.rooms.models import RoomContent, RoomKey
from tandemwerk.rooms.selectors.room import WRITABLE, Room, room_keys
from tandemwerk.tandems.models import Tandem, TandemMember

Row = TypeVar("Row", bound=RoomContent)
NEWEST_KEY = Subquery(
    RoomKey.objects.filter(tandem=OuterRef("pk")).order_by("-version").values("version")[:1]
)


def writing(room: Room, now: datetime) -> Room:
    """The room, locked until commit and proven writable; begins every service that writes.

    Not writable for somebody who has left since the room was opened, either.

    Makes the room's key if this is the first writing, takes the newest if it was renewed since the
    room was opened, and keeps the day of the last writing (no person, no count) for the gentle
    reminder. Raises RoomReadOnly. Two or three queries; only inside a transaction.
    """
    me = TandemMember.objects.filter(pk=room.me.pk, left_at__isnull=True)
    locked = Tandem.objects.select_for_update(of=("self",))
    tandem = locked.annotate(key_version=NEWEST_KEY, is_mine=Exists(me)).get(pk=room.tandem.pk)
    if tandem.state not in WRITABLE or tandem.shredded_at is not None or not tandem.is_mine:
        raise RoomReadOnly
    if tandem.touched_on != now.date():
        Tandem.objects.filter(pk=tandem.pk).update(touched_on=now.date())
    if tandem.key_version is None:
        return replace(room, keys=_first_key(tandem, now))
    return room if tandem.key_version in room.keys else replace(room, keys=room_keys(tandem))


def _first_key(tandem: Tandem, now: datetime) -> dict[int, bytes]:
    """The tandem is locked, so nobody makes another one meanwhile."""
    row = RoomKey(tandem=tandem, created_at=now)
    row.key = key = key_make()
    row.save()
    return {row.version: key}


def row_add(room: Room, row: Row, words: Mapping[str, Any], now: datetime) -> Row:
    """Store a new row with its sealed words; the same id from the same author changes nothing.

    `room`: as `writing` returned it. Raises RoomRowTaken if the id is somebody else's. Two queries.
    """
    row.tandem, row.author = room.tandem, room.me
    row.created_at = row.changed_at = now
    row.body = room.seal(row, words)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        there = type(row)._default_manager.filter(
            pk=row.pk, tandem=room.tandem, author=room.me
        ).first()  # fmt: skip
        if there is None:
            raise RoomRowTaken from None
        return there
    return row


def row_change(
    room: Room,
    row: Row,
    now: datetime,
    words: Mapping[str, Any] | None = None,
    fields: Iterable[str] = (),
) -> Row:
    """Store changed words and plain `fields` of a row. Raises RoomRowGone. One query.

    Fields are written as they stand on `row`; `words` of None leaves the body as it is.
    """
    row.changed_at = now
    values = {name: getattr(row, name) for name in fields} | {"changed_at": now}
    if words is not None:
        row.body = values["body"] = room.seal(row, words)
    if not room.rows(type(row)).filter(pk=row.pk).update(**values):
        raise RoomRowGone
    return row


@transaction.atomic
def row_remove(*, room: Room, row: RoomContent, now: datetime) -> None:
    """Take a row out of sight; for a day `row_restore` brings it back. Doing it twice is harmless.

    Four queries.
    """
    room = writing(room, now)
    room.rows(type(row)).filter(pk=row.pk).update(removed_at=now)


@transaction.atomic
def row_restore(*, room: Room, model: type[RoomContent], pk: UUID, now: datetime) -> None:
    """Bring a removed row back. Raises RoomRowGone once it has been cleared away. Four queries."""
    room = writing(room, now)
    rows = model._default_manager.filter(pk=pk, tandem=room.tandem)
    if not rows.update(removed_at=None, changed_at=now):
        raise RoomRowGone
