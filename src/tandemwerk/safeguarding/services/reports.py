"""Reporting something: exactly what the person chose, sealed for a case of its own."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from tandemwerk.audit.services import audit_record
from tandemwerk.core.crypto import key_make
from tandemwerk.people.models import User
from tandemwerk.programmes.models import Organisation
from tandemwerk.rooms.selectors.disclosable import Disclosable, Line
from tandemwerk.safeguarding.enums import ItemKind
from tandemwerk.safeguarding.errors import (
    ReportEmpty,
    ReportIdTaken,
    ReportTooLarge,
    ReportTooLong,
    TooManyReports,
)
from tandemwerk.safeguarding.models import Case, CaseItem, CaseKey, CaseReader
from tandemwerk.safeguarding.selectors.cases import OpenCase
from tandemwerk.safeguarding.selectors.people import (
    LEAST,
    accepted,
    emergency_default,
    emergency_of,
    partners_of,
)
from tandemwerk.safeguarding.selectors.readers import readers_now
from tandemwerk.safeguarding.services.mails import report_arrived_mail

LONGEST_WORDS = 20_000
MOST_ROWS = 200
MOST_BYTES = 60 * 1024 * 1024  # of all files together
MOST_A_DAY = 10  # of one person: enough for whoever is in need, too few to bury others' reports
DAY = timedelta(days=1)


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
    ReportTooLarge, TooManyReports, ReportIdTaken. About fifteen queries, one a row, three a reader.
    """
    text = words.strip()
    if not text and not rows:
        raise ReportEmpty
    if len(text) > LONGEST_WORDS or len(rows) > MOST_ROWS:
        raise ReportTooLong(words=LONGEST_WORDS, rows=MOST_ROWS)
    # The person locked: many at once don't slip through, and a repetition finds the first.
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    there = Case.objects.filter(reference=reference, reporter=by).first() if reference else None
    if there is not None:
        return there
    _not_too_many(by, organisation, now)
    case = Case(reference=reference or uuid4(), organisation=organisation, reporter=by)
    case.created_at = now
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError:
        raise ReportIdTaken from None
    case.kept_from.set(partners_of(by))
    _for_readers(case, now)
    _fill(case, [_own(text, by), *map(_row, rows)] if text else map(_row, rows), now)
    audit_record(action="case.create", about=case, now=now)
    _tell(case, now)
    return case


def _not_too_many(by: User, organisation: Organisation, now: datetime) -> None:
    if Case.objects.filter(reporter=by, created_at__gt=now - DAY).count() >= MOST_A_DAY:
        written = emergency_of(organisation)
        said = str(written.text) if written else emergency_default()
        raise TooManyReports(most=MOST_A_DAY, emergency=said)


def _fill(case: Case, parts: Iterable[dict[str, Any]], now: datetime) -> None:
    key = CaseKey(case=case, created_at=now)
    key.key = plain = key_make()
    key.save()
    opened, size = OpenCase(case, {key.version: plain}), 0
    for number, part in enumerate(parts):
        data = part.pop("data", None)
        size += len(data or b"")
        if size > MOST_BYTES:
            raise ReportTooLarge(megabytes=MOST_BYTES // 1024**2)
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


def _for_readers(case: Case, now: datetime) -> None:
    """The case is for those whose names the reporter had before them, and for nobody else."""
    named = accepted().filter(organisation=case.organisation, user__isnull=False)
    users = named.exclude(user=case.reporter).exclude(user__in=case.kept_from.all())
    CaseReader.objects.bulk_create(
        CaseReader(case=case, user_id=pk, added_at=now)
        for pk in users.values_list("user", flat=True)
        if pk is not None
    )


def _tell(case: Case, now: datetime) -> None:
    """To those who can read it, without a word of what it is about or who sent it."""
    readers = readers_now().filter(case=case).select_related("user")
    if len(readers) >= LEAST:
        for row in readers:
            report_arrived_mail(to=row.user, now=now)
