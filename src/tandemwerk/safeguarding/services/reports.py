"""Reporting something: exactly what the person chose, sealed for a case of its own."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from tandemwerk.audit.services import audit_record
from tandemwerk.core.crypto import key_make
from tandemwerk.notifications.services.mail import mail_queue
from tandemwerk.people.models import User
from tandemwerk.programmes.models import Organisation
from tandemwerk.rooms.selectors.disclosable import Disclosable, Line
from tandemwerk.safeguarding.enums import ItemKind
from tandemwerk.safeguarding.errors import ReportEmpty, ReportIdTaken, ReportTooLong
from tandemwerk.safeguarding.models import Case, CaseItem, CaseKey
from tandemwerk.safeguarding.selectors.cases import OpenCase
from tandemwerk.safeguarding.selectors.people import accepted, partners_of, staffed_organisations

LONGEST_WORDS = 20_000
MOST_ROWS = 200


@transaction.atomic
def report_create(
    *,
    by: User,
    organisation: Organisation,
    words: str,
    rows: Sequence[Disclosable],
    now: datetime,
    reference: UUID | None = None,
) -> Case:
    """Hand a report to the organisation's safeguarding people; a mail tells them it is there.

    `rows`: from the reporter's own desk, so rows they can read. Sealed under a key of its own; the
    room stays as it is, and nobody in it is told. The audit entry does not say who reported. The
    same `reference` from the same person changes nothing. Raises ReportEmpty, ReportTooLong,
    ReportIdTaken. About twelve queries, one a row, two a reader.
    """
    text = words.strip()
    if not text and not rows:
        raise ReportEmpty
    if len(text) > LONGEST_WORDS or len(rows) > MOST_ROWS:
        raise ReportTooLong(words=LONGEST_WORDS, rows=MOST_ROWS)
    case = Case(reference=reference or uuid4(), organisation=organisation, reporter=by)
    case.created_at = now
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError:
        there = Case.objects.filter(reference=case.reference, reporter=by).first()
        if there is None:
            raise ReportIdTaken from None
        return there
    case.kept_from.set(partners_of(by))
    _fill(case, [_own(text, by), *map(_row, rows)] if text else map(_row, rows), now)
    audit_record(action="case.create", about=case, now=now)
    _tell(case, now)
    return case


def _fill(case: Case, parts: Iterable[dict[str, Any]], now: datetime) -> None:
    key = CaseKey(case=case, created_at=now)
    key.key = plain = key_make()
    key.save()
    opened = OpenCase(case, {key.version: plain})
    for number, part in enumerate(parts):
        data = part.pop("data", None)
        item = CaseItem(case=case, number=number, created_at=now)
        item.body = opened.seal(item, part)
        item.data = None if data is None else opened.seal_bytes(item, data, "data")
        item.save(force_insert=True)


def _own(text: str, by: User) -> dict[str, Any]:
    return {
        "kind": ItemKind.WORDS,
        "title": "",
        "lines": [{"field": "text", "text": text}],
        "by": by.name,
    }


def _row(row: Disclosable) -> dict[str, Any]:
    words = row.words
    part: dict[str, Any] = {
        "kind": row.kind,
        "title": words.title,
        "lines": [_line(line) for line in words.lines],
        "by": words.by,
        "on": words.on.isoformat(),
    }
    if words.attachment is not None:
        part["file_name"] = words.attachment.name
        part["media_type"] = words.attachment.media_type
        part["data"] = words.attachment.read()
    return part


def _line(line: Line) -> dict[str, str]:
    """The code of a field, never its name: whoever reads it may have another language."""
    on = line.on.isoformat() if line.on else ""
    return {"field": line.field, "text": line.text, "by": line.by, "on": on}


def _tell(case: Case, now: datetime) -> None:
    """To those who can read it, without a word of what it is about or who sent it."""
    readers = (
        accepted()
        .filter(organisation=case.organisation, organisation__in=staffed_organisations())
        .exclude(user__in=case.kept_from.all())
        .exclude(user=case.reporter_id)
        .select_related("user")
    )
    url = settings.BASE_URL + reverse("safeguarding:case_list")
    for row in readers:
        if row.user is not None:
            mail_queue(kind="report_arrived", to=row.user, context={"url": url}, now=now)
