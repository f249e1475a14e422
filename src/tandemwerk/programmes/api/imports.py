"""Imports: upload, columns, check, take over."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile

from tandemwerk.people.requests import person
from tandemwerk.programmes.api.schemas import (
    ImportForm,
    ImportOut,
    ImportRowOut,
    MappingIn,
    RowsWanted,
    TakeOverIn,
)
from tandemwerk.programmes.errors import FileTooLarge
from tandemwerk.programmes.models import ImportBatch
from tandemwerk.programmes.selectors.imports import import_rows
from tandemwerk.programmes.selectors.visible import cohorts_run_by, imports_run_by
from tandemwerk.programmes.services.import_files import MAX_FILE_BYTES, MEGABYTE
from tandemwerk.programmes.services.imports import (
    import_discard,
    import_map,
    import_take_over,
    import_upload,
)

router = Router()


@router.get("/cohorts/{int:cohort_pk}/imports", response=list[ImportOut], url_name="import_list")
def import_list(request: HttpRequest, cohort_pk: int) -> Any:
    """Imports of a cohort, the latest first (fifty at most)."""
    cohort = get_object_or_404(cohorts_run_by(person(request)), pk=cohort_pk)
    return cohort.imports.all()[:50]


@router.post("/cohorts/{int:cohort_pk}/imports", response={201: ImportOut}, url_name="import_list")
def import_new(
    request: HttpRequest, cohort_pk: int, form: Form[ImportForm], file: File[UploadedFile]
) -> Status[ImportBatch]:
    """Upload a list (multipart: file, role); columns are guessed, nothing is taken over yet."""
    cohort = get_object_or_404(cohorts_run_by(person(request)), pk=cohort_pk)
    if (file.size or 0) > MAX_FILE_BYTES:
        raise FileTooLarge(most=MAX_FILE_BYTES // MEGABYTE)
    batch = import_upload(
        cohort=cohort,
        role=form.role,
        file_name=file.name or "",
        data=file.read(),
        locale=form.locale,
        send_invitations=form.send_invitations,
        by=person(request),
        now=timezone.now(),
    )
    return Status(201, batch)


@router.get("/imports/{int:import_pk}", response=ImportOut, url_name="import_detail")
def import_detail(request: HttpRequest, import_pk: int) -> ImportBatch:
    """State, progress and counts of an import."""
    return get_object_or_404(imports_run_by(person(request)), pk=import_pk)


@router.post("/imports/{int:import_pk}/columns", response=ImportOut, url_name="import_columns")
def import_columns(request: HttpRequest, import_pk: int, data: MappingIn) -> ImportBatch:
    """Say which column is what and have the rows checked."""
    batch = import_detail(request, import_pk)
    return import_map(batch=batch, mapping=data.mapping, by=person(request), now=timezone.now())


@router.get("/imports/{int:import_pk}/rows", response=list[ImportRowOut], url_name="import_rows")
def rows(request: HttpRequest, import_pk: int, wanted: Query[RowsWanted]) -> Any:
    """The rows as read, with what is wrong in each."""
    batch = import_detail(request, import_pk)
    found = import_rows(batch, wanted.outcome or "")
    return found[wanted.offset :][: wanted.limit]


@router.post(
    "/imports/{int:import_pk}/take-over", response={202: ImportOut}, url_name="import_take_over"
)
def take_over(request: HttpRequest, import_pk: int, data: TakeOverIn) -> Status[ImportBatch]:
    """Take the list over, all of it in one step; ask for it again until it is `done`."""
    batch = import_take_over(
        batch=import_detail(request, import_pk),
        leave_errors=data.leave_errors,
        by=person(request),
        now=timezone.now(),
    )
    return Status(202, batch)


@router.delete("/imports/{int:import_pk}", response={204: None}, url_name="import_detail")
def discard(request: HttpRequest, import_pk: int) -> Status[None]:
    """Throw an uploaded list away before it is taken over."""
    batch = import_detail(request, import_pk)
    import_discard(batch=batch, by=person(request), now=timezone.now())
    return Status(204, None)
