"""Assign a population by candidate lists, and prove that nobody left out would have mattered.

Lists of the k best make assignment of large populations possible, and can be wrong: a mentee whose
k best are all taken could sit with the next one, and a total can be higher through a pair that no
list has. The certificate of the assignment tells: with its prices, a pair that was left out can
help only if fit + lift - price is more than the mentee gains now, and one more person can be
matched only through a mentor whom its cover doesn't hold. Both are searched for, exactly, among
all mentors; what is found joins the lists and the cohort is solved again. When nothing is found,
the assignment over the lists is one over all pairs.
"""

import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..assignment import UNMATCHED, Assignment, Certificate, assign
from ..assignment.checks import check_locks
from ..assignment.result import Pair
from ..assignment.state import Clock
from ..assignment.state import Stopped as TimeIsUp
from ..criteria import Criteria
from ..errors import CapacityError, LockError
from ..profiles import Mentee
from ..scorer import Stopped
from .batches import Batch, Found, Here, Spread
from .cohorts import CANDIDATES, Candidates, batches_of, candidates, joined
from .columns import WORD, Bits, packed
from .index import Index
from .pairings import pairings_of
from .population import Eligible, Population

# A pair that would gain less than this is rounding.
GAIN = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class PopulationAssignment:
    """An assignment of a population, as good as one over all pairs.

    assignment: see `assign`; columns are numbers of mentors in the population. upper_bound and gap
    hold for all pairs, listed or not. candidates: the lists it was made from. widened: bool per
    mentee, whose list had to grow. rounds: how often the cohort was solved. proven: False if it
    was stopped before all lists were known to be long enough; then the gap is still true, but more
    people might be matched.
    """

    assignment: Assignment
    candidates: Candidates
    widened: NDArray[np.bool_]
    rounds: int
    proven: bool = True


