"""The front door: check the input, solve, and hand back pairs with their certificate.

People are matched as `total` says: as many as possible, and among all such assignments one with
the highest total fit; or, with `cardinality="free"`, simply the highest total.
"""

import hashlib
import math
import time
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import ObjectiveError, ScoresError
from ..scoring import Scores
from .checks import (
    ScoresLike,
    check_locks,
    check_mentor_of,
    market_of,
    pairs_of,
    seats_of,
    shape_of,
)
from .exact import Solution, solve_total
from .kernels_path import best_gains
from .market import Flags, Floats, Longs, Market
from .result import UNMATCHED, Assignment, Certificate, Pair

OBJECTIVES = ("total",)
CARDINALITIES = ("most", "free")


def assign(
    scores: ScoresLike,
    capacity: Sequence[int] | NDArray[np.integer] | None = None,
    *,
    objective: str = "total",
    fixed: Iterable[Pair] = (),
    forbidden: Iterable[Pair] = (),
    floor: float | None = None,
    seed: int = 0,
    cardinality: str = "most",
    time_limit: float | None = None,
) -> Assignment:
    """Match a cohort with the highest total fit.

    scores: Scores, mentees × mentors floats (NaN = not allowed), or SciPy CSR (absent or NaN = not
    allowed; a stored 0 is a pair of fit 0). capacity: seats per mentor, >= 0; left out, the
    mentors' own seats. fixed: (row, column) pairs to keep; they take a seat and stand even below
    the floor. forbidden: further pairs that must not be. floor: pairs with a lower fit are not
    made, even if someone stays without a mentor.

    cardinality: "most" matches as many people as the pairs allow (those not below the floor) and
    takes the highest total among all such assignments. "free" takes the highest total whatever
    the number of people: a pair stays unmade where the total is higher without it (with fits
    >= 0 that is where a seat is better given to somebody else, and nobody else has one).

    time_limit: seconds after which the best so far comes back, with its true gap.

    Equal assignments: people are sorted by a hash of the seed and their id (of a bare matrix: the
    row and column number) before solving, so the same people, scores and seed give the same pairs
    whatever the order of rows, and another seed may choose another of equally good assignments.

    Raises ScoresError, CapacityError, LockError, ObjectiveError naming row and column.
    Cost: grows with the allowed pairs; see docs/explanation/matching.md for measured times.
    """
    start = time.perf_counter()
    if objective not in OBJECTIVES:
        raise ObjectiveError("objective_unknown", objective=objective, known=list(OBJECTIVES))
    if cardinality not in CARDINALITIES:
        known = list(CARDINALITIES)
        raise ObjectiveError("cardinality_unknown", cardinality=cardinality, known=known)
    shape = shape_of(scores)
    seats = seats_of(scores, capacity, shape[1])
    if floor is not None and not np.isfinite(floor):
        raise ScoresError("floor_not_finite", floor=floor)
    market = market_of(scores, seats)
    banned = pairs_of(forbidden, shape, "forbidden_outside")
    locks = pairs_of(fixed, shape, "lock_outside")
    check_locks(locks, banned, seats, _fits_of(market, locks))

    mentor_of = np.full(shape[0], UNMATCHED, dtype=np.int64)
    left = seats.copy()
    for row, column in locks:
        mentor_of[row] = column
        left[column] -= 1
    locked = mentor_of != UNMATCHED
    open_market = _open(market, left, locked, banned, floor)
    rows = _order(scores, "mentees", np.flatnonzero(~locked), seed)
    columns = _order(scores, "mentors", np.flatnonzero(left > 0), seed)
    part = open_market.reordered(rows, columns)
    solution = solve_total(
        part,
        deadline=None if time_limit is None else start + time_limit,
        cardinality=cardinality,
    )
    places = np.flatnonzero(solution.mentor_of != UNMATCHED)
    mentor_of[rows[places]] = columns[solution.mentor_of[places]]
    certificate = _certificate(solution, rows, columns, shape, max(0.0, _highest(market)))
    made = _made(market, mentor_of)
    total = math.fsum(made)
    bound = _bound(part, solution) + math.fsum(made[locked[mentor_of != UNMATCHED]])
    upper = max(bound, total)
    return Assignment(
        mentor_of=mentor_of,
        total=total,
        upper_bound=upper,
        gap=upper - total,
        objective=objective,
        seconds=time.perf_counter() - start,
        capacity=seats,
        floor=floor,
        fixed=frozenset(locks),
        forbidden=frozenset(banned),
        seed=seed,
        cardinality=cardinality,
        certificate=certificate,
    )


