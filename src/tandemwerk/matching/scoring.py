"""Score every pair of a cohort: total fit and the rule that forbids it; the rest when asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .criteria import Criteria, Criterion
from .fits import Array
from .lines import MENTEE, MENTOR
from .profiles import Mentee, Mentor
from .rules import check_once
from .scorer import Ask, Scorer, encode
from .text_models import TextModel


@dataclass(frozen=True, eq=False)
class Scores:
    """Everything known about every pair; rows are mentees, columns mentors, in the given order.

    total: float64 in [0, 1], NaN = not allowed. Every number is a float32 and exactly the sum of
    `points` over the criteria. blocked: int8, a `Rule` per pair, 0 = allowed. shares: of the total,
    per counted criterion; they add up to 1. Whatever else is asked of a pair is calculated then,
    from the same encoded people, and gives the same numbers.
    """

    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    criteria: Criteria
    total: NDArray[np.float64]
    blocked: NDArray[np.int8]
    shares: Mapping[Criterion, float]
    scorer: Scorer = field(repr=False)

    @property
    def parts(self) -> Mapping[Criterion, Array]:
        """Per counted criterion the joined fit of both sides, float32 in [0, 1], also for pairs
        that are not allowed. A matrix is calculated when it is taken out (some ms per million
        pairs); for single pairs `part` is cheaper."""
        return _Parts(self)

    @cached_property
    def mentee_fit(self) -> Array:
        """The mentees' view alone: weighted mean, float32, also of pairs that are not allowed."""
        return self.scorer.block(view=MENTEE, keep=True, rules=False)[0]

    @cached_property
    def mentor_fit(self) -> Array:
        """The mentors' view alone: weighted mean, float32, also of pairs that are not allowed."""
        return self.scorer.block(view=MENTOR, keep=True, rules=False)[0]

    def part(self, criterion: Criterion, row: int, column: int) -> float:
        """The joined fit of one criterion for one pair, in [0, 1]. IndexError outside."""
        return float(self._taken_apart(row, column)[1, _PLACES[criterion]])

    def points(self, criterion: Criterion, row: int, column: int) -> float:
        """What this criterion adds to the total of a pair; 0 for one that is not counted.

        Costs some 0.1 ms for the first criterion of a pair. IndexError outside the matrix.
        """
        return float(self._taken_apart(row, column)[0, _PLACES[criterion]])

    def full_total(self, row: int, column: int) -> float:
        """The total of a pair as if no rule forbade it."""
        return float(self._taken_apart(row, column)[0].sum(dtype=np.float64))

    def take_apart(self, rows: Sequence[int], columns: Sequence[int]) -> None:
        """Calculate what `part` and `points` say of these pairs all at once, and keep it.

        Costs about 1 µs a pair instead of 0.1 ms, and 80 bytes until the next call.
        """
        parts = self.scorer.parts(np.array(rows, np.int64), np.array(columns, np.int64))
        pairs = zip(rows, columns, strict=True)
        self.__dict__["_pairs"] = {pair: parts[:, :, at] for at, pair in enumerate(pairs)}

    def _taken_apart(self, row: int, column: int) -> Array:
        """Points and fits of a pair, float32 (2, criteria). The last pair is kept."""
        # Compiled code doesn't look where a matrix ends; ranges do.
        pair = range(len(self.mentees))[row], range(len(self.mentors))[column]
        kept: dict[tuple[int, int], Array] = self.__dict__.get("_pairs", {})
        if pair not in kept:
            self.take_apart(pair[:1], pair[1:])
            kept = self.__dict__["_pairs"]
        return kept[pair]


_PLACES = {criterion: place for place, criterion in enumerate(Criterion)}


class _Parts(Mapping[Criterion, Array]):
    """The matrices of `Scores.parts`, calculated when taken out."""

    def __init__(self, scores: Scores) -> None:
        self._scores = scores

    def __getitem__(self, criterion: Criterion) -> Array:
        if criterion not in self._scores.shares:
            raise KeyError(criterion)
        return self._scores.scorer.block(only=criterion, keep=True, rules=False)[0]

    def __iter__(self) -> Iterator[Criterion]:
        return iter(self._scores.shares)

    def __len__(self) -> int:
        return len(self._scores.shares)


def score(
    mentees: Iterable[Mentee],
    mentors: Iterable[Mentor],
    criteria: Criteria | None = None,
    *,
    forbidden: Iterable[tuple[str, str]] = (),
    text_model: TextModel | None = None,
    should_stop: Ask | None = None,
) -> Scores:
    """Score all mentees × mentors.

    A pair's total is the mean of its criteria's fits, weighted by the programme; the fit of one
    criterion joins both sides' views (`fits.both_sides`). forbidden: pairs of (mentee id, mentor
    id) that must not be, such as former tandems; unknown ids are ignored. Hard rules: a seat, a
    shared language, no reporting line, not the same team if the programme says so, no forbidden
    pair, musts. What is not answered never forbids. text_model: see `load_text_model`. should_stop:
    asked about every 50 ms; once it says yes, scorer.Stopped is raised.

    Raises ProfileError for an id or an e-mail used twice on one side, or a mentee with more
    topics than `offers.MOST_WANTED`, ScoresError for an empty side.
    Cost: O(mentees × mentors); 2,000 × 2,000 takes about 0.2 s and keeps 36 MB. The first call on
    a machine compiles for about half a minute, see `compiled`.
    """
    rows, columns = tuple(mentees), tuple(mentors)
    check_once(rows, "mentees")
    check_once(columns, "mentors")
    population = encode(rows, columns, forbidden=forbidden, text_model=text_model)
    scorer = Scorer(population, criteria)
    totals, blocked = scorer.block(should_stop=should_stop)
    return Scores(
        mentees=rows,
        mentors=columns,
        criteria=scorer.criteria,
        total=totals.astype(np.float64),
        blocked=blocked,
        shares=scorer.shares,
        scorer=scorer,
    )
