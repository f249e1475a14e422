"""Markets with seats just enough for everybody, or hardly more: an auction with a shrinking step.

The auction's prices are right up to its last step. Who could gain anything at them gets up, and
from there bids without a step and shortest paths bring everybody in again: so the result is as
exact as without the auction, only the ways are short.
"""

import numpy as np

from . import state as run
from .kernels_bid import slots_of
from .kernels_even import even_bid, uneasy, with_outside
from .market import Flags, Floats, Longs, Market
from .state import Clock, State

# The first and last step as shares of the range of fits, and what the step shrinks by.
_FIRST, _LAST, _SHRINK = 1 / 8, 2.5e-5, 5.0
# The last few would bid very often: this share of all waits for the next step.
_WAIT = 0.0004
# Bids per bidder and step; nobody needs as many, but it has an end.
_MOST = 50


def solve_even(market: Market, seats: Longs, clock: Clock) -> State:
    """The best total with every row seated, which must be possible; there must be a row.

    The prices prove it, every free seat costs 0. seats: int64 per mentor, instead of the market's
    own. Raises Stopped. Cost: some 15 bids a row, with few seats free hardly more; 12 bytes a seat.
    """
    auction = _Auction(market, seats)
    spread = float(market.fits.max() - market.fits.min())
    # Where all fits are equal nobody bids, and everybody is brought in afterwards.
    step, last = spread * _FIRST, spread * _LAST
    while step > last:
        auction.run(step, clock)
        step = max(step / _SHRINK, last)
    if last > 0:
        auction.run(last, clock)
    state = auction.state()
    left = state.bid(np.flatnonzero(state.mate < 0), -np.inf, clock)
    state.insert(left, -np.inf, clock)
    state.settle(-np.inf, clock)
    return state


def solve_crowded(
    market: Market, seats: Longs, crowd: Flags, lacking: Flags, out: int, clock: Clock
) -> tuple[Longs, Longs, Floats, Floats]:
    """Fill every seat of the `lacking` mentors from the crowd, best total, `out` are left out.

    Being left out is one more mentor with so many seats, and then seats are just enough. Returns
    the crowd's rows, the mentor of each or -1, their fits, and the price per mentor: whoever is
    seated gains fit - price >= 0, whoever is left out could gain nothing. Raises Stopped.
    """
    rows, indptr, columns, fits = with_outside(
        market.indptr, market.columns, market.fits, crowd, market.mentors
    )
    places = np.append(np.where(lacking, seats, 0), out)
    state = solve_even(Market(indptr, columns, fits, places), places, clock)
    mate = np.where(state.mate == market.mentors, -1, state.mate)
    return rows, mate, state.mate_fit, state.price[:-1] - state.price[-1]


class _Auction:
    """Slots for bids, prices, and the ring of who is to bid."""

    def __init__(self, market: Market, seats: Longs) -> None:
        self.market, self.seats = market, seats
        # Seats beyond one more than all who may sit there stay free whatever happens.
        slots = np.minimum(seats, np.bincount(market.columns, minlength=market.mentors) + 1)
        self.start = np.concatenate(([0], np.cumsum(slots, dtype=np.int64)))
        self.bidders = int(self.start[-1])
        self.level = np.empty(self.start[-1])
        self.member = np.empty(self.start[-1], dtype=np.int32)
        self.load = np.zeros(market.mentors, dtype=np.int64)
        self.price = np.zeros(market.mentors)
        self.waiting = np.empty(self.bidders, dtype=np.int32)
        # Columns without a slot cost more than all others, for whoever looks for the cheapest.
        self.price[slots == 0] = np.inf
        self.key = self.price.copy()
        self.heap = np.argsort(self.key, kind="stable").astype(np.int32)
        self.where = np.argsort(self.heap).astype(np.int32)

    def run(self, step: float, clock: Clock) -> None:
        """Everybody bids anew, with this step, from the present prices."""
        market = self.market
        self.load[:] = 0
        self.waiting[:] = np.arange(self.bidders, dtype=np.int32)
        first, count, looked = 0, self.bidders, 0
        stop = int(_WAIT * self.bidders)
        while count > stop and looked < _MOST * (market.edges + 20 * self.bidders):
            clock.check()
            first, count = even_bid(
                market.indptr, market.columns, market.fits, step, stop, run.SLICE, self.start,
                self.level, self.member, self.load, self.price, self.heap, self.where, self.key,
                self.waiting, first, count,
            )  # fmt: skip
            looked += run.SLICE

    def state(self) -> State:
        """Who sits where and could not gain elsewhere; free seats that fillers hold cost 0."""
        market, state = self.market, State(self.market, self.seats)
        held = slots_of(self.start, self.member, self.load, self.bidders)
        mate, fillers = held[: market.rows], held[market.rows :]
        state.price = np.where(np.isfinite(self.price), self.price - self.price.min(), 0.0)
        state.price[fillers[fillers >= 0]] = 0.0
        mate[uneasy(market.indptr, market.columns, market.fits, mate, state.price)] = -1
        state.seat(mate)
        return state
