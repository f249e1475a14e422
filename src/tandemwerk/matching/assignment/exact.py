"""The solver behind `total`: exact, with the dual prices that prove it.

Mentees bid for seats while that goes quickly; shortest paths bring in the rest. If somebody cannot
be seated, the market is split where seats are short: there mentors bid for mentees instead, so
both parts have plenty of what is bid for and no price has to climb far. The prices of both parts
join into one proof; the lift is the least that keeps them apart.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from .kernels_bid import bid_levels, rows_bid, seat_rows, seats_bid, slots_of
from .kernels_cover import (
    best_gains,
    least_lift,
    match_most,
    over_demanded,
    prices_of_seats,
    reach_from_unmatched,
)
from .kernels_fill import fill_columns, thread_edges
from .kernels_path import fill_seats, insert_rows
from .market import Flags, Floats, Ints, Longs, Market, Transposed

# Edges a kernel looks at before it returns to ask for the time: some 50 ms.
_SLICE = 5_000_000
_BIDS = 15


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """Pairs and what proves them, in the places of the market they were solved on.

    mentor_of: int64 per row, -1 = unmatched. prices: float64 per mentor, >= 0. lift: >= 0.
    mentees, mentors: bool cover of all edges (see `Certificate`), None where the number of people
    is free. proven: the solver finished, so the gap is 0 up to rounding.
    gains: Σ of everyone's best fit + lift - price, at least 0, if already known.
    """

    mentor_of: Longs
    prices: Floats
    lift: float
    mentees: Flags | None
    mentors: Flags | None
    proven: bool
    gains: float | None = None


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

    def seat(self, mate: Longs) -> None:
        """Seat the rows as given, int64 column or -1."""
        self.empty()
        self.mate[:] = mate
        seat_rows(
            self.market.indptr, self.market.columns, self.market.fits, self.mate, self.mate_fit,
            self.head, self.after, self.before, self.load,
        )  # fmt: skip

    def unseat(self, rows: Longs) -> None:
        """Take these rows out; the prices stay."""
        mate = self.mate.copy()
        mate[rows] = -1
        self.seat(mate)

    def bid(self, rows: Longs, outside: float, clock: Clock) -> Longs:
        """Let these rows, without a seat, bid; returns those still to be brought in."""
        market = self.market
        slots = np.minimum(self.seats, np.bincount(market.columns, minlength=market.mentors))
        start = np.concatenate(([0], np.cumsum(slots, dtype=np.int64)))
        level, member = np.empty(start[-1]), np.empty(start[-1], dtype=np.int32)
        tries = np.zeros(market.rows, dtype=np.int32)
        waiting = np.zeros(market.rows + 1, dtype=np.int32)
        waiting[: len(rows)] = rows[::-1]
        left = np.empty(len(rows) + int((self.mate >= 0).sum()), dtype=np.int64)
        count, gave_up = len(rows), 0
        bid_levels(
            market.indptr, market.columns, market.fits, outside, self.mate, self.load, self.price,
            start, level, member,
        )  # fmt: skip
        try:
            while count:
                clock.check()
                count, gave_up = rows_bid(
                    market.indptr, market.columns, market.fits, self.seats, outside, _BIDS,
                    _SLICE, start, level, member, self.load, self.price, tries, waiting, count,
                    left, gave_up,
                )  # fmt: skip
        finally:
            held = slots_of(start, member, self.load, market.rows)
            self.seat(held)
        return left[:gave_up]

    def settle(self, outside: float, clock: Clock) -> None:
        """Fill free seats that still have a price, or bring their prices down to 0."""
        order = np.flatnonzero((self.load < self.seats) & (self.price > 0)).astype(np.int64)
        if not len(order):
            return
        market = self.market
        row_of = np.empty(market.edges, dtype=np.int32)
        first_edge = np.full(market.mentors, -1, dtype=np.int64)
        next_edge = np.empty(market.edges, dtype=np.int64)
        thread_edges(market.indptr, market.columns, 0, market.rows, row_of, first_edge, next_edge)
        at = 0
        while at < len(order):
            clock.check()
            at = fill_columns(
                first_edge, next_edge, row_of, market.fits, self.seats, outside, order, at,
                _SLICE, self.mate, self.mate_fit, self.head, self.after, self.before, self.load,
                self.price,
            )  # fmt: skip

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
    if not market.edges or places.all():
        return _solved(market, places, cardinality, clock)
    solution = _solved(market.only(places[market.columns] > 0), places, cardinality, clock)
    # Where there is no seat, the price must keep everybody away, and covers what leads there.
    solution.prices[places == 0] = max(0.0, float(market.fits.max())) + solution.lift
    if solution.mentors is not None:
        solution.mentors[places == 0] = True
    return solution


def _solved(market: Market, places: Longs, cardinality: str, clock: Clock) -> Solution:
    state = State(market, places)
    everyone = np.flatnonzero(np.diff(market.indptr)).astype(np.int64)
    outside = -np.inf if cardinality == "most" else 0.0
    try:
        left = state.bid(everyone, outside, clock)
        left = state.insert(left, outside, clock, market.edges if cardinality == "most" else None)
        if not len(left):
            return _seated(state, cardinality)
        return _split(state, left, clock)
    except Stopped:
        return so_far(state, cardinality)


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
    most = _most(state)
    crowd, lacking = reach_from_unmatched(
        market.indptr, market.columns, most.mate, most.head, most.after
    )
    if not lacking.any():
        state.insert(left, -np.inf, clock)
        return _seated(state, "most")
    crowd_market = Transposed(
        *over_demanded(market.indptr, market.columns, market.fits, crowd, lacking, market.mentors)
    )
    filled = Filled(market.rows)
    state.empty()
    state.price = np.where(lacking, np.inf, 0.0)
    others = np.flatnonzero(~crowd).astype(np.int64)
    finished = False
    try:
        state.insert(state.bid(others, -np.inf, clock), -np.inf, clock)
        filled.fill(crowd_market, state.seats, lacking, clock)
        finished = True
    finally:
        prices_of_seats(
            crowd_market.indptr, crowd_market.rows, crowd_market.fits, lacking, filled.worth,
            filled.holder, state.price,
        )  # fmt: skip
        mate = np.where(crowd, filled.holder.astype(np.int64), state.mate)
        mate_fit = np.where(crowd, filled.hold_fit, state.mate_fit)
        lift = least_lift(
            market.indptr, market.columns, market.fits, mate, mate_fit, lacking, state.price
        )
        state.price = np.maximum(np.where(lacking, state.price + lift, state.price), 0.0)
        state.mate = mate if finished else most.mate
    return Solution(state.mate, state.price, lift, ~crowd, lacking, True)


def _most(state: State) -> State:
    """The state's pairs, moved and extended to as many as there can be."""
    market = state.market
    by_mentor = market.transposed()
    most = State(market, state.seats)
    most.seat(state.mate)
    match_most(
        market.indptr, market.columns, by_mentor.indptr, by_mentor.rows, most.seats, most.mate,
        most.head, most.after, most.before, most.load,
    )  # fmt: skip
    return most


