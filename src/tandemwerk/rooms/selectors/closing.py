"""The end of a tandem as its members see it: what was reached, thanks, what stays, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tandemwerk.rooms.models import ClosingWords
from tandemwerk.rooms.selectors.goals import GoalRead, goals_read
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.models import TandemMember
from tandemwerk.tandems.selectors.closing import closes_if_begun, closes_on, closing_of, ends_on

CERTIFIED = frozenset({TandemState.CLOSING, TandemState.CLOSED})


@dataclass(frozen=True, slots=True)
class Thanks:
    """Words of thanks from somebody to the others."""

    id: UUID
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ClosingRead:
    """The end as one member sees it.

    `thanks`, `stays`: the reader's own words. `received`: thanks of the others, empty until the
    tandem is closed. `waits_for`: who has not said yet that all is said. `ends_on`: the last day as
    planned. `due_on`: when the clock closes, begun or not. `is_early`: it was ended before.
    """

    state: TandemState
    thanks: str
    stays: str
    received: Sequence[Thanks]
    goals: Sequence[GoalRead]
    has_confirmed: bool
    waits_for: Sequence[TandemMember]
    ends_on: date
    due_on: date | None
    readable_until: date | None

    @property
    def is_open(self) -> bool:
        """Is there still something to say and to confirm?"""
        return self.state == TandemState.CLOSING

    @property
    def is_early(self) -> bool:
        return self.state == TandemState.DISSOLVED

    @property
    def has_certificate(self) -> bool:
        return self.state in CERTIFIED


def closing_read(room: Room) -> ClosingRead:
    """The end of the tandem for the reader. Three queries, one decryption a row."""
    state = TandemState(room.tandem.state)
    closing = closing_of(room.tandem)
    rows = list(room.rows(ClosingWords))
    mine = next((row for row in rows if row.author_id == room.me.pk), None)
    own = room.open(mine) if mine else {"thanks": "", "stays": ""}
    is_closed = state == TandemState.CLOSED
    return ClosingRead(
        state=state,
        thanks=own["thanks"],
        stays=own["stays"],
        received=_received(room, rows) if is_closed else [],
        goals=goals_read(room),
        has_confirmed=room.me.pk in closing.confirmed,
        waits_for=[member for member in room.members if member.pk in closing.missing],
        ends_on=ends_on(room.tandem),
        due_on=closes_on(room.tandem),
        readable_until=room.tandem.readable_until,
    )


@dataclass(frozen=True, slots=True)
class ClosingAhead:
    """Before anybody has begun. `is_past_end`: the tandem runs longer than planned."""

    due_if_begun: date
    is_past_end: bool


def closing_ahead(room: Room, now: datetime) -> ClosingAhead:
    """What beginning the closing now would mean. No query."""
    today = now.astimezone(UTC).date()
    return ClosingAhead(closes_if_begun(room.tandem, today), today > ends_on(room.tandem))


def _received(room: Room, rows: Sequence[ClosingWords]) -> list[Thanks]:
    by_author = {row.author_id: row for row in rows}
    found = [(member, by_author[member.pk]) for member in room.others if member.pk in by_author]
    thanks = [Thanks(row.pk, by.user.short_name, room.open(row)["thanks"]) for by, row in found]
    gone = [row for row in rows if row.author_id is None]
    thanks += [Thanks(row.pk, _("Somebody"), room.open(row)["thanks"]) for row in gone]
    return [each for each in thanks if each.text]
