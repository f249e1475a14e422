"""Scores of pairs from encoded people: blocks, candidate lists, single pairs taken apart.

The same pair has the same numbers in all forms, on every machine and beside whatever other people:
a criterion's points are whole multiples of `fits.POINT`, and a total is their exact sum.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from . import dots
from .columns import Rules, near_side, rules_of, side_of
from .criteria import Criteria, Criterion
from .encoding import People, Vocabulary, encode_people
from .errors import ProfileError
from .fits import Array
from .kernels import TILE, score_lines
from .lines import JOINED
from .offers import MOST_WANTED, Offers, fill_offers
from .profiles import Mentee, Mentor
from .specials import Specials, specials_of
from .text_models import TextModel

# Mentors whose offers and signatures are laid out for blocks at a time.
STEP_COLUMNS = 1 << 14
MOST_THREADS = 8
ALIKE = np.float32(1 / 16)  # a share that all criteria can have at once, exactly

_NO_NUMBERS = np.zeros(0, dtype=np.int64)
_NO_PARTS = np.zeros((len(Criterion), 0), dtype=np.float32)
MANY_PAIRS = 1 << 18  # from here on threads gain more than they cost
PAIRS_BETWEEN = 1 << 23  # some 50 ms of work

Totals = NDArray[np.float32]
RuleCodes = NDArray[np.int8]
Numbers = NDArray[np.int64]
Ask = Callable[[], bool]


class Stopped(Exception):
    """Scoring was asked to stop, and what there is of it is of no use."""


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """Mentees and mentors as columns, and what is special about single pairs."""

    mentees: People
    mentors: People
    specials: Specials


def encode(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    *,
    forbidden: Iterable[tuple[str, str]] = (),
    text_model: TextModel | None = None,
) -> Encoded:
    """Encode a population once for any number of criteria. Cost: linear, about 25 µs a person."""
    vocabulary = Vocabulary()
    return Encoded(
        encode_people(mentees, vocabulary, text_model),
        encode_people(mentors, vocabulary, text_model),
        specials_of(mentees, mentors, forbidden),
    )


def score_pairs(
    population: Encoded,
    starts: Numbers,
    columns: Numbers,
    criteria: Criteria | None = None,
) -> Totals:
    """Totals of candidates, float32, NaN = not allowed: one per entry of a CSR matrix.

    starts, columns: its indptr and indices; mentee r has the candidates
    columns[starts[r] : starts[r + 1]]. The same numbers as `score` gives, bit for bit.
    """
    return Scorer(population, criteria).pairs(starts, columns)[0]


class Scorer:
    """Scores of one population by one programme's criteria. shares: of the counted criteria."""

    def __init__(self, population: Encoded, criteria: Criteria | None = None) -> None:
        self.population = population
        self.criteria = criteria or Criteria()
        self._rules, self.shares = rules_of(self.criteria)
        wanted = np.diff(population.mentees.topic_start)
        if len(wanted) and wanted.max() > MOST_WANTED:
            person = population.mentees.ids[int(wanted.argmax())]
            raise ProfileError(
                "too_many_topics", person=person, field="topics", value=int(wanted.max())
            )
        self._left, self._right = side_of(population.mentees), side_of(population.mentors)
        self._alike = self._rules._replace(shares=np.full(len(Criterion), ALIKE))
        nothing = np.zeros((0, 0), dtype=np.uint8)
        self._kept_offers: tuple[tuple[int, int], Offers] | None = None
        self._no_offers = Offers(_NO_NUMBERS, nothing, nothing, nothing.astype(np.int8), 0)

    def block(
        self,
        rows: slice = slice(None),
        columns: slice = slice(None),
        *,
        view: int = JOINED,
        only: Criterion | None = None,
        keep: bool = False,
        rules: bool = True,
        out: tuple[Totals, RuleCodes] | None = None,
        should_stop: Ask | None = None,
    ) -> tuple[Totals, RuleCodes]:
        """Totals (float32, NaN = not allowed) and rules (int8) of a block, mentees × mentors.

        view: the joined fit, or one side's. only: the fit of this criterion alone instead of the
        total. keep: totals also of pairs that are not allowed. rules: False leaves the second
        array empty. out: arrays to write into, of the block's shape, for streams of blocks.
        should_stop: asked about every 50 ms by the calling thread; once it says yes, the rest is
        left as it is and Stopped raised.
        Cost: about 6 ns of one core a pair (8 without AVX-512 VNNI), for 4 (or 5) bytes.
        """
        first_row, last_row, _ = rows.indices(len(self.population.mentees))
        first, last, _ = columns.indices(len(self.population.mentors))
        height, width = max(last_row - first_row, 0), max(last - first, 0)
        if out is None:
            totals = np.empty((height, width), dtype=np.float32)
            blocked = np.empty((height if rules else 0, width), dtype=np.int8)
        else:
            totals, blocked = out
            # Compiled code doesn't look where an array ends.
            if totals.shape != (height, width) or blocked.shape not in ((0, width), totals.shape):
                raise ValueError("out has another shape than the block")
        counted = self._counted(only)
        for begin in range(first, last, STEP_COLUMNS):
            stretch = (begin, min(begin + STEP_COLUMNS, last))
            corner = (first_row, first)
            for part in _parts_of((first_row, last_row), stretch, should_stop):
                self._stretch(part, stretch, counted, view, keep, corner, totals, blocked)
        return totals, blocked

    def pairs(
        self,
        starts: Numbers,
        columns: Numbers,
        *,
        rows: Numbers | None = None,
        view: int = JOINED,
        keep: bool = False,
    ) -> tuple[Totals, RuleCodes]:
        """Totals and rules of candidates, the same numbers as in `block`.

        starts, columns: as in a CSR matrix, int64; mentee k (rows[k] if rows are given) has the
        candidates columns[starts[k] : starts[k + 1]]. Cost: about 0.1 µs a candidate.
        """
        whose = np.arange(len(starts) - 1) if rows is None else np.asarray(rows, dtype=np.int64)
        starts, columns = np.asarray(starts, np.int64), np.asarray(columns, np.int64)
        totals = np.empty((1, len(columns)), dtype=np.float32)
        blocked = np.empty((1, len(columns)), dtype=np.int8)
        if not len(columns):
            return totals[0], blocked[0]
        self._check(whose, columns)

        def work(part: tuple[int, int]) -> None:
            self._list(
                part, whose, starts, columns, self._rules, view, keep, totals, blocked, _NO_PARTS
            )

        _share_out(work, (0, len(whose)), len(columns))
        return totals[0], blocked[0]

    def parts(self, rows: Numbers, columns: Numbers, view: int = JOINED) -> Array:
        """Pairs (rows[p], columns[p]) taken apart: float32 (2, criteria, pairs).

        [0]: what each criterion adds to the total; [1]: its fit, to 2**-19. Also of pairs that
        are not allowed. Cost: some 50 µs, and 1 µs a pair.
        """
        rows, columns = np.asarray(rows, np.int64), np.asarray(columns, np.int64)
        self._check(rows, columns)
        parts = np.empty((2, len(Criterion), len(rows)), dtype=np.float32)
        totals = np.empty((1, len(rows)), dtype=np.float32)
        blocked = np.empty((0, len(rows)), dtype=np.int8)
        starts = np.arange(len(rows) + 1)
        for part, rules in zip(parts, (self._rules, self._alike), strict=True):
            if len(rows):
                self._list(
                    (0, len(rows)), rows, starts, columns, rules, view, True, totals, blocked, part
                )
        parts[1] /= ALIKE
        return parts

    def _check(self, rows: Numbers, columns: Numbers) -> None:
        """IndexError for numbers outside: compiled code would read whatever is there."""
        mentees, mentors = len(self.population.mentees), len(self.population.mentors)
        for places, size in ((rows, mentees), (columns, mentors)):
            if len(places) and not (places.min() >= 0 and places.max() < size):
                raise IndexError("a pair is outside the population")

    def _list(
        self,
        part: tuple[int, int],
        whose: Numbers,
        starts: Numbers,
        columns: Numbers,
        rules: Rules,
        view: int,
        keep: bool,
        totals: Totals,
        blocked: RuleCodes,
        parts: Array,
    ) -> None:
        longest = np.diff(starts[part[0] : part[1] + 1]).max(initial=1)
        near = near_side(self._right, min(TILE, int(longest)))
        score_lines(
            self._left, part, whose, self._right, (0, 1), starts, columns,
            near, self.population.specials, rules, self._no_offers,
            view, keep, (0, 0), totals, blocked, parts,
        )  # fmt: skip

    def _counted(self, only: Criterion | None) -> Rules:
        if only is None:
            return self._rules
        shares = np.array([criterion is only for criterion in Criterion], dtype=np.float32)
        return self._rules._replace(shares=shares)

    def _stretch(
        self,
        rows: tuple[int, int],
        columns: tuple[int, int],
        rules: Rules,
        view: int,
        keep: bool,
        corner: tuple[int, int],
        totals: Totals,
        blocked: RuleCodes,
    ) -> None:
        """Some columns of a block."""
        offers, everyone = self._offers(columns), np.arange(rows[1])

        def work(part: tuple[int, int]) -> None:
            score_lines(
                self._left, part, everyone, self._right, columns, _NO_NUMBERS, _NO_NUMBERS,
                self._right, self.population.specials, rules, offers,
                view, keep, corner, totals, blocked, _NO_PARTS,
            )  # fmt: skip

        _share_out(work, rows, (rows[1] - rows[0]) * (columns[1] - columns[0]))

    def _offers(self, columns: tuple[int, int]) -> Offers:
        """Tables of what these mentors offer of what anybody wants. The last ones are kept, for
        whoever asks for one block of rows after another."""
        kept = self._kept_offers
        if kept is not None and kept[0] == columns:
            return kept[1]
        left, right = self._left, self._right
        size = 1 + max(left.topics.max(initial=0), right.topics.max(initial=0))
        place = np.full(max(size, len(self._rules.related)), -1, dtype=np.int64)
        asked = np.unique(left.topics)
        place[asked] = np.arange(len(asked))
        shape = (len(asked), columns[1] - columns[0])
        found, liked = np.zeros(shape, dtype=np.uint8), np.zeros(shape, dtype=np.uint8)
        signature = dots.layout(right.signature[slice(*columns)])
        offers = Offers(place, found, liked, signature, columns[0])
        fill_offers(right, self._rules, offers)
        self._kept_offers = columns, offers
        return offers


def _parts_of(
    rows: tuple[int, int], columns: tuple[int, int], should_stop: Ask | None
) -> Iterator[tuple[int, int]]:
    """The rows in one piece, or in pieces between which is asked whether to stop."""
    if should_stop is None:
        yield rows
        return
    step = max(1, PAIRS_BETWEEN // (columns[1] - columns[0]))
    for first in range(*rows, step):
        if should_stop():
            raise Stopped
        yield first, min(first + step, rows[1])


def _share_out(work: Callable[[tuple[int, int]], None], rows: tuple[int, int], pairs: int) -> None:
    """Do the work on the rows, on several cores if it is much. No result depends on the shares."""
    cores = min(len(os.sched_getaffinity(0)), MOST_THREADS, rows[1] - rows[0])
    if pairs < MANY_PAIRS or cores < 2:
        work(rows)
        return
    # Several shares a core: whoever is done first takes the next.
    cuts = np.linspace(*rows, min(4 * cores, rows[1] - rows[0]) + 1, dtype=np.int64).tolist()
    with ThreadPoolExecutor(cores) as pool:
        list(pool.map(work, pairwise(cuts)))
