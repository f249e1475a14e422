"""Check an assignment without the solver: are the pairs allowed, and can nothing be better?

Weak duality in plain NumPy. Every mentee takes at most one seat, so for any prices >= 0 of the
seats and any lift no K pairs total more than
    Σ_mentee max(0, max_mentor(fit + lift - price)) + Σ_mentor seats x price - lift x K.
And if some mentees and some mentors together touch every allowed pair, nobody can match more
people than these mentees and the seats of these mentors (König 1931).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..scoring import Scores
from .result import UNMATCHED, Assignment

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. feasible: every pair is allowed, every lock held, no seat taken twice.

    most: the cover proves that nobody could match more people (None: the number was free).
    upper_bound: no assignment of as many people has a higher total, up to rounding of about
    1e-15 of the sums. gap: upper_bound - total, >= 0.
    """

    feasible: bool
    most: bool | None
    total: float
    upper_bound: float
    gap: float


def verify(
    scores: Scores | NDArray[np.float64] | Any,
    capacity: Sequence[int] | NDArray[np.integer],
    assignment: Assignment,
) -> Verdict:
    """Check pairs, cover and bound of an assignment against the instance alone.

    scores, capacity: as given to `assign` (SciPy CSR too); floor, locks and forbidden pairs are
    those the assignment names. Raises ValueError if it has no certificate.
    Cost: O(pairs) time, some 100 MB for any size.
    """
    proof, chosen = assignment.certificate, np.asarray(assignment.mentor_of)
    if proof is None:
        raise ValueError("the assignment has no certificate")
    fits = scores.total if isinstance(scores, Scores) else scores
    rows, mentors = fits.shape
    seats = np.array(capacity, dtype=np.int64)
    matched = chosen != UNMATCHED
    load = np.bincount(chosen[matched], minlength=mentors)
    feasible = len(load) == mentors and bool((load <= seats).all())
    free = np.ones(rows, dtype=bool)
    for mentee, mentor in assignment.fixed:
        free[mentee] = False
        seats[mentor] -= 1
        feasible &= int(chosen[mentee]) == mentor
    banned = np.array([r * mentors + c for r, c in assignment.forbidden], dtype=np.int64)
    floor = -np.inf if assignment.floor is None else assignment.floor

    best = np.zeros(rows)
    made = np.full(rows, np.nan)
    covered = True
    for row, column, fit in _blocks(fits):
        allowed = ~np.isnan(fit) & ~np.isin(row * mentors + column, banned)
        allowed &= (fit >= floor) | ~free[row]
        hit = allowed & (chosen[row] == column)
        made[row[hit]] = fit[hit]
        allowed &= free[row]
        gain = np.where(allowed, fit + proof.lift - proof.prices[column], 0.0)
        starts = np.flatnonzero(np.diff(row, prepend=-1))
        best[row[starts]] = np.maximum.reduceat(gain, starts)
        if proof.mentees is not None and proof.mentors is not None:
            covered &= bool((~allowed | proof.mentees[row] | proof.mentors[column]).all())
    feasible &= not np.isnan(made[matched]).any()

    people = int((matched & free).sum())
    most = None
    if proof.mentees is not None and proof.mentors is not None:
        size = int((proof.mentees & free).sum()) + int(seats[proof.mentors].sum())
        most = covered and size == people
    total = math.fsum(made[matched])
    bound = math.fsum(np.maximum(best, 0.0)) + math.fsum(seats * proof.prices)
    bound += math.fsum(made[matched & ~free]) - proof.lift * people
    sound = bool((proof.prices >= 0).all()) and proof.lift >= 0 and feasible
    upper = max(bound, total) if sound else math.inf
    return Verdict(feasible, most, total, upper, upper - total)


def _blocks(fits: Any) -> Iterator[tuple[NDArray[Any], NDArray[Any], NDArray[np.float64]]]:
    """Row, column and fit of every stored cell, whole rows at a time."""
    rows, mentors = fits.shape
    sparse = hasattr(fits, "indptr")
    indptr = fits.indptr if sparse else np.arange(rows + 1, dtype=np.int64) * mentors
    first = 0
    while first < rows:
        last = int(np.searchsorted(indptr, indptr[first] + _BLOCK, side="right")) - 1
        last = min(max(last, first + 1), rows)
        here = slice(int(indptr[first]), int(indptr[last]))
        row = np.repeat(np.arange(first, last), np.diff(indptr[first : last + 1]))
        if sparse and len(row):
            yield row, fits.indices[here].astype(np.int64), fits.data[here].astype(float)
        elif len(row):
            column = np.tile(np.arange(mentors), last - first)
            yield row, column, np.asarray(fits[first:last], dtype=float).ravel()
        first = last
