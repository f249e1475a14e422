"""Imports: upload, columns, check, take over."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile

from tandemwerk.core.shapes import Page, Paging, page_of
from tandemwerk.people.requests import person
from tandemwerk.programmes.api.files import IMPORT
from tandemwerk.programmes.api.schemas.imports import (
    FieldOut,
    ImportForm,
    ImportLineOut,
    ImportOut,
    ImportRowOut,
    MappingIn,
    RowsWanted,
    TakeOverIn,
)
from tandemwerk.programmes.api.schemas.people import RoleWanted
from tandemwerk.programmes.api.setup import COHORT, cohort_detail
from tandemwerk.programmes.models import ImportBatch
from tandemwerk.programmes.selectors.imports import import_rows, imports_of
from tandemwerk.programmes.selectors.visible import imports_run_by
from tandemwerk.programmes.services.import_columns import Column, columns_for
from tandemwerk.programmes.services.imports import (
    import_discard,
    import_map,
    import_take_over,
    import_upload,
    require_columns,
)

router = Router()


@router.get("/import-fields", response=list[FieldOut], url_name="import_field_list")
def import_field_list(request: HttpRequest, wanted: Query[RoleWanted]) -> list[Column]:
    """What the columns of a list may say about people in this role."""
    return columns_for(wanted.role)


@router.get(f"{COHORT}/imports", response=Page[ImportLineOut], url_name="import_list")
def import_list(request: HttpRequest, cohort_pk: int, wanted: Query[Paging]) -> dict[str, Any]:
    """Lists uploaded for a cohort, the latest first."""
    return page_of(imports_of(cohort_detail(request, cohort_pk)), wanted)


@router.post(f"{COHORT}/imports", response={201: ImportOut}, url_name="import_list")
def import_new(
    request: HttpRequest, cohort_pk: int, form: Form[ImportForm], file: File[UploadedFile]
) -> Status[ImportBatch]:
    """Upload a list (multipart: file, role); columns are guessed, nothing is taken over yet."""
    batch = import_upload(
        cohort=cohort_detail(request, cohort_pk),
        file_name=file.name or "",
        data=file.read(),
        by=person(request),
        now=timezone.now(),
        **form.model_dump(),
    )
    return Status(201, batch)


@router.get(IMPORT, response=ImportOut, url_name="import_detail")
def import_detail(request: HttpRequest, import_pk: int) -> ImportBatch:
    """State, progress and counts of an import."""
    return get_object_or_404(imports_run_by(person(request)), pk=import_pk)


@router.post(f"{IMPORT}/columns", response=ImportOut, url_name="import_columns")
def import_columns(request: HttpRequest, import_pk: int, data: MappingIn) -> ImportBatch:
    """Say which column is what and have the rows checked."""
    batch = import_detail(request, import_pk)
    require_columns(batch=batch, mapping=data.mapping)
    return import_map(batch=batch, mapping=data.mapping, by=person(request), now=timezone.now())


@router.get(f"{IMPORT}/rows", response=Page[ImportRowOut], url_name="import_rows")
def rows(request: HttpRequest, import_pk: int, wanted: Query[RowsWanted]) -> dict[str, Any]:
    """The rows as read, with what is wrong in each."""
    return page_of(import_rows(import_detail(request, import_pk), wanted.outcome or ""), wanted)


@router.post(f"{IMPORT}/take-over", response={202: ImportOut}, url_name="import_take_over")
def take_over(request: HttpRequest, import_pk: int, data: TakeOverIn) -> Status[ImportBatch]:
    """Take the list over, all of it in one step; ask for it again until it is `done`."""
    batch = import_take_over(
        batch=import_detail(request, import_pk),
        leave_errors=data.leave_errors,
        by=person(request),
        now=timezone.now(),
    )
    return Status(202, batch)


@router.delete(IMPORT, response={204: None}, url_name="import_detail")
def discard(request: HttpRequest, import_pk: int) -> Status[None]:
    """Throw an uploaded list away before it is taken over."""
    batch = import_detail(request, import_pk)
    import_discard(batch=batch, by=person(request), now=timezone.now())
    return Status(204, None)
