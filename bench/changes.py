"""One participant changes, and the cohort is the best again: beside solving anew.

A mentee's fits are drawn anew, as when somebody edits their profile, thousands of times one after
the other. After every block of changes the whole is solved from nothing: its time stands beside,
and its people and total must be those of the assignment that was kept.
"""

import time
from collections.abc import Iterator, Mapping

import numpy as np
from scipy.sparse import csr_array

from bench.assignments import EVEN, SEATS
from bench.instances import UNIT, even, sparse
from bench.results import Comparison
from tandemwerk.matching import Assignment, LiveAssignment, assign

SIZES = (1000, 10_000)
K = 20
# More changes than there are mentees, so that the times when room is made again are among them.
CHANGES_PER_MENTEE, BLOCKS_PER_REPEAT = 1.2, 2
UNCOUNTED = 20  # changes before the first that counts: they compile, or load what is compiled
ANEW = "solving anew"
CLOSE = 1e-6  # totals of whole millionths: half of one is a difference
QUANTILES = 101  # of the times, kept instead of thousands: the median and both ends are exact

Problem = Mapping[str, np.ndarray]


def lines(*, repeats: int, largest: int, seed: int) -> Iterator[str | Comparison]:
    """One comparison per size and kind of market."""
    yield f"A mentee's {K} fits change; spread: quickest and slowest of all changes."
    for size in (size for size in SIZES if size <= largest):
        for kind in (*SEATS, EVEN):
            problem = (
                even(size, K, seed=seed)
                if kind == EVEN
                else sparse(size, K, seats_per_mentee=SEATS[kind], seed=seed)
            )
            changes = round(CHANGES_PER_MENTEE * size)
            yield compared(
                f"{size:,} × {K} {kind}, one changed", problem, seed=seed, changes=changes,
                blocks=BLOCKS_PER_REPEAT * repeats,
            )  # fmt: skip


def compared(case: str, problem: Problem, *, seed: int, changes: int, blocks: int) -> Comparison:
    """Seconds of single changes, and of solving anew after each block of them."""
    market = Changing(problem, seed)
    for _ in range(UNCOUNTED):
        market.change()
    market.anew()
    times, whole, agreed = [], [], 0
    for size in map(len, np.array_split(np.arange(changes), blocks)):
        times += [market.change() for _ in range(size)]
        started = time.perf_counter()
        found = market.anew()
        whole.append(time.perf_counter() - started)
        agreed += market.agrees(found)
    kept = np.quantile(times, np.linspace(0, 1, QUANTILES))
    middle, high, most = (1000 * float(kept[place]) for place in (50, 95, 100))
    same = "same people and total as" if agreed == blocks else "NOT ALWAYS the total of"
    return Comparison(
        case,
        tuple(kept.tolist()),
        {ANEW: tuple(whole)},
        note=f"{changes:,} changes: p50 {middle:.3f}, p95 {high:.3f}, largest {most:.3g} ms; "
        f"{same} solving anew, {agreed} of {blocks} times",
    )


class Changing:
    """A cohort kept at its best, and the same fits as a matrix to solve anew."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self.indptr, self.seats = problem["indptr"], problem["seats"]
        self.columns = problem["indices"]
        shape = (len(self.indptr) - 1, len(self.seats))
        fits = problem["fits"].copy()
        self.scores = csr_array((fits, self.columns, self.indptr), shape=shape)
        self.live = LiveAssignment.of(self.scores, self.seats)
        self.chance = np.random.default_rng([seed, shape[0]])

    def change(self) -> float:
        """Draw a mentee's fits anew, match again, and return the seconds of the latter."""
        row = int(self.chance.integers(len(self.indptr) - 1))
        here = slice(int(self.indptr[row]), int(self.indptr[row + 1]))
        before = self.scores.data[here]
        drawn = before + self.chance.normal(scale=0.1, size=len(before))
        fits = np.round(np.clip(drawn, 0.001, 1) * UNIT) / UNIT
        columns = self.columns[here]
        started = time.perf_counter()
        self.live.change(row, columns, fits)
        seconds = time.perf_counter() - started
        self.scores.data[here] = fits
        return seconds

    def anew(self) -> Assignment:
        """Solve the fits of now from nothing."""
        return assign(self.scores, self.seats)

    def agrees(self, found: Assignment) -> bool:
        """Whether the kept assignment has as many people and the same total."""
        people = int((self.live.mentor_of >= 0).sum())
        return people == len(found.pairs) and abs(self.live.total - found.total) < CLOSE / 2
