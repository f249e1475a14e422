"""Reporting something: choose, look at exactly that, send; and the own reports."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.core.errors import DomainError
from tandemwerk.people.requests import SignedIn, sent
from tandemwerk.safeguarding.forms import ReadersForm, ReportForm
from tandemwerk.safeguarding.selectors.cases import case_opened, items_read, reports_of
from tandemwerk.safeguarding.selectors.people import emergency_default
from tandemwerk.safeguarding.selectors.readers import case_readers
from tandemwerk.safeguarding.selectors.report import Desk, desk_of
from tandemwerk.safeguarding.services.readers import report_readers_add
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
    try:
        case = report_create(by=request.user, now=timezone.now(), **form.act())
    except DomainError as error:
        return _refused(request, form, error)
    messages.success(request, _("Your report is on its way. Nobody else was told."))
    return redirect("safeguarding:report_detail", report_pk=case.reference)


def _refused(request: SignedIn, form: ReportForm, error: DomainError) -> HttpResponse:
    """On the same page: with the words still there, and whom to call in an emergency."""
    form.add_error(None, str(error))
    return _compose(request, form, status=error.status)


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
    to, items = case_readers(case), items_read(case_opened(case))
    context = {"case": case, "to": to, "items": items}
    return render(request, "safeguarding/report_detail.html", context)


def report_readers(request: SignedIn, report_pk: UUID) -> HttpResponse:
    """Let more safeguarding people read the own report."""
    case = get_object_or_404(reports_of(request.user), reference=report_pk)
    form = ReadersForm(request.POST, others=case_readers(case).others)
    if form.is_valid():
        report_readers_add(case=case, users=form.users, now=timezone.now())
        messages.success(request, _("They can read your report from now on."))
    else:
        messages.error(request, _("Choose who is to read your report."))
    return redirect("safeguarding:report_detail", report_pk=case.reference)
