"""The two people's own pages: all their tandems, and each one as far as it has come."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from tandemwerk.people.requests import SignedIn
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.selectors.materials import MaterialShown, materials_in_phase
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.forms import MeetingForm
from tandemwerk.tandems.guidance import guidance
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.room_page import ahead_for, sections_for, tabs_for
from tandemwerk.tandems.selectors.mine import tandems_mine
from tandemwerk.tandems.selectors.page import (
    TandemPage,
    local_today,
    plan_moved_on,
    tandem_page,
    tandems_with_profiles,
)
from tandemwerk.tandems.selectors.visible import has_room
from tandemwerk.tandems.services.reasons import reason_note
from tandemwerk.tandems.views.steps import journey_steps

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
    page = tandem_page(tandem, request.user, timezone.now())
    template = PAGES.get(TandemState(tandem.state), "tandems/ended.html")
    context = {"page": page, "form": form, **_words(page), **_room(request, page)}
    return render(request, template, context, status=status)


def _words(page: TandemPage) -> dict[str, Any]:
    """What helps on the way: tips, steps, the own note."""
    return {
        **guidance(Role(page.me.role)),
        "steps": journey_steps(page.way, page.tandem.chemistry_met_on),
        "note": reason_note(page.me),
    }


def _room(request: SignedIn, page: TandemPage) -> dict[str, Any]:
    """The way into the room: of a running tandem with its boxes, of an ended one to read only.

    Queries: those of the apps above, and one for what there is to read.
    """
    tandem = page.tandem
    if not has_room(tandem, timezone.now()):
        return {}
    tabs = tabs_for(tandem, "way")
    if tandem.state not in {TandemState.ACTIVE, TandemState.CLOSING}:
        return {"tabs": tabs}
    return {
        "tabs": tabs,
        "sections": sections_for(request, tandem),
        "ahead": ahead_for(request, page),
        "moved_on": plan_moved_on(page),
        "materials": _materials(page),
    }


def _materials(page: TandemPage) -> list[MaterialShown]:
    """What the programme offers the reader in the present phase. One query."""
    phase = page.way.current
    programme = page.tandem.cohort.programme
    return materials_in_phase(programme, page.me.role, phase.key if phase else None)
