"""Check an assignment without the solver: are the pairs allowed, and can nothing be better?

Weak duality in plain NumPy. Every mentee takes at most one seat, so for any prices >= 0 of the
seats and any lift no K pairs total more than
    Σ_mentee max(0, max_mentor(fit + lift - price)) + Σ_mentor seats x price - lift x K.
And if some mentees and some mentors together touch every allowed pair, nobody can match more
people than these mentees and the seats of these mentors (König 1931).
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import EllipsisType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import CapacityError, ScoresError
from ..scoring import Scores
from .result import UNMATCHED, Assignment, Pair
from .whole import array_of, pairs_of, whole_numbers

_BLOCK = 1 << 20
_EPS = float(np.finfo(np.float64).eps)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. feasible: every pair is allowed, every lock held, no seat taken twice.

    most: the cover proves that nobody could match more people (None: the number was free).
    upper_bound: no assignment of as many people has a higher total; what the calculation itself
    may have rounded away is added, so numbers too large for the fits prove little, never too
    much. inf where the prices prove nothing. gap: upper_bound - total, >= 0.
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
    *,
    fixed: Iterable[Pair] | None = None,
    forbidden: Iterable[Pair] | None = None,
    floor: float | EllipsisType | None = ...,
) -> Verdict:
    """Check pairs, cover and bound of an assignment against the instance alone.

    scores, capacity: as given to `assign` (SciPy CSR too). fixed, forbidden, floor: what was asked
    for; left out, what the assignment itself names. Raises ValueError if it has no certificate,
    ScoresError, CapacityError or LockError for pairs, seats or places that are none.
    Cost: O(pairs) time, some 100 MB for any size.
    """
    proof = assignment.certificate
    if proof is None:
        raise ValueError("the assignment has no certificate")
    fits = scores.total if isinstance(scores, Scores) else scores
    fits = fits if hasattr(fits, "indptr") else array_of(fits)
    rows, mentors = fits.shape
    chosen, given = array_of(assignment.mentor_of), array_of(capacity)
    if chosen.shape != (rows,):
        raise ScoresError("mentor_of_shape", shape=list(chosen.shape), mentees=rows)
    if given.shape != (mentors,):
        raise CapacityError("capacity_shape", shape=list(given.shape), mentors=mentors)
    chosen, seats = whole_numbers(chosen, _not_a_column), whole_numbers(given, _not_seats)
    # More seats than people are never taken, and their sum stays a number.
    seats = np.minimum(seats, rows)
    matched = (chosen >= 0) & (chosen < mentors)
    load = np.bincount(chosen[matched], minlength=mentors)
    feasible = bool((matched | (chosen == UNMATCHED)).all()) and bool((load <= seats).all())
    free = np.ones(rows, dtype=bool)
    locks = pairs_of(assignment.fixed if fixed is None else fixed, fits.shape, "lock_outside")
    for mentee, mentor in locks:
        free[mentee] = False
        seats[mentor] -= 1
        feasible &= int(chosen[mentee]) == mentor
    never = assignment.forbidden if forbidden is None else forbidden
    never = pairs_of(never, fits.shape, "forbidden_outside")
    banned = np.array([r * mentors + c for r, c in never], dtype=np.int64)
    floor = assignment.floor if isinstance(floor, EllipsisType) else floor
    floor = -np.inf if floor is None else floor
    prices, lift = proof.prices, proof.lift
    usable = prices.shape == (mentors,) and bool(np.isfinite(prices).all()) and math.isfinite(lift)
    usable = usable and bool((prices >= 0).all()) and lift >= 0
    if not usable:
        prices, lift = np.zeros(mentors), 0.0

    best = np.zeros(rows)
    made = np.full(rows, np.nan)
    covered = True
    for row, column, fit in _blocks(fits):
        allowed = ~np.isnan(fit) & ~np.isin(row * mentors + column, banned)
        allowed &= (fit >= floor) | ~free[row]
        hit = allowed & (chosen[row] == column)
        made[row[hit]] = fit[hit]
        allowed &= free[row]
        gain = fit + lift - prices[column]
        # Never less than the true gain: two sums were rounded, each by half an _EPS at most.
        gain += 2 * _EPS * (np.abs(fit) + lift + prices[column])
        gain = np.where(allowed, gain, 0.0)
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
    upper, total = math.inf, math.inf
    with suppress(OverflowError, ValueError):  # numbers too large to be added up
        total = math.fsum(made[matched])
        parts = (np.maximum(best, 0.0), seats * prices, made[matched & ~free], [-lift * people])
        terms = np.concatenate(parts).tolist()
        # Every product and the sum were rounded; `best` holds its own rounding already.
        rounding = 2 * _EPS * math.fsum(map(abs, terms))
        bound = math.fsum(terms) + rounding
        if usable and feasible and bound >= total - rounding:
            upper = max(bound, total)
    return Verdict(feasible, most, total, upper, upper - total if upper < math.inf else math.inf)


def _not_a_column(row: int, value: object) -> ScoresError:
    return ScoresError("mentor_of_not_whole", row=row, value=value)


def _not_seats(column: int, value: object) -> CapacityError:
    return CapacityError("seats_not_whole", column=column, value=value)


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
