"""What somebody who reports has before them: where it goes, and what they can take along."""

import hashlib
import json
import logging
from collections.abc import Collection
from dataclasses import dataclass

from tandemwerk.core.crypto import SealBroken
from tandemwerk.people.models import User
from tandemwerk.rooms.selectors.disclosable import Disclosable, disclosable_rows
from tandemwerk.rooms.selectors.room import Room, room_of, rooms_visible_to
from tandemwerk.safeguarding.selectors.people import Addressee, addressees_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RoomRows:
    """One room of the reporter with what can be taken along."""

    tandem_pk: int
    organisation_pk: int
    names: str
    rows: tuple[Disclosable, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the report page needs. `is_incomplete`: a room of theirs could not be opened."""

    addressees: tuple[Addressee, ...]
    rooms: tuple[RoomRows, ...]
    is_incomplete: bool = False

    def addressee(self, organisation_pk: int) -> Addressee | None:
        """The organisation with this id, if the person can report to it."""
        return next((a for a in self.addressees if a.organisation.pk == organisation_pk), None)

    def chosen(self, keys: Collection[str], organisation_pk: int) -> list[Disclosable]:
        """The chosen rows in the order of the page; unknown and foreign ones are left out."""
        return [
            row
            for room in self.rooms
            if room.organisation_pk == organisation_pk
            for row in room.rows
            if row.key in keys
        ]


def desk_of(user: User) -> Desk:
    """The desk of one person.

    Reports must always be possible: a room that does not open is named in the log and left out.
    Seven queries, about seventeen a room: all of it is read.
    """
    rooms, is_incomplete = [], False
    for tandem in rooms_visible_to(user):
        try:
            room = room_of(tandem, user)
            rows = tuple(disclosable_rows(room)) if room.keys else ()
        except SealBroken:
            logger.exception("room of tandem %s does not open", tandem.pk)
            is_incomplete = True
            continue
        if rows:
            rooms.append(_rows(room, rows))
    return Desk(tuple(addressees_of(user)), tuple(rooms), is_incomplete)


def _rows(room: Room, rows: tuple[Disclosable, ...]) -> RoomRows:
    names = ", ".join(member.user.name for member in room.others)
    return RoomRows(room.pk, room.tandem.cohort.programme.organisation_id, names, rows)


def digest_of(words: str, rows: Collection[Disclosable]) -> str:
    """A fingerprint of what a preview showed: only exactly that is sent."""
    shown = [
        [row.key, row.words.title, [[line.field, line.text] for line in row.words.lines]]
        for row in rows
    ]
    return hashlib.sha256(json.dumps([words, shown]).encode()).hexdigest()
