"""Asking for help with chosen words: tick or write, read exactly what is sent, send."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import SignedIn, sent
from tandemwerk.tandems.forms import HelpForm
from tandemwerk.tandems.selectors.visible import tandems_visible_to
from tandemwerk.tandems.services.help import help_ask
from tandemwerk.tandems.views.signals import shared_context


def tandem_help(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """First the words, then the preview, then it is sent; at any time, in every state."""
    tandem = get_object_or_404(tandems_visible_to(request.user), pk=tandem_pk)
    form = HelpForm(sent(request))
    is_fine = form.is_valid()
    if is_fine and request.POST.get("step") == "send":
        help_ask(tandem=tandem, by=request.user, now=timezone.now(), **form.act())
        messages.success(request, _("Sent. The coordination takes care of it."))
        return redirect("tandems:tandem_signals", tandem_pk=tandem.pk)
    is_preview = is_fine and request.POST.get("step") != "change"
    context = {**shared_context(tandem, request), "form": form}
    if is_preview:
        context["preview"] = form.preview()
    status = 422 if form.is_bound and not is_fine else 200
    return render(request, "tandems/help.html", context, status=status)
