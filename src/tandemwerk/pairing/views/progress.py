"""A run on its way to the board."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tandemwerk.pairing.enums import RunState
from tandemwerk.pairing.models import MatchRun
from tandemwerk.pairing.views.shared import ON_BOARD, is_fragment, run_or_404
from tandemwerk.pairing.words import failure_text

WAITING = [RunState.QUEUED, RunState.RUNNING]


def run_waiting(request: HttpRequest, run: MatchRun) -> HttpResponse:
    """Progress of a run, or why it failed; a fragment for the page that asks again and again."""
    context = {
        "run": run,
        "is_waiting": run.state in WAITING,
        "failure": failure_text(run.error_code) if run.state == RunState.FAILED else "",
    }
    part = "#progress" if is_fragment(request) else ""
    return render(request, f"pairing/run_waiting.html{part}", context)


def run_progress(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Asked every second by the waiting page; sends it to the board when that is ready."""
    run = run_or_404(request, run_pk)
    if run.state not in ON_BOARD or run.progress < 100:
        return run_waiting(request, run)
    board = reverse("pairing:run_board", kwargs={"run_pk": run.pk})
    return HttpResponse(headers={"HX-Redirect": board})
