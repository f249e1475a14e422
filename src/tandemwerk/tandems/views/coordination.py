"""What coordinators do and see: publish a run, follow states and dates. Never a room's content."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from tandemwerk.pairing.selectors.visible import runs_run_by
from tandemwerk.people.requests import SignedIn
from tandemwerk.programmes.selectors.visible import cohorts_run_by
from tandemwerk.tandems.forms import PublishForm
from tandemwerk.tandems.selectors.asking import cohort_asking
from tandemwerk.tandems.selectors.cohort import cohort_overview
from tandemwerk.tandems.services.publish import run_publish as publish


def cohort_tandems(request: SignedIn, cohort_pk: int) -> HttpResponse:
    """Who asks for something; then the tandems with state and dates, a group at a time."""
    cohort = get_object_or_404(cohorts_run_by(request.user), pk=cohort_pk)
    now = timezone.now()
    overview = cohort_overview(
        cohort, request.GET.get("group", ""), request.GET.get("page", "1"), now
    )
    asking = cohort_asking(cohort, request.user, now)
    context = {"cohort": cohort, "overview": overview, "asking": asking}
    return render(request, "tandems/cohort.html", context)


def run_publish(request: SignedIn, run_pk: int) -> HttpResponse:
    """Send the run's pairs out as proposals; the form carries the version of the board."""
    run = get_object_or_404(runs_run_by(request.user), pk=run_pk)
    form = PublishForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else None
    count = publish(run=run, by=request.user, now=timezone.now(), version=version)
    text = ngettext(
        "%(count)d proposal is on its way to both people.",
        "%(count)d proposals are on their way to both people.",
        count,
    )
    messages.success(request, text % {"count": count})
    return redirect("tandems:cohort_tandems", cohort_pk=run.cohort_id)
