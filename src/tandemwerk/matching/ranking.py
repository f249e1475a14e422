"""Recommendations for one mentee."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from .criteria import Criteria
from .profiles import Mentee, Mentor
from .reasons import Reason, explain
from .scoring import score
from .text_models import TextModel


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A mentor for one mentee. score: in [0, 1]; reasons and differences: see `Explanation`."""

    mentor: Mentor
    score: float
    reasons: tuple[Reason, ...]
    differences: tuple[Reason, ...]


def rank(
    mentee: Mentee,
    population: Iterable[Mentor],
    criteria: Criteria | None = None,
    k: int = 10,
    eligible: Collection[str] | None = None,
    *,
    forbidden: Iterable[tuple[str, str]] = (),
    text_model: TextModel | None = None,
) -> list[Recommendation]:
    """The k best allowed mentors for a mentee, best first; equals by id.

    eligible: ids of the mentors to look at; None means all. Empty if nobody is allowed.
    A pair's score is the same in every call, whoever else is there.
    Cost: O(population).
    """
    mentors = [m for m in population if eligible is None or m.id in eligible]
    if not mentors:
        return []
    scores = score([mentee], mentors, criteria, forbidden=forbidden, text_model=text_model)
    allowed = [int(column) for column in np.flatnonzero(~np.isnan(scores.total[0]))]
    allowed.sort(key=lambda column: (-scores.total[0, column], mentors[column].id))
    found = []
    for column in allowed[:k]:
        explanation = explain(scores, 0, column)
        found.append(
            Recommendation(
                mentors[column],
                float(scores.total[0, column]),
                explanation.reasons,
                explanation.differences,
            )
        )
    return found
