"""The journey for coordinators: how it looks to a tandem, and moving running ones to a version."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from tandemwerk.people.requests import SignedIn
from tandemwerk.programmes.selectors.journey import journey_content
from tandemwerk.programmes.selectors.visible import cohorts_run_by, programmes_run_by
from tandemwerk.tandems.forms import MoveForm, PreviewForm
from tandemwerk.tandems.selectors.journey import move_preview, sample_way
from tandemwerk.tandems.selectors.page import local_today
from tandemwerk.tandems.services.journey import journey_move
from tandemwerk.tandems.views.steps import journey_steps


def journey_preview(request: SignedIn, programme_pk: int) -> HttpResponse:
    """The draft or a version on a sample calendar, as mentee or as mentor."""
    programme = get_object_or_404(programmes_run_by(request.user), pk=programme_pk)
    wanted = request.GET.get("version", "")
    journey = journey_content(programme, wanted)
    form = PreviewForm(request.GET)
    start = local_today(request.user, timezone.now())
    sample = sample_way(journey, form.as_side, start, form.at_week)
    context = {
        "programme": programme,
        "sample": sample,
        "steps": journey_steps(sample.way, None),
        "version": wanted,
        "form": form,
    }
    return render(request, "tandems/journey_preview.html", context)


def journey_move_tandems(request: SignedIn, cohort_pk: int) -> HttpResponse:
    """How many running tandems would follow the newest version and what changes; then do it."""
    cohort = get_object_or_404(cohorts_run_by(request.user), pk=cohort_pk)
    form = MoveForm(request.POST)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        count = journey_move(cohort=cohort, number=number, by=request.user, now=timezone.now())
        text = ngettext(
            "%(count)d tandem follows the newest version now.",
            "%(count)d tandems follow the newest version now.",
            count,
        )
        messages.success(request, text % {"count": count})
        return redirect("tandems:cohort_journey", cohort_pk=cohort.pk)
    context = {"cohort": cohort, "preview": move_preview(cohort)}
    return render(request, "tandems/journey_move.html", context)
