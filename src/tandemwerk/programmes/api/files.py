"""Lists as files for spreadsheets: the people of a cohort, and the rows an import can't take."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from tandemwerk.people.requests import person
from tandemwerk.programmes.api.schemas.people import RoleWanted
from tandemwerk.programmes.api.setup import COHORT, cohort_detail
from tandemwerk.programmes.enums import RowOutcome
from tandemwerk.programmes.models import ImportBatch
from tandemwerk.programmes.selectors.imports import import_rows
from tandemwerk.programmes.selectors.people import people_for_export
from tandemwerk.programmes.selectors.visible import imports_run_by
from tandemwerk.programmes.services.export import export_csv, export_xlsx
from tandemwerk.programmes.services.import_report import error_book, error_list

router = Router()
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IMPORT = "/imports/{int:import_pk}"


def _file(kind: str) -> dict[str, Any]:
    """What OpenAPI says about an answer that is a file."""
    content = {kind: {"schema": {"type": "string", "format": "binary"}}}
    return {"responses": {200: {"description": "The file.", "content": content}}}


@router.get(
    f"{COHORT}/participations.csv", url_name="participation_csv", openapi_extra=_file("text/csv")
)
def participations_csv(
    request: HttpRequest, cohort_pk: int, wanted: Query[RoleWanted]
) -> HttpResponse:
    """People in one role as CSV, with the columns that an import reads; formulas are defused."""
    people = people_for_export(cohort_detail(request, cohort_pk), wanted.role)
    return _download(export_csv(people, wanted.role), CSV, f"{wanted.role}s.csv")


@router.get(
    f"{COHORT}/participations.xlsx", url_name="participation_xlsx", openapi_extra=_file(XLSX)
)
def participations_xlsx(
    request: HttpRequest, cohort_pk: int, wanted: Query[RoleWanted]
) -> HttpResponse:
    """The same as a workbook."""
    people = people_for_export(cohort_detail(request, cohort_pk), wanted.role)
    return _download(export_xlsx(people, wanted.role), XLSX, f"{wanted.role}s.xlsx")


@router.get(f"{IMPORT}/errors.csv", url_name="import_errors_csv", openapi_extra=_file("text/csv"))
def import_errors_csv(request: HttpRequest, import_pk: int) -> HttpResponse:
    """The rows that can't be taken over as they stood in the list, and what is wrong, as CSV."""
    batch = _batch(request, import_pk)
    data = error_list(import_rows(batch, RowOutcome.ERROR), batch)
    return _download(data, CSV, f"errors-{batch.pk}.csv")


@router.get(f"{IMPORT}/errors.xlsx", url_name="import_errors_xlsx", openapi_extra=_file(XLSX))
def import_errors_xlsx(request: HttpRequest, import_pk: int) -> HttpResponse:
    """The same as a workbook."""
    batch = _batch(request, import_pk)
    data = error_book(import_rows(batch, RowOutcome.ERROR), batch)
    return _download(data, XLSX, f"errors-{batch.pk}.xlsx")


def _batch(request: HttpRequest, import_pk: int) -> ImportBatch:
    return get_object_or_404(imports_run_by(person(request)), pk=import_pk)


def _download(data: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=kind, headers=headers)
