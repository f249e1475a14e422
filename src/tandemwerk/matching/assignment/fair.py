"""`objective="fair"`: leximin, the best lot for the worst off, then for the next, and so on.

As many people as possible have a mentor. Among all such assignments the lowest fit is as high as
can be; among those, as few people as possible have it; then the second lowest, and so on to the
top. No other assignment of as many people, its fits sorted from the lowest, comes later in
lexicographic order. The sorted fits are unique, and so is their sum; which of several assignments
with these fits comes out is drawn by the seed. Locked pairs stand outside of all this.
Source: lexicographic bottleneck assignment (Burkard & Rendl 1991); see `kernels_fair`.
"""

import numpy as np

from .kernels_fair import State, climb, seat
from .market import Longs, Market
from .result import UNMATCHED
from .state import Clock, Stopped

_SLICE = 50  # searches until the clock is looked at: some ms


def fair(part: Market, mentor_of: Longs, clock: Clock) -> tuple[Longs, float | None]:
    """A leximin assignment with as many pairs as `mentor_of`, int64 column or -1 per row.

    mentor_of: any assignment of as many people as possible; a good one saves time. Also given:
    where the clock stopped it, the fit below which it is leximin, else None.
    Cost: 10,000 × 20 pairs in about half a second, 100,000 × 20 in about 20; up to O(edges) per
    pair in the worst case.
    """
    hit = np.flatnonzero(np.repeat(mentor_of, np.diff(part.indptr)) == part.columns)
    row = part.row_of_edge()
    edge_of = np.full(part.rows, -1, dtype=np.int64)
    edge_of[row[hit]] = hit
    state = _state(part, row)
    for u in np.flatnonzero(edge_of >= 0):
        seat(state, int(u), int(edge_of[u]))
    order, low = np.argsort(part.fits, kind="stable"), 0
    settled = None
    try:
        while low < part.edges:
            clock.check()
            low = climb(state, order, part.fits, low, _SLICE)
    except Stopped:
        settled = float(part.fits[order[low]])
    chosen = np.full(part.rows, UNMATCHED, dtype=np.int64)
    matched = np.flatnonzero(state.edge_of >= 0)
    chosen[matched] = part.columns[state.edge_of[matched]]
    return chosen, settled


def _state(part: Market, row: Longs) -> State:
    rows, columns = part.rows, part.mentors
    nodes = rows + columns + 2
    degree = np.bincount(part.columns, minlength=columns)
    room = np.minimum(part.seats, degree)
    return State(
        indptr=part.indptr,
        column=part.columns,
        row=row,
        column_start=np.concatenate(([0], np.cumsum(degree))),
        by_column=np.argsort(part.columns, kind="stable"),
        seats=part.seats,
        edge_of=np.full(rows, -1),
        first_seat=np.concatenate(([0], np.cumsum(room))),
        held=np.empty(room.sum(), np.int64),
        load=np.zeros(columns, np.int64),
        place=np.full(rows, -1),
        alive=np.ones(part.edges, np.bool_),
        source_alive=np.ones(rows, np.bool_),
        sink_alive=np.ones(columns, np.bool_),
        cost=np.zeros(part.edges, np.int64),
        potential=np.zeros(nodes, np.int64),
        seen=np.zeros(nodes, np.int8),
        link=np.full(nodes, -1),
        link_edge=np.full(nodes, -1),
        queue=np.empty((2, nodes), np.int64),
        waiting=np.zeros((2, 2), np.bool_),
        meeting=np.empty(3, np.int64),
        touched=np.zeros(nodes, np.bool_),
    )
