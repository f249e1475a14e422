"""What the views of a run have in common."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tandemwerk.pairing.enums import RunState
from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.pairing.selectors.board import BoardRead, board_read, filtered, left_out
from tandemwerk.pairing.selectors.detail import detail
from tandemwerk.pairing.selectors.visible import boards_run_by, runs_run_by
from tandemwerk.people.models import User
from tandemwerk.ui import board as shapes

ON_BOARD = [RunState.READY, RunState.PUBLISHED, RunState.DISCARDED]


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
    def to(name: str) -> str:
        return reverse(f"pairing:{name}", kwargs={"run_pk": run.pk})

    return shapes.Urls(
        page=to("run_board"),
        preview=to("run_preview"),
        act=to("run_act"),
        move=to("run_move"),
        undo=to("run_undo"),
        redo=to("run_redo"),
        rerun=to("run_rerun"),
        compare=to("run_compare"),
        publish=to("run_confirm"),
        runs=reverse("pairing:run_list", kwargs={"cohort_pk": run.cohort_id}),
    )


def board_shape(
    request: HttpRequest,
    read: BoardRead,
    *,
    chosen: Suggestion | None = None,
    preview: shapes.Preview | None = None,
    only: Iterable[int] | None = None,
) -> shapes.Board:
    """The board as its templates read it. `only`: these rows (suggestions) instead of all."""
    asked = {name: request.GET.get(name, "") for name in ("q", "level", "flag", "sort")}
    rows = filtered(read.rows, **asked)
    if only is not None:
        wanted = set(only)
        rows = [row for row in read.rows if row.pk in wanted]
    overview = None if chosen else read.overview(left_out(read.run.cohort))
    return shapes.Board(
        title=str(read.run.cohort),
        lead=lead_text(read.run),
        urls=urls_of(read.run),
        summary=read.summary(),
        tools=read.tools(),
        query=shapes.Query(**asked, shown=len(rows), total=len(read.rows)),
        pairs=rows,
        lone=read.lone(),
        seats=read.seats() if read.is_open else [],
        detail=detail(read, chosen) if chosen else None,
        preview=preview,
        overview=overview,
        selected=chosen.pk if chosen else None,
    )


def lead_text(run: MatchRun) -> str:
    """State of the run in a sentence below the title."""
    number = _("Run %(number)s") % {"number": run.number}
    if run.state == RunState.PUBLISHED:
        return _("%(run)s · published; the proposals are on their way") % {"run": number}
    if run.state == RunState.DISCARDED:
        return _("%(run)s · put aside; nothing can be changed") % {"run": number}
    return _("%(run)s · nothing is sent before you publish") % {"run": number}


def changed(
    request: HttpRequest, run_pk: int, chosen_pk: int | None, touched: Mapping[int, int | None]
) -> HttpResponse:
    """Answer to a write: the touched pieces for htmx, the board's page for everybody else.

    `touched`: mentees (participations) whose lines changed, with the mentor they had before.
    """
    if not is_fragment(request):
        url = reverse("pairing:run_board", kwargs={"run_pk": run_pk})
        return redirect(f"{url}?pair={chosen_pk}" if chosen_pk else url)
    read = board_read(board_or_404(request, run_pk))
    lines = [read.loaded.lines[pk] for pk in touched if pk in read.loaded.lines]
    chosen = read.by_suggestion.get(chosen_pk) if chosen_pk else None
    board = board_shape(
        request, read, chosen=chosen or (lines[0] if lines else None), only=[n.pk for n in lines]
    )
    gone = [line.pk for line in lines if line.mentor_id is None]
    new = {n.pk for n in lines if n.mentor_id is not None and touched[n.mentee_id] is None}
    added = [row for row in board.pairs if row.pk in new]
    board = replace(board, pairs=[row for row in board.pairs if row.pk not in new])
    # A toast's "Undo" swaps nothing itself, so the detail must come out of band too.
    is_elsewhere = request.headers.get("HX-Target") != "board-detail"
    context = {"board": board, "added": added, "gone": gone, "detail_oob": is_elsewhere}
    return render(request, "ui/board/changed.html", context)
