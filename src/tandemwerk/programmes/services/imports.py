"""The steps of an import: uploaded, columns chosen, checked, taken over. Work happens in jobs."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tandemwerk.audit.services import audit_record
from tandemwerk.core.jobs import enqueue
from tandemwerk.matching.tables import REPEATABLE
from tandemwerk.people.models import User
from tandemwerk.programmes.enums import ImportState, Role, RowOutcome
from tandemwerk.programmes.errors import (
    ImportColumnMissing,
    ImportColumnTwice,
    ImportFieldUnknown,
    ImportHasErrors,
    ImportNothingToDo,
    ImportNotReady,
)
from tandemwerk.programmes.models import Cohort, ImportBatch, ImportRow
from tandemwerk.programmes.selectors.imports import import_counts
from tandemwerk.programmes.services.import_columns import COLUMNS, columns_for, columns_guess
from tandemwerk.programmes.services.import_files import sheet_read
from tandemwerk.programmes.services.programmes import require_editable

CHUNK = 500


@transaction.atomic
def import_upload(
    *,
    cohort: Cohort,
    role: Role,
    file_name: str,
    data: bytes,
    locale: str,
    send_invitations: bool,
    by: User,
    now: datetime,
) -> ImportBatch:
    """Read a list and keep its rows for checking. Raises FileRefused, ProgrammeArchived.

    One insert per 500 rows; nothing outside the two import tables is touched.
    """
    require_editable(cohort.programme)
    sheet = sheet_read(data, file_name=file_name)
    batch = ImportBatch.objects.create(
        cohort=cohort,
        role=role,
        file_name=file_name[-200:],
        delimiter=sheet.delimiter,
        encoding=sheet.encoding,
        header=list(sheet.header),
        mapping=columns_guess(sheet.header, role),
        locale=locale,
        send_invitations=send_invitations,
        rows_total=len(sheet.rows),
        created_by=by,
    )
    ImportRow.objects.bulk_create(
        (
            ImportRow(batch=batch, number=number, cells=list(cells))
            for number, cells in zip(sheet.numbers, sheet.rows, strict=True)
        ),
        batch_size=CHUNK,
    )
    _record("import.upload", batch, by, now, {"rows": batch.rows_total, "role": str(role)})
    return batch


def require_columns(*, batch: ImportBatch, mapping: Mapping[int, str]) -> None:
    """Raise ImportFieldUnknown for a column the list doesn't have or a field it can't say.

    The pages offer only sound ones; programs hear of a slip instead of losing a column.
    """
    known = {column.key for column in columns_for(Role(batch.role))}
    for column, field in mapping.items():
        if field not in known or not 0 <= column < len(batch.header):
            raise ImportFieldUnknown(field=field[:60], column=column)


@transaction.atomic
def import_map(
    *, batch: ImportBatch, mapping: Mapping[int, str], by: User, now: datetime
) -> ImportBatch:
    """Say which column is what, and have every row checked in the background.

    May be done again until the list is taken over. Raises ImportColumnMissing without a mail
    address, ImportColumnTwice, ImportNotReady.
    """
    chosen = {str(index): key for index, key in sorted(mapping.items()) if key in COLUMNS}
    for key in chosen.values():
        if list(chosen.values()).count(key) > 1 and key not in REPEATABLE:
            raise ImportColumnTwice(field=COLUMNS[key].label)
    if "email" not in chosen.values():
        raise ImportColumnMissing
    _move(
        batch,
        [ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED],
        ImportState.CHECKING,
        mapping=chosen,
        rows_done=0,
        error_code="",
    )
    from tandemwerk.programmes.jobs import import_check  # jobs → services is the one way round

    enqueue(import_check, batch_pk=batch.pk)
    return batch


@transaction.atomic
def import_take_over(
    *, batch: ImportBatch, leave_errors: bool, by: User, now: datetime
) -> ImportBatch:
    """Decide to take the list over; the work is done by a job, in one transaction.

    Rows with errors stay behind only if `leave_errors` says so. Raises ImportHasErrors,
    ImportNothingToDo, ImportNotReady.
    """
    require_editable(batch.cohort.programme)
    counts = import_counts(batch)
    wrong = counts[RowOutcome.ERROR]
    if wrong and not leave_errors:
        raise ImportHasErrors(count=wrong)
    if batch.rows_total == wrong:
        raise ImportNothingToDo
    _move(batch, [ImportState.CHECKED], ImportState.APPLYING, rows_done=0, error_code="")
    details = {str(outcome): count for outcome, count in counts.items() if count}
    _record("import.take_over", batch, by, now, details)
    from tandemwerk.programmes.jobs import import_apply  # jobs → services is the one way round

    enqueue(import_apply, batch_pk=batch.pk)
    return batch


@transaction.atomic
def import_discard(*, batch: ImportBatch, by: User, now: datetime) -> None:
    """Throw an uploaded list away before anything was taken over. Raises ImportNotReady."""
    gone, _tables = ImportBatch.objects.filter(
        pk=batch.pk,
        state__in=[ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED],
    ).delete()
    if not gone:
        raise ImportNotReady
    _record("import.discard", batch, by, now)


def _move(
    batch: ImportBatch, before: list[ImportState], after: ImportState, **values: object
) -> None:
    """Compare-and-set of the state; raises ImportNotReady when the list has moved on."""
    changed = ImportBatch.objects.filter(pk=batch.pk, state__in=before).update(
        state=after, **values
    )
    if not changed:
        raise ImportNotReady
    batch.refresh_from_db()


def _record(
    action: str,
    batch: ImportBatch,
    by: User,
    now: datetime,
    details: Mapping[str, object] | None = None,
) -> None:
    audit_record(
        action=action,
        about=batch,
        by=by,
        now=now,
        programme_id=batch.cohort.programme_id,
        details=details,
    )
