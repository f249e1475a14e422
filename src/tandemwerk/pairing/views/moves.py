"""Changes on the board: thin doors to the guarded services."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from tandemwerk.pairing.enums import MoveKind
from tandemwerk.pairing.forms import ActForm, MoveForm, StepForm
from tandemwerk.pairing.models import BoardMove, MatchRun
from tandemwerk.pairing.selectors.board import BoardRead, board_read
from tandemwerk.pairing.services.moves import Order, board_move, board_redo, board_undo
from tandemwerk.pairing.services.preview import order_read
from tandemwerk.pairing.views.shared import board_or_404, changed, line_or_404, person
from tandemwerk.ui import toasts

# A rule alone changes no line; this is no participation, so the row is not taken for a new one.
NOBODY = 0


def run_act(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Keep a pair, let it go, or allow one again."""
    sent = _sent(ActForm(request.POST))
    read = board_read(board_or_404(request, run_pk))
    line = line_or_404(read, sent["pair"])
    order = Order(MoveKind(sent["act"]), line.mentee_id, sent["version"], mentor=sent["mentor"])
    return _do(request, read, order, line.pk)


def run_move(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Do what a preview showed: swap, move, separate, or rule out."""
    sent = _sent(MoveForm(request.POST))
    read = board_read(board_or_404(request, run_pk))
    line = line_or_404(read, sent["mentee"])
    order = order_read(read, line, sent["to"], version=sent["version"])
    return _do(request, read, order, line.pk)


def run_undo(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Take back the latest change."""
    run = board_or_404(request, run_pk)
    sent = _step(request)
    move = board_undo(run=run, version=sent["version"], by=person(request), now=timezone.now())
    return _answer(request, run, move, sent["pair"])


def run_redo(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Do again what was taken back last."""
    run = board_or_404(request, run_pk)
    sent = _step(request)
    move = board_redo(run=run, version=sent["version"], by=person(request), now=timezone.now())
    return _answer(request, run, move, sent["pair"])


def _do(request: HttpRequest, read: BoardRead, order: Order, chosen: int) -> HttpResponse:
    run = read.run
    move = board_move(run=run, order=order, by=person(request), now=timezone.now())
    undo = reverse("pairing:run_undo", kwargs={"run_pk": run.pk})
    toasts.undo(request, f"{read.move_text(move)}.", f"{undo}?version={run.version}&pair={chosen}")
    return _answer(request, run, move, chosen)


def _answer(
    request: HttpRequest, run: MatchRun, move: BoardMove, chosen: int | None
) -> HttpResponse:
    """The pieces a change touched; an undone one goes from `after` to `before`."""
    left = move.after if move.undone_at else move.before
    touched = {rule["mentee"]: NOBODY for rule in left["rules"]}
    touched |= {line["mentee"]: line["mentor_id"] for line in left["lines"]}
    return changed(request, run.pk, chosen, touched)


def _sent(form: forms.Form) -> dict[str, Any]:
    """Only a forged or broken form gets here with nonsense, and nonsense is not found."""
    if not form.is_valid():
        raise Http404
    return form.cleaned_data


def _step(request: HttpRequest) -> dict[str, Any]:
    """From the form, or from the address that a toast's way back carries."""
    return _sent(StepForm(request.POST if "version" in request.POST else request.GET))
