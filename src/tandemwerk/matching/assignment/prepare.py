"""What every objective starts from: checked input, locks taken out, people in a fixed order."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import ScoresError
from ..scoring import Scores
from .checks import ScoresLike, check_locks, market_of, pairs_of, seats_of, shape_of
from .market import Floats, Longs, Market
from .result import UNMATCHED, Pair


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """An instance ready to be solved.

    market: all allowed pairs with all seats. part: what is to be decided, without locked people,
    forbidden pairs and pairs below the floor; its row r is the mentee rows[r], its column c the
    mentor columns[c] (int64). locked: int64 per mentee, the mentor they are fixed to or -1.
    left: int64 seats per mentor without those of the locks. The others: as given.
    """

    scores: ScoresLike
    shape: tuple[int, int]
    seats: Longs
    market: Market
    locks: list[Pair]
    banned: list[Pair]
    floor: float | None
    seed: int
    locked: Longs
    left: Longs
    rows: Longs
    columns: Longs
    part: Market

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
    if floor is not None and not np.isfinite(floor):
        raise ScoresError("floor_not_finite", floor=floor)
    market = market_of(scores, seats)
    banned = pairs_of(forbidden, shape, "forbidden_outside")
    locks = pairs_of(fixed, shape, "lock_outside")
    check_locks(locks, banned, seats, fits_of(market, locks))
    locked = np.full(shape[0], UNMATCHED, dtype=np.int64)
    left = seats.copy()
    for row, column in locks:
        locked[row] = column
        left[column] -= 1
    rows = order_of(scores, "mentees", np.flatnonzero(locked == UNMATCHED), seed)
    columns = order_of(scores, "mentors", np.flatnonzero(left > 0), seed)
    part = _open(market, left, banned, floor).reordered(rows, columns)
    return Task(
        scores=scores,
        shape=shape,
        seats=seats,
        market=market,
        locks=locks,
        banned=banned,
        floor=floor,
        seed=seed,
        locked=locked,
        left=left,
        rows=rows,
        columns=columns,
        part=part,
    )


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
