"""What a run can look for, in plain words: what each does, and what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tandemwerk.pairing.enums import Objective
from tandemwerk.pairing.words import fit_of, short_word

WORDS: Mapping[str, tuple[Promise, Promise]] = {
    Objective.TOTAL: (
        _("As many mentees as possible get a mentor, and all pairs together fit best."),
        _("For the good of the whole, one person may get a weaker pair."),
    ),
    Objective.STABLE: (
        _("No mentee and mentor are kept apart who would both rather have each other."),
        _("Where places are short, fewer mentees get a mentor, and the whole fits less well."),
    ),
    Objective.FAIR: (
        _("The weakest pair becomes as good as can be, then the next weakest, and so on."),
        _("Others give a little of their fit for it."),
    ),
    Objective.BALANCED: (
        _("Mentees are spread over the mentors: a second or third one has to be worth it."),
        _("Some mentees get a mentor who fits slightly less well."),
    ),
}


# Points of ten a run can ask for. Few pairs reach more than eight, and a run in which nearly
# nobody is matched serves nobody.
FLOORS = range(3, 9)


@dataclass(frozen=True, slots=True)
class Choice:
    """One objective to choose."""

    value: str
    name: str | Promise
    what: Promise
    cost: Promise
    is_chosen: bool


def choices(chosen: str = Objective.TOTAL) -> list[Choice]:
    """All objectives, the one chosen marked."""
    return [
        Choice(objective.value, objective.label, *WORDS[objective], objective == chosen)
        for objective in Objective
    ]


def floor_choices() -> list[tuple[str, int, str]]:
    """Lowest fits to choose from: (value in [0, 1], points of ten, the word for such a fit)."""
    return [(f"{points / 10:g}", points, short_word(fit_of(points / 10).step)) for points in FLOORS]
