"""A further person for a running tandem: the coordination proposes, everybody answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import SignedIn, sent
from tandemwerk.programmes.selectors.visible import cohorts_run_by
from tandemwerk.tandems.enums import JoiningState
from tandemwerk.tandems.forms import PersonForm
from tandemwerk.tandems.models import Joining
from tandemwerk.tandems.selectors.joining import (
    candidates_for,
    has_answered,
    joinings_for,
    joinings_run_by,
)
from tandemwerk.tandems.selectors.visible import tandems_run_by
from tandemwerk.tandems.services.joining import (
    joining_accept,
    joining_decline,
    joining_propose,
)
from tandemwerk.tandems.services.joining import joining_withdraw as withdraw


def joining_detail(request: SignedIn, joining_pk: int) -> HttpResponse:
    """What it means that somebody joins, and everybody's yes or no."""
    joining = get_object_or_404(joinings_for(request.user), pk=joining_pk)
    if request.method == "POST":
        return _answered(request, joining)
    context = {
        "joining": joining,
        "members": [m for m in joining.tandem.members.all() if m.left_at is None],
        "is_new": joining.participation.user_id == request.user.pk,
        "has_answered": has_answered(joining, request.user),
    }
    return render(request, "tandems/joining.html", context)


def _answered(request: SignedIn, joining: Joining) -> HttpResponse:
    is_no = request.POST.get("answer") == "no"
    answer = joining_decline if is_no else joining_accept
    done = answer(joining=joining, by=request.user, now=timezone.now())
    said = {
        JoiningState.JOINED: _("Everybody said yes. The group is complete."),
        JoiningState.OPEN: _("Your yes is noted. The others are still being asked."),
    }
    not_now = _("Noted. Nobody joins, and nobody is told why.")
    messages.success(request, said.get(JoiningState(done.state), not_now))
    return redirect("tandems:tandem_list")


def tandem_grow(request: SignedIn, cohort_pk: int, tandem_pk: int) -> HttpResponse:
    """The coordination chooses somebody to be proposed for a running tandem."""
    cohort = get_object_or_404(cohorts_run_by(request.user), pk=cohort_pk)
    tandem = get_object_or_404(tandems_run_by(request.user).filter(cohort=cohort), pk=tandem_pk)
    people = {p.pk: p for p in candidates_for(tandem)}
    choices = [(pk, f"{p.user.name} · {p.get_role_display()}") for pk, p in people.items()]
    form = PersonForm(sent(request), label=_("Who could join?"), people=choices)
    if form.is_valid():
        chosen = people[form.cleaned_data["person"]]
        joining_propose(tandem=tandem, participation=chosen, by=request.user, now=timezone.now())
        messages.success(request, _("Everybody concerned is being asked."))
        return redirect("tandems:cohort_tandems", cohort_pk=cohort.pk)
    context = {"cohort": cohort, "tandem": tandem, "form": form, "people": choices}
    return render(request, "tandems/grow.html", context, status=422 if form.is_bound else 200)


def joining_withdraw(request: SignedIn, joining_pk: int) -> HttpResponse:
    """The coordination takes a proposal back."""
    joining = get_object_or_404(joinings_run_by(request.user), pk=joining_pk)
    withdraw(joining=joining, by=request.user, now=timezone.now())
    messages.success(request, _("Taken back."))
    return redirect("tandems:cohort_tandems", cohort_pk=joining.tandem.cohort_id)
