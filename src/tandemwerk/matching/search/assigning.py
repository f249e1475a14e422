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
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..assignment import UNMATCHED, Assignment, Certificate, assign
from ..criteria import Criteria
from ..errors import CapacityError
from ..profiles import Mentee
from .batches import Here, Spread
from .cohorts import CANDIDATES, Candidates, batches_of, candidates, joined
from .columns import WORD, Bits, packed
from .pairings import pairings_of
from .population import Eligible, Population

# A pair that would gain less than this is rounding.
GAIN = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class PopulationAssignment:
    """An assignment of a population, as good as one over all pairs.

    assignment: see `assign`; columns are numbers of mentors in the population. upper_bound and gap
    hold for all pairs, listed or not. candidates: the lists it was made from. widened: bool per
    mentee, whose list had to grow. rounds: how often the cohort was solved.
    """

    assignment: Assignment
    candidates: Candidates
    widened: NDArray[np.bool_]
    rounds: int


def assign_population(
    mentees: Iterable[Mentee],
    population: Population,
    criteria: Criteria | None = None,
    *,
    k: int = CANDIDATES,
    capacity: NDArray[np.integer] | None = None,
    eligible: Eligible | None = None,
    forbidden: Iterable[tuple[str, str]] = (),
    floor: float | None = None,
    seed: int = 0,
    cardinality: str = "most",
    spread: Spread | None = None,
) -> PopulationAssignment:
    """Match everyone with a mentor of a population: as `assign` over all pairs, without them.

    As many people are matched, with as high a total, as if every pair had been looked at; proven
    with the certificate of the last round. Of several equally good assignments another may come
    out. k: candidates a mentee at first. The others: as in `candidates` and `assign`.

    Raises what `candidates` and `assign` raise. Cost: `candidates`, then per round one `assign`
    over the lists and one search for each mentee the certificate does not clear.
    """
    criteria = criteria or Criteria()
    barred = tuple(forbidden)
    mask = population.bits(eligible)
    found = candidates(
        mentees, population, criteria, k,
        eligible=mask, forbidden=barred, least=floor, spread=spread,
    )  # fmt: skip
    seats = _seats(population, capacity)
    # Mentors without a seat can't be anybody's: nothing to look for there.
    mask &= packed(seats > 0)
    widening = _Widening(population, criteria, mask, barred, floor, spread, found)
    rounds = 1
    while True:
        made = assign(
            widening.found.matrix(), seats, floor=floor, seed=seed, cardinality=cardinality
        )
        if not widening.widen(made, k):
            break
        k, rounds = 2 * k, rounds + 1
    bound = max(_bound(made, seats, widening), made.total)
    made = replace(made, upper_bound=bound, gap=bound - made.total)
    return PopulationAssignment(made, widening.found, widening.widened, rounds)


class _Widening:
    """The lists, and what is known of the pairs they leave out."""

    def __init__(
        self,
        population: Population,
        criteria: Criteria,
        eligible: Bits,
        forbidden: tuple[tuple[str, str], ...],
        floor: float | None,
        spread: Spread | None,
        found: Candidates,
    ) -> None:
        self.population, self.criteria, self.eligible = population, criteria, eligible
        self.floor, self.spread, self.found = 0.0 if floor is None else floor, spread, found
        self.widened = np.zeros(len(found.mentees), dtype=np.bool_)
        # Nobody left out fits better than the last of the first list: -inf, nobody was.
        self.last = found.last()
        everyone = list(found.mentees)
        self.pairings = list(pairings_of(everyone, population, eligible, forbidden))

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
        cheapest = self._cheapest(proof)
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

    def _cheapest(self, proof: Certificate) -> float:
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
        parts = list((self.spread or Here()).search(self.population.index, self.criteria, batches))
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


def _bound(made: Assignment, seats: NDArray[np.int64], widening: _Widening) -> float:
    """No assignment of as many people over all pairs has a higher total.

    Every pair left out gains at most GAIN more than its mentee gains now (`_Widening.widen` found
    none that gains more).
    """
    proof = proof_of(made)
    people = int((made.mentor_of != UNMATCHED).sum())
    gains = widening.gains(proof)
    gains[widening.last > -np.inf] += GAIN
    return math.fsum(gains) + math.fsum(seats * proof.prices) - proof.lift * people


def _seats(population: Population, capacity: NDArray[np.integer] | None) -> NDArray[np.int64]:
    if capacity is None:
        return np.array([mentor.seats for mentor in population], dtype=np.int64)
    seats = np.asarray(capacity)
    if seats.shape != (len(population),):
        raise CapacityError("capacity_shape", shape=list(seats.shape), mentors=len(population))
    return seats
