"""One compact form for every kind of input: who may meet whom, how well they fit, which seats."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..compiled import compiled

Longs = NDArray[np.int64]
Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Transposed:
    """The same edges by mentor: of mentor j, places indptr[j]:indptr[j + 1] of the others.

    rows: int32 mentee per edge, ascending within a mentor. fits: float64. Shapes (mentors + 1,),
    (edges,), (edges,).
    """

    indptr: Longs
    rows: Ints
    fits: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """All allowed pairs by mentee: of row i, places indptr[i]:indptr[i + 1] of the others.

    indptr: int64 (rows + 1,). columns: int32 (edges,), each at most once in a row. fits: float64
    (edges,), finite. seats: int64 (mentors,), >= 0.
    """

    indptr: Longs
    columns: Ints
    fits: Floats
    seats: Longs

    @property
    def rows(self) -> int:
        """Number of mentees."""
        return len(self.indptr) - 1

    @property
    def mentors(self) -> int:
        """Number of mentors."""
        return len(self.seats)

    @property
    def edges(self) -> int:
        """Number of allowed pairs."""
        return len(self.columns)

    def transposed(self) -> Transposed:
        """The same edges by mentor. Cost: two passes over the edges and 12 bytes an edge."""
        return Transposed(*_transpose(self.indptr, self.columns, self.fits, self.mentors))

    def row_of_edge(self) -> Longs:
        """The mentee of every edge, int64 (edges,)."""
        return np.repeat(np.arange(self.rows, dtype=np.int64), np.diff(self.indptr))

    def only(self, keep: Flags) -> "Market":
        """The market with the edges where `keep`, bool (edges,), is true."""
        before = np.concatenate(([0], np.cumsum(keep, dtype=np.int64)))
        return Market(before[self.indptr], self.columns[keep], self.fits[keep], self.seats)

    def reordered(self, rows: Longs, columns: Longs) -> "Market":
        """The part with these rows and columns, in this order; the others' edges drop out.

        The columns ascend in every row, so the result does not depend on the order before.
        rows, columns: int64 places, each at most once. Cost: one pass over the edges.
        """
        new = np.full(self.mentors, -1, dtype=np.int32)
        new[columns] = np.arange(len(columns), dtype=np.int32)
        parts = _reorder(self.indptr, self.columns, self.fits, rows, new)
        return Market(*parts, self.seats[columns])


def market_of_dense(fits: Floats, seats: Longs) -> Market:
    """Rows × columns with NaN = not allowed, as a market. Cost: 12 bytes an allowed pair."""
    allowed = ~np.isnan(fits)
    indptr = np.concatenate(([0], np.cumsum(allowed.sum(axis=1), dtype=np.int64)))
    columns = np.broadcast_to(np.arange(fits.shape[1], dtype=np.int32), fits.shape)[allowed]
    return Market(indptr, columns, fits[allowed], seats)


@compiled
def _transpose(
    indptr: Longs, columns: Ints, fits: Floats, mentors: int
) -> tuple[Longs, Ints, Floats]:
    start = np.zeros(mentors + 1, np.int64)
    for e in range(len(columns)):
        start[columns[e] + 1] += 1
    for j in range(mentors):
        start[j + 1] += start[j]
    place = start[:mentors].copy()
    rows = np.empty(len(columns), np.int32)
    values = np.empty(len(columns), np.float64)
    for i in range(len(indptr) - 1):
        for e in range(indptr[i], indptr[i + 1]):
            j = columns[e]
            rows[place[j]] = i
            values[place[j]] = fits[e]
            place[j] += 1
    return start, rows, values


@compiled
def _reorder(
    indptr: Longs, columns: Ints, fits: Floats, rows: Longs, new: Ints
) -> tuple[Longs, Ints, Floats]:
    start = np.zeros(len(rows) + 1, np.int64)
    for place in range(len(rows)):
        count = 0
        for e in range(indptr[rows[place]], indptr[rows[place] + 1]):
            if new[columns[e]] >= 0:
                count += 1
        start[place + 1] = start[place] + count
    mentors = np.empty(start[-1], np.int32)
    values = np.empty(start[-1], np.float64)
    for place in range(len(rows)):
        base = start[place]
        at = base
        for e in range(indptr[rows[place]], indptr[rows[place] + 1]):
            j = new[columns[e]]
            if j < 0:
                continue
            to = at
            if at - base < 48:
                while to > base and mentors[to - 1] > j:
                    mentors[to] = mentors[to - 1]
                    values[to] = values[to - 1]
                    to -= 1
            mentors[to] = j
            values[to] = fits[e]
            at += 1
        if at - base > 48:
            order = np.argsort(mentors[base:at])
            mentors[base:at] = mentors[base:at][order]
            values[base:at] = values[base:at][order]
    return start, mentors, values
