"""The members' agreement in plain words: in force, proposed, and as it was before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import get_language

from tandemwerk.programmes.services.agreement_text import (
    Paragraph,
    agreement_gaps,
    agreement_preview,
    texts_by_language,
)
from tandemwerk.rooms.differences import Paragraphs, differences
from tandemwerk.rooms.models import Agreement, AgreementSignature
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.tandems.models import TandemMember

NOTHING = "—"  # the same in every language


class AgreementState(StrEnum):
    IN_FORCE = "in_force"
    PROPOSED = "proposed"
    EARLIER = "earlier"  # was in force once
    REPLACED = "replaced"  # by another proposal, before everybody had signed


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody's yes, with the name they had then. `counts`: they are still a member."""

    name: str
    on: datetime
    member_id: int | None
    counts: bool


@dataclass(frozen=True, slots=True)
class AgreementRead:
    """One version as a member reads it. `missing`: present members who have not signed it."""

    id: UUID
    number: int
    state: AgreementState
    text: str
    filled: Mapping[str, str]
    signatures: Sequence[Signature]
    missing: Sequence[TandemMember]
    proposed_at: datetime
    in_force_at: datetime | None
    is_mine_missing: bool

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The text with its gaps filled; where nothing is to be said stands a dash."""
        empty = dict.fromkeys(agreement_gaps(self.text), NOTHING)
        return agreement_preview(self.text, {**empty, **self.filled})

    @property
    def may_sign(self) -> bool:
        """Is a yes of the reader of any use?

        Also where somebody left who had not signed, and in force for somebody who joined since.
        """
        if self.state is AgreementState.PROPOSED:
            return self.is_mine_missing or not self.missing
        return self.state is AgreementState.IN_FORCE and self.is_mine_missing

    @property
    def is_complete(self) -> bool:
        """Have all present members signed? In force it may not be, for somebody has joined."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Agreements:
    """All versions of a room, the newest first, and the two that matter."""

    versions: Sequence[AgreementRead]

    @property
    def in_force(self) -> AgreementRead | None:
        return self._first(AgreementState.IN_FORCE)

    @property
    def proposed(self) -> AgreementRead | None:
        return self._first(AgreementState.PROPOSED)

    @property
    def newest(self) -> AgreementRead | None:
        return self.versions[0] if self.versions else None

    @property
    def differences(self) -> Paragraphs:
        """What the proposed version changes about the one in force; empty without both."""
        if self.proposed is None or self.in_force is None:
            return []
        return agreement_differences(self.in_force.paragraphs, self.proposed.paragraphs)

    def before(self, version: AgreementRead) -> AgreementRead | None:
        """The version before one, whatever became of it."""
        return next((one for one in self.versions if one.number < version.number), None)

    def _first(self, state: AgreementState) -> AgreementRead | None:
        return next((one for one in self.versions if one.state is state), None)


def agreements_read(room: Room) -> Agreements:
    """All versions with their signatures. Two queries, one decryption a row."""
    present = {member.pk for member in room.members}
    signed: dict[UUID, list[Signature]] = {}
    for row in room.rows(AgreementSignature):
        said = Signature(
            name=room.open(row)["name"],
            on=row.created_at,
            member_id=row.author_id,
            counts=row.author_id in present,
        )
        signed.setdefault(row.agreement_id, []).append(said)
    rows = sorted(room.rows(Agreement), key=lambda row: row.number, reverse=True)
    in_force = next((row.pk for row in rows if row.in_force_at is not None), None)
    return Agreements([_read(room, row, rows[0], in_force, signed.get(row.pk, [])) for row in rows])


def programme_text(room: Room) -> str:
    """The programme's agreement as it was when the tandem began, in the reader's language."""
    tandem = room.tandem
    texts = tandem.agreement_text or texts_by_language(tandem.cohort.programme.agreement_text)
    language = (get_language() or "de")[:2]
    return str(texts.get(language) or next(iter(texts.values()), ""))


def agreement_differences(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Paragraphs:
    """What changed, word by word inside of paragraphs that stayed alike. Pure."""
    return differences(_lines(old), _lines(new))


def _lines(paragraphs: Sequence[Paragraph]) -> list[str]:
    return [f"{one.lead} {one.text}".strip() for one in paragraphs]


def _read(
    room: Room,
    row: Agreement,
    newest: Agreement,
    in_force: UUID | None,
    signatures: Sequence[Signature],
) -> AgreementRead:
    words = room.open(row)
    have = {signature.member_id for signature in signatures}
    return AgreementRead(
        id=row.pk,
        number=row.number,
        state=_state(row, newest, in_force),
        text=words["text"],
        filled=words["filled"],
        signatures=signatures,
        missing=[member for member in room.members if member.pk not in have],
        proposed_at=row.created_at,
        in_force_at=row.in_force_at,
        is_mine_missing=room.me.pk not in have,
    )


def _state(row: Agreement, newest: Agreement, in_force: UUID | None) -> AgreementState:
    if row.pk == in_force:
        return AgreementState.IN_FORCE
    if row.in_force_at is not None:
        return AgreementState.EARLIER
    return AgreementState.PROPOSED if row.pk == newest.pk else AgreementState.REPLACED
