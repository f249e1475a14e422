"""Reporting something: choose, look at exactly that, send; and the own reports."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import SignedIn, sent
from tandemwerk.safeguarding.forms import ReportForm
from tandemwerk.safeguarding.selectors.cases import case_opened, items_read, reports_of
from tandemwerk.safeguarding.selectors.people import addressees_of, emergency_default
from tandemwerk.safeguarding.selectors.report import Desk, desk_of
from tandemwerk.safeguarding.services.reports import report_create


def report_new(request: SignedIn) -> HttpResponse:
    """Choose and say; then a preview of exactly what is sent; `?row=` ticks a row beforehand."""
    desk = desk_of(request.user)
    form = ReportForm(sent(request), desk=desk, initial=_initial(request, desk))
    act = request.POST.get("act", "")
    if not form.is_bound or act == "change" or not form.is_valid():
        return _compose(request, form, status=422 if form.is_bound and act != "change" else 200)
    if act != "send" or not form.is_seen:
        return _preview(request, form, status=422 if act == "send" else 200)
    case = report_create(by=request.user, now=timezone.now(), **form.act())
    messages.success(request, _("Your report is on its way. Nobody else was told."))
    return redirect("safeguarding:report_detail", report_pk=case.reference)


def _initial(request: SignedIn, desk: Desk) -> dict[str, object]:
    rows = request.GET.getlist("row")
    home = next((r for r in desk.rooms for row in r.rows if row.key in rows), None)
    first = desk.addressees[0].organisation.pk if len(desk.addressees) == 1 else None
    return {"rows": rows, "organisation": home.organisation_pk if home else first}


def _compose(request: SignedIn, form: ReportForm, status: int) -> HttpResponse:
    context = {"form": form, "desk": form.desk, "default": emergency_default()}
    return render(request, "safeguarding/report.html", context, status=status)


def _preview(request: SignedIn, form: ReportForm, status: int) -> HttpResponse:
    context = {"form": form, "to": form.addressee, "changed": status == 422}
    return render(request, "safeguarding/preview.html", context, status=status)


def report_list(request: SignedIn) -> HttpResponse:
    """What the person reported."""
    context = {"reports": reports_of(request.user)}
    return render(request, "safeguarding/report_list.html", context)


def report_detail(request: SignedIn, report_pk: UUID) -> HttpResponse:
    """One of the own reports: how it stands, who can read it, and what was sent."""
    case = get_object_or_404(reports_of(request.user), reference=report_pk)
    found = (a for a in addressees_of(request.user) if a.organisation == case.organisation)
    context = {"case": case, "to": next(found, None), "items": items_read(case_opened(case))}
    return render(request, "safeguarding/report_detail.html", context)