@dataclass(slots=True, eq=False)
class Filled:
    """Whom mentors hold where mentees are plenty. holder: int32 mentor per row, -1 = none.

    hold_fit: float64 per row. worth: float64 price per row, >= 0, 0 while without mentor.
    """

    rows: int
    holder: Ints = field(init=False)
    hold_fit: Floats = field(init=False)
    worth: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.holder = np.full(self.rows, -1, dtype=np.int32)
        self.hold_fit, self.worth = np.zeros(self.rows), np.zeros(self.rows)

    def fill(self, crowd: Transposed, seats: Longs, lacking: Flags, clock: Clock) -> None:
        """Fill every seat of the lacking mentors from the crowd."""
        need = np.where(lacking, seats, 0)
        tries = need * _BIDS
        bidders = np.flatnonzero(need > 0).astype(np.int32)
        waiting = np.zeros(len(seats) + 1, dtype=np.int32)
        waiting[: len(bidders)] = bidders[::-1]
        queued = (need > 0).astype(np.int32)
        count, at = len(bidders), 0
        while count:
            clock.check()
            count = seats_bid(
                crowd.indptr, crowd.rows, crowd.fits, _SLICE, need, tries, self.worth,
                self.holder, self.hold_fit, waiting, count, queued,
            )  # fmt: skip
        order = np.repeat(bidders, need[bidders])
        while at < len(order):
            clock.check()
            at = fill_seats(
                crowd.indptr, crowd.rows, crowd.fits, order, at, _SLICE, need, self.worth,
                self.holder, self.hold_fit,
            )  # fmt: skip


def so_far(state: State, cardinality: str, best: Floats | None = None) -> Solution:
    """What there is when time is up, with as many people as can be and a true bound.

    best: per row the highest fit - price of all allowed pairs, if these are more than the
    state's; then the number of people is that of the state's pairs, not proven for all.
    """
    market = state.market
    state.price[~np.isfinite(state.price)] = 0.0
    if cardinality != "most":
        gains = None if best is None else math.fsum(np.maximum(best, 0.0))
        return Solution(state.mate, state.price, 0.0, None, None, False, gains)
    most = _most(state)
    crowd, lacking = reach_from_unmatched(
        market.indptr, market.columns, most.mate, most.head, most.after
    )
    if best is None:
        best = best_gains(market.indptr, market.columns, market.fits, state.price)
    else:
        crowd, lacking = ~(best > -np.inf), np.zeros(market.mentors, dtype=np.bool_)
    # The bound is convex in the lift: best where as many gain by it as are matched.
    people = int((most.mate >= 0).sum())
    lift = max(0.0, -float(np.partition(best, len(best) - people)[-people]))
    gains = math.fsum(np.maximum(best + lift, 0.0))
    return Solution(most.mate, state.price, lift, ~crowd, lacking, False, gains)
