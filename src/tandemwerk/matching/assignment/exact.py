"""The solver behind `total`: exact, with the dual prices that prove it.

Mentees bid for seats while that goes quickly; shortest paths bring in the rest. If somebody cannot
be seated, the market is split where seats are short: there mentors bid for mentees instead, so
both parts have plenty of what is bid for and no price has to climb far. A part with just enough
seats has plenty of neither; `even` solves it. The prices of both parts join into one proof; the
lift is the least that keeps them apart.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from . import state as run
from .even import solve_crowded, solve_even
from .kernels_bid import seats_bid
from .kernels_cover import (
    best_gains,
    least_lift,
    match_most,
    over_demanded,
    prices_of_seats,
    reach_from_unmatched,
    take_better,
)
from .kernels_path import fill_seats
from .market import Flags, Floats, Ints, Longs, Market, Transposed
from .state import BIDS, Clock, Solution, State, Stopped

# Seats are just enough where at most these shares of people stay without one or of seats free.
_LEFT_OUT, _LEFT_FREE = 0.02, 0.05
# So few people are through the ordinary way before an auction with a step has warmed up.
_SMALL = 2000
# Edges to look at per edge of the market before even plenty of seats counts as hardly enough.
_PATIENCE = 16
# So often everybody may move to a better free seat once time is up; few still move then.
_MOVES = 4


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
    market, seats = state.market, state.seats
    most = _most(state)
    crowd, lacking = reach_from_unmatched(
        market.indptr, market.columns, most.mate, most.head, most.after
    )
    if not crowd.any():
        return _seated(_everybody(state, left, clock), "most")
    others, places = np.flatnonzero(~crowd), np.flatnonzero(~lacking)
    rest = State(market.reordered(others, places), seats[places])
    rest = _everybody(rest, rest.bid(np.arange(len(others)), -np.inf, clock), clock)
    mate, mate_fit = np.full(market.rows, -1, dtype=np.int64), np.zeros(market.rows)
    price = np.zeros(market.mentors)
    mate[others], mate_fit[others] = places[rest.mate], rest.mate_fit
    price[places] = rest.price
    wanting = crowd & (np.diff(market.indptr) > 0)
    out = int((most.mate[wanting] < 0).sum())
    people = int(wanting.sum())
    if out > _LEFT_OUT * people or 0 < people < _SMALL:
        _fill(state, wanting, lacking, mate, mate_fit, price, clock)
    elif out:
        rows, there, fit, short = solve_crowded(market, seats, wanting, lacking, out, clock)
        mate[rows], mate_fit[rows] = there, fit
        price[lacking] = short[lacking]
    lift = least_lift(market.indptr, market.columns, market.fits, mate, mate_fit, lacking, price)
    price = np.maximum(np.where(lacking, price + lift, price), 0.0)
    return Solution(mate, price, lift, ~crowd, lacking, True)


def _everybody(state: State, left: Longs, clock: Clock) -> State:
    """Everybody seated, which must be possible, where all but `left` have a seat already."""
    market = state.market
    free = state.slots() - market.rows
    if free > _LEFT_FREE * market.rows:
        left = state.insert(left, -np.inf, clock, _PATIENCE * market.edges)
    return solve_even(market, state.seats, clock) if len(left) else state


def _fill(
    state: State, crowd: Flags, lacking: Flags, mate: Longs, mate_fit: Floats, price: Floats,
    clock: Clock,
) -> None:  # fmt: skip
    """Let the lacking mentors fill their seats from the crowd; writes pairs, fits and prices."""
    market = state.market
    edges = Transposed(
        *over_demanded(market.indptr, market.columns, market.fits, crowd, lacking, market.mentors)
    )
    filled = Filled(market.rows)
    filled.fill(edges, state.seats, lacking, clock)
    prices_of_seats(
        edges.indptr, edges.rows, edges.fits, lacking, filled.worth, filled.holder, price
    )
    mate[crowd], mate_fit[crowd] = filled.holder[crowd], filled.hold_fit[crowd]


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
        tries = need * BIDS
        bidders = np.flatnonzero(need > 0).astype(np.int32)
        waiting = np.zeros(len(seats) + 1, dtype=np.int32)
        waiting[: len(bidders)] = bidders[::-1]
        queued = (need > 0).astype(np.int32)
        count, at = len(bidders), 0
        while count:
            clock.check()
            count = seats_bid(
                crowd.indptr, crowd.rows, crowd.fits, run.SLICE, need, tries, self.worth,
                self.holder, self.hold_fit, waiting, count, queued,
            )  # fmt: skip
        order = np.repeat(bidders, need[bidders])
        while at < len(order):
            clock.check()
            at = fill_seats(
                crowd.indptr, crowd.rows, crowd.fits, order, at, run.SLICE, need, self.worth,
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
        mate = _improved(state, state.mate, 0.0)
        return Solution(mate, state.price, 0.0, None, None, False, gains)
    state.seat(_improved(state, state.mate, -np.inf))
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
    mate = _improved(state, most.mate, -np.inf)
    return Solution(mate, state.price, lift, ~crowd, lacking, False, gains)


def _improved(state: State, mate: Longs, least: float) -> Longs:
    """These pairs with everybody in a better free seat who finds one; a few passes over them."""
    market, better = state.market, mate.copy()
    load = np.bincount(better[better >= 0], minlength=market.mentors)
    graph = market.indptr, market.columns, market.fits, state.seats
    moves = 0
    while moves < _MOVES and take_better(*graph, least, better, load):
        moves += 1
    return better
