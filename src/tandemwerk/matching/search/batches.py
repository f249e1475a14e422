"""A batch of mentees searched in one go, in this process or another: the unit that is spread."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..criteria import Criteria
from ..encoding import People
from .columns import Bits
from .index import Index
from .queries import Asking
from .topk import Pairing, Searcher


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Mentees and what to find for each: the best k eligible with a total of at least `least`.

    eligible: one mask for all, or one for each. least: float64 per mentee.
    """

    people: People
    pairings: tuple[Pairing, ...]
    eligible: Bits | tuple[Bits, ...]
    k: int
    least: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The lists of a batch, one after the other: counts int64 per mentee; numbers int64 of mentors
    and totals float64, best first; cut: bool per mentee, there may be more than k."""

    counts: NDArray[np.int64]
    numbers: NDArray[np.int64]
    totals: NDArray[np.float64]
    cut: NDArray[np.bool_]


class Spread(Protocol):
    """Where batches are searched; results come back in the order of the batches."""

    def search(
        self, index: Index, criteria: Criteria, batches: Iterable[Batch]
    ) -> Iterator[Found]: ...


class Here:
    """Everything in this process, one batch after the other."""

    def search(self, index: Index, criteria: Criteria, batches: Iterable[Batch]) -> Iterator[Found]:
        searcher = Searcher(Asking(index, criteria))
        for batch in batches:
            yield search_batch(searcher, batch)


def search_batch(searcher: Searcher, batch: Batch) -> Found:
    """Search for every mentee of a batch. The same arrays in, the same arrays out, anywhere."""
    numbers, totals = [], []
    counts = np.zeros(len(batch.people), dtype=np.int64)
    cut = np.zeros(len(batch.people), dtype=np.bool_)
    for place, pairing in enumerate(batch.pairings):
        mask = batch.eligible[place] if isinstance(batch.eligible, tuple) else batch.eligible
        result = searcher.best(
            batch.people, place, pairing, mask.copy(), batch.k, least=float(batch.least[place])
        )
        numbers.append(result.numbers)
        totals.append(result.totals)
        counts[place] = len(result.numbers)
        cut[place] = len(result.numbers) == batch.k and result.looked.eligible > batch.k
    return Found(counts, np.concatenate(numbers), np.concatenate(totals), cut)
