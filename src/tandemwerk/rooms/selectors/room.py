"""The only door to a room: whoever holds a `Room` may read it, and only members get one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from tandemwerk.core.crypto import SealBroken, key_version, seal_bytes, unseal_bytes
from tandemwerk.people.models import User
from tandemwerk.rooms.models import RoomContent, RoomKey
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.selectors.visible import room_day, tandems_visible_to

WRITABLE = frozenset({TandemState.ACTIVE, TandemState.CLOSING})
READABLE = WRITABLE | {TandemState.CLOSED, TandemState.DISSOLVED}
Row = TypeVar("Row", bound=RoomContent)


@dataclass(frozen=True, slots=True)
class Room:
    """A tandem's room as one of its members has it open. Only `room_of` makes one.

    It carries the keys, so reading and writing go through it, and code that has none reads nothing.
    """

    tandem: Tandem
    me: TandemMember
    members: tuple[TandemMember, ...]  # present ones, the mentees first
    keys: dict[int, bytes] = field(repr=False)  # by version

    @property
    def pk(self) -> int:
        return int(self.tandem.pk)

    @property
    def others(self) -> tuple[TandemMember, ...]:
        return tuple(member for member in self.members if member.pk != self.me.pk)

    @property
    def is_writable(self) -> bool:
        return self.tandem.state in WRITABLE

    def rows(self, model: type[Row]) -> QuerySet[Row]:
        """What is there of one kind, without what was removed."""
        return model._default_manager.filter(tandem=self.tandem, removed_at__isnull=True)

    def seal(self, row: RoomContent, words: Mapping[str, Any], field: str = "body") -> bytes:
        """The words of one row as they may reach the database. 4 µs."""
        return self.seal_bytes(row, json.dumps(words, ensure_ascii=False).encode(), field)

    def open(self, row: RoomContent, field: str = "body") -> dict[str, Any]:
        """The words of one row. Raises SealBroken if it is not where it was written. 4 µs."""
        words: dict[str, Any] = json.loads(self.open_bytes(row, getattr(row, field), field))
        return words

    def seal_bytes(self, row: RoomContent, data: bytes, field: str = "body") -> bytes:
        """Bytes of one row (a file, a step of simultaneous writing) as they may be stored."""
        self._must_be_mine(row)
        return seal_bytes(data, keys=self.keys, place=row.place(field))

    def open_bytes(self, row: RoomContent, sealed: bytes, field: str = "body") -> bytes:
        """What `seal_bytes` sealed for the same row and field. Raises SealBroken.

        No query, or one if the room has got a new key since it was opened.
        """
        self._must_be_mine(row)
        if sealed and key_version(sealed) not in self.keys:
            self.keys.update(room_keys(self.tandem))
        return unseal_bytes(sealed, keys=self.keys, place=row.place(field))

    def _must_be_mine(self, row: RoomContent) -> None:
        if row.tandem_id != self.tandem.pk:
            raise SealBroken(row.place())


def rooms_visible_to(user: User, now: datetime | None = None) -> QuerySet[Tandem]:
    """Tandems whose room `user` may open now: the own ones that have begun and are not shredded.

    After the last day of reading the room is closed, whether or not the shredding has run yet.
    `now`: the present moment if it is left out.
    """
    return (
        tandems_visible_to(user)
        .filter(state__in=READABLE, activated_at__isnull=False, shredded_at__isnull=True)
        .exclude(readable_until__lt=room_day(now or timezone.now()))
    )


def room_of(tandem: Tandem, user: User) -> Room:
    """The room of a tandem out of `rooms_visible_to(user)`, with its keys. One query.

    Raises TandemMember.DoesNotExist for anybody who is no present member.
    """
    members = tuple(member for member in tandem.members.all() if member.left_at is None)
    me = next((member for member in members if member.user_id == user.pk), None)
    if me is None:
        raise TandemMember.DoesNotExist
    return Room(tandem=tandem, me=me, members=members, keys=room_keys(tandem))


def room_keys(tandem: Tandem) -> dict[int, bytes]:
    """The keys of a room by version; none before the first writing or once shredded. One query.

    For `Room` and for the services that renew keys; pages and API have a `Room`.
    """
    return {row.version: row.key for row in RoomKey.objects.filter(tandem=tandem)}


def room_or_404(user: User, tandem_pk: int, now: datetime | None = None) -> Room:
    """The room as `user` has it open. Absent and forbidden are the same: Http404. Three queries."""
    return room_of(get_object_or_404(rooms_visible_to(user, now), pk=tandem_pk), user)


def row_or_404(room: Room, model: type[Row], pk: UUID) -> Row:
    """One row of the room that has not been removed; Http404 without it. One query."""
    return get_object_or_404(room.rows(model), pk=pk)
