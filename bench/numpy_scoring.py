"""All pairs in NumPy blocks; see `numpy_features`. The same numbers as `score`, more slowly."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bench.numpy_features import encode, sameness
from tandemwerk.matching import Criteria, Criterion, Mentee, Mentor, Rule, fits
from tandemwerk.matching.rules import MUST_RULES, reporting_pairs, same_person_pairs

# Pairs at a time: bounds the memory for intermediate numbers to some 100 MB.
BLOCK_PAIRS = 1 << 20

Totals = NDArray[np.float32]
Views = tuple[Totals, Totals, Totals]


class Prepared:
    """People as the columns that the blocks read, encoded once."""

    def __init__(
        self, mentees: Sequence[Mentee], mentors: Sequence[Mentor], criteria: Criteria
    ) -> None:
        self.criteria, self.shape = criteria, (len(mentees), len(mentors))
        self.shares = fits.shares_of({c: criteria.weights[c] for c in Criterion})
        needed = [c for c in Criterion if c in self.shares or c in criteria.musts]
        if Criterion.LANGUAGES not in needed:
            needed.append(Criterion.LANGUAGES)
        self.encoders = {c: encode(c, mentees, mentors, criteria) for c in needed}
        self.same_team = sameness(mentees, mentors, lambda p: p.team)
        self.full = np.array([mentor.seats == 0 for mentor in mentors], dtype=np.bool_)


def blocks(prepared: Prepared) -> Iterator[tuple[slice, Views, NDArray[np.int8]]]:
    """Rows, totals (joined, the mentees' view, the mentors' view) and rules of block after block.

    Totals are also given for pairs that a rule forbids. Rules about single pairs are left out.
    """
    criteria, shares = prepared.criteria, prepared.shares
    people, others = prepared.shape
    step = max(1, BLOCK_PAIRS // others)
    for start in range(0, people, step):
        here = slice(start, min(start + step, people))
        shape = (here.stop - start, others)
        totals = [np.zeros(shape, np.float32) for _ in range(3)]
        blocked = np.zeros(shape, np.int8)
        # Later rules overwrite earlier ones, so the weakest come first.
        blocked[:, prepared.full] = Rule.NO_SEAT
        for criterion, encoder in reversed(prepared.encoders.items()):
            block = encoder.block(here)
            if criterion in criteria.musts:
                blocked[block.missed] = MUST_RULES[criterion]
            if criterion is Criterion.LANGUAGES:
                unspeakable = block.missed
            if criterion in shares:
                share = np.float32(shares[criterion])
                for total, fit in zip(
                    totals, (block.joined, block.mentee, block.mentor), strict=True
                ):
                    total += fits.points(fit, share)
        blocked[unspeakable] = Rule.NO_SHARED_LANGUAGE
        if criteria.same_team_forbidden:
            equal, known = prepared.same_team(here)
            blocked[equal & known] = Rule.SAME_TEAM
        yield here, (totals[0], totals[1], totals[2]), blocked


def numpy_score(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    criteria: Criteria,
    forbidden: Iterable[tuple[str, str]] = (),
) -> tuple[Views, NDArray[np.int8]]:
    """Totals (joined, either side's view) and rules of all pairs, as `score` should give them."""
    parts = list(blocks(Prepared(mentees, mentors, criteria)))
    views = tuple(np.concatenate([totals[view] for _, totals, _ in parts]) for view in range(3))
    blocked = np.concatenate([rules for _, _, rules in parts])
    banned = set(forbidden)
    for row, column in reporting_pairs(mentees, mentors):
        blocked[row, column] = Rule.REPORTING_LINE
    for row, mentee in enumerate(mentees):
        for column, mentor in enumerate(mentors):
            if (mentee.id, mentor.id) in banned:
                blocked[row, column] = Rule.FORBIDDEN
    for row, column in same_person_pairs(mentees, mentors):
        blocked[row, column] = Rule.SAME_PERSON
    views[0][blocked != Rule.ALLOWED] = np.nan
    return (views[0], views[1], views[2]), blocked
