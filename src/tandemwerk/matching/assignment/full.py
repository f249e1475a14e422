"""Matrices without gaps where every mentor has one seat: the classical assignment problem.

Everybody may meet everybody, so how many people can be matched is known beforehand: all of the
smaller side. That side bids, and the prices of the larger side prove the result. Where both are
equally large, prices start at every mentor's highest fit, which saves most of the bidding.
"""

import math

import numpy as np

from .kernels_full import BEST, GROUP, LIST, bid_listed, insert_listed, row_gains
from .market import Floats, Ints, Longs
from .state import Clock, Solution, Stopped

_SLICE = 20_000_000
_BIDS = 100
_GROUPS = 64
# Short lists are made faster, long ones last longer.
_FEW, _WIDE = 8, 1000


def solve_full(fits: Floats, rows: Longs, columns: Longs, tops: Floats, clock: Clock) -> Solution:
    """The highest total of these rows and columns with all of the smaller side matched.

    fits: float64, contiguous by row, all finite. tops: per column of `fits` its highest. Every
    column of the part has one seat. The same part in the same order gives the same pairs.
    Cost: some passes over the matrix and 2.5 KB per person of the smaller side, and a copy of the
    part unless it has all columns and no more rows than columns.
    """
    natural = len(columns) == fits.shape[1] and bool((columns == np.arange(len(columns))).all())
    tall = len(rows) > len(columns)
    part, bidders = fits, rows
    if tall or not natural:
        part = fits.T[np.ix_(columns, rows)] if tall else fits[np.ix_(rows, columns)]
        part, bidders = np.ascontiguousarray(part), np.arange(len(part))
    square = len(rows) == len(columns)
    search = _Search(part, bidders, tops[columns] if square else np.zeros(part.shape[1]))
    proven = True
    try:
        search.run(clock)
    except Stopped:
        proven = False
        search.fill()
    lift = 0.0
    if tall:
        mate = search.held
        price = row_gains(part, bidders, np.arange(0), True, search.price)
        lift = max(0.0, -float(price.min()))
        price += lift
    else:
        # A free place costs 0; with none, worth can be moved between the sides until one does.
        mate, price = search.mate, search.price - search.price.min()
    best = row_gains(fits, rows, columns, natural, price)
    if not tall:
        lift = max(0.0, -float(best.min()))
    gains = math.fsum(np.maximum(best + lift, 0.0).tolist())
    mentees, mentors = np.full(len(rows), not tall), np.full(len(columns), tall)
    return Solution(mate, price, lift, mentees, mentors, proven, gains)


class _Search:
    """Bidders (rows of `fits`), places (its columns) and the state of `kernels_full`."""

    def __init__(self, fits: Floats, bidders: Longs, price: Floats) -> None:
        count, places = len(bidders), len(price)
        self.fits, self.bidders, self.price = fits, bidders, price
        self.held, self.mate = np.full(places, -1), np.full(count, -1)
        groups = -(-places // (_GROUPS * GROUP)) * _GROUPS
        self.lists: tuple[Ints, Floats, Longs, Floats, Floats, Floats] = (
            np.empty((count, LIST), np.int32), np.empty((count, LIST)), np.zeros(count, np.int64),
            np.full(count, np.inf), np.empty(groups), np.empty(BEST if places >= _WIDE else _FEW),
        )  # fmt: skip

    def run(self, clock: Clock) -> None:
        """Give every bidder a place."""
        tries = np.zeros(len(self.bidders), dtype=np.int32)
        left = np.empty(len(self.bidders), dtype=np.int64)
        at, count = 0, 0
        while at < len(self.bidders):
            clock.check()
            at, count = bid_listed(
                self.fits, self.bidders, at, _SLICE, _BIDS, self.price, self.held, self.mate,
                *self.lists, tries, left, count,
            )  # fmt: skip
        at = 0
        while at < count:
            clock.check()
            at = insert_listed(
                self.fits, self.bidders, left, at, count, _SLICE, self.price, self.held, self.mate,
                *self.lists,
            )  # fmt: skip

    def fill(self) -> None:
        """Give every bidder without a place, in order, the free place that fits best."""
        free = np.flatnonzero(self.held < 0)
        for bidder in np.flatnonzero(self.mate < 0):
            at = int(self.fits[self.bidders[bidder], free].argmax())
            self.mate[bidder] = free[at]
            self.held[free[at]] = bidder
            free = np.delete(free, at)