def assign_population(
    mentees: Iterable[Mentee],
    population: Population,
    criteria: Criteria | None = None,
    *,
    k: int = CANDIDATES,
    capacity: NDArray[np.integer] | None = None,
    eligible: Eligible | None = None,
    fixed: Iterable[tuple[str, str]] = (),
    forbidden: Iterable[tuple[str, str]] = (),
    floor: float | None = None,
    seed: int = 0,
    cardinality: str = "most",
    spread: Spread | None = None,
    time_limit: float | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> PopulationAssignment:
    """Match everyone with a mentor of a population: as `assign` over all pairs, without them.

    As many people are matched, with as high a total, as if every pair had been looked at; proven
    with the certificate of the last round. Of several equally good assignments another may come
    out. k: candidates a mentee at first. fixed: pairs of (mentee id, mentor id) to keep, as in
    `assign`. time_limit: seconds after which the best so far comes back with its true gap; the
    first lists are always searched to their end. should_stop: asked before every batch of mentees
    that is searched, and as in `assign`; before the first lists are there it raises
    `scorer.Stopped`. The others: as in `candidates` and `assign`.

    Raises LockError("lock_unknown") for a fixed pair of somebody who is not there, and what
    `candidates` and `assign` raise. Cost: `candidates`, then per round one `assign`
    over the lists and one search for each mentee the certificate does not clear.
    """
    clock = Clock(None if time_limit is None else time.perf_counter() + time_limit, should_stop)
    criteria, rows = criteria or Criteria(), tuple(mentees)
    barred = tuple(forbidden)
    mask = population.bits(eligible)
    locks = _placed(fixed, rows, population)
    first = _Asked(spread or Here(), lambda: _refuse(should_stop))
    found = candidates(
        rows, population, criteria, k, eligible=mask, forbidden=barred, least=floor, spread=first
    )
    seats = _seats(population, capacity)
    widening = _Widening(population, criteria, mask, barred, floor, first, found)
    left = widening.lock(locks, seats)
    widening.spread = _Asked(spread or Here(), clock.check)
    rounds, proven = 1, True
    while True:
        rest = None if clock.deadline is None else max(0.0, clock.deadline - time.perf_counter())
        made = assign(
            widening.found.matrix(), seats, fixed=locks, floor=floor, seed=seed,
            cardinality=cardinality, time_limit=rest, should_stop=should_stop,
        )  # fmt: skip
        try:
            clock.check()
            if not widening.widen(made, k):
                break
        except TimeIsUp:
            proven = False
            break
        k, rounds = 2 * k, rounds + 1
    bound = max(_bound(made, left, widening, proven=proven), made.total)
    made = replace(made, upper_bound=bound, gap=bound - made.total)
    return PopulationAssignment(made, widening.found, widening.widened, rounds, proven)


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """A spread that asks before every batch whether to go on; `check` raises if not."""

    inner: Spread
    check: Callable[[], None]

    def search(self, index: Index, criteria: Criteria, batches: Iterable[Batch]) -> Iterator[Found]:
        return self.inner.search(index, criteria, self._checked(batches))

    def _checked(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        for batch in batches:
            self.check()
            yield batch


def _refuse(should_stop: Callable[[], bool] | None) -> None:
    if should_stop is not None and should_stop():
        raise Stopped


def _placed(
    pairs: Iterable[tuple[str, str]], mentees: Sequence[Mentee], population: Population
) -> list[Pair]:
    """Pairs of ids as (row, number of the mentor). Raises LockError("lock_unknown")."""
    rows = {mentee.id: row for row, mentee in enumerate(mentees)}
    found: dict[Pair, None] = {}
    for mentee, mentor in pairs:
        for person, side in ((mentee, rows), (mentor, population)):
            if person not in side:
                raise LockError("lock_unknown", person=person)
        found[rows[mentee], population.number_of(mentor)] = None
    return list(found)


class _Widening:
    """The lists, and what is known of the pairs they leave out."""

    def __init__(
        self,
        population: Population,
        criteria: Criteria,
        eligible: Bits,
        forbidden: tuple[tuple[str, str], ...],
        floor: float | None,
        spread: Spread,
        found: Candidates,
    ) -> None:
        self.population, self.criteria, self.eligible = population, criteria, eligible
        self.forbidden = frozenset(forbidden)
        self.floor, self.found = 0.0 if floor is None else floor, found
        self.spread: Spread = spread
        self.widened = np.zeros(len(found.mentees), dtype=np.bool_)
        self.locked = np.zeros(len(found.mentees), dtype=np.bool_)
        # Nobody left out fits better than the last of the first list: -inf, nobody was.
        self.last = found.last()
        everyone = list(found.mentees)
        self.pairings = list(pairings_of(everyone, population, eligible, forbidden))

    def lock(self, locks: list[Pair], seats: NDArray[np.int64]) -> NDArray[np.int64]:
        """Leave locked mentees nobody but their mentor; returns the seats left to the others.

        Raises LockError as `assign` does.
        """
        rows, numbers = [row for row, _ in locks], [number for _, number in locks]
        fits = np.full(len(locks), np.nan)
        if locks:
            masks = [packed(np.arange(len(self.population)) == number) for number in numbers]
            masks = [mask & self.eligible for mask in masks]
            only = self._search(rows, masks, np.zeros(len(rows)), 1)
            fits[np.diff(only.indptr) > 0] = only.totals
        ids = [(self.found.mentees[r].id, self.population[n].id) for r, n in locks]
        banned = [lock for lock, names in zip(locks, ids, strict=True) if names in self.forbidden]
        check_locks(locks, banned, seats, fits)
        left = seats.copy()
        if locks:
            np.subtract.at(left, numbers, 1)
            self._replace(dict(zip(rows, zip(numbers, fits.tolist(), strict=True), strict=True)))
        # Mentors without a seat can't be anybody's: nothing to look for there.
        self.eligible = self.eligible & packed(left > 0)
        return left

    def _replace(self, only: dict[int, tuple[int, float]]) -> None:
        """Make the lists of these rows one entry long, with nothing left out that counts."""
        found = self.found
        self.locked[list(only)] = True
        counts = np.diff(found.indptr)
        kept = np.repeat(~self.locked, counts)
        row = np.concatenate((np.repeat(np.arange(len(counts)), counts)[kept], list(only)))
        numbers = np.concatenate((found.numbers[kept], [number for number, _ in only.values()]))
        totals = np.concatenate((found.totals[kept], [fit for _, fit in only.values()]))
        order = np.argsort(row, kind="stable")
        counts = np.where(self.locked, 1, counts)
        self.found = replace(
            found,
            indptr=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
            numbers=numbers[order].astype(np.int64),
            totals=totals[order],
            cut=found.cut & ~self.locked,
        )
        self.last[self.locked] = -np.inf

    def widen(self, made: Assignment, k: int) -> bool:
        """Look for pairs that could improve the assignment; True if the lists grew."""
        proof = proof_of(made)
        rows, masks, least = self._open(proof)
        grown = False
        while rows:
            more = self._search(rows, masks, least, k)
            useful = self._useful(rows, more, proof)
            if useful.any():
                grown = True
                self._join(rows, more, useful)
            # A list that was cut and brought nothing must be read further to prove anything.
            left = [place for place in range(len(rows)) if more.cut[place] and not useful[place]]
            rows, masks = [rows[place] for place in left], [masks[place] for place in left]
            least, k = least[left], 2 * k
        return grown

    def _open(self, proof: Certificate) -> tuple[list[int], list[Bits], NDArray[np.float64]]:
        """Mentees the certificate does not clear, the mentors to look at, the least fit of use."""
        gains = self.gains(proof)
        dearest = self.last + proof.lift - gains
        uncovered = None if proof.mentors is None else self.eligible & packed(~proof.mentors)
        cheapest = self.cheapest(proof)
        rows, masks, least = [], [], []
        for row in np.flatnonzero(self.last > -np.inf).tolist():
            needs = np.zeros_like(self.eligible)
            fit = np.inf
            if cheapest < dearest[row] - GAIN:
                needs |= packed(proof.prices < dearest[row])
                fit = gains[row] - proof.lift + cheapest
            if uncovered is not None and proof.mentees is not None and not proof.mentees[row]:
                needs |= uncovered
                fit = 0.0
            needs &= self.eligible
            self._leave(needs, self.listed(row))
            if needs.any():
                rows.append(row)
                masks.append(needs)
                least.append(max(fit, self.floor, 0.0))
        return rows, masks, np.array(least)

    def gains(self, proof: Certificate) -> NDArray[np.float64]:
        """What every mentee gains at these prices with whom their list names, at least 0."""
        found = self.found
        row = np.repeat(np.arange(len(found.mentees)), np.diff(found.indptr))
        gains = np.zeros(len(found.mentees))
        np.maximum.at(gains, row, found.totals + proof.lift - proof.prices[found.numbers])
        return gains

    def listed(self, row: int) -> NDArray[np.int64]:
        return self.found.numbers[self.found.indptr[row] : self.found.indptr[row + 1]]

    def cheapest(self, proof: Certificate) -> float:
        """The lowest price of a mentor who is eligible and has a seat; inf without any."""
        flags = np.unpackbits(self.eligible.view(np.uint8), bitorder="little")
        there = flags[: len(self.population)].astype(np.bool_)
        return float(proof.prices[there].min()) if there.any() else math.inf

    def _leave(self, mask: Bits, numbers: NDArray[np.int64]) -> None:
        bits = np.uint64(1) << (numbers % WORD).astype(np.uint64)
        np.bitwise_and.at(mask, numbers // WORD, ~bits)

    def _search(
        self, rows: list[int], masks: list[Bits], least: NDArray[np.float64], k: int
    ) -> Candidates:
        some = tuple(self.found.mentees[row] for row in rows)
        pairings = iter([self.pairings[row] for row in rows])
        batches = batches_of(some, self.population, pairings, masks, k, least)
        parts = list(self.spread.search(self.population.index, self.criteria, batches))
        return joined(some, len(self.population), parts)

    def _useful(self, rows: list[int], more: Candidates, proof: Certificate) -> NDArray[np.bool_]:
        """Whose new candidates could improve the total, or match one more."""
        gains = self.gains(proof)[rows]
        place = np.repeat(np.arange(len(rows)), np.diff(more.indptr))
        better = more.totals + proof.lift - proof.prices[more.numbers] > gains[place] + GAIN
        if proof.mentors is not None and proof.mentees is not None:
            better |= ~proof.mentors[more.numbers] & ~proof.mentees[rows][place]
        useful = np.zeros(len(rows), dtype=np.bool_)
        useful[place[better]] = True
        return useful

    def _join(self, rows: list[int], more: Candidates, useful: NDArray[np.bool_]) -> None:
        """Put the new candidates of those whom they serve behind their lists."""
        found, sizes = self.found, np.diff(more.indptr)
        taken = np.repeat(useful, sizes)
        extra = np.zeros(len(found.mentees), dtype=np.int64)
        extra[rows] = np.where(useful, sizes, 0)
        counts = np.diff(found.indptr)
        whose = np.repeat(np.array(rows, dtype=np.int64), sizes)[taken]
        row = np.concatenate((np.repeat(np.arange(len(counts)), counts), whose))
        order = np.argsort(row, kind="stable")
        self.widened[extra > 0] = True
        self.found = replace(
            found,
            indptr=np.concatenate(([0], np.cumsum(counts + extra))).astype(np.int64),
            numbers=np.concatenate((found.numbers, more.numbers[taken]))[order],
            totals=np.concatenate((found.totals, more.totals[taken]))[order],
        )


def proof_of(made: Assignment) -> Certificate:
    """The certificate `assign` gives with every best total."""
    if made.certificate is None:
        raise ValueError("the assignment has no certificate")
    return made.certificate


def _bound(
    made: Assignment, left: NDArray[np.int64], widening: _Widening, *, proven: bool
) -> float:
    """No assignment of as many people over all pairs has a higher total. left: seats not locked.

    Every pair left out gains at most GAIN more than its mentee gains now (`_Widening.widen` found
    none that gains more). If that was not looked at to the end, it gains at most what the last of
    the first list would gain with the cheapest mentor.
    """
    proof, free = proof_of(made), ~widening.locked
    people = int((made.mentor_of[free] != UNMATCHED).sum())
    gains = widening.gains(proof)
    open_rows = widening.last > -np.inf
    if proven:
        gains[open_rows] += GAIN
    else:
        dearest = widening.last[open_rows] + proof.lift - widening.cheapest(proof)
        gains[open_rows] = np.maximum(gains[open_rows], dearest)
    locked = widening.found.totals[widening.found.indptr[np.flatnonzero(~free)]]
    bound = math.fsum(gains[free]) + math.fsum(left * proof.prices) - proof.lift * people
    return bound + math.fsum(locked)


def _seats(population: Population, capacity: NDArray[np.integer] | None) -> NDArray[np.int64]:
    if capacity is None:
        return np.array([mentor.seats for mentor in population], dtype=np.int64)
    seats = np.asarray(capacity)
    if seats.shape != (len(population),):
        raise CapacityError("capacity_shape", shape=list(seats.shape), mentors=len(population))
    return seats
