"""Input as it comes, made into a `Market`, or a typed error that names row and column."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from ..compiled import compiled
from ..errors import CapacityError, LockError, ScoresError
from ..scoring import Scores
from .kernels_full import column_tops
from .market import Floats, Ints, Longs, Market, market_of_dense
from .result import UNMATCHED, Pair
from .whole import array_of, whole_numbers

# What `assign` takes: Scores, rows × columns with NaN = not allowed, or SciPy CSR.
ScoresLike: TypeAlias = Scores | NDArray[np.float64] | Any


def shape_of(scores: ScoresLike) -> tuple[int, int]:
    """(mentees, mentors). Raises ScoresError for what is not a matrix or has an empty side."""
    matrix = scores.total if isinstance(scores, Scores) else scores
    shape: tuple[int, ...] = getattr(matrix, "shape", None) or np.shape(matrix)
    if len(shape) != 2:
        raise ScoresError("scores_not_a_matrix", shape=list(shape))
    for size, side in zip(shape, ("mentees", "mentors"), strict=True):
        if not size:
            raise ScoresError("side_empty", side=side)
    return int(shape[0]), int(shape[1])


def dense_of(scores: Scores | NDArray[np.float64]) -> tuple[Floats, Floats, bool]:
    """The fits as float64 rows × columns, per column the highest, and whether none is NaN.

    What a mask hides is NaN. A column of nothing but NaN has -inf. Raises ScoresError for
    infinities and non-numbers.
    """
    matrix = array_of(scores.total if isinstance(scores, Scores) else scores)
    if matrix.dtype.kind not in "fiubO":
        raise ScoresError("scores_not_numbers", detail=str(matrix.dtype))
    try:
        fits = np.ascontiguousarray(matrix, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ScoresError("scores_not_numbers", detail=str(error)) from error
    odd, tops = column_tops(fits)
    if odd:
        infinite = _first_infinite(fits)
        if infinite >= 0:
            row, column = divmod(infinite, fits.shape[1])
            raise ScoresError("score_infinite", row=row, column=column)
    return fits, tops, not odd


def market_of(scores: ScoresLike, seats: Longs) -> Market:
    """The allowed pairs of dense or sparse scores; explicit NaN is not allowed, 0 is a fit.

    Raises ScoresError for infinities, a pair stored twice, columns outside, other formats.
    """
    if not scipy.sparse.issparse(scores):
        return market_of_dense(dense_of(scores)[0], seats)
    return _market_of_sparse(scores, seats)


def _market_of_sparse(scores: Any, seats: Longs) -> Market:
    if scores.format != "csr":
        raise ScoresError("scores_not_csr", format=scores.format)
    shape = shape_of(scores)
    if scores.dtype.kind not in "fiub":
        raise ScoresError("scores_not_numbers", detail=str(scores.dtype))
    indptr = np.ascontiguousarray(scores.indptr, dtype=np.int64)
    columns = np.ascontiguousarray(scores.indices)
    if columns.dtype != np.int32:
        # What lies outside stays outside and never wraps around to somebody else.
        columns = np.clip(columns, -1, shape[1]).astype(np.int32)
    fits = np.ascontiguousarray(scores.data, dtype=np.float64)
    ends = (len(indptr), int(indptr[0]), int(indptr[-1]), len(fits))
    if ends != (shape[0] + 1, 0, len(columns), len(columns)) or (np.diff(indptr) < 0).any():
        raise ScoresError("csr_broken", shape=list(shape))
    problem, row, column, absent = _check_rows(indptr, columns, fits, shape[1])
    if problem:
        code = ("score_outside", "score_twice", "score_infinite")[problem - 1]
        raise ScoresError(code, row=row, column=column)
    market = Market(indptr, columns, fits, seats)
    return market.only(~np.isnan(fits)) if absent else market


def seats_of(
    scores: ScoresLike, capacity: Sequence[int] | NDArray[np.integer] | None, mentors: int
) -> Longs:
    """Seats per mentor, int64; left out, those the mentors of `Scores` have.

    Raises CapacityError naming column and value for what is no whole number >= 0.
    """
    if capacity is None:
        if not isinstance(scores, Scores):
            raise CapacityError("capacity_missing", mentors=mentors)
        capacity = [mentor.seats for mentor in scores.mentors]
    given = array_of(capacity)
    if given.shape != (mentors,):
        raise CapacityError("capacity_shape", shape=list(given.shape), mentors=mentors)
    seats = whole_numbers(given, _not_seats)
    for column in np.flatnonzero(seats < 0):
        raise CapacityError("seats_negative", column=int(column), value=int(seats[column]))
    return seats


def _not_seats(column: int, value: object) -> CapacityError:
    return CapacityError("seats_not_whole", column=column, value=value)


def check_locks(locks: Sequence[Pair], banned: Sequence[Pair], seats: Longs, fits: Floats) -> None:
    """Raises LockError for locks that contradict each other, a ban, a rule or the seats.

    fits: per lock its fit, NaN where the pair is not allowed.
    """
    mentor_of: dict[int, int] = {}
    taken: Counter[int] = Counter()
    never = set(banned)
    for (row, column), fit in zip(locks, fits, strict=True):
        if row in mentor_of:
            raise LockError("lock_twice", row=row, column=column, other=mentor_of[row])
        if (row, column) in never:
            raise LockError("lock_forbidden", row=row, column=column)
        if np.isnan(fit):
            raise LockError("lock_not_allowed", row=row, column=column)
        mentor_of[row] = column
        taken[column] += 1
        if taken[column] > seats[column]:
            raise LockError("locks_exceed_seats", row=row, column=column, seats=int(seats[column]))


def mentors_of(values: object, shape: tuple[int, int]) -> Longs:
    """Per mentee a column or -1, int64.

    Raises ScoresError for a wrong length, what is no whole number, or a column outside the matrix.
    """
    given = array_of(values)
    if given.shape != shape[:1]:
        raise ScoresError("mentor_of_shape", shape=list(given.shape), mentees=shape[0])
    mentor_of = whole_numbers(given, _not_a_column)
    for row in np.flatnonzero((mentor_of < UNMATCHED) | (mentor_of >= shape[1])):
        raise ScoresError("mentor_of_outside", row=int(row), column=int(mentor_of[row]))
    return mentor_of


def _not_a_column(row: int, value: object) -> ScoresError:
    return ScoresError("mentor_of_not_whole", row=row, value=value)


def _first_infinite(fits: Floats) -> int:
    """Flat place of the first infinity, -1 without one. Blocks keep the extra memory small."""
    step = max(1, (1 << 20) // fits.shape[1])
    for first in range(0, len(fits), step):
        wrong = np.flatnonzero(np.isinf(fits[first : first + step]))
        if len(wrong):
            return int(first * fits.shape[1] + wrong[0])
    return -1


@compiled
def _check_rows(
    indptr: Longs, columns: Ints, fits: Floats, mentors: int
) -> tuple[int, int, int, int]:
    """(problem, row, column, NaNs): 1 column outside, 2 stored twice, 3 infinite; 0 = fine."""
    seen = np.full(mentors, -1, np.int64)
    absent = 0
    for i in range(len(indptr) - 1):
        for e in range(indptr[i], indptr[i + 1]):
            j = columns[e]
            if j < 0 or j >= mentors:
                return 1, i, j, 0
            if seen[j] == i:
                return 2, i, j, 0
            seen[j] = i
            if np.isinf(fits[e]):
                return 3, i, j, 0
            if np.isnan(fits[e]):
                absent += 1
    return 0, -1, -1, absent
