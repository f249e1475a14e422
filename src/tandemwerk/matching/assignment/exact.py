"""The solver behind `total`: exact, with the dual prices that prove it.

Mentees bid for seats while that goes quickly; shortest paths bring in the rest. If somebody cannot
be seated, the market is split where seats are short: there mentors bid for mentees instead, so
both parts have plenty of what is bid for and no price has to climb far. The prices of both parts
join into one proof; the lift is the least that keeps them apart.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from .kernels_bid import rows_bid, seat_members, seats_bid
from .kernels_cover import (
    best_gains,
    least_lift,
    match_most,
    over_demanded,
    prices_of_seats,
    reach_from_unmatched,
)
from .kernels_path import fill_seats, insert_rows
from .market import Flags, Floats, Longs, Market, Transposed

# Edges a kernel looks at before it returns to ask for the time: some 50 ms.
_SLICE = 5_000_000
_BIDS = 15


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """Pairs and what proves them, in the places of the market they were solved on.

    mentor_of: int64 per row, -1 = unmatched. prices: float64 per mentor, >= 0. lift: >= 0.
    mentees, mentors: bool cover of all edges (see `Certificate`), None where the number of people
    is free. proven: the solver finished, so the gap is 0 up to rounding.
    """

    mentor_of: Longs
    prices: Floats
    lift: float
    mentees: Flags | None
    mentors: Flags | None
    proven: bool


class Stopped(Exception):
    """Time is up; the state holds what there is."""


@dataclass(slots=True)
class Clock:
    """When to stop. deadline: in `time.perf_counter()`; should_stop: asked about every 50 ms."""

    deadline: float | None = None
    should_stop: Callable[[], bool] | None = None

    def check(self) -> None:
        """Raise Stopped if it is time."""
        late = self.deadline is not None and time.perf_counter() >= self.deadline
        if late or (self.should_stop is not None and self.should_stop()):
            raise Stopped


@dataclass(slots=True, eq=False)
class State:
    """Who sits where and at which prices, as the kernels keep it (see `kernels_path`)."""

    market: Market
    seats: Longs
    mate: Longs = field(init=False)
    mate_fit: Floats = field(init=False)
    head: Longs = field(init=False)
    after: Longs = field(init=False)
    before: Longs = field(init=False)
    load: Longs = field(init=False)
    price: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.price = np.zeros(self.market.mentors)
        self.empty()

    def empty(self) -> None:
        """Nobody sits anywhere; prices stay."""
        rows, mentors = self.market.rows, self.market.mentors
        self.mate, self.mate_fit = np.full(rows, -1, dtype=np.int64), np.zeros(rows)
        self.head = np.full(mentors, -1, dtype=np.int64)
        self.after, self.before = self.mate.copy(), self.mate.copy()
        self.load = np.zeros(mentors, dtype=np.int64)

    def bid(self, rows: Longs, outside: float, clock: Clock) -> Longs:
        """Let these rows bid from scratch; returns those still to be brought in."""
        market = self.market
        slots = np.minimum(self.seats, np.bincount(market.columns, minlength=market.mentors))
        start = np.concatenate(([0], np.cumsum(slots, dtype=np.int64)))
        level, member = np.empty(start[-1]), np.empty(start[-1], dtype=np.int32)
        tries = np.zeros(market.rows, dtype=np.int32)
        waiting = np.zeros(market.rows + 1, dtype=np.int32)
        waiting[: len(rows)] = rows[::-1]
        left = np.empty(len(rows), dtype=np.int64)
        count, gave_up = len(rows), 0
        try:
            while count:
                clock.check()
                count, gave_up = rows_bid(
                    market.indptr, market.columns, market.fits, self.seats, outside, _BIDS,
                    _SLICE, start, level, member, self.load, self.price, tries, waiting, count,
                    left, gave_up,
                )  # fmt: skip
        finally:
            seat_members(
                market.indptr, market.columns, market.fits, start, member, self.load, self.mate,
                self.mate_fit, self.head, self.after, self.before,
            )  # fmt: skip
        return left[:gave_up]

    def insert(
        self, rows: Longs, outside: float, clock: Clock, patience: int | None = None
    ) -> Longs:
        """Bring these rows in by shortest paths; returns those from the first that cannot be.

        patience: edges to look at before giving up as well.
        """
        market = self.market
        at, stuck = 0, -1
        looked = 0
        while at < len(rows) and stuck < 0 and (patience is None or looked < patience):
            clock.check()
            work = _SLICE if patience is None else min(_SLICE, patience)
            at, stuck = insert_rows(
                market.indptr, market.columns, market.fits, self.seats, outside, rows, at, work,
                self.mate, self.mate_fit, self.head, self.after, self.before, self.load,
                self.price,
            )  # fmt: skip
            looked += work
        return rows[at:]


def solve_total(
    market: Market,
    seats: Longs | None = None,
    *,
    deadline: float | None = None,
    should_stop: Callable[[], bool] | None = None,
    cardinality: str = "most",
) -> Solution:
    """As many pairs as can be and the highest total among those; "free": just the highest total.

    seats: int64 per mentor, instead of the market's own. deadline: `time.perf_counter()` at which
    to stop with what there is; should_stop: asked about every 50 ms. The edge weights may be any
    finite numbers. The same market gives the same pairs.
    """
    places = market.seats if seats is None else seats
    clock = Clock(deadline, should_stop)
    if market.edges and not places.all():
        market = market.only(places[market.columns] > 0)
    state = State(market, places)
    everyone = np.flatnonzero(np.diff(market.indptr)).astype(np.int64)
    outside = -np.inf if cardinality == "most" else 0.0
    try:
        left = state.bid(everyone, outside, clock)
        left = state.insert(left, outside, clock, market.edges)
        if not len(left):
            return _seated(state, cardinality)
        return _split(state, left, clock)
    except Stopped:
        return _so_far(state, cardinality)


def _seated(state: State, cardinality: str) -> Solution:
    """The proof where everybody who can has a seat (or wants none)."""
    market = state.market
    if cardinality != "most":
        return Solution(state.mate, state.price, 0.0, None, None, True)
    matched = state.mate >= 0
    gains = state.mate_fit[matched] - state.price[state.mate[matched]]
    lift = max(0.0, -float(gains.min())) if len(gains) else 0.0
    nobody = np.zeros(market.mentors, dtype=np.bool_)
    return Solution(state.mate, state.price, lift, matched, nobody, True)


def _split(state: State, left: Longs, clock: Clock) -> Solution:
    """Solve the part where seats are short and the part where they are not, and join them."""
    market = state.market
    by_mentor = market.transposed()
    most = State(market, state.seats)
    for name in ("mate", "head", "after", "before", "load"):
        setattr(most, name, getattr(state, name).copy())
    match_most(
        market.indptr, market.columns, by_mentor.indptr, by_mentor.rows, state.seats, most.mate,
        most.head, most.after, most.before, most.load,
    )  # fmt: skip
    crowd, lacking = reach_from_unmatched(
        market.indptr, market.columns, most.mate, most.head, most.after
    )
    if not lacking.any():
        state.insert(left, -np.inf, clock)
        return _seated(state, "most")
    state.empty()
    state.price = np.where(lacking, np.inf, 0.0)
    others = np.flatnonzero(~crowd).astype(np.int64)
    state.insert(state.bid(others, -np.inf, clock), -np.inf, clock)
    crowd_market = Transposed(
        *over_demanded(market.indptr, market.columns, market.fits, crowd, lacking, market.mentors)
    )
    holder, hold_fit, worth = _fill(crowd_market, state.seats, lacking, market.rows, clock)
    prices = state.price
    prices_of_seats(
        crowd_market.indptr, crowd_market.rows, crowd_market.fits, lacking, worth, holder, prices
    )
    mate = np.where(crowd, holder.astype(np.int64), state.mate)
    mate_fit = np.where(crowd, hold_fit, state.mate_fit)
    lift = least_lift(market.indptr, market.columns, market.fits, mate, mate_fit, lacking, prices)
    prices = np.maximum(np.where(lacking, prices + lift, prices), 0.0)
    return Solution(mate, prices, lift, ~crowd, lacking, True)


def _fill(
    crowd: Transposed, seats: Longs, lacking: Flags, rows: int, clock: Clock
) -> tuple[np.ndarray, Floats, Floats]:
    """Fill every seat of the lacking mentors from the crowd: (holder, hold_fit, worth) by row."""
    need = np.where(lacking, seats, 0)
    tries = need * _BIDS
    worth, hold_fit = np.zeros(rows), np.zeros(rows)
    holder = np.full(rows, -1, dtype=np.int32)
    bidders = np.flatnonzero(need > 0).astype(np.int32)
    waiting = np.zeros(len(seats) + 1, dtype=np.int32)
    waiting[: len(bidders)] = bidders[::-1]
    queued = (need > 0).astype(np.int32)
    count = len(bidders)
    while count:
        clock.check()
        count = seats_bid(
            crowd.indptr, crowd.rows, crowd.fits, _BIDS, _SLICE, need, tries, worth, holder,
            hold_fit, waiting, count, queued,
        )  # fmt: skip
    order = np.repeat(bidders, need[bidders])
    at = 0
    while at < len(order):
        clock.check()
        at = fill_seats(
            crowd.indptr, crowd.rows, crowd.fits, order, at, _SLICE, need, worth, holder, hold_fit
        )
    return holder, hold_fit, worth


def _so_far(state: State, cardinality: str) -> Solution:
    """What there is when time is up, with the lift that makes its bound the sharpest."""
    market = state.market
    prices = np.where(np.isfinite(state.price), state.price, 0.0)
    lift = 0.0
    mentees = mentors = None
    if cardinality == "most":
        people = int((state.mate >= 0).sum())
        if people > 0:
            big = np.abs(market.fits).max() + prices.max() + 1.0
            gains = best_gains(market.indptr, market.columns, market.fits, prices, big) - big
            lift = max(0.0, -float(np.partition(gains, len(gains) - people)[-people]))
        mentees = np.diff(market.indptr) > 0
        mentors = np.zeros(market.mentors, dtype=np.bool_)
    return Solution(state.mate, prices, lift, mentees, mentors, False)
