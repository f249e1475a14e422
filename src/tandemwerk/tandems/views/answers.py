"""What the two people say: yes, no, we met, we go on, we stop."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.core.errors import DomainError
from tandemwerk.people.requests import SignedIn
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.forms import DeclineForm, MeetingForm
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.selectors.page import tandem_page, tandems_with_profiles
from tandemwerk.tandems.selectors.visible import tandems_visible_to
from tandemwerk.tandems.services.chemistry import (
    chemistry_confirm,
    chemistry_record,
    chemistry_refuse,
)
from tandemwerk.tandems.services.ending import tandem_dissolve
from tandemwerk.tandems.services.proposals import proposal_accept, proposal_decline
from tandemwerk.tandems.views.room import detail_page


def tandem_accept(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """Yes to the proposal, in one tap."""
    tandem = get_object_or_404(tandems_visible_to(request.user), pk=tandem_pk)
    done = proposal_accept(tandem=tandem, by=request.user, now=timezone.now())
    if done.refused:
        messages.warning(request, str(done.refused))
    elif done.tandem.state == TandemState.CHEMISTRY:
        messages.success(request, _("You both said yes."))
    else:
        messages.success(request, _("Your yes is noted."))
    return _to(tandem)


def tandem_decline(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """A calm page for a no, before the chemistry meeting or after it."""
    tandem = get_object_or_404(tandems_with_profiles(request.user), pk=tandem_pk)
    if tandem.state not in {TandemState.PROPOSED, TandemState.CHEMISTRY}:
        return _to(tandem)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        is_proposal = tandem.state == TandemState.PROPOSED
        decline = proposal_decline if is_proposal else chemistry_refuse
        decline(tandem=tandem, by=request.user, now=timezone.now(), **form.act())
        messages.success(request, _("Your no is noted. You need not explain it to anybody."))
        return _to(tandem)
    page = tandem_page(tandem, request.user, timezone.now())
    status = 422 if form.is_bound else 200
    return render(request, "tandems/decline.html", {"page": page, "form": form}, status=status)


def tandem_meeting(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """The day of the chemistry meeting; a fault is said at the field."""
    tandem = get_object_or_404(tandems_with_profiles(request.user), pk=tandem_pk)
    form = MeetingForm(request.POST)
    if form.is_valid():
        try:
            met_on = form.cleaned_data["met_on"]
            chemistry_record(tandem=tandem, by=request.user, met_on=met_on, now=timezone.now())
        except DomainError as error:
            form.add_error("met_on", str(error))
        else:
            messages.success(request, _("The day is noted."))
            return _to(tandem)
    return detail_page(request, tandem, form, status=422)


def tandem_confirm(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """Yes after the chemistry meeting."""
    tandem = get_object_or_404(tandems_visible_to(request.user), pk=tandem_pk)
    done = chemistry_confirm(tandem=tandem, by=request.user, now=timezone.now())
    is_active = done.state == TandemState.ACTIVE
    messages.success(request, _("Your tandem begins.") if is_active else _("Your yes is noted."))
    return _to(tandem)


def tandem_end(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """The way out of a running tandem: one calm page, no reason asked."""
    tandem = get_object_or_404(tandems_with_profiles(request.user), pk=tandem_pk)
    if tandem.state not in {TandemState.ACTIVE, TandemState.CLOSING}:
        return _to(tandem)
    if request.method == "POST":
        tandem_dissolve(tandem=tandem, by=request.user, now=timezone.now())
        messages.success(request, _("Your tandem has ended."))
        return _to(tandem)
    page = tandem_page(tandem, request.user, timezone.now())
    return render(request, "tandems/end.html", {"page": page})


def _to(tandem: Tandem) -> HttpResponse:
    return redirect("tandems:tandem_detail", tandem_pk=tandem.pk)
