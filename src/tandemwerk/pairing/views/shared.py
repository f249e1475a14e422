"""What the views of a run have in common."""

from collections.abc import Mapping
from typing import TypedDict, Unpack

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from tandemwerk.pairing.enums import RunState
from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.pairing.selectors.board import BoardRead, board_read
from tandemwerk.pairing.selectors.board_page import board_page, board_touched
from tandemwerk.pairing.selectors.visible import boards_run_by, runs_run_by
from tandemwerk.people.models import User
from tandemwerk.ui import board as shapes
from tandemwerk.ui.board_whole import Asking, Checked

ON_BOARD = [RunState.READY, RunState.PUBLISHED, RunState.DISCARDED]
PAGE_DIGITS = 7
ASKED = ("q", "level", "flag", "sort")
BOARD_URLS = {
    "page": "run_board",
    "preview": "run_preview",
    "act": "run_act",
    "move": "run_move",
    "undo": "run_undo",
    "redo": "run_redo",
    "rerun": "run_rerun",
    "compare": "run_compare",
    "publish": "run_confirm",
    "trade_off": "run_trade_off",
    "check": "run_check",
    "why_not": "run_why_not",
    "fairness": "run_fairness",
}


def person(request: HttpRequest) -> User:
    """The signed-in person; declared access let nobody else through."""
    if isinstance(request.user, AnonymousUser):
        raise Http404
    return request.user


def run_or_404(request: HttpRequest, run_pk: int) -> MatchRun:
    return get_object_or_404(runs_run_by(person(request)), pk=run_pk)


def board_or_404(request: HttpRequest, run_pk: int) -> MatchRun:
    """A calculated run with its matrices."""
    boards = boards_run_by(person(request)).filter(state__in=ON_BOARD, progress=100)
    return get_object_or_404(boards, pk=run_pk)


def line_or_404(read: BoardRead, pk: int | str | None) -> Suggestion:
    """The line with this suggestion's number on this board."""
    line = read.by_suggestion.get(int(pk)) if str(pk or "").isdecimal() and pk else None
    if line is None:
        raise Http404
    return line


def is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def urls_of(run: MatchRun) -> shapes.Urls:
    own = {
        part: reverse(f"pairing:{name}", kwargs={"run_pk": run.pk})
        for part, name in BOARD_URLS.items()
    }
    return shapes.Urls(**own, runs=reverse("pairing:run_list", kwargs={"cohort_pk": run.cohort_id}))


class Shown(TypedDict, total=False):
    """What stands beside the list: the chosen line, a move tried out, a check, a question."""

    chosen: Suggestion | None
    preview: shapes.Preview | None
    checked: Checked | None
    asking: Asking | None


def board_shape(request: HttpRequest, read: BoardRead, **shown: Unpack[Shown]) -> shapes.Board:
    """The board with the list as the address asks for it."""
    wanted = {name: request.GET.get(name, "") for name in ASKED}
    number = _page_number(request.GET.get("page", ""))
    return board_page(read, urls=urls_of(read.run), asked=wanted, number=number, **shown)


def _page_number(text: str) -> int:
    return max(1, int(text)) if text.isdecimal() and len(text) < PAGE_DIGITS else 1


def changed(
    request: HttpRequest, run_pk: int, chosen_pk: int | None, touched: Mapping[int, int | None]
) -> HttpResponse:
    """Answer to a write: the touched pieces for htmx, the board's page for everybody else.

    `touched`: mentees (participations) whose lines changed, with the mentor they had before.
    """
    if not is_fragment(request):
        return _to_board(run_pk, chosen_pk)
    read = board_read(board_or_404(request, run_pk))
    chosen = read.by_suggestion.get(chosen_pk) if chosen_pk else None
    pieces = board_touched(read, board_shape(request, read, chosen=chosen), touched)
    # A toast's "Undo" swaps nothing itself, so the detail must come out of band too.
    is_elsewhere = request.headers.get("HX-Target") != "board-detail"
    context = {"board": pieces.board, "pieces": pieces, "detail_oob": is_elsewhere}
    return render(request, "ui/board/changed.html", context)


def _to_board(run_pk: int, chosen_pk: int | None) -> HttpResponse:
    url = reverse("pairing:run_board", kwargs={"run_pk": run_pk})
    return redirect(f"{url}?pair={chosen_pk}" if chosen_pk else url)
