"""What is said about single pairs: wishes, former tandems, reporting lines, one person twice.

Few pairs have any of it, so it is kept as a sorted list per mentee, beside the columns.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import fits
from .fits import Array, Flags
from .profiles import Mentee, Mentor, Person
from .rules import Rule, reporting_pairs, same_person_pairs

NOTHING = 127  # no rule; above every code, so that the smallest code wins


class Specials(NamedTuple):
    """Special pairs by mentee: row r has start[r] to start[r + 1], columns ascending.

    mentee_wish, mentor_wish: `fits.wish_value`, or NOT_WISHED. rule: int8, a `Rule` or NOTHING.
    asking: per mentee, whether one of their favourites is there.
    """

    start: NDArray[np.int64]
    column: NDArray[np.int64]
    mentee_wish: Array
    mentor_wish: Array
    rule: NDArray[np.int8]
    asking: Flags


def specials_of(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    forbidden: Iterable[tuple[str, str]] = (),
) -> Specials:
    """All special pairs; forbidden are pairs of ids, unknown ids are ignored. Cost: linear."""
    rows = {mentee.id: row for row, mentee in enumerate(mentees)}
    columns = {mentor.id: column for column, mentor in enumerate(mentors)}
    banned = ((rows.get(a, -1), columns.get(b, -1)) for a, b in forbidden)
    rules: dict[tuple[int, int], Rule] = {}
    # The smallest code of a pair wins, so the strongest rule is written last.
    for pair in reporting_pairs(mentees, mentors):
        rules[pair] = Rule.REPORTING_LINE
    for pair in banned:
        if min(pair) >= 0:
            rules[pair] = Rule.FORBIDDEN
    for pair in same_person_pairs(mentees, mentors):
        rules[pair] = Rule.SAME_PERSON
    wanted = dict(_wishes(mentees, columns))
    wanting = {(row, column): worth for (column, row), worth in _wishes(mentors, rows)}
    pairs = sorted({*rules, *wanted, *wanting})
    not_wished = float(fits.NOT_WISHED)
    asking = np.zeros(len(mentees), dtype=np.bool_)
    asking[[row for row, _ in wanted]] = True
    counts = np.bincount(np.array([row for row, _ in pairs], dtype=np.int64), minlength=len(rows))
    return Specials(
        start=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        column=np.array([column for _, column in pairs], dtype=np.int64),
        mentee_wish=np.array([wanted.get(pair, not_wished) for pair in pairs], dtype=np.float32),
        mentor_wish=np.array([wanting.get(pair, not_wished) for pair in pairs], dtype=np.float32),
        rule=np.array([rules.get(pair, NOTHING) for pair in pairs], dtype=np.int8),
        asking=asking,
    )


def _wishes(
    people: Sequence[Person], others: dict[str, int]
) -> Iterable[tuple[tuple[int, int], float]]:
    """((own place, place of the favourite), worth) for favourites who are there."""
    for place, person in enumerate(people):
        for rank, other in enumerate(person.wishes):
            if other in others:
                yield (place, others[other]), fits.wish_value(rank)