def assignment_of(
    scores: ScoresLike,
    mentor_of: Sequence[int] | NDArray[np.integer],
    capacity: Sequence[int] | NDArray[np.integer] | None = None,
    *,
    fixed: Iterable[Pair] = (),
    forbidden: Iterable[Pair] = (),
    floor: float | None = None,
) -> Assignment:
    """Pairs made elsewhere (stored, or changed by hand) as an Assignment, for advice about them.

    mentor_of: per mentee a column or -1. Seats and rules may be violated: people decide. A pair
    that is not allowed adds nothing to `total`; `upper_bound` is the sum of everyone's best fit.
    Raises ScoresError for a wrong length or column, and as `assign` does.
    """
    shape = shape_of(scores)
    chosen = np.asarray(mentor_of, dtype=np.int64)
    check_mentor_of(chosen, shape)
    seats = seats_of(scores, capacity, shape[1])
    market = market_of(scores, seats)
    total = math.fsum(_made(market, chosen))
    best = math.fsum(_best_fits(market))
    return Assignment(
        mentor_of=chosen,
        total=total,
        upper_bound=best,
        gap=best - total,
        objective="total",
        seconds=0.0,
        capacity=seats,
        floor=floor,
        fixed=frozenset(pairs_of(fixed, shape, "lock_outside")),
        forbidden=frozenset(pairs_of(forbidden, shape, "forbidden_outside")),
        seed=0,
    )


def _best_fits(market: Market) -> Floats:
    """Everyone's best fit; rows without any pair are left out."""
    starts = market.indptr[:-1][np.diff(market.indptr) > 0]
    best: Floats = np.maximum.reduceat(market.fits, starts) if len(starts) else market.fits
    return best


def _highest(market: Market) -> float:
    return float(market.fits.max()) if market.edges else 0.0


def _fits_of(market: Market, pairs: Sequence[Pair]) -> Floats:
    """The fit of each pair, NaN where it is not allowed."""
    found = np.full(len(pairs), np.nan)
    for place, (row, column) in enumerate(pairs):
        here = slice(market.indptr[row], market.indptr[row + 1])
        hit = np.flatnonzero(market.columns[here] == column)
        if len(hit):
            found[place] = market.fits[here][hit[0]]
    return found


def _made(market: Market, mentor_of: Longs) -> Floats:
    """The fits of the pairs made and allowed, by row."""
    hit = np.repeat(mentor_of, np.diff(market.indptr)) == market.columns
    made: Floats = market.fits[hit]
    return made


def _open(
    market: Market, left: Longs, locked: Flags, banned: Sequence[Pair], floor: float | None
) -> Market:
    """The market without what the caller rules out."""
    seated = Market(market.indptr, market.columns, market.fits, left)
    if floor is None and not banned:
        return seated
    keep = np.ones(market.edges, dtype=np.bool_) if floor is None else market.fits >= floor
    for row, column in banned:
        here = slice(market.indptr[row], market.indptr[row + 1])
        keep[here] &= market.columns[here] != column
    return seated.only(keep)


def _certificate(
    solution: Solution, rows: Longs, columns: Longs, shape: tuple[int, int], best: float
) -> Certificate:
    """The solver's proof in the places of the caller's matrix."""
    # A mentor without a free seat may cost anything: enough that nobody gains there.
    prices = np.full(shape[1], solution.lift + best)
    prices[columns] = solution.prices
    if solution.mentees is None or solution.mentors is None:
        return Certificate(prices, solution.lift, None, None)
    mentees, mentors = np.zeros(shape[0], np.bool_), np.ones(shape[1], np.bool_)
    mentees[rows] = solution.mentees
    mentors[columns] = solution.mentors
    return Certificate(prices, solution.lift, mentees, mentors)


def _bound(market: Market, solution: Solution) -> float:
    """The dual bound of the solver's prices, as `verify` finds it again."""
    gains = best_gains(market.indptr, market.columns, market.fits, solution.prices, solution.lift)
    people = int((solution.mentor_of != UNMATCHED).sum())
    worth = math.fsum(market.seats * solution.prices)
    return math.fsum(gains) + worth - solution.lift * people


def _order(scores: ScoresLike, side: str, places: Longs, seed: int) -> Longs:
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
