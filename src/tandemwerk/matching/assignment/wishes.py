"""Wishes: the people somebody would like best, in order.

How they count. In every objective through the fit: the criterion `WISHES` of the programme gives
both sides' favourites their points (`fits.wish_fit`), as much as its weight says; a must lets only
favourites be paired. In "stable" they also come first in each person's order: the first favourite,
the second and so on, then everybody else by fit. So a weight of 0 keeps wishes out of the totals
and yet lets a stable assignment honour them. A wish never overrules a hard rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from ..compiled import compiled
from ..errors import ScoresError
from ..scoring import Scores
from .market import Ints, Longs, Market

NO_WISH = np.iinfo(np.int32).max

Side = Literal["mentees", "mentors"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """Favourites by place in the matrix, the best liked first.

    mentees: row -> columns. mentors: column -> rows. Whoever is left out has no wishes.
    """

    mentees: Mapping[int, Sequence[int]] = field(default_factory=dict, hash=False)
    mentors: Mapping[int, Sequence[int]] = field(default_factory=dict, hash=False)

    def ranked(self, side: Side, shape: tuple[int, int]) -> Longs:
        """All wishes of a side as rows (row, column, rank), int64; rank 0 is the favourite.

        Raises ScoresError naming row and column for a place outside and for a wish twice.
        """
        found: dict[tuple[int, int], int] = {}
        table = self.mentees if side == "mentees" else self.mentors
        for person, favourites in table.items():
            for rank, other in enumerate(favourites):
                row, column = (person, other) if side == "mentees" else (other, person)
                if not (0 <= row < shape[0] and 0 <= column < shape[1]):
                    raise ScoresError("wish_outside", row=row, column=column, shape=list(shape))
                if found.setdefault((row, column), rank) != rank:
                    raise ScoresError("wish_twice", row=row, column=column, side=side)
        places = [(row, column, rank) for (row, column), rank in found.items()]
        return np.array(places, dtype=np.int64).reshape(-1, 3)


def wishes_of(scores: Scores) -> Wishes:
    """The wishes in the profiles; ids of people who are not here are passed over."""
    rows = {mentee.id: row for row, mentee in enumerate(scores.mentees)}
    columns = {mentor.id: column for column, mentor in enumerate(scores.mentors)}
    return Wishes(
        mentees={
            row: [columns[name] for name in mentee.wishes if name in columns]
            for row, mentee in enumerate(scores.mentees)
        },
        mentors={
            column: [rows[name] for name in mentor.wishes if name in rows]
            for column, mentor in enumerate(scores.mentors)
        },
    )


def tiers(part: Market, ranked: Longs, rows: Longs, columns: Longs) -> Ints:
    """Per edge of the part the rank of the wish it fulfils, NO_WISH for none, int32 (edges,).

    ranked: of `Wishes.ranked`. rows, columns: int64, the place in the part of every mentee and
    every mentor, -1 = not in it.
    """
    tier = np.full(part.edges, NO_WISH, dtype=np.int32)
    _mark(part.indptr, part.columns, rows[ranked[:, 0]], columns[ranked[:, 1]], ranked[:, 2], tier)
    return tier


@compiled
def _mark(
    indptr: Longs, columns: Ints, rows: Longs, wanted: Longs, rank: Longs, tier: Ints
) -> None:
    for wish in range(len(rows)):
        if rows[wish] >= 0 and wanted[wish] >= 0:
            for e in range(indptr[rows[wish]], indptr[rows[wish] + 1]):
                if columns[e] == wanted[wish]:
                    tier[e] = rank[wish]
