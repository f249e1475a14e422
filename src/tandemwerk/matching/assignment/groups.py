"""Group mentoring: one mentor, several mentees at once, and no group that is too small.

A mentor's group comes about with at least `smallest` and at most `largest` mentees, or not at
all. As many people as possible are in a group, and among all such choices the total fit is highest.
That "or not at all" makes the problem hard in theory (deciding which groups open contains exact
cover by sets), so it is solved by branch and bound (HiGHS, through SciPy), which proves its result:
`upper_bound` and `gap` are true also when the time is up. Which groups open is the only hard part:
once that is settled, the members are assigned exactly by `solve_total`.

Good for some hundred people and some dozen groups in seconds; with thousands of people and tight
limits the time may run out, and then the gap says how far from the best the result can be.
"""

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from ..errors import CapacityError, LockError
from .checks import ScoresLike, shape_of
from .exact import solve_total
from .market import Floats, Longs, Market
from .prepare import Task, made_fits, prepare
from .result import UNMATCHED, Pair
from .units import rooms, unit_market, unit_mentors
from .whole import array_of, check_time_limit, whole_numbers

GroupSizes = tuple[int, int] | Sequence[tuple[int, int]]

# HiGHS stops within its tolerances; a gap below this share of the bound is rounding.
_ROUNDING = 1e-6
# HiGHS asks nobody while it runs. Who may want to stop it gets it in runs of so many seconds, each
# twice as long as the one before; it starts anew each time, so that costs half of the time.
_FIRST_RUN = 0.25
_OUT_OF_TIME = 1  # HiGHS's word for it, as SciPy's `milp` passes it on


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Who is in whose group.

    mentor_of: int64 per mentee, the mentor's column or -1. members: per open group, by column, the
    mentees' rows. people: how many are in a group; people_bound: no choice of groups takes more.
    total: sum of the fits; upper_bound: no choice with as many people has a higher total.
    gap: upper_bound - total, 0 where proven. proven: people and total are the best there is.
    """

    mentor_of: NDArray[np.int64]
    members: dict[int, tuple[int, ...]]
    people: int
    people_bound: int
    total: float
    upper_bound: float
    gap: float
    proven: bool
    seconds: float


def assign_groups(
    scores: ScoresLike,
    sizes: GroupSizes,
    *,
    fixed: Iterable[Pair] = (),
    forbidden: Iterable[Pair] = (),
    floor: float | None = None,
    seed: int = 0,
    time_limit: float = 20.0,
    should_stop: Callable[[], bool] | None = None,
) -> Groups:
    """Put mentees into groups of one mentor each.

    scores: as for `assign`. sizes: (smallest, largest) of every mentor's group, or one such pair
    per mentor; 0 <= smallest <= largest, or largest 0 = no group. fixed: (row, column) pairs; that
    mentor's group opens. time_limit: seconds for branch and bound, after which the best so far
    comes back with its true gap. should_stop: asked between steps; True does the same. The answer
    may take a quarter of a second, or as long again as branch and bound has been running.
    Raises CapacityError("group_sizes_shape" or "group_size_wrong", column), LockError
    ("group_impossible", column) if the group of a fixed pair can't reach its smallest size, and
    as `assign`. Cost: exponential in the number of groups in the worst case; 300 mentees × 40
    mentors take about a second.
    """
    start = time.perf_counter()
    check_time_limit(time_limit)
    smallest, largest = _sizes(sizes, shape_of(scores)[1])
    task = prepare(scores, largest, fixed=fixed, forbidden=forbidden, floor=floor, seed=seed)
    needed = np.maximum(0, smallest - (task.seats - task.left))
    # Opening further groups only takes people away, so the locked ones alone tell what can be.
    opened = (task.seats > task.left)[task.columns]
    chosen = _members(task, needed, opened)
    for column in np.flatnonzero((task.seats > task.left) & (_load(task, chosen) < smallest)):
        raise LockError("group_impossible", column=int(column), smallest=int(smallest[column]))
    # Without smallest sizes nobody can be worse off: what that gives bounds both goals.
    relaxed = solve_total(task.part).mentor_of
    people_bound, total_bound = _worth(task, relaxed)
    stop = _Stop(should_stop)
    chosen = _better(task, chosen, _closed_one_by_one(task, needed, opened, stop))
    if _worth(task, chosen)[0] < people_bound and not stop.now():
        # Half of the time for the number of people, the rest for the total.
        ones = np.ones(task.part.edges)
        many = _branch(task, needed, ones, 0, start + time_limit / 2, stop)
        chosen = _better(task, chosen, _reached(task, needed, many))
        found = math.floor(many.bound + _ROUNDING) + len(task.locks)
        people_bound = max(_worth(task, chosen)[0], min(people_bound, found))
    free = int((chosen != UNMATCHED).sum())
    best = _branch(task, needed, task.part.fits, free, start + time_limit, stop)
    chosen = _better(task, chosen, _reached(task, needed, best))
    bound = best.bound + math.fsum(made_fits(task.market, task.locked))
    if (relaxed != UNMATCHED).sum() == free:
        bound = min(bound, total_bound)
    return _result(task, chosen, people_bound, bound, start)


@dataclass(slots=True)
class _Stop:
    """Whether to stop; once said, it stays so."""

    asked: Callable[[], bool] | None
    said: bool = False

    def now(self) -> bool:
        """Ask."""
        self.said = self.said or (self.asked is not None and self.asked())
        return self.said


def _reached(task: Task, needed: Longs, found: "_Found") -> Longs | None:
    return None if found.opened is None else _members(task, needed, found.opened)


def _better(task: Task, one: Longs, other: Longs | None) -> Longs:
    """The one with more people, then with the higher total."""
    return one if other is None or _worth(task, one) >= _worth(task, other) else other


def _closed_one_by_one(
    task: Task, needed: Longs, locked: NDArray[np.bool_], stop: _Stop
) -> Longs | None:
    """A good choice to begin with: open all groups, and close the emptiest until all are full."""
    opened = np.ones(task.part.mentors, dtype=np.bool_)
    while True:
        if stop.now():
            return None
        chosen = _members(task, needed, opened)
        load = np.bincount(chosen[chosen != UNMATCHED], minlength=task.part.mentors)
        lacking = np.flatnonzero(opened & ~locked & (load < needed[task.columns]))
        if not len(lacking):
            break
        # Many at a time while many lack, so that a large cohort takes no more than some dozen runs.
        emptiest = lacking[np.argsort(load[lacking], kind="stable")]
        opened[emptiest[: max(1, len(emptiest) // 4)]] = False
    # A locked group may lack people only while others take them.
    full = (load >= needed[task.columns])[locked].all()
    return chosen if full else _members(task, needed, locked)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """Which groups open (None: nothing found in time), and what no choice can exceed."""

    opened: NDArray[np.bool_] | None
    bound: float


def _branch(
    task: Task, needed: Longs, worth: Floats, people: int, deadline: float, stop: _Stop
) -> _Found:
    """The groups of the choice of at least so many people with the highest worth of pairs.

    Variables: one share per pair, then one yes or no per group. With the groups settled the rest
    is a flow, so only these have to be whole numbers.
    """
    part = task.part
    pairs, groups = part.edges, part.mentors
    if not pairs:
        return _Found(None, 0.0)
    shape, places = (groups, pairs + groups), np.arange(pairs)
    one, every = np.ones(pairs), np.arange(groups)
    size = scipy.sparse.csr_array((one, (part.columns, places)), shape=shape)

    def minus(limit: Longs) -> scipy.sparse.csr_array:
        return size - scipy.sparse.csr_array((limit.astype(float), (every, pairs + every)), shape)

    by_row = scipy.sparse.csr_array(
        (one, (part.row_of_edge(), places)), shape=(part.rows, pairs + groups)
    )
    count = scipy.sparse.csr_array(np.concatenate((one, np.zeros(groups)))[None, :])
    locked = (task.seats > task.left)[task.columns]
    limits = np.iinfo(np.int32).max
    constraints = [
        LinearConstraint(by_row, -np.inf, 1),
        LinearConstraint(minus(rooms(part)), -np.inf, 0),
        LinearConstraint(minus(needed[task.columns]), 0, np.inf),
        LinearConstraint(count, people, limits),
    ]
    # Stopped early it may know no bound of its own; nobody is worth more than their best pair.
    opened, least, bound = None, math.inf, _best_of_all(part, worth)
    seconds = math.inf if stop.asked is None else _FIRST_RUN
    while not stop.now():
        left = max(0.0, deadline - time.perf_counter())
        answer: OptimizeResult = milp(
            np.concatenate((-worth, np.zeros(groups))),
            integrality=np.concatenate((np.zeros(pairs), np.ones(groups))),
            bounds=Bounds(np.concatenate((np.zeros(pairs), locked.astype(float))), 1),
            constraints=constraints,
            options={"mip_rel_gap": 0.0, "time_limit": min(seconds, left)},
        )
        if answer.x is not None and answer.fun < least:
            opened, least = answer.x[pairs:] > 0.5, answer.fun
        proven = answer.mip_dual_bound
        bound = bound if proven is None else min(bound, -proven)
        if answer.status != _OUT_OF_TIME or seconds >= left:
            break
        seconds *= 2
    return _Found(opened, bound)


def _best_of_all(part: Market, worth: Floats) -> float:
    best = np.zeros(part.rows)
    np.maximum.at(best, part.row_of_edge(), worth)
    return math.fsum(best)


def _members(task: Task, needed: Longs, opened: NDArray[np.bool_]) -> Longs:
    """The best members of these groups: the column or -1 per row of the part.

    A mentor's needed seats carry a bonus above any exchange of fits. If all of them can be filled
    at all, then also by an assignment of most people (Mendelsohn & Dulmage 1958).
    """
    part = task.part
    room = np.where(opened, rooms(part), 0)
    mentor, place = unit_mentors(room)
    spread = float(part.fits.max() - part.fits.min()) if part.edges else 0.0
    bonus = (min(part.rows, len(mentor)) + 1) * spread + 1
    extra = np.where(place < needed[task.columns][mentor], bonus, 0.0)
    solution = solve_total(unit_market(part, room, extra)).mentor_of
    chosen = np.full(part.rows, UNMATCHED, dtype=np.int64)
    matched = np.flatnonzero(solution != UNMATCHED)
    chosen[matched] = mentor[solution[matched]]
    return chosen


def _worth(task: Task, chosen: Longs) -> tuple[int, float]:
    made = made_fits(task.market, task.placed(chosen))
    return len(made), math.fsum(made)


def _load(task: Task, chosen: Longs) -> Longs:
    mentor_of = task.placed(chosen)
    return np.bincount(mentor_of[mentor_of != UNMATCHED], minlength=task.shape[1])


def _result(task: Task, chosen: Longs, people_bound: int, bound: float, start: float) -> Groups:
    mentor_of = task.placed(chosen)
    people, total = _worth(task, chosen)
    upper = max(total, bound)
    members = {
        int(column): tuple(np.flatnonzero(mentor_of == column).tolist())
        for column in np.unique(mentor_of[mentor_of != UNMATCHED])
    }
    return Groups(
        mentor_of=mentor_of,
        members=members,
        people=people,
        people_bound=people_bound,
        total=total,
        upper_bound=upper,
        gap=upper - total,
        proven=people == people_bound and upper - total <= _ROUNDING * (1 + abs(upper)),
        seconds=time.perf_counter() - start,
    )


def _sizes(sizes: GroupSizes, mentors: int) -> tuple[Longs, Longs]:
    table = array_of(sizes)
    if table.shape == (2,):
        table = np.tile(table, (mentors, 1))
    if table.shape != (mentors, 2):
        raise CapacityError("group_sizes_shape", shape=list(table.shape), mentors=mentors)
    table = whole_numbers(table.ravel(), _not_a_size).reshape(mentors, 2)
    for column in np.flatnonzero((table[:, 0] < 0) | (table[:, 0] > table[:, 1])):
        least, most = (int(size) for size in table[column])
        if most or least < 0:
            raise CapacityError(
                "group_size_wrong", column=int(column), smallest=least, largest=most
            )
    return table[:, 0], table[:, 1]


def _not_a_size(place: int, value: object) -> CapacityError:
    return CapacityError("seats_not_whole", column=place // 2, value=value)
