"""Runs of a cohort: start, list, compare, ask before publishing, put aside."""

from typing import TypedDict

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tandemwerk.pairing.enums import Objective, RunState
from tandemwerk.pairing.forms import StartForm
from tandemwerk.pairing.models import MatchRun
from tandemwerk.pairing.objectives import choices, floor_choices
from tandemwerk.pairing.selectors.board import board_read, left_out
from tandemwerk.pairing.selectors.board_page import dispatch_of
from tandemwerk.pairing.selectors.criteria import criteria_summary
from tandemwerk.pairing.selectors.pool import Readiness, readiness
from tandemwerk.pairing.selectors.runs import comparison, ready_runs, runs_comparable, runs_of
from tandemwerk.pairing.services.runs import (
    match_run_create,
    match_run_discard,
    match_run_restore,
)
from tandemwerk.pairing.views.shared import board_or_404, person, run_or_404
from tandemwerk.programmes.models import Cohort
from tandemwerk.programmes.selectors.visible import cohorts_run_by
from tandemwerk.ui import toasts

RUNS_A_PAGE, CHANGES_A_PAGE = 20, 100


def run_list(request: HttpRequest, cohort_pk: int) -> HttpResponse:
    """What to check before matching, the runs so far, and the start of a new one."""
    cohort = get_object_or_404(cohorts_run_by(person(request)), pk=cohort_pk)
    if request.method == "POST":
        run = match_run_create(
            cohort=cohort, by=person(request), now=timezone.now(), **_wanted(request)
        )
        return redirect("pairing:run_board", run_pk=run.pk)
    page = Paginator(runs_of(cohort), RUNS_A_PAGE).get_page(request.GET.get("page"))
    context = {**check(cohort), "page": page, "keepable": ready_runs(cohort).first()}
    return render(request, "pairing/run_list.html", context)


def check(cohort: Cohort) -> dict[str, object]:
    """What the page says before matching: who is ready, what counts, what can be aimed at."""
    ready = readiness(cohort)
    return {
        "cohort": cohort,
        "ready": ready,
        "objectives": choices(),
        "floors": floor_choices(),
        "incomplete": left_out(cohort),
        "criteria": criteria_summary(cohort.programme.criteria),
        **notes(ready),
    }


def notes(ready: Readiness) -> dict[str, str]:
    """What the numbers of the check mean."""
    missing = ngettext(
        "%(n)d mentee will stay without a mentor",
        "%(n)d mentees will stay without a mentor",
        ready.seats_missing,
    )
    return {
        "seats_note": missing % {"n": ready.seats_missing}
        if ready.seats_missing
        else _("with a complete profile"),
        "incomplete_note": _("left out until they are complete") if ready.incomplete else "",
    }


def run_rerun(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Calculate the cohort again, also for another objective; rules made by hand stay."""
    run = run_or_404(request, run_pk)
    again = match_run_create(
        cohort=run.cohort,
        by=person(request),
        now=timezone.now(),
        seed=run.seed,
        based_on=run,
        **_wanted(request, run),
    )
    return redirect("pairing:run_board", run_pk=again.pk)


class _Wanted(TypedDict):
    objective: str
    floor: float | None
    keeps_pairs: bool


def _wanted(request: HttpRequest, usual: MatchRun | None = None) -> _Wanted:
    """What the form asks for, else what the run it continues had. Forged forms are not found."""
    form = StartForm(request.POST)
    if not form.is_valid():
        raise Http404
    data, floor = form.cleaned_data, usual.floor if usual else None
    return {
        "objective": data["objective"] or (usual.objective if usual else Objective.TOTAL),
        "floor": data["floor"] if "floor" in request.POST else floor,
        "keeps_pairs": data["keep"],
    }


def run_compare(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Two runs side by side; without a choice the one it is based on, or the one before."""
    run = board_or_404(request, run_pk)
    others = runs_comparable(run)
    asked = request.GET.get("with", str(run.based_on_id or ""))
    other = next((o for o in others if str(o.pk) == asked), others[0] if others else None)
    context = {"run": run, "others": others, "other": other}
    if other is not None:
        found = comparison(other, run)
        page = Paginator(found.changed, CHANGES_A_PAGE).get_page(request.GET.get("page"))
        context |= {"found": found, "page": page}
    return render(request, "pairing/compare.html", context)


def run_confirm(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Ask once before publishing: it sends mails and can't be undone."""
    run = board_or_404(request, run_pk)
    if run.state != RunState.READY:
        return redirect("pairing:run_board", run_pk=run.pk)
    read = board_read(run)
    context = {
        "run": run,
        "summary": read.summary(),
        "dispatch": dispatch_of(read),
        "publish_url": reverse("tandems:run_publish", kwargs={"run_pk": run.pk}),
    }
    return render(request, "pairing/confirm.html", context)


def run_discard(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Put a run aside, with a way back."""
    run = run_or_404(request, run_pk)
    match_run_discard(run=run, by=person(request), now=timezone.now())
    back = reverse("pairing:run_restore", kwargs={"run_pk": run.pk})
    toasts.undo(request, _("Run %(number)s is put aside.") % {"number": run.number}, back)
    return redirect("pairing:run_list", cohort_pk=run.cohort_id)


def run_restore(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Bring back a run that was put aside."""
    run = run_or_404(request, run_pk)
    match_run_restore(run=run, by=person(request), now=timezone.now())
    return redirect("pairing:run_board", run_pk=run.pk)
