"""Reasons, rules and fits in the words of the person who reads, for coordinators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from tandemwerk.matching import MatchingError, Reason, Rule, fit_step, fit_word, reason_text

STEPS = {"fair": 1, "good": 2, "very_good": 3}
BY_HAND = "by_hand"  # reason of a line somebody emptied
FORBIDDEN_NOW = "forbidden_now"  # reason of a line whose pair was just forbidden


@dataclass(frozen=True, slots=True)
class Fit:
    """A fit as people see it: a word and 1 to 3 steps. `score` in [0, 1] is for sorting only."""

    score: float
    step: int
    word: str


def fit_of(score: float) -> Fit:
    """The fit in words, in the active language."""
    return Fit(score, STEPS[fit_step(score)], fit_word(score, language()))


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
    if code == "unmatched_forbidden":
        return _("Allowing one of the pairs that were ruled out would help.")
    return _("More mentors, or fewer musts, would help.")


def change_word(before: float, after: float) -> str:
    """What happens to the fit of all pairs together, in a word. Below 0.005 nothing happens."""
    change = after - before
    if abs(change) < 0.005:
        return pgettext("effect", "stays the same")
    if change > 0:
        return (
            pgettext("effect", "gets better")
            if change > 0.1
            else pgettext("effect", "gets slightly better")
        )
    return (
        pgettext("effect", "gets worse")
        if change < -0.1
        else pgettext("effect", "gets slightly worse")
    )


def _text(entry: Mapping[str, Any], names: tuple[str, str]) -> str:
    try:
        return reason_text(
            Reason.from_dict(entry),
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
