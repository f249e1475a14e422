"""Criteria in words: names, steps of weight, and the sentence that says what counts. Pure."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tandemwerk.matching import Criteria, Criterion

# All in the plural, so that one sentence fits every list of them.
NAMES: Mapping[Criterion, str | Promise] = {
    Criterion.TOPICS: pgettext_lazy("criterion", "topics"),
    Criterion.LANGUAGES: pgettext_lazy("criterion", "languages"),
    Criterion.EXPERIENCE: pgettext_lazy("criterion", "years of experience"),
    Criterion.INDUSTRY: pgettext_lazy("criterion", "industries"),
    Criterion.FUNCTION: pgettext_lazy("criterion", "functions"),
    Criterion.VALUES: pgettext_lazy("criterion", "values"),
    Criterion.AVAILABILITY: pgettext_lazy("criterion", "free times"),
    Criterion.FORMAT: pgettext_lazy("criterion", "formats"),
    Criterion.TEXT: pgettext_lazy("criterion", "own words"),
    Criterion.WISHES: pgettext_lazy("criterion", "wishes"),
}
EXPLAINED: Mapping[Criterion, str | Promise] = {
    Criterion.TOPICS: _("What the mentee wants to work on and the mentor offers."),
    Criterion.LANGUAGES: _("More than the one language they need to share."),
    Criterion.EXPERIENCE: _("How many years the mentor is ahead."),
    Criterion.INDUSTRY: _("Whether both work in the same industry or in different ones."),
    Criterion.FUNCTION: _("Whether both do the same kind of work or a different one."),
    Criterion.VALUES: _("How alike their answers to the questionnaire are."),
    Criterion.AVAILABILITY: _("Hours of the week in which both have time."),
    Criterion.FORMAT: _("Whether both like to meet online or on site."),
    Criterion.TEXT: _("What both write about themselves."),
    Criterion.WISHES: _("Whom people have named as the person they would like best."),
}
STEPS: Sequence[tuple[int, str | Promise]] = (
    (0, _("does not count")),
    (2, _("a little")),
    (4, _("somewhat")),
    (6, _("clearly")),
    (8, _("much")),
    (10, _("most of all")),
)
LITTLE = 4  # up to this weight something counts "a little"


def criterion_name(criterion: Criterion) -> str:
    """The one name of a criterion, as a heading: everywhere the same word."""
    return _capital(str(NAMES[criterion]))


def weight_steps(weight: float) -> list[tuple[float, str | Promise]]:
    """Six steps in words; the one nearest to `weight` stands for exactly this weight."""
    nearest = min(STEPS, key=lambda step: (abs(step[0] - weight), -step[0]))
    return [(weight if step == nearest else step[0], step[1]) for step in STEPS]


def criteria_sentence(criteria: Criteria) -> str:
    """What counts how much, in the active language."""
    weights = criteria.weights
    highest = max(weights.values())
    ordered = sorted(weights, key=lambda c: -weights[c])
    top = [c for c in ordered if weights[c] == highest]
    then = [c for c in ordered if LITTLE < weights[c] < highest]
    little = [c for c in ordered if 0 < weights[c] <= LITTLE and weights[c] < highest]
    never = [c for c in ordered if weights[c] == 0]
    alone, followed = gettext("%(top)s count most."), gettext("%(top)s count most, then %(then)s.")
    parts = [(followed if then else alone) % {"top": listed(top), "then": listed(then)}]
    if little:
        parts.append(gettext("%(names)s count a little.") % {"names": listed(little)})
    if never:
        parts.append(gettext("%(names)s do not count.") % {"names": listed(never)})
    if criteria.musts:
        musts = listed([c for c in Criterion if c in criteria.musts])
        parts.append(gettext("Without a fit there is no pair: %(names)s.") % {"names": musts})
    return " ".join(_capital(part) for part in parts)


def listed(criteria: Sequence[Criterion]) -> str:
    """ "topics, values and wishes"."""
    names = [str(NAMES[criterion]) for criterion in criteria]
    if len(names) < 2:
        return "".join(names)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
