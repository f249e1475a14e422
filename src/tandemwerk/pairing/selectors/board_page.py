"""The board as a page and as the pieces of it that a change touches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tandemwerk.pairing.enums import RunState
from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.pairing.selectors.board import BoardRead, filtered, left_out
from tandemwerk.pairing.selectors.detail import detail
from tandemwerk.pairing.selectors.proof import proof_read
from tandemwerk.pairing.selectors.trade_off import trade_off_read
from tandemwerk.pairing.selectors.why_not import asking as why_asking
from tandemwerk.ui import board as shapes
from tandemwerk.ui.board_whole import Asking, Checked

# Rows a page shows at once (the next ones come as one scrolls down), and people in a small box.
PAGE, BOX = 100, 60


def board_page(
    read: BoardRead,
    *,
    urls: shapes.Urls,
    asked: Mapping[str, str],
    number: int = 1,
    chosen: Suggestion | None = None,
    preview: shapes.Preview | None = None,
    checked: Checked | None = None,
    asking: Asking | None = None,
) -> shapes.Board:
    """The board as its templates read it; `asked`: q, level, flag and sort of the list.

    number: which page of the list, from 1. One query for the reasons on it, one more while no pair
    is chosen.
    """
    lines = filtered(read, **asked)
    question = asking or (why_asking(read, chosen) if chosen and read.is_open else None)
    start = PAGE * (number - 1)
    rows = read.rows(lines[start:][:PAGE])
    lone, seats = read.lone(asked["q"]), read.seats(asked["q"]) if read.is_open else []
    return shapes.Board(
        title=str(read.run.cohort),
        lead=lead_text(read.run),
        urls=urls,
        summary=read.summary(),
        tools=read.tools(),
        query=shapes.Query(
            **asked,
            shown=len(lines),
            total=len(read.pairs),
            before=number - 1,
            after=number + 1 if start + PAGE < len(lines) else 0,
        ),
        pairs=rows,
        lone=[read.lone_row(line) for line in lone[:BOX]],
        lone_count=len(read.lone()),
        seats=seats[:BOX],
        seats_count=len(read.seats()) if read.is_open else 0,
        detail=detail(read, chosen) if chosen else None,
        preview=preview,
        overview=None if chosen else _overview(read),
        trade_off=None if chosen else trade_off_read(read.run),
        proof=None if chosen else proof_read(read),
        checked=checked,
        asking=question,
        selected=chosen.pk if chosen else None,
    )


def _overview(read: BoardRead) -> shapes.Overview:
    whole = read.overview(left_out(read.run.cohort))
    return replace(whole, loads=whole.loads[:BOX], mentors=len(whole.loads))


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change left of the list: rows to replace, rows to put on top, rows to take away."""

    board: shapes.Board
    added: Sequence[shapes.PairRow]
    gone: Sequence[int]


def board_touched(
    read: BoardRead, board: shapes.Board, touched: Mapping[int, int | None]
) -> Touched:
    """`board` cut down to what changed; `touched`: mentees with the mentor they had before."""
    lines = [read.loaded.lines[pk] for pk in touched if pk in read.loaded.lines]
    rows = read.rows([line for line in lines if line.mentor_id is not None])
    new = {n.pk for n in lines if n.mentor_id is not None and touched[n.mentee_id] is None}
    kept = {line.pk for line in lines} - new
    return Touched(
        board=replace(board, pairs=[row for row in rows if row.pk in kept]),
        added=[row for row in rows if row.pk in new],
        gone=[line.pk for line in lines if line.mentor_id is None],
    )


def lead_text(run: MatchRun) -> str:
    """State of the run in a sentence below the title."""
    number = _("Run %(number)s") % {"number": run.number}
    if run.state == RunState.PUBLISHED:
        return _("%(run)s · published; the proposals are on their way") % {"run": number}
    if run.state == RunState.DISCARDED:
        return _("%(run)s · put aside; nothing can be changed") % {"run": number}
    found = {"run": number, "objective": run.get_objective_display()}
    return _("%(run)s (%(objective)s) · nothing is sent before you publish") % found


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What publishing a run would set off; `troubled`: pairs that can no longer be."""

    troubled: Sequence[shapes.PairRow]
    mails: int
    people: int


def dispatch_of(read: BoardRead) -> Dispatch:
    """Letters and people of a run's pairs: two letters a pair, a mentor may be in several."""
    troubled = [line for line in read.pairs if read.is_open and read.troubles(line)]
    return Dispatch(
        troubled=read.rows(troubled),
        mails=2 * len(read.pairs),
        people=len({pk for line in read.pairs for pk in (line.mentee_id, line.mentor_id)}),
    )
