"""What a programme counts, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tandemwerk.matching import Criteria, CriteriaError, Criterion
from tandemwerk.programmes.services.criteria_words import criterion_name, weight_steps


@dataclass(frozen=True, slots=True)
class Counted:
    """One criterion that counts: how much, in a word, and whether it must be met."""

    name: str | Promise
    weight: str | Promise
    is_must: bool


def criteria_summary(stored: Mapping[str, object]) -> list[Counted]:
    """Criteria that count, heaviest first; empty if what is stored is not usable."""
    try:
        criteria = Criteria.from_dict(stored)
    except CriteriaError:
        return []
    counted = [c for c in Criterion if criteria.weights[c] > 0 or c in criteria.musts]
    ranked = sorted(counted, key=lambda c: -criteria.weights[c])
    return [
        Counted(
            criterion_name(c),
            _weight(criteria.weights[c], c in criteria.musts),
            c in criteria.musts,
        )
        for c in ranked
    ]


def _weight(weight: float, is_must: bool) -> str | Promise:
    """In the words of the form that sets it; a must says so."""
    if is_must:
        return pgettext_lazy("criterion", "must")
    return next(word for step, word in weight_steps(weight) if step == weight)
