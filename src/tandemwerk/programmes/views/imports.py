"""Import of a list: upload, columns, preview, take over; work runs in jobs and is watched here."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone

from tandemwerk.programmes.enums import ImportState, RowOutcome
from tandemwerk.programmes.forms.imports import ColumnsForm, UploadForm
from tandemwerk.programmes.models import Cohort, ImportBatch
from tandemwerk.programmes.rules import is_editable
from tandemwerk.programmes.selectors.imports import (
    import_figures,
    import_letters,
    import_rows,
    import_samples,
    imports_of,
)
from tandemwerk.programmes.services import imports
from tandemwerk.programmes.services.import_report import error_list, row_lines
from tandemwerk.programmes.views.shared import form_page, get_cohort, get_import, signed_in

PAGE = 50


def import_list(request: HttpRequest, cohort_pk: int) -> HttpResponse:
    """All lists of a cohort, newest first."""
    cohort = get_cohort(request, cohort_pk)
    page = Paginator(imports_of(cohort), PAGE).get_page(request.GET.get("page"))
    context = _frame(cohort) | {"page": page}
    return render(request, "programmes/imports/list.html", context)


def import_upload(request: HttpRequest, cohort_pk: int) -> HttpResponse:
    cohort, by = get_cohort(request, cohort_pk), signed_in(request)
    initial = {"role": request.GET.get("role", ""), "locale": by.locale}
    form = UploadForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        batch = form.upload(cohort=cohort, by=by, now=timezone.now())
        if batch is not None:
            return redirect("programmes:import_columns", cohort_pk=cohort.pk, import_pk=batch.pk)
    frame = _frame(cohort) | {"has_samples": settings.DEMO}
    return form_page(request, "programmes/imports/upload.html", form, **frame)


def import_columns(request: HttpRequest, cohort_pk: int, import_pk: int) -> HttpResponse:
    batch = get_import(request, cohort_pk, import_pk)
    if batch.state in {ImportState.CHECKING, ImportState.APPLYING, ImportState.DONE}:
        return _to(batch)
    data = request.POST if request.method == "POST" else None
    form = ColumnsForm(data, batch=batch, samples=import_samples(batch))
    if form.is_valid() and form.map(by=signed_in(request), now=timezone.now()):
        return _to(batch)
    frame = _frame(batch.cohort)
    return form_page(request, "programmes/imports/columns.html", form, batch=batch, **frame)


def import_detail(request: HttpRequest, cohort_pk: int, import_pk: int) -> HttpResponse:
    """The step a list is at: columns, progress, preview or result."""
    batch = get_import(request, cohort_pk, import_pk)
    if batch.state == ImportState.UPLOADED:
        return redirect("programmes:import_columns", cohort_pk=cohort_pk, import_pk=import_pk)
    if batch.state in {ImportState.CHECKED, ImportState.DONE}:
        return _preview(request, batch)
    return render(request, "programmes/imports/progress.html", _progress(batch))


def _preview(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """Wrong rows come first: as long as there is something to decide, only they are unfolded."""
    figures, is_done = import_figures(batch), batch.state == ImportState.DONE
    first = RowOutcome.ERROR if figures.wrong and not is_done else "all"
    shown = request.GET.get("show", first)
    page = Paginator(import_rows(batch, shown), PAGE).get_page(request.GET.get("page"))
    context = _frame(batch.cohort) | {
        "batch": batch,
        "figures": figures,
        "shown": shown,
        "page": page,
        "lines": row_lines(page, batch),
        "letters": import_letters(batch),
        "is_done": is_done,
    }
    return render(request, "programmes/imports/preview.html", context)


def import_progress(request: HttpRequest, cohort_pk: int, import_pk: int) -> HttpResponse:
    """Fragment that asks again every second; at the end it sends the browser on."""
    batch = get_import(request, cohort_pk, import_pk)
    letters = request.GET.get("of") == "letters"
    if letters:
        context = {"batch": batch, "letters": import_letters(batch)}
        return render(request, "programmes/imports/preview.html#letters", context)
    if batch.state in {ImportState.CHECKING, ImportState.APPLYING}:
        return render(request, "programmes/imports/progress.html#progress", _progress(batch))
    response = HttpResponse(status=204)
    response["HX-Redirect"] = _to(batch).url
    return response


def _progress(batch: ImportBatch) -> dict[str, Any]:
    return _frame(batch.cohort) | {"batch": batch}


def import_take_over(request: HttpRequest, cohort_pk: int, import_pk: int) -> HttpResponse:
    batch = get_import(request, cohort_pk, import_pk)
    imports.import_take_over(
        batch=batch,
        leave_errors=request.POST.get("leave_errors") == "yes",
        by=signed_in(request),
        now=timezone.now(),
    )
    return _to(batch)


def import_discard(request: HttpRequest, cohort_pk: int, import_pk: int) -> HttpResponse:
    batch = get_import(request, cohort_pk, import_pk)
    imports.import_discard(batch=batch, by=signed_in(request), now=timezone.now())
    return redirect("programmes:cohort_detail", cohort_pk=cohort_pk)


def import_errors(request: HttpRequest, cohort_pk: int, import_pk: int) -> HttpResponse:
    """The rows with errors as the file had them, with what is wrong in a column of its own."""
    batch = get_import(request, cohort_pk, import_pk)
    return HttpResponse(
        error_list(import_rows(batch, RowOutcome.ERROR), batch),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="errors-{batch.pk}.csv"'},
    )


def _to(batch: ImportBatch) -> HttpResponseRedirect:
    return redirect("programmes:import_detail", cohort_pk=batch.cohort_id, import_pk=batch.pk)


def _frame(cohort: Cohort) -> dict[str, Any]:
    return {
        "cohort": cohort,
        "programme": cohort.programme,
        "is_editable": is_editable(cohort.programme),
    }
