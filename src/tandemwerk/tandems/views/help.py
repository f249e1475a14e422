"""Asking for help with chosen words: tick or write, read exactly what is sent, send."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import SignedIn, sent
from tandemwerk.tandems.errors import TooManyHelpRequests
from tandemwerk.tandems.forms import HelpForm
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.selectors.visible import tandems_visible_to
from tandemwerk.tandems.services.help import help_ask
from tandemwerk.tandems.views.signals import shared_context


def tandem_help(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """First the words, then the preview, then it is sent; at any time, in every state."""
    tandem = get_object_or_404(tandems_visible_to(request.user), pk=tandem_pk)
    form = HelpForm(sent(request))
    is_fine = form.is_valid()
    if is_fine and request.POST.get("step") == "send":
        if _asked(request, tandem, form):
            messages.success(request, _("Sent. The coordination takes care of it."))
            return redirect("tandems:tandem_signals", tandem_pk=tandem.pk)
        return render(request, "tandems/help.html", _context(request, tandem, form), status=429)
    is_preview = is_fine and request.POST.get("step") != "change"
    context = _context(request, tandem, form)
    if is_preview:
        context["preview"] = form.preview()
    status = 422 if form.is_bound and not is_fine else 200
    return render(request, "tandems/help.html", context, status=status)


def _context(request: SignedIn, tandem: Tandem, form: HelpForm) -> dict[str, Any]:
    return {**shared_context(tandem, request), "form": form}


def _asked(request: SignedIn, tandem: Tandem, form: HelpForm) -> bool:
    """False: too often. Said on the same page, with the words and where else to turn."""
    try:
        help_ask(tandem=tandem, by=request.user, now=timezone.now(), **form.act())
    except TooManyHelpRequests as error:
        form.add_error(None, str(error))
        return False
    return True
