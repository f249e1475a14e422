"""`objective="balanced"`: the best total, with the work spread over the mentors.

Every further mentee of one mentor costs a little more: the first is free, the second costs
`spread`, the third twice as much, and so on; locked mentees count as the first ones. As many
people as possible have a mentor, and among all such assignments
    value = total fit - spread x Σ_mentor load x (load - 1) / 2
is as high as can be. The cost is convex, so a mentor's seats become seats with rising prices, the
cheap ones are taken first by themselves, and one exact run of `solve_total` finds the optimum.
"""

import math
from collections.abc import Callable

import numpy as np

from ..errors import ObjectiveError
from .checks import ScoresLike
from .exact import solve_total
from .market import Floats, Longs
from .prepare import Task, made_fits, prepare
from .result import UNMATCHED, Assignment, Balance
from .state import Solution
from .units import rooms, unit_market, unit_mentors

# Two people of a cohort fit about 0.45 and 0.1 more is a clear difference: with 0.02 a mentor's
# sixth mentee has to bring that much more than a colleague's first.
SPREAD = 0.02


def check_spread(spread: float) -> None:
    """Raises ObjectiveError unless `spread` is a finite number >= 0."""
    if not math.isfinite(spread) or spread < 0:
        raise ObjectiveError("spread_unusable", spread=spread)


def balanced(
    task: Task,
    spread: float,
    *,
    cardinality: str,
    deadline: float | None,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[Longs, Balance]:
    """The column or -1 per row of the task's part, and what proves it.

    Cost: as `solve_total` on the pairs times the seats of their mentors.
    """
    part = task.part
    taken = (task.seats - task.left)[task.columns]
    room = rooms(part)
    mentor, place = unit_mentors(room)
    cost = spread * (place + taken[mentor])
    solution = solve_total(
        unit_market(part, room, -cost),
        deadline=deadline,
        should_stop=should_stop,
        cardinality=cardinality,
    )
    chosen = np.full(part.rows, UNMATCHED, dtype=np.int64)
    matched = np.flatnonzero(solution.mentor_of != UNMATCHED)
    chosen[matched] = mentor[solution.mentor_of[matched]]
    return chosen, _proof(task, chosen, solution, spread, room, cost)


def balance_bound(scores: ScoresLike, assignment: Assignment) -> tuple[float, float]:
    """(value, upper bound) of a balanced assignment, from the instance and its proof alone.

    For any prices and any lift no K pairs have a value above
        Σ_mentee max(0, max_mentor(fit + lift - price))
        + Σ_mentor Σ_free seat max(0, price - spread x place of the seat) - lift x K
        + fits of the locked pairs - what their loads cost.
    Raises ValueError if the assignment has no balance. Cost: O(pairs).
    """
    proof = assignment.balance
    if proof is None:
        raise ValueError("the assignment has no balance")
    task = prepare(
        scores, assignment.capacity, fixed=assignment.fixed, forbidden=assignment.forbidden,
        floor=assignment.floor, seed=0,
    )  # fmt: skip
    return _bound(task, assignment.mentor_of, proof.prices, proof.lift, proof.spread)


def _bound(
    task: Task, mentor_of: Longs, prices: Floats, lift: float, spread: float
) -> tuple[float, float]:
    matched = mentor_of != UNMATCHED
    load = np.bincount(mentor_of[matched], minlength=task.shape[1])
    value = math.fsum(made_fits(task.market, mentor_of)) - _load_cost(load, spread)
    row, column = task.part_places()
    gain = np.zeros(task.shape[0])
    np.maximum.at(gain, row, task.part.fits + lift - prices[column])
    taken = task.seats - task.left
    # More seats than mentees who may sit there are never used.
    room = np.minimum(task.left, np.bincount(column, minlength=task.shape[1]))
    mentor, place = unit_mentors(room)
    place += taken[mentor]
    worth = np.maximum(prices[mentor] - spread * place, 0.0)
    people = int((matched & (task.locked == UNMATCHED)).sum())
    bound = math.fsum(gain) + math.fsum(worth) - lift * people
    bound += math.fsum(made_fits(task.market, task.locked)) - _load_cost(taken, spread)
    return value, max(bound, value)


def _load_cost(load: Longs, spread: float) -> float:
    return spread * float((load * (load - 1) // 2).sum())


def _proof(
    task: Task, chosen: Longs, solution: Solution, spread: float, room: Longs, cost: Floats
) -> Balance:
    here = np.zeros(task.part.mentors)
    used = np.flatnonzero(room > 0)
    if len(used):
        # Seen from a mentee, a mentor costs what their cheapest seat costs.
        first = (np.cumsum(room) - room)[used]
        here[used] = np.minimum.reduceat(solution.prices + cost, first)
    prices = np.zeros(task.shape[1])
    prices[task.columns] = here
    value, upper = _bound(task, task.placed(chosen), prices, solution.lift, spread)
    return Balance(spread, value, upper, prices, solution.lift)
