"""The matching board: looking, and trying out what a change would do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from tandemwerk.pairing.models import Suggestion
from tandemwerk.pairing.selectors.board import BoardRead, board_read
from tandemwerk.pairing.selectors.detail import detail
from tandemwerk.pairing.selectors.why_not import asking
from tandemwerk.pairing.services.preview import preview_make
from tandemwerk.pairing.views.progress import run_waiting
from tandemwerk.pairing.views.shared import (
    ON_BOARD,
    board_or_404,
    board_shape,
    is_fragment,
    line_or_404,
    run_or_404,
    urls_of,
)

FRAGMENTS = {"board-list": "ui/board/list.html", "board-more": "ui/board/rows.html"}


def run_board(request: HttpRequest, run_pk: int) -> HttpResponse:
    """The board of a calculated run; of a waiting one its progress. Fragments: list, detail."""
    run = run_or_404(request, run_pk)
    if run.state not in ON_BOARD or run.progress < 100:
        return run_waiting(request, run)
    read = board_read(board_or_404(request, run_pk))
    pair = request.GET.get("pair")
    chosen = line_or_404(read, pair) if pair else None
    target = request.headers.get("HX-Target", "") if is_fragment(request) else ""
    if target == "board-detail" and chosen:
        return _detail(request, read, chosen)
    board = board_shape(request, read, chosen=chosen)
    template = FRAGMENTS.get(target, "pairing/board.html")
    return render(request, template, {"board": board, "run": run})


def _detail(request: HttpRequest, read: BoardRead, chosen: Suggestion) -> HttpResponse:
    """One pair beside the list; the whole page if the list there is older than the board."""
    run = read.run
    if request.GET.get("version", str(run.version)) != str(run.version):
        messages.info(request, _("The board was changed elsewhere. This is how it stands now."))
        page = reverse("pairing:run_board", kwargs={"run_pk": run.pk})
        return HttpResponseClientRedirect(f"{page}?pair={chosen.pk}")
    parts = {
        "detail": detail(read, chosen),
        "urls": urls_of(run),
        "asking": asking(read, chosen) if read.is_open else None,
    }
    return render(request, "ui/board/detail.html", parts)


def run_preview(request: HttpRequest, run_pk: int) -> HttpResponse:
    """What a move would do to the whole; a fragment beside the list, or the board with it."""
    read = board_read(board_or_404(request, run_pk))
    line = line_or_404(read, request.GET.get("mentee"))
    preview = preview_make(read, line, request.GET.get("to", ""))
    if is_fragment(request):
        parts = {"preview": preview, "urls": urls_of(read.run)}
        return render(request, "ui/board/preview.html", parts)
    board = board_shape(request, read, chosen=line, preview=preview)
    return render(request, "pairing/board.html", {"board": board, "run": read.run})
