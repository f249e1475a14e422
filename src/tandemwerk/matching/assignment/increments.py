"""An optimum that stays one: somebody comes, goes or changes, and only what must move moves.

Keeps pairs and prices of a solved market. Every change is one shortest path from these prices, so
it takes microseconds where few people are concerned, and the result is as good as solving anew:
as many people as can be, then the highest total.
"""

import math
import operator
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import CapacityError, LockError, ScoresError
from ..scoring import Scores
from .checks import ScoresLike, market_of, seats_of, shape_of
from .exact import solve_total
from .kernels_bid import seat_rows
from .kernels_fill import fill_columns, thread_edges
from .kernels_path import insert_rows, unlink
from .market import Floats, Ints, Longs, Market
from .result import UNMATCHED
from .state import Solution
from .whole import array_of, whole_numbers

_GONE = -2
_NO_LIMIT = 1 << 62
_MOST_SEATS = np.iinfo(np.int64).max


class LiveAssignment:
    """A cohort's best assignment, kept best through changes.

    Mentees have the numbers they were given: 0 ... in the market's order, then one more for each
    who is added. Mentors are the market's columns. Cost of a change: the shortest path, and
    O(mentors) bytes of memory for its time; 10,000 × 20 pairs: well below a millisecond.
    """

    def __init__(self, market: Market) -> None:
        solution = solve_total(market)
        self._seats = market.seats.copy()
        self._price = solution.prices.copy()
        self._head = np.full(market.mentors, -1, dtype=np.int64)
        self._load = np.zeros(market.mentors, dtype=np.int64)
        self._low = float(market.fits.min()) if market.edges else 0.0
        self._high = float(market.fits.max()) if market.edges else 0.0
        self._outside = -self._lift_for(market.rows)
        self._raise(solution)
        self._place = np.arange(market.rows, dtype=np.int64)
        self._build(market, solution.mentor_of)

    @classmethod
    def of(
        cls, scores: ScoresLike, capacity: Sequence[int] | NDArray[np.integer] | None = None
    ) -> "LiveAssignment":
        """Solve these scores and seats, as given to `assign`, and keep them; raises as it does."""
        seats = seats_of(scores, capacity, shape_of(scores)[1])
        matrix = scores.total if isinstance(scores, Scores) else scores
        return cls(market_of(matrix, seats))

    @property
    def mentor_of(self) -> Longs:
        """The mentor per mentee, -1 = unmatched or gone; int64 in the order of their numbers."""
        found = np.full(len(self._place), UNMATCHED, dtype=np.int64)
        here = self._place >= 0
        found[here] = np.maximum(self._mate[self._place[here]], UNMATCHED)
        return found

    @property
    def total(self) -> float:
        """Sum of the fits of all pairs. O(mentees)."""
        rows = self._rows
        return math.fsum(self._mate_fit[:rows][self._mate[:rows] >= 0])

    @property
    def seats(self) -> Longs:
        """Seats per mentor, int64."""
        return self._seats.copy()

    def market(self) -> tuple[Market, Longs]:
        """The market as it is now, and the mentee's number of each of its rows."""
        numbers = np.flatnonzero(self._place >= 0)
        here = self._place[numbers]
        counts = self._indptr[here + 1] - self._indptr[here]
        indptr = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
        edges = np.repeat(self._indptr[here] - indptr[:-1], counts) + np.arange(indptr[-1])
        return Market(indptr, self._columns[edges], self._fits[edges], self._seats), numbers

    def add(self, columns: Sequence[int] | Ints, fits: Sequence[float] | Floats) -> int:
        """A new mentee with these allowed mentors and fits; returns their number.

        A fit of NaN is a pair that is not allowed. Raises ScoresError for a column outside or
        twice, or a fit that is infinite.
        """
        number = len(self._place)
        places, values = self._checked(number, columns, fits)
        self._place = np.append(self._place, UNMATCHED)
        self._enter(number, places, values)
        return number

    def remove(self, number: int) -> None:
        """This mentee is gone. Raises LockError for one who is not there."""
        row = self._row(number)
        self._place[number] = UNMATCHED
        column = int(self._mate[row])
        self._mate[row] = _GONE
        self._dead += 1
        if column >= 0:
            unlink(row, column, self._head, self._after, self._before, self._load)
            self._settle(column)

    def change(
        self, number: int, columns: Sequence[int] | Ints, fits: Sequence[float] | Floats
    ) -> None:
        """This mentee's allowed mentors and fits are now these. Raises as `add` and `remove`."""
        self._row(number)
        places, values = self._checked(number, columns, fits)
        self.remove(number)
        self._enter(number, places, values)

    def set_seats(self, column: int, seats: int) -> None:
        """This mentor has so many seats now. Raises CapacityError for a wrong mentor or number."""
        try:
            column, seats = operator.index(column), operator.index(seats)
        except TypeError as error:
            raise CapacityError("seats_not_whole", column=column, value=seats) from error
        if seats > _MOST_SEATS:
            raise CapacityError("seats_not_whole", column=column, value=seats)
        if not 0 <= column < len(self._seats):
            raise CapacityError("mentor_outside", column=column, mentors=len(self._seats))
        if seats < 0:
            raise CapacityError("seats_negative", column=column, value=seats)
        self._seats[column] = seats
        while self._load[column] > seats:
            row = int(self._head[column])
            unlink(row, column, self._head, self._after, self._before, self._load)
            self._mate[row] = UNMATCHED
            self._insert(row)
        self._settle(column)

    def _row(self, number: int) -> int:
        there = isinstance(number, (int, np.integer)) and 0 <= number < len(self._place)
        if not there or self._place[number] < 0:
            raise LockError("mentee_unknown", row=number)
        return int(self._place[number])

    def _checked(
        self, number: int, columns: Sequence[int] | Ints, fits: Sequence[float] | Floats
    ) -> tuple[Ints, Floats]:
        given, values = array_of(columns), array_of(fits)
        if given.ndim != 1 or given.shape != values.shape:
            raise ScoresError("scores_shape", row=number, columns=given.size, fits=values.size)
        if values.dtype.kind not in "fiub":
            raise ScoresError("scores_not_numbers", detail=str(values.dtype))
        places = whole_numbers(given, lambda _, value: _not_a_column(number, value))
        wrong = np.flatnonzero((places < 0) | (places >= len(self._seats)))
        if len(wrong):
            raise ScoresError("score_outside", row=number, column=int(places[wrong[0]]))
        ordered = np.sort(places)
        twice = np.flatnonzero(ordered[1:] == ordered[:-1])
        if len(twice):
            raise ScoresError("score_twice", row=number, column=int(ordered[twice[0]]))
        finite = np.isfinite(values)
        if not finite.all():
            odd = np.flatnonzero(np.isinf(values))
            if len(odd):
                raise ScoresError("score_infinite", row=number, column=int(places[odd[0]]))
            places, values = places[finite], values[finite]
        return places.astype(np.int32), values.astype(np.float64)

    def _lift_for(self, rows: int) -> float:
        """What a pair is worth beyond its fit, so that no exchange of fits outweighs it."""
        most = 2 * rows + 64
        return (most + 1) * max(self._high - self._low, 1e-9) + abs(self._low) + 1.0

    def _raise(self, solution: Solution) -> None:
        """Prices of scarce seats as if a pair were worth the whole lift beyond its fit."""
        scarce = solution.mentors
        assert scarce is not None  # noqa: S101  # there is a cover where people are counted
        self._price[scarce] += -self._outside - solution.lift

    def _enter(self, number: int, columns: Ints, fits: Floats) -> None:
        if len(fits):
            self._low, self._high = min(self._low, fits.min()), max(self._high, fits.max())
        edges, size = int(self._indptr[self._rows]), len(columns)
        full = self._rows == len(self._mate) or edges + size > len(self._columns)
        if full or self._lift_for(self._rows - self._dead + 1) > -2.0 * self._outside:
            self._renew(size)
            edges = int(self._indptr[self._rows])
        row = self._rows
        self._columns[edges : edges + size] = columns
        self._fits[edges : edges + size] = fits
        self._indptr[row + 1] = edges + size
        self._mate[row] = UNMATCHED
        self._rows += 1
        self._place[number] = row
        thread_edges(
            self._indptr, self._columns, row, row + 1, self._row_of, self._first_edge,
            self._next_edge,
        )  # fmt: skip
        self._insert(row)

    def _insert(self, row: int) -> None:
        insert_rows(
            self._indptr, self._columns, self._fits, self._seats, self._outside,
            np.array([row], dtype=np.int64), 0, _NO_LIMIT, self._mate, self._mate_fit, self._head,
            self._after, self._before, self._load, self._price,
        )  # fmt: skip

    def _settle(self, column: int) -> None:
        if self._load[column] < self._seats[column] and self._price[column] > 0:
            fill_columns(
                self._first_edge, self._next_edge, self._row_of, self._fits, self._seats,
                self._outside, np.array([column], dtype=np.int64), 0, _NO_LIMIT, self._mate,
                self._mate_fit, self._head, self._after, self._before, self._load, self._price,
            )  # fmt: skip

    def _renew(self, size: int) -> None:
        """Drop who is gone and make room, or solve anew where fits left their former range."""
        market, numbers = self.market()
        mate = self.mentor_of[numbers]
        if self._lift_for(market.rows + 1) > -2.0 * self._outside:
            solution = solve_total(market)
            self._outside = -2.0 * self._lift_for(market.rows + 1)
            self._price = solution.prices.copy()
            self._raise(solution)
            mate = solution.mentor_of
        self._place[numbers] = np.arange(len(numbers))
        self._build(market, mate, size)

    def _build(self, market: Market, mate: Longs, size: int = 0) -> None:
        """Lay the market out with room for as much again."""
        rows, edges = market.rows, market.edges
        room, edge_room = 2 * rows + 16, 2 * edges + 16 * (size + 1)
        self._rows, self._dead = rows, 0
        self._indptr = _roomy(market.indptr, room + 1)
        self._columns, self._fits = (
            _roomy(market.columns, edge_room),
            _roomy(market.fits, edge_room),
        )
        self._mate, self._mate_fit = _roomy(mate, room), np.zeros(room)
        self._after = np.full(room, -1, dtype=np.int64)
        self._before = self._after.copy()
        self._head[:] = -1
        self._load[:] = 0
        seat_rows(
            self._indptr, self._columns, self._fits, self._mate[:rows], self._mate_fit, self._head,
            self._after, self._before, self._load,
        )  # fmt: skip
        self._row_of = np.zeros(edge_room, dtype=np.int32)
        self._first_edge = np.full(market.mentors, -1, dtype=np.int64)
        self._next_edge = np.full(edge_room, -1, dtype=np.int64)
        thread_edges(
            self._indptr, self._columns, 0, rows, self._row_of, self._first_edge, self._next_edge
        )


def _not_a_column(row: int, value: object) -> ScoresError:
    return ScoresError("column_not_whole", row=row, value=value)


def _roomy(values: NDArray[Any], size: int) -> NDArray[Any]:
    longer = np.zeros(size, dtype=values.dtype)
    longer[: len(values)] = values
    return longer
