"""Reasons, rules and fits in the words of the person who reads, for coordinators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from tandemwerk.matching import MatchingError, Reason, Rule, fit_step, reason_text
from tandemwerk.pairing.errors import NobodyToMatch
from tandemwerk.pairing.plans import Effect
from tandemwerk.pairing.selectors.reasons import reason_read
from tandemwerk.ui.templatetags.ui import fit_word

STEPS = {"fair": 1, "good": 2, "very_good": 3}
SAME = 0.005  # a change of the total that nobody needs to know
CLEAR = 0.3  # about one pair going from very good to possible
BY_HAND = "by_hand"  # reason of a line somebody emptied
FORBIDDEN_NOW = "forbidden_now"  # reason of a line whose pair was just forbidden


@dataclass(frozen=True, slots=True)
class Fit:
    """A fit as people see it: 1 to 3 steps. `score` in [0, 1] is for sorting only."""

    score: float
    step: int


def fit_of(score: float) -> Fit:
    """The fit as steps; words for them come from the components."""
    return Fit(score, STEPS[fit_step(score)])


def short_word(step: int) -> str:
    """The word for a step, in the active language."""
    return str(fit_word(step, "short"))


def language() -> Literal["de", "en"]:
    """The active language as the engine names it."""
    return "de" if (get_language() or "de").startswith("de") else "en"


def texts(
    entries: Sequence[Mapping[str, Any]], *, names: tuple[str, str], limit: int | None = None
) -> tuple[str, ...]:
    """Stored reasons as phrases; hours as local time of the reader. Unknown codes are left out.

    names: (mentee's, mentor's).
    """
    said = (_text(entry, names) for entry in entries[:limit])
    return tuple(text for text in said if text)


def rule_text(rule: Rule) -> str:
    """A hard rule as a phrase."""
    return reason_text(
        Reason(f"blocked_{rule.name.lower()}"), language(), perspective="coordinator"
    )


def unmatched_text(reason: Mapping[str, Any], *, mentee: str) -> str:
    """Why somebody has no mentor, as a sentence without full stop."""
    code = reason.get("code", BY_HAND)
    if code == FORBIDDEN_NOW:
        return _("You ruled out the suggested pair")
    if code == BY_HAND:
        return _("Taken out by hand")
    return _text(reason, (mentee, "")) or _("No mentor was found")


def unmatched_help(reason: Mapping[str, Any]) -> str:
    """What could bring this person a mentor; empty if there is nothing to say."""
    code = str(reason.get("code", BY_HAND))
    if code in (BY_HAND, FORBIDDEN_NOW, "unmatched_seat_free"):
        return _("Choose a mentor from the list, or calculate again.")
    if code == "unmatched_all_full":
        return _("One more place with a mentor would help, or a swap.")
    if code.startswith("unmatched_must_"):
        return _("Making this criterion count without being a must would help.")
    if code == "unmatched_no_shared_language":
        return _("A mentor who speaks one of the languages would help.")
    if code in ("unmatched_same_team", "unmatched_reporting_line", "unmatched_same_person"):
        return _("A mentor from another area would help.")
    if code == "unmatched_below_floor":
        return _("A lower limit for the fit would help, or a mentor who fits better.")
    if code == "unmatched_forbidden":
        return _("Allowing one of the pairs that were ruled out would help.")
    return _("More mentors, or fewer musts, would help.")


def trend(effect: Effect) -> int:
    """-1, 0 or 1: is the whole worse, about the same or better? People come before points."""
    fewer = effect.unmatched_before - effect.unmatched_after
    if fewer:
        return 1 if fewer > 0 else -1
    change = effect.total_after - effect.total_before
    return 0 if abs(change) < SAME else (1 if change > 0 else -1)


def effect_text(effect: Effect) -> str:
    """What a move does to the whole: total, worst pair, people without a mentor."""
    numbers = {
        "change": change_word(effect.total_before, effect.total_after),
        "before": localize(points(effect.total_before)),
        "after": localize(points(effect.total_after)),
    }
    said = [_("All pairs together: %(change)s (%(before)s → %(after)s)") % numbers]
    if effect.worst_before is not None and effect.worst_after is not None:
        before, after = fit_of(effect.worst_before), fit_of(effect.worst_after)
        if before.step == after.step:
            said.append(_("weakest pair: as before"))
        else:
            words = {"before": short_word(before.step), "after": short_word(after.step)}
            said.append(_("weakest pair: %(before)s → %(after)s") % words)
    people = {"before": effect.unmatched_before, "after": effect.unmatched_after}
    if effect.unmatched_before != effect.unmatched_after:
        said.append(_("without a mentor: %(before)s → %(after)s") % people)
    return " · ".join(said)


def change_word(before: float, after: float) -> str:
    """What happens to the fit of all pairs together, in a word. Below SAME nothing happens."""
    change = after - before
    if abs(change) < SAME:
        return pgettext("effect", "stays the same")
    if change > 0:
        return (
            pgettext("effect", "gets better")
            if change > CLEAR
            else pgettext("effect", "gets slightly better")
        )
    return (
        pgettext("effect", "gets worse")
        if change < -CLEAR
        else pgettext("effect", "gets slightly worse")
    )


def _text(entry: Mapping[str, Any], names: tuple[str, str]) -> str:
    try:
        return reason_text(
            reason_read(entry, language()),
            language(),
            perspective="coordinator",
            names=names,
            tz=timezone.get_current_timezone_name(),
        )
    except (MatchingError, KeyError, ValueError, TypeError):
        return ""  # written by an engine that is gone; the pair still stands


def points(total: float) -> float:
    """A sum of fits as a small number: ten points are one perfect pair."""
    return round(total * 10, 1)


def failure_text(code: str) -> str:
    """Why a run failed and what to do, from its stored code."""
    if code == "nobody_to_match":
        return str(NobodyToMatch())
    if code == "run_too_large":
        return _("There are too many people for one run. Divide the cohort into two.")
    if code == "unexpected":
        return _("Something went wrong on our side; nothing was changed. Please calculate again.")
    return _(
        "The criteria or a profile cannot be calculated with (%(code)s). Check the criteria of the "
        "programme, then calculate again."
    ) % {"code": code}
