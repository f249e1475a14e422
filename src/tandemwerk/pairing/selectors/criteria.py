"""What a programme counts, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tandemwerk.matching import Criteria, CriteriaError, Criterion

NAMES: Mapping[Criterion, Promise] = {
    Criterion.TOPICS: _("Topics"),
    Criterion.LANGUAGES: _("Languages"),
    Criterion.EXPERIENCE: _("Experience"),
    Criterion.INDUSTRY: _("Industry"),
    Criterion.FUNCTION: _("Function"),
    Criterion.VALUES: _("Working style and values"),
    Criterion.AVAILABILITY: _("Common free hours"),
    Criterion.FORMAT: _("Format and place"),
    Criterion.TEXT: _("Free text"),
    Criterion.WISHES: _("Own wishes"),
}
MUCH, SOME = 7, 3


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
        Counted(NAMES[c], _weight(criteria.weights[c], c in criteria.musts), c in criteria.musts)
        for c in ranked
    ]


def _weight(weight: float, is_must: bool) -> Promise:
    if is_must:
        return pgettext_lazy("criterion", "must")
    if weight >= MUCH:
        return pgettext_lazy("criterion", "much")
    return (
        pgettext_lazy("criterion", "some")
        if weight >= SOME
        else pgettext_lazy("criterion", "little")
    )
