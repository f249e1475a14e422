"""What every objective starts from: checked input, locks taken out, people in a fixed order."""

import hashlib
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from numbers import Real

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from ..errors import ScoresError
from ..scoring import Scores
from .checks import ScoresLike, check_locks, dense_of, market_of, seats_of, shape_of
from .dense import CELLS, solve_dense
from .exact import solve_total
from .full import solve_full
from .market import Floats, Longs, Market, market_of_dense
from .result import UNMATCHED, Pair
from .state import Clock, Solution
from .whole import pairs_of


@dataclass(frozen=True, eq=False)
class Task:
    """An instance ready to be solved.

    fits: dense input as float64 mentees × mentors, NaN = not allowed; None for sparse input, which
    is in `sparse` with all seats. tops: of dense input per mentor the highest fit, -inf without
    any, of sparse input all fits; whole: dense input without NaN. locked: int64 per mentee, the
    mentor they are fixed to or -1. left: int64 seats per mentor without those of the locks. rows,
    columns: int64, the mentees and mentors to be decided, in the seed's order. The others: as
    given.
    """

    scores: ScoresLike
    shape: tuple[int, int]
    seats: Longs
    fits: Floats | None
    tops: Floats
    whole: bool
    sparse: Market | None
    locks: list[Pair]
    banned: list[Pair]
    floor: float | None
    seed: int
    locked: Longs
    left: Longs
    rows: Longs
    columns: Longs

    @cached_property
    def market(self) -> Market:
        """All allowed pairs with all seats. Made when first asked for; dense: 12 bytes a pair."""
        if self.sparse is not None:
            return self.sparse
        return market_of_dense(self._matrix, self.seats)

    @cached_property
    def part(self) -> Market:
        """What is to be decided: without locked people, forbidden pairs and pairs below the floor.

        Its row r is the mentee rows[r], its column c the mentor columns[c].
        """
        open_market = _open(self.market, self.left, self.banned, self.floor)
        return open_market.reordered(self.rows, self.columns)

    @property
    def _matrix(self) -> Floats:
        assert self.fits is not None  # noqa: S101  # one of fits and sparse is always there
        return self.fits

    @property
    def highest(self) -> float:
        """The highest fit of an allowed pair, 0 without any."""
        highest = float(self.tops.max(initial=-np.inf))
        return highest if np.isfinite(highest) else 0.0

    def total(
        self,
        cardinality: str,
        deadline: float | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Solution:
        """The best total of the part (see `solve_total`), in the part's places."""
        cells = len(self.rows) * len(self.columns)
        if self.fits is None or cells < max(1, CELLS):
            return solve_total(
                self.part, deadline=deadline, should_stop=should_stop, cardinality=cardinality
            )
        fits, clock = self.fits, Clock(deadline, should_stop)
        one_each = bool((self.left[self.columns] == 1).all())
        bare = self.floor is None and not self.banned and cardinality == "most"
        if self.whole and one_each and bare:
            return solve_full(fits, self.rows, self.columns, self.tops, clock)
        if self.banned:
            fits = fits.copy()
            places = np.array(self.banned)
            fits[places[:, 0], places[:, 1]] = np.nan
        return solve_dense(
            fits, self.rows, self.columns, self.left[self.columns], floor=self.floor,
            cardinality=cardinality, clock=clock,
        )  # fmt: skip

    def made(self, mentor_of: Longs) -> Floats:
        """The fits of the pairs made and allowed, by row; mentor_of: int64 per mentee."""
        if self.fits is None:
            return made_fits(self.market, mentor_of)
        rows = np.flatnonzero(mentor_of != UNMATCHED)
        fits = self.fits[rows, mentor_of[rows]]
        allowed: Floats = fits[~np.isnan(fits)]
        return allowed

    def placed(self, chosen: Longs) -> Longs:
        """Columns of the part per row of the part, as mentors per mentee, with the locks."""
        mentor_of = self.locked.copy()
        places = np.flatnonzero(chosen != UNMATCHED)
        mentor_of[self.rows[places]] = self.columns[chosen[places]]
        return mentor_of

    def part_places(self) -> tuple[Longs, Longs]:
        """Of every edge of the part the mentee and the mentor, in the caller's places."""
        return self.rows[self.part.row_of_edge()], self.columns[self.part.columns]


def prepare(
    scores: ScoresLike,
    capacity: Sequence[int] | NDArray[np.integer] | None,
    *,
    fixed: Iterable[Pair],
    forbidden: Iterable[Pair],
    floor: float | None,
    seed: int,
) -> Task:
    """Check the input of `assign` and bring it into form; raises what `assign` raises."""
    shape = shape_of(scores)
    seats = seats_of(scores, capacity, shape[1])
    if floor is not None and not (isinstance(floor, Real) and math.isfinite(floor)):
        raise ScoresError("floor_not_finite", floor=floor)
    fits, sparse, whole = None, None, False
    if scipy.sparse.issparse(scores):
        sparse = market_of(scores, seats)
        tops = sparse.fits
    else:
        fits, tops, whole = dense_of(scores)
    banned = pairs_of(forbidden, shape, "forbidden_outside")
    locks = pairs_of(fixed, shape, "lock_outside")
    if sparse is not None:
        lock_fits = fits_of(sparse, locks)
    else:
        lock_fits = np.array([fits[pair] for pair in locks] if fits is not None else ())
    check_locks(locks, banned, seats, lock_fits)
    locked = np.full(shape[0], UNMATCHED, dtype=np.int64)
    left = seats.copy()
    for row, column in locks:
        locked[row] = column
        left[column] -= 1
    rows = order_of(scores, "mentees", np.flatnonzero(locked == UNMATCHED), seed)
    columns = np.flatnonzero(left > 0)
    if fits is None or isinstance(scores, Scores) or fits.size < CELLS:
        columns = order_of(scores, "mentors", columns, seed)
    return Task(
        scores, shape, seats, fits, tops, whole, sparse, locks, banned, floor, seed, locked, left,
        rows, columns,
    )  # fmt: skip


def fits_of(market: Market, pairs: Sequence[Pair]) -> Floats:
    """The fit of each pair, NaN where it is not allowed."""
    found = np.full(len(pairs), np.nan)
    for place, (row, column) in enumerate(pairs):
        here = slice(market.indptr[row], market.indptr[row + 1])
        hit = np.flatnonzero(market.columns[here] == column)
        if len(hit):
            found[place] = market.fits[here][hit[0]]
    return found


def made_fits(market: Market, mentor_of: Longs) -> Floats:
    """The fits of the pairs made and allowed, by row."""
    hit = np.repeat(mentor_of, np.diff(market.indptr)) == market.columns
    made: Floats = market.fits[hit]
    return made


def _open(market: Market, left: Longs, banned: Sequence[Pair], floor: float | None) -> Market:
    """The market without what the caller rules out."""
    seated = Market(market.indptr, market.columns, market.fits, left)
    if floor is None and not banned:
        return seated
    keep = np.ones(market.edges, dtype=np.bool_) if floor is None else market.fits >= floor
    for row, column in banned:
        here = slice(market.indptr[row], market.indptr[row + 1])
        keep[here] &= market.columns[here] != column
    return seated.only(keep)


def order_of(scores: ScoresLike, side: str, places: Longs, seed: int) -> Longs:
    """These rows or columns, sorted by a hash of the seed and each person's id or number."""
    if isinstance(scores, Scores):
        people = scores.mentees if side == "mentees" else scores.mentors
        names = [f"{seed}\0{side}\0{people[place].id}" for place in places]
        keys = [hashlib.sha256(name.encode()).digest() for name in names]
        return places[sorted(range(len(keys)), key=keys.__getitem__)]
    start = np.uint64(int.from_bytes(hashlib.sha256(f"{seed}\0{side}".encode()).digest()[:8]))
    return places[np.argsort(_mixed(places.astype(np.uint64) ^ start), kind="stable")]


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A bijection of 64-bit numbers that looks random (SplitMix64, Steele et al. 2014)."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
