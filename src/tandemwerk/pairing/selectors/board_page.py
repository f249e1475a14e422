"""The board as a page and as the pieces of it that a change touches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tandemwerk.pairing.enums import RunState
from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.pairing.selectors.board import BoardRead, filtered, left_out
from tandemwerk.pairing.selectors.detail import detail
from tandemwerk.ui import board as shapes


def board_page(
    read: BoardRead,
    *,
    urls: shapes.Urls,
    asked: Mapping[str, str],
    chosen: Suggestion | None = None,
    preview: shapes.Preview | None = None,
) -> shapes.Board:
    """The board as its templates read it; `asked`: q, level, flag and sort of the list.

    One query while no pair is chosen, none otherwise.
    """
    rows = filtered(read.rows, **asked)
    return shapes.Board(
        title=str(read.run.cohort),
        lead=lead_text(read.run),
        urls=urls,
        summary=read.summary(),
        tools=read.tools(),
        query=shapes.Query(**asked, shown=len(rows), total=len(read.rows)),
        pairs=rows,
        lone=read.lone(),
        seats=read.seats() if read.is_open else [],
        detail=detail(read, chosen) if chosen else None,
        preview=preview,
        overview=None if chosen else read.overview(left_out(read.run.cohort)),
        selected=chosen.pk if chosen else None,
    )


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
    new = {n.pk for n in lines if n.mentor_id is not None and touched[n.mentee_id] is None}
    kept = {line.pk for line in lines} - new
    return Touched(
        board=replace(board, pairs=[row for row in read.rows if row.pk in kept]),
        added=[row for row in read.rows if row.pk in new],
        gone=[line.pk for line in lines if line.mentor_id is None],
    )


def lead_text(run: MatchRun) -> str:
    """State of the run in a sentence below the title."""
    number = _("Run %(number)s") % {"number": run.number}
    if run.state == RunState.PUBLISHED:
        return _("%(run)s · published; the proposals are on their way") % {"run": number}
    if run.state == RunState.DISCARDED:
        return _("%(run)s · put aside; nothing can be changed") % {"run": number}
    return _("%(run)s · nothing is sent before you publish") % {"run": number}


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What publishing a run would set off; `troubled`: pairs that can no longer be."""

    troubled: Sequence[shapes.PairRow]
    mails: int
    people: int


def dispatch_of(read: BoardRead) -> Dispatch:
    """Letters and people of a run's pairs: two letters a pair, a mentor may be in several."""
    return Dispatch(
        troubled=[row for row in read.rows if any(flag.tone == "error" for flag in row.flags)],
        mails=2 * len(read.rows),
        people=len({pk for row in read.rows for pk in (row.mentee.pk, row.mentor.pk)}),
    )
