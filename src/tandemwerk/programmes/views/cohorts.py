"""Pages of a cohort: what needs the coordinator, its dates, its lists."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tandemwerk.programmes.cohort_sections import needs_for, sections_for
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.forms.programmes import CohortForm
from tandemwerk.programmes.models import Cohort
from tandemwerk.programmes.rules import is_editable
from tandemwerk.programmes.selectors.cohorts import cohort_figures
from tandemwerk.programmes.selectors.needs import own_needs
from tandemwerk.programmes.selectors.people import people_for_export
from tandemwerk.programmes.services import programmes
from tandemwerk.programmes.services.export import export_csv, export_xlsx
from tandemwerk.programmes.services.invitations import invitations_send_waiting
from tandemwerk.programmes.views.shared import form_page, get_cohort, get_programme, signed_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def cohort_detail(request: HttpRequest, cohort_pk: int) -> HttpResponse:
    """Everything about a cohort at a glance. Queries: three, and those of the upper apps' boxes."""
    cohort = get_cohort(request, cohort_pk)
    figures = cohort_figures(cohort, timezone.now())
    own = own_needs(cohort, figures, timezone.localdate())
    context = {
        "cohort": cohort,
        "programme": cohort.programme,
        "figures": figures,
        "needs": [*own, *needs_for(request, cohort)],
        "sections": sections_for(request, cohort),
        "is_editable": is_editable(cohort.programme),
    }
    return render(request, "programmes/cohort.html", context)


def cohort_create(request: HttpRequest, programme_pk: int) -> HttpResponse:
    programme = get_programme(request, programme_pk)
    form = CohortForm(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():
        cohort = programmes.cohort_create(
            programme=programme,
            name=form.cleaned_data["name"],
            dates=form.dates(),
            by=signed_in(request),
            now=timezone.now(),
        )
        return redirect("programmes:cohort_detail", cohort_pk=cohort.pk)
    return form_page(request, "programmes/cohort_form.html", form, programme=programme)


def cohort_settings(request: HttpRequest, cohort_pk: int) -> HttpResponse:
    cohort = get_cohort(request, cohort_pk)
    form = _cohort_form(request, cohort)
    if request.method == "POST" and form.is_valid():
        programmes.cohort_update(
            cohort=cohort,
            name=form.cleaned_data["name"],
            dates=form.dates(),
            by=signed_in(request),
            now=timezone.now(),
        )
        messages.success(request, _("Saved."))
        return redirect("programmes:cohort_detail", cohort_pk=cohort.pk)
    frame = {"programme": cohort.programme, "cohort": cohort}
    return form_page(request, "programmes/cohort_form.html", form, **frame)


def _cohort_form(request: HttpRequest, cohort: Cohort) -> CohortForm:
    initial: dict[str, Any] = {name: getattr(cohort, name) for name in CohortForm.base_fields}
    return CohortForm(
        request.POST or None, initial=initial | {"pk": cohort.pk}, programme=cohort.programme
    )


def cohort_invite(request: HttpRequest, cohort_pk: int) -> HttpResponse:
    """Send letters to everybody who has none yet; a job writes them."""
    cohort = get_cohort(request, cohort_pk)
    invitations_send_waiting(cohort=cohort, by=signed_in(request), now=timezone.now())
    messages.success(request, _("The invitations are on their way."))
    return redirect("programmes:cohort_detail", cohort_pk=cohort.pk)


def cohort_export_csv(request: HttpRequest, cohort_pk: int) -> HttpResponse:
    cohort, role = get_cohort(request, cohort_pk), _role(request)
    data = export_csv(people_for_export(cohort, role), role)
    return _download(data, "text/csv; charset=utf-8", cohort, role, "csv")


def cohort_export_xlsx(request: HttpRequest, cohort_pk: int) -> HttpResponse:
    cohort, role = get_cohort(request, cohort_pk), _role(request)
    data = export_xlsx(people_for_export(cohort, role), role)
    return _download(data, XLSX, cohort, role, "xlsx")


def list_template_csv(request: HttpRequest, cohort_pk: int) -> HttpResponse:
    """An empty list with every column an import understands, to be filled in."""
    cohort, role = get_cohort(request, cohort_pk), _role(request)
    return _download(export_csv([], role), "text/csv; charset=utf-8", cohort, role, "csv")


def list_template_xlsx(request: HttpRequest, cohort_pk: int) -> HttpResponse:
    """The same as a workbook."""
    cohort, role = get_cohort(request, cohort_pk), _role(request)
    return _download(export_xlsx([], role), XLSX, cohort, role, "xlsx")


def _role(request: HttpRequest) -> Role:
    return Role.MENTOR if request.GET.get("role") == Role.MENTOR else Role.MENTEE


def _download(data: bytes, kind: str, cohort: Cohort, role: Role, suffix: str) -> HttpResponse:
    name = slugify(f"{cohort.programme.name} {cohort.name} {role.value}s") or "people"
    return HttpResponse(
        data,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}.{suffix}"'},
    )
