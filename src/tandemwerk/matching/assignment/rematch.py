"""Re-matching that disturbs least: new people or scores, as few changed pairs as possible.

As many people as possible have a mentor. Among all such assignments, `keep="most"` keeps as many
of the previous pairs as can be and then takes the highest total; a number as `keep` is what a kept
pair is worth in fit, so a pair changes only where the cohort gains more than that (0: what was
does not count). Both are one exact run of `solve_total` with a bonus on the previous pairs. A pair
that must never change belongs into `fixed`.
"""

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import ObjectiveError
from .assign import finish
from .checks import ScoresLike, mentors_of
from .exact import solve_total
from .market import Market
from .prepare import prepare
from .result import UNMATCHED, Assignment, Pair
from .whole import check_time_limit


@dataclass(frozen=True, slots=True, eq=False)
class Rematch:
    """The new pairs beside the previous ones; mentees by row.

    kept: those with the same mentor. changed: with another one. lost: had one and have none now.
    gained: have one now and had none. bonus: worth of a kept pair. assignment.price: what keeping
    pairs costs against the best total.
    """

    assignment: Assignment
    kept: tuple[int, ...]
    changed: tuple[int, ...]
    lost: tuple[int, ...]
    gained: tuple[int, ...]
    bonus: float


def rematch(
    scores: ScoresLike,
    previous: Sequence[int] | NDArray[np.integer],
    capacity: Sequence[int] | NDArray[np.integer] | None = None,
    *,
    keep: float | str = "most",
    fixed: Iterable[Pair] = (),
    forbidden: Iterable[Pair] = (),
    floor: float | None = None,
    seed: int = 0,
    time_limit: float | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Rematch:
    """Match again and change as little as possible.

    previous: per mentee the column of their mentor so far in the new matrix, -1 = none (new, or
    the mentor is gone). keep: "most", or the fit a kept pair is worth, >= 0. A previous pair that
    is not allowed any more, or below the floor, can't be kept. The others: as for `assign`;
    stopped early, as many people as possible have a mentor, but more pairs than need be changed.
    Raises ScoresError for a wrong `previous`, ObjectiveError for a wrong `keep`, and as `assign`.
    Cost: two runs of `solve_total`. "most" adds numbers up to people² × the range of fits, so the
    total is exact to about 1e-16 of that: 1e-10 for a thousand people.
    """
    start = time.perf_counter()
    check_time_limit(time_limit)
    task = prepare(scores, capacity, fixed=fixed, forbidden=forbidden, floor=floor, seed=seed)
    before = mentors_of(previous, task.shape)
    part = task.part
    row, column = task.part_places()
    same = before[row] == column
    bonus = _bonus(keep, part)
    held = Market(part.indptr, part.columns, part.fits + bonus * same, part.seats)
    deadline = None if time_limit is None else start + time_limit
    # Half of the time each: both have to be worth something.
    halfway = None if time_limit is None else start + time_limit / 2
    chosen = solve_total(held, deadline=halfway, should_stop=should_stop).mentor_of
    best = solve_total(part, deadline=deadline, should_stop=should_stop)
    assignment = finish(task, best, chosen, objective="total", cardinality="most", start=start)
    now = assignment.mentor_of
    had, has = before != UNMATCHED, now != UNMATCHED
    kept = had & (before == now)
    return Rematch(
        assignment=assignment,
        kept=_places(kept),
        changed=_places(had & has & ~kept),
        lost=_places(had & ~has),
        gained=_places(~had & has),
        bonus=bonus,
    )


def _bonus(keep: float | str, part: Market) -> float:
    if keep == "most":
        # One more kept pair is worth more than any exchange of fits between all pairs can bring.
        most = min(part.rows, int(np.minimum(part.seats, part.rows).sum()))
        spread = float(part.fits.max() - part.fits.min()) if part.edges else 0.0
        return (most + 1) * spread + 1.0
    if isinstance(keep, str) or not math.isfinite(keep) or keep < 0:
        raise ObjectiveError("keep_unusable", keep=keep)
    return float(keep)


def _places(flags: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(np.flatnonzero(flags).tolist())
