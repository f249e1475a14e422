"""The front door: check the input, solve, and hand back pairs with their certificate.

People are matched as `total` says: as many as possible, and among all such assignments one with
the highest total fit; or, with `cardinality="free"`, simply the highest total.
"""

import math
import time
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import ObjectiveError, ScoresError
from .balanced import SPREAD, balanced, check_spread
from .checks import ScoresLike, market_of, mentors_of, seats_of, shape_of
from .fair import fair
from .kernels_cover import best_gains
from .market import Floats, Longs, Market
from .prepare import Task, made_fits, prepare
from .result import UNMATCHED, Assignment, Balance, Certificate, Pair, price_of
from .stable import stable
from .state import Clock, Solution
from .whole import check_time_limit, pairs_of
from .wishes import Wishes

OBJECTIVES = ("total", "stable", "fair", "balanced")
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
    should_stop: Callable[[], bool] | None = None,
    mentor_scores: ScoresLike | None = None,
    wishes: Wishes | None = None,
    spread: float = SPREAD,
) -> Assignment:
    """Match a cohort.

    objective: "total" the highest total fit. "stable": no two people would both rather have each
    other (see `stable`). "fair": the best lot for the worst off, then the next (see `fair`).
    "balanced": the highest total with the work spread over the mentors (see `balanced`). Of the
    last three, `price` says what they cost against "total", and `upper_bound` is about the total.

    scores: Scores, mentees × mentors floats (NaN = not allowed), or SciPy CSR (absent or NaN = not
    allowed; a stored 0 is a pair of fit 0). capacity: seats per mentor, >= 0; left out, the
    mentors' own seats. fixed: (row, column) pairs to keep; they take a seat and stand even below
    the floor. forbidden: further pairs that must not be. floor: pairs with a lower fit are not
    made, even if someone stays without a mentor.

    cardinality: "most" matches as many people as the pairs allow (those not below the floor) and
    takes the highest total among all such assignments. "free" takes the highest total whatever
    the number of people: a pair stays unmade where the total is higher without it (with fits
    >= 0 that is where a seat is better given to somebody else, and nobody else has one).

    mentor_scores: for "stable", every allowed pair as the mentors see it, same shape. wishes: for
    "stable", instead of the profiles' wishes. spread: for "balanced", what a mentor's second
    mentee costs; the third costs twice as much and so on.

    time_limit: seconds after which the best so far comes back, with its true gap; "fair" and
    "balanced" take at most half of it for the best total they are compared with. should_stop:
    asked about every 50 ms; True does the same.

    Equal assignments: people are sorted by a hash of the seed and their id before solving (of a
    bare matrix: the row and, if it is sparse or small, the column number), so the same people,
    scores and seed give the same pairs whatever the order of rows, and another seed may choose
    another of equally good assignments.

    Raises ScoresError, CapacityError, LockError, ObjectiveError naming row and column.
    Cost: grows with the allowed pairs; see docs/explanation/matching.md for measured times.
    """
    start = time.perf_counter()
    if objective not in OBJECTIVES:
        raise ObjectiveError("objective_unknown", objective=objective, known=list(OBJECTIVES))
    if cardinality not in CARDINALITIES:
        known = list(CARDINALITIES)
        raise ObjectiveError("cardinality_unknown", cardinality=cardinality, known=known)
    if cardinality != "most" and objective in ("stable", "fair"):
        raise ObjectiveError("cardinality_unfit", cardinality=cardinality, objective=objective)
    if objective != "stable" and (mentor_scores is not None or wishes is not None):
        raise ObjectiveError("views_unused", objective=objective)
    check_spread(spread)
    check_time_limit(time_limit)
    task = prepare(scores, capacity, fixed=fixed, forbidden=forbidden, floor=floor, seed=seed)
    deadline = half = None if time_limit is None else start + time_limit
    if time_limit is not None and objective in ("fair", "balanced"):
        # The best total is only where these begin, or what they are compared with.
        half = start + time_limit / 2
    try:
        solution = task.total(cardinality, half, should_stop)
        chosen, balance, settled = None, None, None
        match objective:
            case "stable":
                chosen = stable(task, mentor_scores, wishes)
            case "fair":
                chosen, settled = fair(task.part, solution.mentor_of, Clock(deadline, should_stop))
            case "balanced":
                chosen, balance = balanced(
                    task, spread,
                    cardinality=cardinality, deadline=deadline, should_stop=should_stop,
                )  # fmt: skip
        return finish(
            task, solution, chosen, balance, settled,
            objective=objective, cardinality=cardinality, start=start,
        )  # fmt: skip
    except OverflowError as error:
        raise ScoresError("scores_too_large", highest=task.highest) from error


def finish(
    task: Task,
    solution: Solution,
    chosen: Longs | None = None,
    balance: Balance | None = None,
    settled: float | None = None,
    *,
    objective: str,
    cardinality: str,
    start: float,
) -> Assignment:
    """The Assignment of a solved task, bounded by the prices of the best total.

    chosen: int64 columns per row of the part, if another objective chose other pairs than
    `solution`; then `price` says what that costs. start: `time.perf_counter()` at the beginning.
    """
    mentor_of = task.placed(solution.mentor_of if chosen is None else chosen)
    highest = max(0.0, task.highest)
    certificate = _certificate(solution, task.rows, task.columns, task.shape, highest)
    made = task.made(mentor_of)
    matched = mentor_of != UNMATCHED
    total = math.fsum(made)
    people = int((matched & (task.locked == UNMATCHED)).sum())
    locked = made[(task.locked != UNMATCHED)[matched]]
    upper = max(_bound(task, solution, people) + math.fsum(locked), total)
    price = None
    if chosen is not None:
        best = task.placed(solution.mentor_of)
        price = price_of(made, best, task.made(best))
    return Assignment(
        mentor_of=mentor_of,
        total=total,
        upper_bound=upper,
        gap=upper - total,
        objective=objective,
        seconds=time.perf_counter() - start,
        capacity=task.seats,
        floor=task.floor,
        fixed=frozenset(task.locks),
        forbidden=frozenset(task.banned),
        seed=task.seed,
        cardinality=cardinality,
        certificate=certificate,
        price=price,
        balance=balance,
        settled=settled,
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
    chosen = mentors_of(mentor_of, shape)
    seats = seats_of(scores, capacity, shape[1])
    market = market_of(scores, seats)
    total = math.fsum(made_fits(market, chosen))
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


def _bound(task: Task, solution: Solution, people: int) -> float:
    """The dual bound of the solver's prices for so many pairs, as `verify` finds it again."""
    gains = solution.gains
    if gains is None:
        part = task.part
        best = best_gains(part.indptr, part.columns, part.fits, solution.prices)
        gains = math.fsum(np.maximum(best + solution.lift, 0.0))
    seats = task.left[task.columns]
    return gains + math.fsum(seats * solution.prices) - solution.lift * people
