"""Why not this mentor? Ranks, reasons, and what the cohort would pay, from the stored prices."""

from django.utils.translation import gettext as _

from tandemwerk.core.errors import DomainError
from tandemwerk.matching import WhyNot as Answer
from tandemwerk.matching import why_not, why_not_text
from tandemwerk.pairing.engine import pair_reasons
from tandemwerk.pairing.enums import Objective
from tandemwerk.pairing.kept import scores_of, stored_of
from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.pairing.plans import plan_assign, plan_swap
from tandemwerk.pairing.selectors.board import BoardRead
from tandemwerk.pairing.selectors.detail import target_of
from tandemwerk.pairing.words import fit_of, language, texts
from tandemwerk.ui import board_whole as shapes

FOUND_SHOWN = 8
MOVES_SHOWN = 12
NOT_ALLOWED = 0


def asking(
    read: BoardRead, line: Suggestion, *, q: str = "", answer: shapes.WhyNot | None = None
) -> shapes.Asking:
    """Mentors whose name holds `q`, the best fit for this mentee first. No query."""
    mentee, word = line.mentee_id, q.casefold().strip()
    plans = read.plans
    row = read.fits_of(mentee)
    wanted = [
        (-fit, plans.names[pk], pk)
        for pk, fit in row.items()
        if pk != line.mentor_id and word in plans.names[pk].casefold()
    ]
    return shapes.Asking(
        pk=line.pk,
        q=q,
        found=[
            shapes.Found(
                mentor=read.mentor(pk),
                level=fit_of(-worth).step if plans.is_possible(mentee, pk) else NOT_ALLOWED,
                seat=_("free place") if plans.free_seats(pk) else _("no free place"),
            )
            for worth, _name, pk in sorted(wanted)[:FOUND_SHOWN]
        ],
        total=len(wanted),
        answer=answer,
    )


def why_not_answer(run: MatchRun, row: int, column: int) -> Answer:
    """The library's answer for two places of a calculated run, against its proven best whole.

    Cost: once kept, some milliseconds for 2,000 × 2,000.
    """
    stored = stored_of(run)
    return why_not(scores_of(run), stored.assignment, row, column)


def why_not_read(read: BoardRead, line: Suggestion, mentor: int) -> shapes.WhyNot:
    """The answer in words, about the run as it was calculated. No query beside the stored run."""
    plans, run, mentee = read.plans, read.run, line.mentee_id
    row, column = plans.rows[mentee], plans.columns[mentor]
    answer = why_not_answer(run, row, column)
    mentees = [plans.names.get(pk, "") for pk in run.mentee_ids]
    mentors = [plans.names.get(pk, "") for pk in run.mentor_ids]
    said = pair_reasons(scores_of(run), row, column)
    names = (mentees[row], mentors[column])
    is_pair = plans.mentor_of[mentee] == mentor
    return shapes.WhyNot(
        pk=line.pk,
        mentee=read.mentee(line),
        mentor=read.mentor(mentor),
        level=fit_of(answer.fit or 0).step if plans.is_possible(mentee, mentor) else NOT_ALLOWED,
        is_pair=is_pair,
        sentences=why_not_text(answer, language(), mentees, mentors),
        moves=[
            (mentees[m.mentee], _name(mentors, m.before), _name(mentors, m.after))
            for m in answer.moves[:MOVES_SHOWN]
        ],
        checks=texts(said["reasons"], names=names),
        differences=texts(said["differences"] or said["neutral"], names=names),
        note=_note(read),
        to="" if is_pair or not read.is_open else _way(read, line, mentor),
    )


def _name(mentors: list[str], column: int) -> str:
    return mentors[column] if column >= 0 else _("no mentor")


def _note(read: BoardRead) -> str:
    """What the figures are about, where that is not the board on the screen."""
    if read.run.objective != Objective.TOTAL or read.run.keeps_pairs:
        return _("This is about the best whole, which the run is set against.")
    if any(line.is_by_hand for line in read.loaded.lines.values()):
        return _("This is about the run as calculated, without the changes by hand.")
    return ""


def _way(read: BoardRead, line: Suggestion, mentor: int) -> str:
    """Where a preview of trying it leads; empty if it is refused anyway."""
    to = target_of(read, line.mentee_id, mentor)
    try:
        if to.startswith("seat:"):
            plan_assign(read.plans, line.mentee_id, mentor)
        else:
            other = read.by_suggestion[int(to.removeprefix("pair:"))]
            plan_swap(read.plans, line.mentee_id, other.mentee_id)
    except DomainError:
        return ""
    return to
