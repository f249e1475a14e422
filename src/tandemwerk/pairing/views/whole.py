"""The run as a whole: what other objectives would give, its proof, why not, and how fair it is."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tandemwerk.pairing.forms import WhyNotForm
from tandemwerk.pairing.selectors.board import BoardRead, board_glance, board_read
from tandemwerk.pairing.selectors.check import run_check as check
from tandemwerk.pairing.selectors.fairness import fairness_data, fairness_read, fairness_rows
from tandemwerk.pairing.selectors.proof import checked_words
from tandemwerk.pairing.selectors.trade_off import trade_off_read
from tandemwerk.pairing.selectors.why_not import asking, why_not_read
from tandemwerk.pairing.services.runs import match_run_cancel, match_run_restart
from tandemwerk.pairing.views.shared import (
    board_or_404,
    board_shape,
    is_fragment,
    line_or_404,
    person,
    run_or_404,
    urls_of,
)
from tandemwerk.programmes.services.export import csv_bytes

WHY_NOT_ANSWER = "ui/board/why_not_answer.html"
WHY_NOT_FOUND = "ui/board/why_not_found.html"


def run_trade_off(request: HttpRequest, run_pk: int) -> HttpResponse:
    """The picture of all objectives; asked again and again until it is complete."""
    run = board_or_404(request, run_pk)
    if not is_fragment(request):
        return redirect("pairing:run_board", run_pk=run.pk)
    context = {"trade_off": trade_off_read(run), "urls": urls_of(run)}
    return render(request, "ui/board/trade_off.html", context)


def run_check(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Verify the stored pairs with the independent function, and say what it found."""
    run = board_or_404(request, run_pk)
    checked = checked_words(check(run))
    if is_fragment(request):
        return render(request, "ui/board/checked.html", {"checked": checked})
    board = board_shape(request, board_read(run), checked=checked)
    return render(request, "pairing/board.html", {"board": board, "run": run})


def run_why_not(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Mentors to ask about, or the answer for one of them; a fragment, or the board with it."""
    board = board_glance if is_fragment(request) else board_read
    read = board(board_or_404(request, run_pk))
    form = WhyNotForm(request.GET)
    if not form.is_valid():
        raise Http404
    data = form.cleaned_data
    line = line_or_404(read, data["mentee"])
    answer = why_not_read(read, line, _mentor(read, pk)) if (pk := data["mentor"]) else None
    asked = asking(read, line, q=data["q"], answer=answer)
    if is_fragment(request):
        parts = {"asking": asked, "answer": answer, "urls": urls_of(read.run)}
        return render(request, WHY_NOT_ANSWER if answer else WHY_NOT_FOUND, parts)
    whole = board_shape(request, read, chosen=line, asking=asked)
    return render(request, "pairing/board.html", {"board": whole, "run": read.run})


def _mentor(read: BoardRead, pk: int) -> int:
    if pk not in read.plans.columns or pk not in read.loaded.mentors:
        raise Http404
    return pk


def run_fairness(request: HttpRequest, run_pk: int) -> HttpResponse:
    """How the run treats people: a page to read and to print."""
    read = board_read(board_or_404(request, run_pk))
    context = {"run": read.run, "fairness": fairness_read(read), "urls": urls_of(read.run)}
    return render(request, "pairing/fairness.html", context)


def run_fairness_csv(request: HttpRequest, run_pk: int) -> HttpResponse:
    """The figures of the report for a spreadsheet, without names."""
    read = board_read(board_or_404(request, run_pk))
    rows = [["part", "what", "value"], *fairness_rows(read)]
    name = f'attachment; filename="fairness-{run_pk}.csv"'
    return HttpResponse(
        csv_bytes(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": name},
    )


def run_fairness_json(request: HttpRequest, run_pk: int) -> HttpResponse:
    """The figures of the report for a program, without names."""
    read = board_read(board_or_404(request, run_pk))
    name = f'attachment; filename="fairness-{run_pk}.json"'
    return JsonResponse(fairness_data(read), headers={"Content-Disposition": name})


def run_cancel(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Stop a run that is on its way."""
    run = run_or_404(request, run_pk)
    match_run_cancel(run=run, by=person(request), now=timezone.now())
    return redirect("pairing:run_board", run_pk=run.pk)


def run_restart(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Start a stopped run again."""
    run = run_or_404(request, run_pk)
    match_run_restart(run=run, by=person(request), now=timezone.now())
    return redirect("pairing:run_board", run_pk=run.pk)
