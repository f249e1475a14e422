"""Whom the person has blocked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tandemwerk.people.requests import person
from tandemwerk.people.selectors.blocks import blocks_of
from tandemwerk.people.services.blocks import block_lift


def block_list(request: HttpRequest) -> HttpResponse:
    """People the person has blocked. One query."""
    return render(request, "people/blocks.html", {"blocks": blocks_of(person(request))})


def block_end(request: HttpRequest, block_pk: int) -> HttpResponse:
    """Lift one of the own blocks. Two queries."""
    block_lift(block=get_object_or_404(blocks_of(person(request)), pk=block_pk))
    messages.success(request, _("No longer blocked."))
    return redirect("people:blocks")
