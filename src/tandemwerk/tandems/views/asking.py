"""What people ask their coordination, for those who may read it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import SignedIn
from tandemwerk.tandems.forms import HelpReplyForm
from tandemwerk.tandems.selectors.coordination import check_ins_run_by, help_requests_run_by
from tandemwerk.tandems.selectors.names import names_of
from tandemwerk.tandems.selectors.signals import help_read
from tandemwerk.tandems.services.check_ins import check_in_take_up as check_in_take
from tandemwerk.tandems.services.help import help_answer, help_take_up


def help_detail(request: SignedIn, help_pk: int) -> HttpResponse:
    """A request with the person's chosen words; to take up, or to settle with a reply."""
    row = get_object_or_404(help_requests_run_by(request.user), pk=help_pk)
    form = HelpReplyForm(request.POST if request.POST.get("act") == "answer" else None)
    if request.POST.get("act") == "take_up":
        help_take_up(request=row, by=request.user, now=timezone.now())
        messages.success(request, _("Taken up. The person sees that somebody takes care of it."))
        return redirect("tandems:help_detail", help_pk=row.pk)
    if form.is_valid():
        reply = form.cleaned_data["reply"]
        help_answer(request=row, by=request.user, reply=reply, now=timezone.now())
        messages.success(request, _("Settled. The person gets a mail."))
        return redirect("tandems:cohort_tandems", cohort_pk=row.tandem.cohort_id)
    names = names_of(row.tandem, row.member.user)
    context = {"row": row, "help": help_read(row), "names": names, "form": form}
    return render(request, "tandems/help_read.html", context, status=422 if form.errors else 200)


def check_in_take_up(request: SignedIn, check_in_pk: int) -> HttpResponse:
    """Note that somebody of the coordination takes care of an answer."""
    row = get_object_or_404(check_ins_run_by(request.user), pk=check_in_pk)
    check_in_take(check_in=row, by=request.user, now=timezone.now())
    messages.success(request, _("Noted that you take care of it."))
    return redirect("tandems:cohort_tandems", cohort_pk=row.tandem.cohort_id)
