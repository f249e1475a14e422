"""What one tells the programme about a tandem, and the pause: one page, and one tap each."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tandemwerk.core.errors import DomainError
from tandemwerk.people.requests import SignedIn
from tandemwerk.tandems.enums import CheckInAnswer
from tandemwerk.tandems.forms import CheckInForm, PauseForm
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.room_page import tabs_for
from tandemwerk.tandems.selectors.coordination import readers_of
from tandemwerk.tandems.selectors.names import names_of
from tandemwerk.tandems.selectors.page import sides
from tandemwerk.tandems.selectors.signals import RUNNING, local_day, signals_of
from tandemwerk.tandems.selectors.visible import tandems_visible_to
from tandemwerk.tandems.services.again import proposal_wish
from tandemwerk.tandems.services.check_ins import check_in_answer
from tandemwerk.tandems.services.pausing import tandem_pause as pause
from tandemwerk.tandems.services.pausing import tandem_resume as resume


def tandem_signals(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """Questions of the programme, help, pause, ways out."""
    tandem = get_object_or_404(tandems_visible_to(request.user), pk=tandem_pk)
    return render(request, "tandems/signals.html", signals_context(request, tandem, PauseForm()))


def signals_context(request: SignedIn, tandem: Tandem, form: PauseForm) -> dict[str, Any]:
    """Template variables of the page with everything."""
    me, others = sides(tandem, request.user)
    return {
        **shared_context(tandem, request),
        "signals": signals_of(tandem, me, timezone.now()),
        "others": others,
        "is_group": len(others) > 1,
        "answers": CheckInAnswer.choices,
        "form": form,
    }


def shared_context(tandem: Tandem, request: SignedIn) -> dict[str, Any]:
    """What all pages around signals need: the names, the tabs, who of the coordination reads."""
    return {
        "tandem": tandem,
        "names": names_of(tandem, request.user),
        "readers": readers_of(tandem),
        "tabs": tabs_for(tandem, "signals") if tandem.state in RUNNING else [],
    }


def tandem_check_in(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """The answer in one tap; the page shows it, and who sees it."""
    tandem = get_object_or_404(tandems_visible_to(request.user), pk=tandem_pk)
    form = CheckInForm(request.POST)
    if form.is_valid():
        answer = CheckInAnswer(form.cleaned_data["answer"])
        key = form.cleaned_data["key"]
        check_in_answer(tandem=tandem, by=request.user, key=key, answer=answer, now=timezone.now())
        messages.success(request, _("Thank you, your answer is noted."))
    return redirect("tandems:tandem_signals", tandem_pk=tandem.pk)


def tandem_pause(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """A pause in one tap, or until a day; a fault is said at the field."""
    tandem = get_object_or_404(tandems_visible_to(request.user), pk=tandem_pk)
    form, now = PauseForm(request.POST), timezone.now()
    if form.is_valid():
        try:
            until = form.until_on(local_day(request.user, now))
            pause(tandem=tandem, by=request.user, until=until, now=now)
        except DomainError as error:
            form.add_error("until", str(error))
        else:
            day = date_format(until, "DATE_FORMAT")
            messages.success(request, _("You pause. On %(day)s you go on.") % {"day": day})
            return redirect("tandems:tandem_signals", tandem_pk=tandem.pk)
    context = signals_context(request, tandem, form)
    return render(request, "tandems/signals.html", context, status=422)


def tandem_resume(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """The pause ends today."""
    tandem = get_object_or_404(tandems_visible_to(request.user), pk=tandem_pk)
    resume(tandem=tandem, by=request.user, now=timezone.now())
    messages.success(request, _("The pause is over. Good that you go on."))
    return redirect("tandems:tandem_signals", tandem_pk=tandem.pk)


def tandem_again(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """After an end: a new proposal, or not for now."""
    tandem = get_object_or_404(tandems_visible_to(request.user), pk=tandem_pk)
    is_wanted = request.POST.get("wanted") != "no"
    proposal_wish(tandem=tandem, by=request.user, is_wanted=is_wanted, now=timezone.now())
    text = _("You are part of the next matching. We write to you.")
    messages.success(request, text if is_wanted else _("Noted. Come back whenever you like."))
    return redirect("tandems:tandem_detail", tandem_pk=tandem.pk)
