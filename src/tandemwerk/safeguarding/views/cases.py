"""Cases, for safeguarding people; every view is logged by the service that opens it."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import SignedIn
from tandemwerk.safeguarding.forms import CloseForm, NoteForm, ReadersForm
from tandemwerk.safeguarding.models import Case
from tandemwerk.safeguarding.selectors.cases import case_file_or_404, case_lines, cases_read_by
from tandemwerk.safeguarding.selectors.people import roles_of, staffed_roles
from tandemwerk.safeguarding.selectors.readers import (
    case_readers,
    cases_of_reader,
    cases_waiting,
)
from tandemwerk.safeguarding.services import cases
from tandemwerk.safeguarding.services.readers import case_hand_over as case_hand


def case_list(request: SignedIn) -> HttpResponse:
    """The cases the person reads; for people without the role the page does not exist."""
    roles = roles_of(request.user)
    if not roles:
        raise Http404
    staffed = staffed_roles(roles)
    lonely = [role for role in roles if role.organisation_id not in staffed]
    waiting = [(case, case_readers(case)) for case in cases_waiting(request.user)]
    context = {"cases": case_lines(request.user), "lonely": lonely, "roles": roles}
    context["waiting"] = waiting
    return render(request, "safeguarding/case_list.html", context)


def case_detail(request: SignedIn, case_pk: UUID) -> HttpResponse:
    """One case with everything in it; this view is written down."""
    return _page(request, _case(request, case_pk), NoteForm(), _close_form())


def case_hand_over(request: SignedIn, case_pk: UUID) -> HttpResponse:
    """Let somebody else read a case, also one that nobody can read alone just now."""
    case = get_object_or_404(cases_of_reader(request.user), reference=case_pk)
    form = ReadersForm(request.POST, others=case_readers(case).others)
    if form.is_valid():
        for to in form.users:
            case_hand(case=case, to=to, by=request.user, now=timezone.now())
        messages.success(request, _("Handed over; the person who reported is told."))
    else:
        messages.error(request, _("Choose who is to read the case."))
    return redirect("safeguarding:case_list")


def case_note(request: SignedIn, case_pk: UUID) -> HttpResponse:
    """Write a note."""
    case, form = _case(request, case_pk), NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, case, form, _close_form(), status=422)
    text = form.cleaned_data["text"]
    cases.case_note_add(case=case, text=text, by=request.user, now=timezone.now())
    messages.success(request, _("The note is kept."))
    return redirect("safeguarding:case_detail", case_pk=case.reference)


def case_begin(request: SignedIn, case_pk: UUID) -> HttpResponse:
    """Take a case into work."""
    case = _case(request, case_pk)
    cases.case_begin(case=case, by=request.user, now=timezone.now())
    messages.success(request, _("The case is in work now; the person who reported sees that."))
    return redirect("safeguarding:case_detail", case_pk=case.reference)


def case_close(request: SignedIn, case_pk: UUID) -> HttpResponse:
    """Close a case with an outcome and the day on which it is destroyed."""
    case, form = _case(request, case_pk), CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, case, NoteForm(), form, status=422)
    cases.case_close(case=case, by=request.user, now=timezone.now(), **form.act())
    messages.success(request, _("The case is closed."))
    return redirect("safeguarding:case_list")


def case_reopen(request: SignedIn, case_pk: UUID) -> HttpResponse:
    """Take a closed case into work again."""
    case = _case(request, case_pk)
    cases.case_reopen(case=case, by=request.user, now=timezone.now())
    messages.success(request, _("The case is open again."))
    return redirect("safeguarding:case_detail", case_pk=case.reference)


def case_file(request: SignedIn, case_pk: UUID, case_item_pk: UUID) -> HttpResponse:
    """A file that came with a report, as a download; logged like every view."""
    case = _case(request, case_pk)
    item = case_file_or_404(case, case_item_pk)
    data, _type = cases.case_file(case=case, item=item, by=request.user, now=timezone.now())
    # Never shown in the browser: nobody knows what it does there.
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="report-{item.number}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _case(request: SignedIn, case_pk: UUID) -> Case:
    return get_object_or_404(cases_read_by(request.user), reference=case_pk)


def _close_form() -> CloseForm:
    day = timezone.localdate() + timedelta(days=cases.KEPT_DAYS)
    return CloseForm(initial={"delete_on": day})


def _page(
    request: SignedIn, case: Case, note: NoteForm, close: CloseForm, status: int = 200
) -> HttpResponse:
    read = cases.case_view(case=case, by=request.user, now=timezone.now())
    context = {"read": read, "case": read.case, "note_form": note, "close_form": close}
    context["to"] = case_readers(case)
    return render(request, "safeguarding/case.html", context, status=status)
