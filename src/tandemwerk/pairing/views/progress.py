"""A run on its way to the board."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.pairing.enums import RunStage, RunState
from tandemwerk.pairing.models import MatchRun
from tandemwerk.pairing.views.shared import ON_BOARD, is_fragment, run_or_404
from tandemwerk.pairing.words import failure_text

# Between two questions of the waiting page, in milliseconds.
ASK_SOON, ASK_LATER, SOON = 250, 1500, timedelta(seconds=20)
WAITING = [RunState.QUEUED, RunState.RUNNING]


def run_waiting(request: HttpRequest, run: MatchRun) -> HttpResponse:
    """Progress of a run, or why it ended; a fragment for the page that asks again and again."""
    context = {
        "run": run,
        "is_waiting": run.state in WAITING,
        "failure": failure_text(run.error_code) if run.state == RunState.FAILED else "",
        "steps": stages(run),
        "label": run.get_stage_display() or _("The run is about to begin"),
        "ask_every": ask_every(run, timezone.now()),
    }
    part = "#progress" if is_fragment(request) else ""
    return render(request, f"pairing/run_waiting.html{part}", context)


def stages(run: MatchRun) -> list[dict[str, object]]:
    """The stages of a run for a timeline: done, now, next."""
    at = RunStage.values.index(run.stage) if run.stage else -1
    states = ["done" if n < at else "now" if n == at else "next" for n in range(len(RunStage))]
    return [
        {"label": stage.label, "when": "", "state": state}
        for stage, state in zip(RunStage, states, strict=True)
    ]


def ask_every(run: MatchRun, now: datetime) -> int:
    """Milliseconds until the page asks again: at once for a short run, calmly for a long one."""
    return ASK_SOON if now - (run.started_at or now) < SOON else ASK_LATER


def run_progress(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Asked again and again by the waiting page; sends it to the board when that is ready."""
    run = run_or_404(request, run_pk)
    if run.state not in ON_BOARD or run.progress < 100:
        return run_waiting(request, run)
    board = reverse("pairing:run_board", kwargs={"run_pk": run.pk})
    return HttpResponse(headers={"HX-Redirect": board})
