"""The two people's own pages: all their tandems, and each one as far as it has come."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from tandemwerk.people.models import User
from tandemwerk.programmes.enums import Role
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.forms import MeetingForm
from tandemwerk.tandems.guidance import STARTERS, TIPS
from tandemwerk.tandems.journey import Side
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.selectors.mine import tandems_mine
from tandemwerk.tandems.selectors.page import local_today, tandem_page, tandems_with_profiles
from tandemwerk.tandems.views.steps import journey_steps
from tandemwerk.tandems.views.typing import SignedIn

PAGES = {
    TandemState.PROPOSED: "tandems/proposed.html",
    TandemState.CHEMISTRY: "tandems/chemistry.html",
    TandemState.ACTIVE: "tandems/active.html",
    TandemState.CLOSING: "tandems/active.html",
}


def tandem_list(request: SignedIn) -> HttpResponse:
    """Everything the person is part of: what is open first, what has ended last."""
    mine = tandems_mine(request.user, timezone.now())
    return render(request, "tandems/list.html", {"mine": mine})


def tandem_detail(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """One page per state, for the two people only."""
    tandem = get_object_or_404(tandems_with_profiles(request.user), pk=tandem_pk)
    today = local_today(request.user, timezone.now())
    return detail_page(request, tandem, MeetingForm(initial={"met_on": today}))


def detail_page(
    request: SignedIn, tandem: Tandem, form: MeetingForm, status: int = 200
) -> HttpResponse:
    """The page of the present state; also shown again when the meeting's form has a fault."""
    user: User = request.user
    page = tandem_page(tandem, user, timezone.now())
    template = PAGES.get(TandemState(tandem.state), "tandems/ended.html")
    context = {
        "page": page,
        "form": form,
        "tips": TIPS,
        "starters": STARTERS[Role(page.me.role)],
        "steps": journey_steps(page.way),
        "next_due": page.way.next_due(Side(page.me.role)),
    }
    return render(request, template, context, status=status)
