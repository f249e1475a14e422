"""Assign a whole cohort: as many mentees as possible, and among those the best total fit, exactly.

The problem is a rectangular assignment: a mentor with three seats is three columns. Pairs that
are not allowed cost more than all fits together, so the cheapest assignment matches the most
people first and then has the best total (Jonker & Volgenant 1987, as in SciPy).
"""

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from .errors import CapacityError, LockError, ObjectiveError, ScoresError
from .scoring import Scores

OBJECTIVES = ("total",)
UNMATCHED = -1

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """Who is matched with whom.

    mentor_of: int64 per mentee, the mentor's column or -1. total: sum of the fits of all pairs.
    upper_bound: no assignment of as many people can have a higher total. gap: upper_bound - total,
    0 as the solver is exact. seconds: time of solving. The others: as asked.
    """

    mentor_of: NDArray[np.int64]
    total: float
    upper_bound: float
    gap: float
    objective: str
    seconds: float
    capacity: NDArray[np.int64]
    floor: float | None
    fixed: frozenset[Pair]
    forbidden: frozenset[Pair]
    seed: int

    @property
    def pairs(self) -> list[Pair]:
        """(mentee row, mentor column) of everyone who is matched, by row."""
        return [(row, int(c)) for row, c in enumerate(self.mentor_of) if c != UNMATCHED]

    @property
    def unmatched(self) -> list[int]:
        """Rows of the mentees without a mentor."""
        return [int(row) for row in np.flatnonzero(self.mentor_of == UNMATCHED)]

    def seats_left(self) -> NDArray[np.int64]:
        """Free seats per mentor after this assignment."""
        taken = self.mentor_of[self.mentor_of != UNMATCHED]
        return self.capacity - np.bincount(taken, minlength=len(self.capacity))


def assign(
    scores: Scores | NDArray[np.float64],
    capacity: Sequence[int] | NDArray[np.integer] | None = None,
    *,
    objective: str = "total",
    fixed: Iterable[Pair] = (),
    forbidden: Iterable[Pair] = (),
    floor: float | None = None,
    seed: int = 0,
) -> Assignment:
    """Match as many mentees as can be, and of all such assignments one with the highest total.

    scores: Scores, or mentees × mentors floats (NaN = not allowed). capacity: seats per mentor,
    >= 0; left out, the mentors' own seats. fixed: (row, column) pairs to keep; they take a seat
    and stand even below the floor. forbidden: further pairs that must not be. floor: pairs with a
    lower fit are not made, even if someone stays without a mentor.

    Equal assignments: people are sorted by a hash of the seed and their id (of a bare matrix: the
    row and column number) before solving, so the same people, scores and seed give the same pairs
    whatever the order of rows, and another seed may choose another of equally good assignments.

    Raises ScoresError, CapacityError, LockError, ObjectiveError naming row and column.
    Cost: O(n² seats) time in the worst case, n × seats × 8 bytes.
    """
    start = time.perf_counter()
    if objective not in OBJECTIVES:
        raise ObjectiveError("objective_unknown", objective=objective, known=list(OBJECTIVES))
    fits = _matrix(scores)
    seats = _seats(scores, capacity, fits.shape[1])
    if floor is not None and not np.isfinite(floor):
        raise ScoresError("floor_not_finite", floor=floor)
    banned = _pairs(forbidden, fits.shape, "forbidden_outside")
    locks = _pairs(fixed, fits.shape, "lock_outside")
    _check_locks(locks, banned, seats, fits)

    mentor_of = np.full(fits.shape[0], UNMATCHED, dtype=np.int64)
    left = seats.copy()
    for row, column in locks:
        mentor_of[row] = column
        left[column] -= 1
    open_fits = fits if floor is None else np.where(fits < floor, np.nan, fits)
    if banned:
        open_fits = open_fits.copy()
        places = np.array(sorted(banned))
        open_fits[places[:, 0], places[:, 1]] = np.nan
    rows = _order(scores, "mentees", np.flatnonzero(mentor_of == UNMATCHED), seed)
    columns = _order(scores, "mentors", np.flatnonzero(left > 0), seed)
    for row, column in _solve(open_fits, rows, columns, left):
        mentor_of[row] = column
    matched = np.flatnonzero(mentor_of != UNMATCHED)
    total = float(np.sort(fits[matched, mentor_of[matched]]).sum())
    return Assignment(
        mentor_of=mentor_of,
        total=total,
        upper_bound=total,
        gap=0.0,
        objective=objective,
        seconds=time.perf_counter() - start,
        capacity=seats,
        floor=floor,
        fixed=frozenset(locks),
        forbidden=frozenset(banned),
        seed=seed,
    )


