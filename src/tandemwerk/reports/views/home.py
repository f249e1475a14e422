"""The first page: what needs me now, or, before login, what this is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tandemwerk.reports.priorities import Facts, actions
from tandemwerk.reports.selectors.facts import facts_of
from tandemwerk.reports.wording import card


def home(request: HttpRequest) -> HttpResponse:
    """Action cards by urgency for everybody with an account; the landing page for guests."""
    if not request.user.is_authenticated:
        return render(request, "reports/landing.html", landing())
    facts = facts_of(request.user, timezone.now())
    cards = [card(action) for action in actions(facts)]
    context = {
        "urgent": [entry for entry in cards if not entry.action.is_calm],
        "calm": [entry for entry in cards if entry.action.is_calm],
        "prepared": [entry for entry in facts.preparations if not entry.left],
        "is_stranger": is_stranger(facts),
        "runs_something": bool(facts.programmes or facts.owns),
        "may_found": facts.is_operator and not (facts.programmes or facts.owns),
    }
    return render(request, "reports/home.html", context)


def landing() -> dict[str, Any]:
    """What the landing page shows; its example of a proposal is made up."""
    return {
        "open_signup": settings.OPEN_SIGNUP,
        "example_reasons": [
            _("Offers your first topic, “Leading for the first time”"),
            _("You are both free on Tuesday and Thursday afternoon"),
            _("Eleven years further, in a neighbouring field"),
        ],
        "example_differences": [_("Works in Hamburg, so you would meet online")],
    }


def is_stranger(facts: Facts) -> bool:
    """Nobody has invited this person to anything yet."""
    has_role = facts.programmes or facts.owns or facts.is_operator
    return not (has_role or facts.tandems or facts.places)
