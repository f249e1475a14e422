"""The doors to reports: the reporter's own, and those of a safeguarding person."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from tandemwerk.core.crypto import SealBroken, seal_bytes, unseal_bytes
from tandemwerk.people.models import User
from tandemwerk.rooms.selectors.disclosable import Line, kind_label
from tandemwerk.safeguarding.enums import CaseState, ItemKind, Outcome
from tandemwerk.safeguarding.models import Case, CaseItem, CaseKey, CaseNote
from tandemwerk.safeguarding.models.cases import CaseContent
from tandemwerk.safeguarding.selectors.readers import cases_of_reader, cases_staffed


def cases_read_by(user: User) -> QuerySet[Case]:
    """Cases `user` may open: sent to them or handed to them, and with enough readers.

    Never one from before they had the role, unless one of its readers or the reporter let them in;
    never one from somebody they are or were in a tandem with, and never their own: that one they
    see as its reporter.
    """
    return cases_of_reader(user).filter(pk__in=cases_staffed())


def reports_of(user: User) -> QuerySet[Case]:
    """What `user` reported and is not deleted yet, newest first."""
    return Case.objects.filter(reporter=user).select_related("organisation", "reporter")


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case with its keys; whoever holds one was let through one of the doors above."""

    case: Case
    keys: Mapping[int, bytes] = field(repr=False)

    def seal(self, row: CaseContent, words: Mapping[str, Any]) -> bytes:
        """The words of one row as they may reach the database."""
        return self.seal_bytes(row, json.dumps(words, ensure_ascii=False).encode(), "body")

    def open(self, row: CaseContent) -> dict[str, Any]:
        """The words of one row. Raises SealBroken if it is not where it was written."""
        words: dict[str, Any] = json.loads(self.open_bytes(row, row.body, "body"))
        return words

    def seal_bytes(self, row: CaseContent, data: bytes, field: str) -> bytes:
        """Bytes of one row as they may be stored."""
        self._must_be_mine(row)
        return seal_bytes(data, keys=self.keys, place=row.place(field))

    def open_bytes(self, row: CaseContent, sealed: bytes | memoryview, field: str) -> bytes:
        """What `seal_bytes` sealed for the same row and field. Raises SealBroken."""
        self._must_be_mine(row)
        return unseal_bytes(sealed, keys=self.keys, place=row.place(field))

    def _must_be_mine(self, row: CaseContent) -> None:
        if row.case_id != self.case.pk:
            raise SealBroken(row.place())


def case_opened(case: Case) -> OpenCase:
    """The case with its keys. One query. Raises SealBroken if the master key is missing."""
    keys = {row.version: row.key for row in CaseKey.objects.filter(case=case)}
    return OpenCase(case, keys)


@dataclass(frozen=True, slots=True)
class ItemRead:
    """One part of a report in plain words; `on` is empty for the reporter's own words.

    `by`: empty if the account of whoever wrote it was gone already.
    """

    id: UUID
    kind: str
    title: str
    lines: Sequence[Line]
    by: str
    on: datetime | None
    file_name: str
    media_type: str

    @property
    def label(self) -> str:
        """What it is, in the reader's language."""
        return str(ItemKind.WORDS.label) if self.kind == ItemKind.WORDS else kind_label(self.kind)

    @property
    def text(self) -> str:
        """Its lines as one text."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class NoteRead:
    """A note of the safeguarding people; `by` is empty once the account is gone."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ViewRead:
    """One opening of the case."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseRead:
    """A case as its readers have it before them."""

    case: Case
    state: CaseState
    outcome: str
    items: list[ItemRead]
    notes: list[NoteRead]
    views: list[ViewRead]


def items_read(opened: OpenCase) -> list[ItemRead]:
    """What was reported, in order. One query, one decryption a row; files stay sealed."""
    rows = CaseItem.objects.filter(case=opened.case).defer("data")
    return [_item(row, opened.open(row)) for row in rows]


def _item(row: CaseItem, words: Mapping[str, Any]) -> ItemRead:
    on = words.get("on")
    lines = words.get("lines") or [{"field": "text", "text": words.get("text", "")}]
    return ItemRead(
        id=row.pk,
        kind=words["kind"],
        title=words["title"],
        lines=[_line(line) for line in lines if line["text"]],
        by=words["by"],
        on=datetime.fromisoformat(on) if on else None,
        file_name=words.get("file_name", ""),
        media_type=words.get("media_type", ""),
    )


def _line(words: Mapping[str, str]) -> Line:
    on = words.get("on")
    when = datetime.fromisoformat(on) if on else None
    return Line(words["field"], words["text"], words.get("by", ""), when)


def case_file_or_404(case: Case, pk: UUID) -> CaseItem:
    """A part of the case that has a file. One query."""
    return get_object_or_404(CaseItem, case=case, pk=pk, data__isnull=False)


def case_read(opened: OpenCase) -> CaseRead:
    """All of a case for its readers. Three queries. Only `case_view` calls it: views are logged."""
    case = opened.case
    notes = CaseNote.objects.filter(case=case).select_related("author")
    views = case.views.select_related("user")
    return CaseRead(
        case=case,
        state=CaseState(case.state),
        outcome=str(Outcome(case.outcome).label) if case.outcome else "",
        items=items_read(opened),
        notes=[
            NoteRead(
                opened.open(note)["text"], note.author.name if note.author else "", note.created_at
            )
            for note in notes
        ],
        views=[ViewRead(view.user.name if view.user else "", view.at) for view in views],
    )


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in the readers' list: nothing of what is in it, not even who reported."""

    reference: UUID
    organisation: str
    state: CaseState
    created_at: datetime
    is_opened: bool
    delete_on: Any


def case_lines(user: User) -> list[CaseLine]:
    """Open cases first, then closed ones, newest first. One query."""
    lines = [
        CaseLine(
            case.reference,
            case.organisation.name,
            CaseState(case.state),
            case.created_at,
            case.opened_at is not None,
            case.delete_on,
        )
        for case in cases_read_by(user)
    ]
    return sorted(lines, key=lambda line: line.state == CaseState.CLOSED)
