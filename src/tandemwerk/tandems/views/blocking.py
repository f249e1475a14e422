"""Blocking somebody from a tandem's page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import SignedIn, sent
from tandemwerk.tandems.forms import PersonForm
from tandemwerk.tandems.selectors.page import sides
from tandemwerk.tandems.selectors.visible import tandems_visible_to
from tandemwerk.tandems.services.blocking import tandem_block as block
from tandemwerk.tandems.views.signals import shared_context


def tandem_block(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """A calm page that says what a block does; one button for each person it may be about."""
    tandem = get_object_or_404(tandems_visible_to(request.user), pk=tandem_pk)
    people = {m.pk: m.user for m in sides(tandem, request.user)[1] if m.pk is not None}
    choices = [(pk, person.name) for pk, person in people.items()]
    form = PersonForm(sent(request), label=_("Whom?"), people=choices)
    if form.is_valid():
        whom = people[form.cleaned_data["person"]]
        block(tandem=tandem, by=request.user, whom=whom, now=timezone.now())
        messages.success(request, _("Blocked. They are not told."))
        return redirect("people:blocks")
    context = {**shared_context(tandem, request), "form": form, "people": choices}
    return render(request, "tandems/block.html", context, status=422 if form.is_bound else 200)
