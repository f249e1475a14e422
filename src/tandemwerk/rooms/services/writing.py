"""How anything gets into a room: one way for every kind of content."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

from tandemwerk.core.crypto import key_make
from tandemwerk.rooms.errors import RoomReadOnly, RoomRowGone, RoomRowTaken
from tandemwerk.rooms.models import RoomContent, RoomKey
from tandemwerk.rooms.selectors.room import WRITABLE, Room, room_keys
from tandemwerk.tandems.models import Tandem, TandemMember

Row = TypeVar("Row", bound=RoomContent)
NEWEST_KEY = Subquery(
    RoomKey.objects.filter(tandem=OuterRef("tandem")).order_by("-version").values("version")[:1]
)


Limit = Callable[[Room, Any], None]
_limits: dict[type[RoomContent], Limit] = {}


def limit_of(model: type[RoomContent]) -> Callable[[Limit], Limit]:
    """Declare how many rows of one kind a room holds; asked before one is added or comes back.

    The function takes room and row and raises a DomainError if there is no place for the row.
    """

    def register(function: Limit) -> Limit:
        _limits[model] = function
        return function

    return register


def writing(room: Room, now: datetime) -> Room:
    """The room, locked until commit and proven writable; begins every service that writes.

    Not writable for somebody who has left since the room was opened, either.

    Makes the room's key if this is the first writing, takes the newest if it was renewed since the
    room was opened, and keeps the day of the last writing (no person, no count) for the gentle
    reminder. Raises RoomReadOnly. Three or four queries; only inside a transaction.
    """
    tandem = Tandem.objects.select_for_update(of=("self",)).get(pk=room.tandem.pk)
    # Asked once the lock is there: a statement that waits for it sees the other tables as they
    # were before the wait (PostgreSQL), so it would miss who left and the key that was made.
    me = TandemMember.objects.filter(pk=room.me.pk, left_at__isnull=True)
    newest_key = list(me.annotate(key_version=NEWEST_KEY).values_list("key_version", flat=True))
    if tandem.state not in WRITABLE or tandem.shredded_at is not None or not newest_key:
        raise RoomReadOnly
    if tandem.touched_on != now.date():
        Tandem.objects.filter(pk=tandem.pk).update(touched_on=now.date())
    if newest_key[0] is None:
        return replace(room, keys=_first_key(tandem, now))
    return room if newest_key[0] in room.keys else replace(room, keys=room_keys(tandem))


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

    Five queries.
    """
    room = writing(room, now)
    room.rows(type(row)).filter(pk=row.pk).update(removed_at=now)


@transaction.atomic
def row_restore(*, room: Room, model: type[RoomContent], pk: UUID, now: datetime) -> None:
    """Bring a removed row back, if it still fits; one that was not removed stays as it is.

    Raises RoomRowGone once it has been cleared away, and what the limit of its kind raises. Six
    queries.
    """
    room = writing(room, now)
    rows = model._default_manager.filter(pk=pk, tandem=room.tandem)
    row = rows.first()
    if row is None:
        raise RoomRowGone
    if row.removed_at is None:
        return
    if model in _limits:
        _limits[model](room, row)
    if not rows.update(removed_at=None, changed_at=now):
        raise RoomRowGone
