"""`objective="stable"`: nobody can find somebody better who would also rather have them.

Hospital/Residents with ties and incomplete lists. Each side orders the other by its own wishes
first, in their order, and then by its own fit (`Scores.mentee_fit`, `Scores.mentor_fit`; of a bare
matrix the same fit for both, or `mentor_scores` for the mentors). Ties are broken by the seed, for
all people alike, and mentees propose (Gale & Shapley 1962), so every mentee gets the best mentor
they have in any assignment stable under this order. The result is weakly stable: no mentee and
mentor both strictly prefer each other to what they have; `blocking_pairs` checks that without the
solver. Stable is not the same as most people: `Assignment.price` says what it costs.
"""

from typing import Any

import numpy as np

from ..errors import ScoresError
from ..scoring import Scores
from .checks import ScoresLike, market_of, shape_of
from .kernels_stable import deferred_acceptance
from .market import Floats, Longs
from .prepare import Task, prepare
from .result import UNMATCHED, Assignment, Pair
from .wishes import NO_WISH, Wishes, tiers, wishes_of


def stable(task: Task, mentor_scores: ScoresLike | None, wishes: Wishes | None) -> Longs:
    """The stable column or -1 per row of the task's part, int64.

    Raises ScoresError for `mentor_scores` or wishes that do not suit the matrix.
    Cost: O(pairs) and the proposals made; 100,000 × 20 pairs in about a tenth of a second.
    """
    part = task.part
    mentee_fit, mentor_fit = _views(task, mentor_scores)
    mentee_tier, mentor_tier = _tiers(task, wishes)
    row = part.row_of_edge().astype(np.int32)
    edge_of = deferred_acceptance(
        part.indptr, part.columns, row, part.seats,
        mentee_tier, mentee_fit, mentor_tier, mentor_fit,
    )  # fmt: skip
    chosen = np.full(part.rows, UNMATCHED, dtype=np.int64)
    matched = np.flatnonzero(edge_of >= 0)
    chosen[matched] = part.columns[edge_of[matched]]
    return chosen


def blocking_pairs(
    scores: ScoresLike,
    assignment: Assignment,
    *,
    mentor_scores: ScoresLike | None = None,
    wishes: Wishes | None = None,
) -> list[Pair]:
    """Pairs who both would rather have each other: empty exactly if the assignment is stable.

    The mentee has nobody or likes the mentor strictly better than theirs; the mentor has a seat
    free or likes the mentee strictly better than one of theirs. Locked people and their seats,
    forbidden pairs and pairs below the floor are out of it, as the assignment names them.
    mentor_scores, wishes: as for `assign`. Cost: a few passes over all pairs in NumPy.
    """
    task = prepare(
        scores, assignment.capacity, fixed=assignment.fixed, forbidden=assignment.forbidden,
        floor=assignment.floor, seed=0,
    )  # fmt: skip
    (mentee_fit, mentor_fit), (mentee_tier, mentor_tier) = (
        _views(task, mentor_scores),
        _tiers(task, wishes),
    )
    row, column = task.part_places()
    mine = assignment.mentor_of[row] == column
    # What each mentee has now: nobody counts as worse than anybody.
    tier = np.full(task.shape[0], np.iinfo(np.int64).max)
    fit = np.full(task.shape[0], -np.inf)
    tier[row[mine]], fit[row[mine]] = mentee_tier[mine], mentee_fit[mine]
    wants = (mentee_tier < tier[row]) | ((mentee_tier == tier[row]) & (mentee_fit > fit[row]))
    # The mentee each mentor likes least, where no seat is free.
    held = np.flatnonzero(mine)
    held = held[np.lexsort((-mentor_fit[held], mentor_tier[held], column[held]))]
    worst_tier = np.full(task.shape[1], -1)
    worst_fit = np.full(task.shape[1], np.inf)
    worst_tier[column[held]], worst_fit[column[held]] = mentor_tier[held], mentor_fit[held]
    free = np.bincount(column[held], minlength=task.shape[1]) < task.left
    worst_tier[free] = NO_WISH
    worst_fit[free] = -np.inf
    accepts = (mentor_tier < worst_tier[column]) | (
        (mentor_tier == worst_tier[column]) & (mentor_fit > worst_fit[column])
    )
    found = np.flatnonzero(wants & accepts & ~mine)
    return sorted(zip(row[found].tolist(), column[found].tolist(), strict=True))


def _views(task: Task, mentor_scores: ScoresLike | None) -> tuple[Floats, Floats]:
    """Per edge of the part the mentee's fit and the mentor's."""
    scores, fits = task.scores, task.part.fits
    row, column = task.part_places()
    mentee = mentor = fits
    if isinstance(scores, Scores):
        mentee = scores.mentee_fit[row, column].astype(np.float64)
        mentor = scores.mentor_fit[row, column].astype(np.float64)
    if mentor_scores is not None:
        mentor = _second_view(mentor_scores, task, row, column)
    return mentee, mentor


def _second_view(mentor_scores: Any, task: Task, row: Longs, column: Longs) -> Floats:
    if shape_of(mentor_scores) != task.shape:
        shape, wanted = list(shape_of(mentor_scores)), list(task.shape)
        raise ScoresError("mentor_scores_shape", shape=shape, wanted=wanted)
    known = market_of(mentor_scores, task.seats)
    codes = known.row_of_edge() * task.shape[1] + known.columns
    order = np.argsort(codes, kind="stable")
    codes = np.append(codes[order], np.iinfo(np.int64).max)
    place = np.searchsorted(codes, row * task.shape[1] + column)
    for missing in np.flatnonzero(codes[place] != row * task.shape[1] + column):
        raise ScoresError(
            "mentor_score_missing", row=int(row[missing]), column=int(column[missing])
        )
    return known.fits[order][place]


def _tiers(task: Task, wishes: Wishes | None) -> tuple[Any, Any]:
    if wishes is None:
        wishes = wishes_of(task.scores) if isinstance(task.scores, Scores) else Wishes()
    rows = np.full(task.shape[0], -1, dtype=np.int64)
    columns = np.full(task.shape[1], -1, dtype=np.int64)
    rows[task.rows] = np.arange(len(task.rows))
    columns[task.columns] = np.arange(len(task.columns))
    mentee = tiers(task.part, wishes.ranked("mentees", task.shape), rows, columns)
    mentor = tiers(task.part, wishes.ranked("mentors", task.shape), rows, columns)
    return mentee, mentor
