"""The solver behind `total`: exact, with the dual prices that prove it."""

import time
from dataclasses import dataclass

import numpy as np

from .kernels_path import insert_rows, least_lift, reach_from_unmatched
from .market import Flags, Floats, Longs, Market

_SLICE = 4_000_000


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


def solve_total(
    market: Market,
    seats: Longs | None = None,
    *,
    deadline: float | None = None,
    cardinality: str = "most",
) -> Solution:
    """As many pairs as can be and the highest total among those; "free": just the highest total.

    seats: int64 per mentor, instead of the market's own. deadline: `time.perf_counter()` at which
    to stop with what there is. The edge weights may be any finite numbers.
    """
    places = market.seats if seats is None else seats
    rows, mentors = market.rows, market.mentors
    spread = float(market.fits.max() - market.fits.min()) if market.edges else 0.0
    lift = 0.0
    if cardinality == "most":
        lowest = float(market.fits.min()) if market.edges else 0.0
        lift = (min(rows, int(places.sum())) + 1) * spread + 1.0 + max(0.0, -lowest)
    mate = np.full(rows, -1, dtype=np.int64)
    mate_fit = np.zeros(rows)
    head = np.full(mentors, -1, dtype=np.int64)
    after, before = np.full(rows, -1, dtype=np.int64), np.full(rows, -1, dtype=np.int64)
    load = np.zeros(mentors, dtype=np.int64)
    prices = np.zeros(mentors)
    order = np.arange(rows, dtype=np.int64)
    at = 0
    while at < rows and (deadline is None or time.perf_counter() < deadline):
        at = insert_rows(
            market.indptr, market.columns, market.fits, places, order, at, _SLICE, lift,
            mate, mate_fit, head, after, before, load, prices,
        )  # fmt: skip
    if cardinality != "most":
        return Solution(mate, prices, 0.0, None, None, at >= rows)
    reached, lacking = reach_from_unmatched(market.indptr, market.columns, mate, head, after)
    if at >= rows:
        prices = np.where(lacking, prices - lift, prices)
        lift = least_lift(
            market.indptr, market.columns, market.fits, mate, mate_fit, lacking, prices
        )
        prices = np.maximum(np.where(lacking, prices + lift, prices), 0.0)
    return Solution(mate, prices, lift, ~reached, lacking, at >= rows)
