"""The exact best mentors of every mentee of a cohort, as one sparse form for `assign`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ..criteria import Criteria
from ..encoding import encode_people
from ..errors import ScoresError
from ..profiles import Mentee
from ..rules import check_once
from .batches import Batch, Found, Here, Spread
from .columns import Bits
from .pairings import pairings_of
from .population import Eligible, Population
from .topk import Pairing

CANDIDATES = 50  # a mentee, if the caller names no number
BATCH = 128  # mentees at a time: what is sent and held at once


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Of mentee i, the mentors numbers[indptr[i] : indptr[i + 1]], best first, equals by id.

    indptr: int64 (mentees + 1,). numbers: int64 numbers in the population. totals: float64, the
    same as in `score`. cut: bool per mentee, False = everyone allowed is listed. mentors: size of
    the population.
    """

    mentees: tuple[Mentee, ...]
    mentors: int
    indptr: NDArray[np.int64]
    numbers: NDArray[np.int64]
    totals: NDArray[np.float64]
    cut: NDArray[np.bool_]

    def matrix(self) -> csr_array:
        """Mentees × mentors as `assign` takes them: absent = not a candidate."""
        shape = (len(self.mentees), self.mentors)
        found = csr_array((self.totals, self.numbers, self.indptr), shape=shape)
        found.sort_indices()
        return found

    def last(self) -> NDArray[np.float64]:
        """Per mentee the total nobody left out can exceed; -inf where nobody was left out."""
        found = np.full(len(self.mentees), -np.inf)
        rows = np.flatnonzero(self.cut)
        found[rows] = self.totals[self.indptr[rows + 1] - 1]
        return found


def candidates(
    mentees: Iterable[Mentee],
    population: Population,
    criteria: Criteria | None = None,
    k: int = CANDIDATES,
    *,
    eligible: Eligible | None = None,
    forbidden: Iterable[tuple[str, str]] = (),
    least: float | None = None,
    spread: Spread | None = None,
) -> Candidates:
    """The k best allowed mentors of every mentee; fewer where fewer are allowed.

    Exact: no better mentor is left out, and totals are those of `score` over all pairs, bit for
    bit. eligible: mentors to look at, see `Population.bits`. forbidden: pairs of (mentee id,
    mentor id). least: leave out pairs with a lower total. spread: where to search, `Processes` or
    `RayTasks`; left out, this process. The result is the same.

    Nothing of the size mentees × mentors is ever held: memory is 16 bytes a candidate, and some
    megabytes a worker. Cost: mentees × `rank`, see docs/explanation/search.md.
    Raises ScoresError (side_empty, candidates_number, eligible_shape), ProfileError
    (person_twice), and what the spread raises.
    """
    rows = tuple(mentees)
    check_once(rows, "mentees")
    if not len(population):
        raise ScoresError("side_empty", side="mentors")
    if k < 1:
        raise ScoresError("candidates_number", value=k)
    mask = population.bits(eligible)
    pairings = pairings_of(rows, population, mask, forbidden)
    wanted = np.full(len(rows), 0.0 if least is None else least)
    batches = batches_of(rows, population, pairings, mask, k, wanted)
    found = list((spread or Here()).search(population.index, criteria or Criteria(), batches))
    return joined(rows, len(population), found)


def batches_of(
    mentees: Sequence[Mentee],
    population: Population,
    pairings: Iterator[Pairing],
    eligible: Bits | Sequence[Bits],
    k: int,
    least: NDArray[np.float64],
) -> Iterator[Batch]:
    """The mentees in batches, made when they are asked for."""
    for start in range(0, len(mentees), BATCH):
        some = mentees[start : start + BATCH]
        end = start + len(some)
        mask = eligible if isinstance(eligible, np.ndarray) else tuple(eligible[start:end])
        yield Batch(
            people=encode_people(some, population.index.vocabulary, population.text_model),
            pairings=tuple(next(pairings) for _ in some),
            eligible=mask,
            k=k,
            least=least[start:end],
        )


def joined(mentees: tuple[Mentee, ...], mentors: int, parts: Sequence[Found]) -> Candidates:
    """The lists of all batches as one."""
    counts = np.concatenate([part.counts for part in parts])
    return Candidates(
        mentees=mentees,
        mentors=mentors,
        indptr=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        numbers=np.concatenate([part.numbers for part in parts]),
        totals=np.concatenate([part.totals for part in parts]),
        cut=np.concatenate([part.cut for part in parts]),
    )
