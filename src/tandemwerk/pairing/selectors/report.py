"""A run for programs: its lines, and the whole in one piece."""

from typing import Any

from django.db.models import QuerySet

from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.pairing.selectors.board import BoardRead
from tandemwerk.pairing.selectors.state import Loaded
from tandemwerk.pairing.words import fit_of, short_word

PLAIN = ("matched", "mentees", "free_seats", "free_mentors", "whole", "is_best", "changes")


def run_pairs(run: MatchRun, is_matched: bool | None) -> QuerySet[Suggestion]:
    """Lines of a run in board order, all or only those with (or without) a mentor. One query."""
    rows = run.suggestions.select_related("mentee__user", "mentor__user").order_by("pk")
    return rows if is_matched is None else rows.filter(mentor__isnull=not is_matched)


def others_ranked(loaded: Loaded, mentee: int) -> list[dict[str, Any]]:
    """All mentors this mentee could have, best first, with fit and room. No query."""
    found = []
    for mentor in loaded.board.ranked(mentee):
        fit = fit_of(loaded.board.fit(mentee, mentor) or 0)
        found.append(
            {
                "mentor": {"id": mentor, "name": loaded.board.names[mentor]},
                "score": fit.score,
                "fit": short_word(fit.step),
                "has_free_seat": loaded.board.free_seats(mentor) > 0,
            }
        )
    return found


def run_report(read: BoardRead) -> dict[str, Any]:
    """The run as a group: sums, levels, loads, notes, and what stands against publishing. No query.

    The list of incomplete profiles is `left_out`'s, not here.
    """
    summary, tools, group = read.summary(), read.tools(), read.overview([])
    paired = [line for line in read.loaded.lines.values() if line.mentor_id is not None]
    return {
        **{name: getattr(summary, name) for name in PLAIN},
        "very_good": summary.counts[3],
        "good": summary.counts[2],
        "fair": summary.counts[1],
        "undo": tools.undo,
        "redo": tools.redo,
        "loads": group.loads,
        "notes": group.notes,
        "troubles": [text for line in paired for text in read.troubles(line)]
        if read.is_open
        else [],
    }
