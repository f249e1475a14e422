"""What an assignment gives and asks, in figures: the same for every objective. Pure."""

import math
from typing import TypedDict

import numpy as np

from tandemwerk.matching import UNMATCHED, Assignment, Scores, blocking_pairs


class Figures(TypedDict):
    """One assignment in figures; fits in [0, 1].

    matched: mentees with a mentor. total, mean, worst: of the fits of all pairs, the last two None
    without a pair. load_spread: standard deviation of mentees per mentor, of those with a place;
    busiest: most mentees with one mentor; idle: mentors with a place and nobody. blocking: pairs
    who would both rather have each other.
    """

    matched: int
    total: float
    mean: float | None
    worst: float | None
    load_spread: float
    busiest: int
    idle: int
    blocking: int


def figures_of(scores: Scores, assignment: Assignment) -> Figures:
    """The figures of an assignment over its scores. Cost: a few passes over all pairs."""
    rows = np.flatnonzero(assignment.mentor_of != UNMATCHED)
    columns = assignment.mentor_of[rows]
    fits = scores.total[rows, columns]
    load = np.bincount(columns, minlength=len(assignment.capacity))[assignment.capacity > 0]
    total = math.fsum(fits)
    return {
        "matched": len(rows),
        "total": total,
        "mean": total / len(rows) if len(rows) else None,
        "worst": float(fits.min()) if len(rows) else None,
        "load_spread": float(load.std()) if len(load) else 0.0,
        "busiest": int(load.max(initial=0)),
        "idle": int((load == 0).sum()),
        "blocking": len(blocking_pairs(scores, assignment)),
    }
