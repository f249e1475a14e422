"""Large dense matrices: solve the pairs that matter, and let the prices prove the others away.

Everybody's best pairs, by fit and by fit compared with the mentor's mean, are solved as a sparse
market. Its prices then meet the whole matrix in one pass: a pair that would gain joins, the few
it concerns bid again, until no pair of the matrix gains anything. So the proof is about all pairs
(column generation; Dantzig & Wolfe 1960).
"""

import math

import numpy as np

from .exact import so_far, solve_total
from .kernels_cover import reach_from_unmatched
from .kernels_dense import best_pairs, column_means, joined
from .market import Floats, Ints, Longs, Market
from .state import Clock, Solution, State, Stopped

# From so many cells on, this is faster than solving all pairs as they are.
CELLS = 40_000
_PAIRS = 12
_MORE = 16
_ROWS = 1 << 24

# Columns and fits of pairs, (rows, most) each, and how many there are per row.
Found = tuple[Ints, Floats, Ints]


def solve_dense(
    fits: Floats,
    rows: Longs,
    columns: Longs,
    seats: Longs,
    *,
    floor: float | None = None,
    cardinality: str = "most",
    clock: Clock | None = None,
) -> Solution:
    """As `solve_total`, of these rows and columns of a matrix (NaN = not allowed).

    seats: per column of the part. floor: pairs below it are not allowed.
    Cost: some passes over the matrix; 300 bytes per row and column beyond it.
    """
    clock = clock or Clock()
    search = _Search(fits, rows, columns, -np.inf if floor is None else floor, Clock())
    means, allowed, low, high = column_means(fits, rows, columns, search.floor)
    empty = Market(np.zeros(len(rows) + 1, np.int64), np.empty(0, np.int32), np.empty(0), seats)
    if not allowed:
        return solve_total(empty, cardinality=cardinality)
    anything = np.full(len(rows), -np.inf)
    market = search.extended(empty, np.zeros(len(columns)), anything, _PAIRS)
    market = search.extended(market, means, anything, _PAIRS)
    state = State(market, seats)
    search.clock = clock
    try:
        start = solve_total(
            market, deadline=clock.deadline, should_stop=clock.should_stop, cardinality=cardinality
        )
        # So much is a pair worth beyond its fit. Small numbers keep the prices sharp; if
        # that leaves somebody without a mentor who could have one, it grows.
        lift = 0.0
        if cardinality == "most":
            lift = start.lift + 16.0 * (high - low) + abs(low) + 1.0
        state = State(market, seats)
        state.seat(start.mentor_of)
        state.price = start.prices.copy()
        if start.mentors is not None:
            state.price[start.mentors] += lift - start.lift
        best = _close(state, search, lift, (high - low) * 1e-14)
        while cardinality == "most" and _raised(state, search, lift):
            lift *= 16.0
            best = _close(state, search, lift, (high - low) * 1e-14)
    except Stopped:
        return so_far(state, cardinality, search.best(state.price))
    return _proof(state, search, cardinality, lift, best)


class _Search:
    """The matrix, as a place to look for better pairs."""

    def __init__(
        self, fits: Floats, rows: Longs, columns: Longs, floor: float, clock: Clock
    ) -> None:
        self.fits, self.rows, self.columns = fits, rows, columns
        self.floor, self.clock = floor, clock
        self.natural = bool((columns == np.arange(len(columns))).all())

    def scan(self, price: Floats, least: Floats, most: int) -> tuple[Floats, Found]:
        """Per row the highest fit - price, and up to `most` pairs above `least`."""
        rows = len(self.rows)
        found: Found = (
            np.zeros((rows, most), np.int32), np.zeros((rows, most)), np.zeros(rows, np.int32)
        )  # fmt: skip
        best = np.empty(rows)
        step = max(1, _ROWS // len(self.columns))
        for first in range(0, rows, step):
            self.clock.check()
            best_pairs(
                self.fits, self.rows, self.columns, self.natural, self.floor, price, least, most,
                first, min(first + step, rows), found[0], found[1], found[2], best,
            )  # fmt: skip
        return best, found

    def best(self, price: Floats) -> Floats:
        """Per row the highest fit - price, -inf without any pair; never stops early."""
        clock, self.clock = self.clock, Clock()
        best, _ = self.scan(price, np.full(len(self.rows), -np.inf), 1)
        self.clock = clock
        return best

    def extended(self, market: Market, price: Floats, least: Floats, most: int) -> Market:
        """The market with everybody's best pairs at these prices above `least`."""
        return self.joined(market, self.scan(price, least, most)[1])

    def joined(self, market: Market, found: Found) -> Market:
        """The market with these pairs."""
        parts = joined(
            market.indptr, market.columns, market.fits, found[0], found[1], found[2],
            market.mentors,
        )  # fmt: skip
        return Market(*parts, market.seats)


def _close(state: State, search: _Search, lift: float, tolerance: float) -> Floats:
    """Bring in every pair of the matrix that would gain at the state's prices.

    Returns per row the highest fit - price of the matrix at the final prices.
    """
    first = True
    while True:
        seated = state.mate >= 0
        own = np.where(seated, state.mate_fit - state.price[state.mate], -lift)
        slack = tolerance + 1e-15 * float(state.price.max(initial=0.0))
        best, found = search.scan(state.price, own - slack, _MORE)
        edges = state.market.edges
        state.market = search.joined(state.market, found)
        again = np.flatnonzero(best > own + slack).astype(np.int64)
        # Known pairs can only gain where the prices came from elsewhere; later it is rounding.
        if not len(again) or (state.market.edges == edges and not first):
            return best
        first = False
        state.unseat(again)
        left = state.bid(again, -lift, search.clock)
        state.insert(left, -lift, search.clock)
        state.settle(-lift, search.clock)


def _raised(state: State, search: _Search, lift: float) -> bool:
    """Whether more people could be matched; then the prices are ready for 16 times the lift."""
    market = state.market
    crowd, lacking = reach_from_unmatched(
        market.indptr, market.columns, state.mate, state.head, state.after
    )
    if not crowd.any():
        return False
    full = state.load >= state.seats
    free = search.best(np.where(lacking, np.inf, 0.0))
    if full[lacking].all() and not (free[crowd] > -np.inf).any():
        return False
    state.price[lacking & full] += 15.0 * lift
    return True


def _proof(state: State, search: _Search, cardinality: str, lift: float, best: Floats) -> Solution:
    """The solution with the least lift that holds for every pair of the matrix."""
    market, price = state.market, state.price
    if cardinality != "most":
        gains = math.fsum(np.maximum(best, 0.0))
        return Solution(state.mate, price, 0.0, None, None, True, gains)
    crowd, lacking = reach_from_unmatched(
        market.indptr, market.columns, state.mate, state.head, state.after
    )
    price = np.where(lacking, price - lift, price)
    seated = np.flatnonzero((state.mate >= 0) & ~crowd)
    own = state.mate_fit[seated] - price[state.mate[seated]]
    least = max(0.0, -float(own.min(initial=0.0)))
    if lacking.any():
        wanted = search.best(np.where(lacking, price, np.inf))[seated]
        least = max(least, -float(price[lacking].min()))
        least = max(least, float((wanted - own).max(initial=0.0)))
        price = np.maximum(np.where(lacking, price + least, price), 0.0)
        best = search.best(price)
    gains = math.fsum(np.maximum(best + least, 0.0))
    return Solution(state.mate, price, least, ~crowd, lacking, True, gains)
