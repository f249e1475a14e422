"""Recommendations for one mentee."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from .criteria import Criteria
from .encoding import encode_people
from .errors import ScoresError
from .profiles import Mentee, Mentor
from .reasons import Reason, explain
from .rules import reporting_pairs
from .scoring import score
from .search.pairings import pairings_of
from .search.population import Eligible, Population, ids_of
from .text_models import TextModel


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A mentor for one mentee.

    score: in [0, 1], and the sum of the points of reasons, differences and neutral; for these see
    `Explanation`.
    """

    mentor: Mentor
    score: float
    reasons: tuple[Reason, ...]
    differences: tuple[Reason, ...]
    neutral: tuple[Reason, ...]


def rank(
    mentee: Mentee,
    population: Iterable[Mentor],
    criteria: Criteria | None = None,
    k: int = 10,
    eligible: Eligible | None = None,
    *,
    forbidden: Iterable[tuple[str, str]] = (),
    text_model: TextModel | None = None,
) -> list[Recommendation]:
    """The k best allowed mentors for a mentee, best first; equals by id.

    population: mentors, or a Population of them, which answers in milliseconds where a plain list
    is scored whole; both give the same. eligible: whom to look at, None means all; ids, or a mask
    as `Population.bits` takes it. Reporting lines run through everybody in the population.
    text_model: see `load_text_model`; a Population has its own, and another is an error. Empty if
    nobody is allowed.
    A pair's score is the same in every call, whoever else is there.

    Raises ScoresError (recommendations_number for a k that is no whole number >= 0, eligible_shape,
    eligible_not_ids), TextModelError (text_model_other). Cost: O(population),
    with a Population some bytes a mentor, see docs/explanation/search.md.
    """
    if isinstance(k, bool) or not isinstance(k, (int, np.integer)) or k < 0:
        raise ScoresError("recommendations_number", value=k)
    if not isinstance(population, Population):
        population = tuple(population)
        if isinstance(eligible, np.ndarray):
            population = Population(population, text_model=text_model)
        else:
            return _ranked(mentee, population, criteria, k, eligible, forbidden, text_model)
    population.check_text_model(text_model)
    mask = population.bits(eligible)
    if not len(population) or k < 1:
        return []
    pairing = next(pairings_of([mentee], population, mask, forbidden))
    people = encode_people([mentee], population.index.vocabulary, population.text_model)
    searcher = population.searcher(criteria or Criteria())
    best = searcher.best(people, 0, pairing, mask, k)
    found = [population[int(number)] for number in best.numbers]
    return _recommended(mentee, found, criteria, population.text_model)


def _ranked(
    mentee: Mentee,
    everyone: tuple[Mentor, ...],
    criteria: Criteria | None,
    k: int,
    eligible: Collection[str] | None,
    forbidden: Iterable[tuple[str, str]],
    text_model: TextModel | None,
) -> list[Recommendation]:
    """By scoring everybody."""
    wanted = None if eligible is None else ids_of(eligible)
    mentors = [m for m in everyone if wanted is None or m.id in wanted]
    if not mentors or k == 0:
        return []
    # A line may run through somebody who is not eligible.
    lines = [(mentee.id, everyone[c].id) for _, c in reporting_pairs([mentee], everyone)]
    barred = [*forbidden, *lines]
    scores = score([mentee], mentors, criteria, forbidden=barred, text_model=text_model)
    allowed = [int(column) for column in np.flatnonzero(~np.isnan(scores.total[0]))]
    allowed.sort(key=lambda column: (-scores.total[0, column], mentors[column].id))
    best = [mentors[column] for column in allowed[:k]]
    return _recommended(mentee, best, criteria, text_model)


def _recommended(
    mentee: Mentee,
    mentors: list[Mentor],
    criteria: Criteria | None,
    text_model: TextModel | None,
) -> list[Recommendation]:
    """These mentors with their scores and reasons: a pair's score depends on nobody else."""
    if not mentors:
        return []
    scores = score([mentee], mentors, criteria, text_model=text_model)
    found = []
    for column, mentor in enumerate(mentors):
        explanation = explain(scores, 0, column)
        total = float(scores.total[0, column])
        found.append(
            Recommendation(
                mentor, total, explanation.reasons, explanation.differences, explanation.neutral
            )
        )
    return found
