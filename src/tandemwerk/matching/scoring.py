"""Score every pair of a cohort: fit per criterion, total fit, and which rule forbids a pair."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .criteria import Criteria, Criterion
from .errors import ProfileError, ScoresError
from .features import encode, sameness
from .fits import Array
from .profiles import Mentee, Mentor, Person
from .rules import MUST_RULES, Rule, reporting_pairs, same_person_pairs

# Pairs scored at a time: bounds the memory for intermediate numbers to some 100 MB. Smaller blocks
# mean many small matrix products, whose threads wait for each other on a busy machine.
BLOCK_PAIRS = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Everything known about every pair; rows are mentees, columns mentors, in the given order.

    total: float64 in [0, 1], NaN = not allowed. Always the sum of `points` over the criteria.
    parts: per counted criterion the joined fit of both sides, float32 in [0, 1], also for pairs
    that are not allowed. blocked: int8, a `Rule` per pair, 0 = allowed.
    mentee_fit, mentor_fit: float32, the weighted mean of either side's view alone.
    """

    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    criteria: Criteria
    total: NDArray[np.float64]
    parts: Mapping[Criterion, Array]
    blocked: NDArray[np.int8]
    mentee_fit: Array
    mentor_fit: Array
    shares: Mapping[Criterion, float] = field(default_factory=dict)

    def points(self, criterion: Criterion, row: int, column: int) -> float:
        """What this criterion adds to the total of a pair; 0 for one that is not counted."""
        if criterion not in self.parts:
            return 0.0
        return self.shares[criterion] * float(self.parts[criterion][row, column])

    def full_total(self, row: int, column: int) -> float:
        """The total of a pair as if no rule forbade it."""
        return sum(self.points(criterion, row, column) for criterion in self.parts)


def score(
    mentees: Iterable[Mentee],
    mentors: Iterable[Mentor],
    criteria: Criteria | None = None,
    *,
    forbidden: Iterable[tuple[str, str]] = (),
) -> Scores:
    """Score all mentees × mentors.

    A pair's total is the mean of its criteria's fits, weighted by the programme; the fit of one
    criterion joins both sides' views (`fits.both_sides`). forbidden: pairs of (mentee id, mentor
    id) that must not be, such as former tandems; unknown ids are ignored. Hard rules: a seat, a
    shared language, no reporting line, not the same team if the programme says so, no forbidden
    pair, musts. What is not answered never forbids.

    Raises ProfileError for an id used twice on one side, ScoresError for an empty side.
    Cost: O(mentees × mentors × criteria); 2,000 × 2,000 takes about a second and keeps 230 MB.
    """
    criteria = criteria or Criteria()
    rows, columns = tuple(mentees), tuple(mentors)
    _check_side(rows, "mentees")
    _check_side(columns, "mentors")
    shape = (len(rows), len(columns))
    counted = [c for c in Criterion if criteria.weights[c] > 0]
    whole = sum(criteria.weights[c] for c in counted)
    shares = {c: criteria.weights[c] / whole for c in counted}
    needed = [c for c in Criterion if c in shares or c in criteria.musts]
    if Criterion.LANGUAGES not in needed:
        needed.append(Criterion.LANGUAGES)
    encoders = {c: encode(c, rows, columns, criteria) for c in needed}
    same_team = sameness(rows, columns, lambda p: p.team)

    total = np.zeros(shape)
    mentee_fit, mentor_fit = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    parts = {c: np.empty(shape, np.float32) for c in counted}
    blocked = np.zeros(shape, np.int8)
    step = max(1, BLOCK_PAIRS // len(columns))
    for start in range(0, len(rows), step):
        here = slice(start, start + step)
        # Later rules overwrite earlier ones, so the weakest come first.
        blocked[here, [mentor.seats == 0 for mentor in columns]] = Rule.NO_SEAT
        for criterion, encoder in reversed(encoders.items()):
            block = encoder.block(here)
            if criterion in criteria.musts:
                blocked[here][block.missed] = MUST_RULES[criterion]
            if criterion is Criterion.LANGUAGES:
                unspeakable = block.missed
            if criterion in shares:
                share = shares[criterion]
                parts[criterion][here] = block.joined
                total[here] += np.multiply(block.joined, share, dtype=np.float64)
                seen = np.float32(share) * block.mentee
                mentee_fit[here] += seen
                alike = block.mentor is block.mentee
                mentor_fit[here] += seen if alike else np.float32(share) * block.mentor
        blocked[here][unspeakable] = Rule.NO_SHARED_LANGUAGE
        if criteria.same_team_forbidden:
            equal, known = same_team(here)
            blocked[here][equal & known] = Rule.SAME_TEAM
    _block(blocked, reporting_pairs(rows, columns), Rule.REPORTING_LINE)
    _block(blocked, _known_pairs(rows, columns, forbidden), Rule.FORBIDDEN)
    _block(blocked, same_person_pairs(rows, columns), Rule.SAME_PERSON)
    total[blocked != Rule.ALLOWED] = np.nan
    return Scores(rows, columns, criteria, total, parts, blocked, mentee_fit, mentor_fit, shares)


def _check_side(people: Sequence[Person], side: str) -> None:
    if not people:
        raise ScoresError("side_empty", side=side)
    seen: dict[str, int] = {}
    for place, person in enumerate(people):
        first = seen.setdefault(person.id, place)
        if first != place:
            raise ProfileError("person_twice", person=person.id, side=side, rows=[first, place])


def _known_pairs(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], pairs: Iterable[tuple[str, str]]
) -> Iterable[tuple[int, int]]:
    rows = {mentee.id: row for row, mentee in enumerate(mentees)}
    columns = {mentor.id: column for column, mentor in enumerate(mentors)}
    for mentee_id, mentor_id in pairs:
        if mentee_id in rows and mentor_id in columns:
            yield rows[mentee_id], columns[mentor_id]


def _block(blocked: NDArray[np.int8], pairs: Iterable[tuple[int, int]], rule: Rule) -> None:
    for row, column in pairs:
        blocked[row, column] = rule
