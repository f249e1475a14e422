"""What the exact solvers share: who sits where at which prices, the clock, and a solution."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from .kernels_bid import bid_levels, rows_bid, seat_rows, slots_of
from .kernels_fill import fill_columns, thread_edges
from .kernels_path import insert_rows
from .market import Flags, Floats, Longs, Market

# Edges a kernel looks at before it returns to ask for the time: some 50 ms.
SLICE = 5_000_000
BIDS = 15


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

    def slots(self) -> int:
        """Seats that could be used, plus one where there are more than all who may sit there."""
        degree = np.bincount(self.market.columns, minlength=self.market.mentors)
        return int(np.minimum(self.seats, degree + 1).sum())

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
                    market.indptr, market.columns, market.fits, self.seats, outside, BIDS,
                    SLICE, start, level, member, self.load, self.price, tries, waiting, count,
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
                SLICE, self.mate, self.mate_fit, self.head, self.after, self.before, self.load,
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
            work = SLICE if patience is None else min(SLICE, patience)
            at, stuck = insert_rows(
                market.indptr, market.columns, market.fits, self.seats, outside, rows, at, work,
                self.mate, self.mate_fit, self.head, self.after, self.before, self.load,
                self.price,
            )  # fmt: skip
            looked += work
        return rows[at:]