def assignment_of(
    scores: Scores | NDArray[np.float64],
    mentor_of: Sequence[int] | NDArray[np.integer],
    capacity: Sequence[int] | NDArray[np.integer] | None = None,
    *,
    fixed: Iterable[Pair] = (),
    forbidden: Iterable[Pair] = (),
    floor: float | None = None,
) -> Assignment:
    """Pairs made elsewhere (stored, or changed by hand) as an Assignment, for advice about them.

    mentor_of: per mentee a column or -1. Seats and rules may be violated: people decide. A pair
    that is not allowed adds nothing to `total`; `upper_bound` is the sum of everyone's best fit.
    Raises ScoresError for a wrong length or column, and as `assign` does.
    """
    fits = _matrix(scores)
    chosen = np.asarray(mentor_of, dtype=np.int64)
    if chosen.shape != fits.shape[:1]:
        raise ScoresError("mentor_of_shape", shape=list(chosen.shape), mentees=fits.shape[0])
    for row in np.flatnonzero((chosen < UNMATCHED) | (chosen >= fits.shape[1])):
        raise ScoresError("mentor_of_outside", row=int(row), column=int(chosen[row]))
    matched = np.flatnonzero(chosen != UNMATCHED)
    total = float(np.nansum(np.sort(fits[matched, chosen[matched]])))
    best = np.max(np.nan_to_num(fits, nan=0.0), axis=1)
    return Assignment(
        mentor_of=chosen,
        total=total,
        upper_bound=float(best.sum()),
        gap=float(best.sum()) - total,
        objective="total",
        seconds=0.0,
        capacity=_seats(scores, capacity, fits.shape[1]),
        floor=floor,
        fixed=frozenset(_pairs(fixed, fits.shape, "lock_outside")),
        forbidden=frozenset(_pairs(forbidden, fits.shape, "forbidden_outside")),
        seed=0,
    )


def _solve(
    fits: NDArray[np.float64],
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    left: NDArray[np.int64],
) -> Iterable[Pair]:
    """Best pairs between these rows and columns; NaN is never chosen."""
    if not len(rows) or not len(columns):
        return
    part = fits[np.ix_(rows, columns)]
    allowed = ~np.isnan(part)
    # More seats than mentees who may sit there are never used.
    places = np.repeat(np.arange(len(columns)), np.minimum(left[columns], allowed.sum(axis=0)))
    if not len(places):
        return
    best, worst = float(np.nanmax(part)), float(np.nanmin(part))
    most = min(len(rows), len(places))
    # One more pair is worth more than any exchange of fits between all pairs can bring.
    penalty = (most + 1) * (best - worst) + 1
    cost = np.where(allowed, best - part, penalty)[:, places]
    for row, place in zip(*linear_sum_assignment(cost), strict=True):
        column = places[place]
        if allowed[row, column]:
            yield int(rows[row]), int(columns[column])


def _matrix(scores: Scores | NDArray[np.float64]) -> NDArray[np.float64]:
    try:
        fits = np.asarray(scores.total if isinstance(scores, Scores) else scores, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ScoresError("scores_not_numbers", detail=str(error)) from error
    if fits.ndim != 2:
        raise ScoresError("scores_not_a_matrix", shape=list(fits.shape))
    if not fits.shape[0]:
        raise ScoresError("side_empty", side="mentees")
    if not fits.shape[1]:
        raise ScoresError("side_empty", side="mentors")
    infinite = np.argwhere(np.isinf(fits))
    if len(infinite):
        row, column = (int(place) for place in infinite[0])
        raise ScoresError("score_infinite", row=row, column=column)
    return fits


def _seats(
    scores: Scores | NDArray[np.float64],
    capacity: Sequence[int] | NDArray[np.integer] | None,
    mentors: int,
) -> NDArray[np.int64]:
    if capacity is None:
        if not isinstance(scores, Scores):
            raise CapacityError("capacity_missing", mentors=mentors)
        capacity = [mentor.seats for mentor in scores.mentors]
    seats = np.asarray(capacity)
    if seats.shape != (mentors,):
        raise CapacityError("capacity_shape", shape=list(seats.shape), mentors=mentors)
    if not np.issubdtype(seats.dtype, np.integer):
        raise CapacityError("seats_not_whole", type=str(seats.dtype))
    for column in np.flatnonzero(seats < 0):
        raise CapacityError("seats_negative", column=int(column), value=int(seats[column]))
    return seats.astype(np.int64)


def _pairs(pairs: Iterable[Pair], shape: tuple[int, ...], code: str) -> list[Pair]:
    """The distinct pairs, in order; an index outside the matrix (or a negative one) is an error."""
    found: dict[Pair, None] = {}
    for row, column in pairs:
        if not (0 <= row < shape[0] and 0 <= column < shape[1]):
            raise LockError(code, row=int(row), column=int(column), shape=list(shape))
        found[int(row), int(column)] = None
    return list(found)


def _check_locks(
    locks: Sequence[Pair],
    banned: Sequence[Pair],
    seats: NDArray[np.int64],
    fits: NDArray[np.float64],
) -> None:
    mentor_of: dict[int, int] = {}
    taken: Counter[int] = Counter()
    never = set(banned)
    for row, column in locks:
        if row in mentor_of:
            raise LockError("lock_twice", row=row, column=column, other=mentor_of[row])
        if (row, column) in never:
            raise LockError("lock_forbidden", row=row, column=column)
        if np.isnan(fits[row, column]):
            raise LockError("lock_not_allowed", row=row, column=column)
        mentor_of[row] = column
        taken[column] += 1
        if taken[column] > seats[column]:
            raise LockError("locks_exceed_seats", row=row, column=column, seats=int(seats[column]))


def _order(
    scores: Scores | NDArray[np.float64], side: str, places: NDArray[np.int64], seed: int
) -> NDArray[np.int64]:
    """These rows or columns, sorted by a hash of the seed and each person's id."""
    people = getattr(scores, side) if isinstance(scores, Scores) else None

    def key(place: np.int64) -> bytes:
        name = people[place].id if people else str(place)
        return hashlib.sha256(f"{seed}\0{side}\0{name}".encode()).digest()

    return np.array(sorted(places, key=key), dtype=np.int64)
