"""The exact best mentors of one mentee: bounds for all, exact totals for those who can reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import fits
from ..criteria import Criterion
from ..encoding import People
from .columns import WORD, Bits, Columns
from .kernels import TOPICS, Best, Query, score_special, take_between
from .kernels_ask import narrow
from .kernels_bounds import EACH, bound_all
from .kernels_few import FIRST, search_few
from .kernels_levels import digits_needed, search_levels
from .queries import Asking

# A first look at the words of 64 mentors with the best bounds: their best totals are a cut that
# nearly nobody else's bound reaches.
FIRST_WORDS = 128
# Mentors with the most wanted topics, about, whose records are read before anybody else's.
LEADING = 1500
# With a smaller share of mentors eligible, reading their records one by one is faster than a pass
# over everybody's topics.
FEW = 0.02


@dataclass(frozen=True, slots=True)
class Pairing:
    """What a search must know of a mentee beside their profile, as numbers of mentors.

    barred: not allowed with this mentee. wished: number -> worth of the mentee's and the
    mentor's wish (`fits.wish_value`). asking: the mentee named somebody who is there.
    """

    barred: NDArray[np.int64]
    wished: Mapping[int, tuple[float, float]]
    asking: bool


class Looked(NamedTuple):
    """What a search read: eligible mentors, whose records, whose texts."""

    eligible: int
    records: int
    texts: int


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """The best mentors, best first: their numbers int64, totals float64."""

    numbers: NDArray[np.int64]
    totals: NDArray[np.float64]
    looked: Looked


class Searcher:
    """Searches one index by one programme's criteria. Keeps buffers: one per thread.

    Memory: 1 byte a mentor; 5 once a search had to bound everybody.
    """

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self._bounds = np.empty(0, dtype=np.float32)
        self._tops = np.empty(0, dtype=np.float32)
        self._digits = np.empty((0, 0), dtype=np.uint64)
        self._columns = asking.index.columns, asking.index.columns.readonly()

    def best(
        self,
        people: People,
        place: int,
        pairing: Pairing,
        eligible: Bits,
        k: int,
        *,
        least: float = 0.0,
    ) -> Result:
        """The k best allowed mentors with a total of at least `least`.

        eligible: a fresh copy, changed here. Ties go to the smaller id.
        Cost: see docs/explanation/search.md; at most one pass over the columns.
        """
        index = self.asking.index
        asked_to_wish = pairing.asking and Criterion.WISHES in self.asking.criteria.musts
        there = narrow(eligible, index.columns.open, pairing.barred)
        special = [number for number in pairing.wished if _has(eligible, number)]
        if asked_to_wish:
            special = [n for n in special if pairing.wished[n][0] != fits.NOT_WISHED]
            eligible[:] = there = 0
        for number in special:
            if not asked_to_wish:
                eligible[number // WORD] ^= np.uint64(1 << number % WORD)
                there -= 1
        query = self.asking.query(people, place, eligible)
        columns = self._readonly()
        k = min(k, index.size)
        best = Best(
            np.full(k, -1, np.float32),
            np.full(k, -1, np.int64),
            np.full(k, -1, np.int64),
            np.zeros(1, np.int64),
        )
        if not k:
            return Result(best.rows, best.totals.astype(np.float64), Looked(0, 0, 0))
        if special:
            worths = np.array([pairing.wished[number] for number in special], dtype=np.float32)
            wishes = self.asking.wish_points(worths[:, 0], worths[:, 1])
            numbers = np.array(special, dtype=np.int64)
            score_special(columns, query, numbers, wishes, least, best)
        count = records = texts = len(special)
        first = max(FIRST, k)
        if there <= FEW * index.size:
            texts += search_few(columns, query, there, first, least, best)
            count, records, there = count + there, records + there, 0
        elif query.asked and (query.shares[TOPICS] or query.musts[TOPICS]):
            digits = self._digits_for(query)
            there, *looked = search_levels(
                columns, query, digits, max(LEADING, 4 * first), first, least, best
            )
            count, records, texts = count + looked[0], records + looked[1], texts + looked[2]
        if there:
            looked = self._everyone(columns, query, least, best)
            count, records, texts = count + looked[0], records + looked[1], texts + looked[2]
        found = int(best.found[0])
        return Result(
            best.rows[:found],
            best.totals[:found].astype(np.float64),
            Looked(count, records, texts),
        )

    def _everyone(self, columns: Columns, query: Query, least: float, best: Best) -> list[int]:
        """Bound whoever the query calls eligible, then score those who can reach the best."""
        words, k = len(query.eligible), len(best.rows)
        if len(self._tops) != words:
            self._tops = np.empty(words, dtype=np.float32)
            self._bounds = np.empty(words * WORD, dtype=np.float32)
        bounds, tops = self._bounds, self._tops
        looked = [bound_all(columns, query, EACH, bounds, tops), 0, 0]
        high = np.inf
        for low in (_first_cut(tops, k), -np.inf):
            read = take_between(columns, query, bounds, tops, low, high, least, best)
            looked[1], looked[2] = looked[1] + read[0], looked[2] + read[1]
            high = low
        return looked

    def _readonly(self) -> Columns:
        """The columns of the index for kernels; made anew when it has others."""
        own = self.asking.index.columns
        if self._columns[0] is not own:
            self._columns = own, own.readonly()
        return self._columns[1]

    def _digits_for(self, query: Query) -> Bits:
        shape = digits_needed(query), len(query.eligible)
        if self._digits.shape != shape:
            self._digits = np.empty(shape, dtype=np.uint64)
        return self._digits


def _first_cut(tops: NDArray[np.float32], k: int) -> float:
    """A bound that at least k mentors reach, and not many more."""
    words = max(FIRST_WORDS, k)
    if words >= len(tops):
        return -np.inf
    return float(np.partition(tops, len(tops) - words)[len(tops) - words])


def _has(bits: Bits, number: int) -> bool:
    return bool(int(bits[number // WORD]) >> number % WORD & 1)
