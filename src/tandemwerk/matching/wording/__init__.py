"""Reasons, rules and fits in words, German and English, for each reader.

Names, sites, functions and own topics come from people: the text is plain, so a page that shows
it must escape it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import ModuleType
from typing import Literal, cast

from ..errors import MatchingError
from ..reasons import Reason
from ..weeks import ANY_WEEK, from_hex, local_hours
from . import english, german, parts
from .advice import why_not_text
from .errors import cell_text, error_text

__all__ = [
    "GOOD_FROM",
    "VERY_GOOD_FROM",
    "Address",
    "FitStep",
    "Language",
    "Perspective",
    "cell_text",
    "error_text",
    "fit_step",
    "fit_word",
    "is_shown_to",
    "reason_text",
    "why_not_text",
]

Language = Literal["de", "en"]
Perspective = Literal["mentee", "mentor", "coordinator"]
Address = Literal["du", "sie"]
FitStep = Literal["very_good", "good", "fair"]

# People read three steps, never a number that looks more exact than it is. Two people of a cohort
# at random fit about 0.45; in a matched cohort, one pair in four reaches the highest step.
VERY_GOOD_FROM = 0.62
GOOD_FROM = 0.5

# Said only to the person themselves and the coordinator: it would hurt without helping.
_ONLY_FOR: Mapping[str, Perspective] = {"wish_other": "mentee"}

_BOOKS: Mapping[str, ModuleType] = {"de": german, "en": english}


def fit_step(score: float) -> FitStep:
    """The step of a fit in [0, 1]: from 0.62 "very_good", from 0.5 "good", else "fair"."""
    if score >= VERY_GOOD_FROM:
        return "very_good"
    return "good" if score >= GOOD_FROM else "fair"


def fit_word(score: float, language: Language) -> str:
    """The fit as a word: "sehr gut", "gut", "mittel"; "very good", "good", "fair"."""
    return cast("str", _book(language).FIT[fit_step(score)])


def is_shown_to(reason: Reason, perspective: Perspective) -> bool:
    """False for the few statements that are nobody else's business."""
    return perspective == "coordinator" or _ONLY_FOR.get(reason.code, perspective) == perspective


def reason_text(
    reason: Reason,
    language: Language,
    *,
    perspective: Perspective = "mentee",
    address: Address = "du",
    names: tuple[str, str] = ("", ""),
    tz: str = "UTC",
    reference: date = ANY_WEEK,
) -> str:
    """One reason as a short phrase without a full stop.

    perspective: who reads; the coordinator gets names = (mentee's, mentor's). address: "sie" for
    formal German. tz, reference: times of the week are told as local time of that zone in the
    week of `reference`. Raises MatchingError for an unknown code, language or perspective.
    """
    book = _book(language)
    if perspective not in ("mentee", "mentor", "coordinator"):
        raise MatchingError("perspective_unknown", perspective=perspective)
    code, params = reason.code, reason.params
    if code.startswith("blocked_") and code.removeprefix("blocked_") in book.RULES:
        return _capital(book.RULES[code.removeprefix("blocked_")])
    if code.endswith("_unknown") and code.removesuffix("_unknown") in book.QUESTIONS:
        question = book.QUESTIONS[code.removesuffix("_unknown")]
        words, values = book.REASONS[f"unknown_{params['who']}"], {"question": question}
    elif code.startswith("unmatched_") and code not in book.REASONS:
        rule = book.RULES.get(code.removeprefix("unmatched_"))
        if rule is None:
            raise MatchingError("reason_unknown", code=code)
        words, values = book.REASONS["unmatched_rule"], {"rule": rule}
    else:
        key = "topic_first" if code == "topic_shared" and params.get("first") else code
        if key not in book.REASONS:
            raise MatchingError("reason_unknown", code=code)
        words, values = book.REASONS[key], _values(code, params, language, tz, reference)
    mentee, mentor = (
        name or book.NAMELESS[role] for name, role in zip(names, ("mentee", "mentor"), strict=True)
    )
    text: str = words.pick(perspective, address).format(mentee=mentee, mentor=mentor, **values)
    return _capital(text)


def _values(
    code: str, params: Mapping[str, object], language: Language, tz: str, reference: date
) -> dict[str, str]:
    """The reason's values as words."""
    book = _book(language)
    values: dict[str, str] = {}
    for name, value in params.items():
        match name:
            case "topic":
                values[name] = parts.topic_name(str(value), language)
            case "wanted" | "offered":
                values[name] = parts.quoted(parts.topic_name(str(value), language), language)
            case "topics":
                slugs = cast("Sequence[str]", value)
                named = [parts.quoted(parts.topic_name(s, language), language) for s in slugs]
                values[name] = parts.shortened(named, language)
            case "languages":
                values[name] = parts.languages(cast("Sequence[str]", value), language)
            case "years":
                values[name] = parts.years(cast("int", value), language)
            case "week":
                hours = local_hours(from_hex(str(value)), tz, reference)
                values["times"] = parts.times(hours, language)
            case "rules":
                counts = cast("Mapping[str, int]", value)
                values[name] = ", ".join(f"{n} × {book.RULES[r]}" for r, n in counts.items())
            case "mentee" | "mentor":
                values[f"{name}_value"] = str(value)
            case "site":
                values[name] = str(value) or book.EMPTY_SITE
            case _:
                values[name] = str(value)
    return values


def _book(language: str) -> ModuleType:
    if language not in _BOOKS:
        raise MatchingError("language_unknown", language=language)
    return _BOOKS[language]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
