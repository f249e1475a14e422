"""Small pieces of sentences: lists, years, topics, languages, times of the week."""

from collections.abc import Sequence
from itertools import groupby

from ..catalogue import topics
from ..languages import language_name
from ..weeks import HOURS_PER_DAY

MOST_LISTED = 3
MOST_TIMES = 4

_AND = {"de": "und", "en": "and"}
_MORE = {"de": "und weiteres", "en": "and more"}
_QUOTES = {"de": "„{}“", "en": "“{}”"}
_DAYS = {
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_ALL_DAY = {"de": "tagsüber", "en": "all day"}
_PARTS = {
    "de": ("nachts", "vormittags", "nachmittags", "abends"),
    "en": ("night", "morning", "afternoon", "evening"),
}
HOURS_PER_PART = 6  # night 0-6, morning 6-12, afternoon 12-18, evening 18-24
_DAYTIME = (1, 2)
_WHOLE_DAY = -1
MOST_OF_THE_DAY = 7  # hours of the daytime's twelve


def joined(words: Sequence[str], language: str) -> str:
    """ "A", "A und B", "A, B und C"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {_AND[language]} {words[-1]}"


def shortened(words: Sequence[str], language: str) -> str:
    """Like `joined`, but after three words it only says that there is more."""
    if len(words) <= MOST_LISTED:
        return joined(words, language)
    return f"{', '.join(words[:MOST_LISTED])} {_MORE[language]}"


def quoted(text: str, language: str) -> str:
    """In the quotation marks of the language."""
    return _QUOTES[language].format(text)


def topic_name(slug: str, language: str) -> str:
    """The catalogue's name; a topic of the programme's own is its own name."""
    topic = topics().get(slug)
    return slug if topic is None else topic.name[language]


def languages(codes: Sequence[str], language: str) -> str:
    """Names of languages; the reader's own language and the other large one come first."""
    order = ("de", "en") if language == "de" else ("en", "de")
    ranked = sorted(codes, key=lambda c: (order.index(c) if c in order else 2, c))
    return joined([language_name(code, language) for code in ranked], language)


def years(number: int, language: str) -> str:
    """ "1 Jahr", "3 years"."""
    if language == "de":
        return "1 Jahr" if number == 1 else f"{number} Jahre"
    return "1 year" if number == 1 else f"{number} years"


def times(local_hours: Sequence[int], language: str) -> str:
    """Day parts of local hours of the week: "Di und Do nachmittags, Fr vormittags"."""
    days_of: dict[tuple[int, ...], list[int]] = {}
    for day, hours in groupby(sorted(local_hours), key=lambda hour: hour // HOURS_PER_DAY):
        days_of.setdefault(_parts_of([h % HOURS_PER_DAY for h in hours]), []).append(day)
    phrases = [
        f"{_days(days, language)} {_day_parts(parts, language)}" for parts, days in days_of.items()
    ]
    if len(phrases) <= MOST_TIMES:
        return ", ".join(phrases)
    return f"{', '.join(phrases[:MOST_TIMES])} {_MORE[language]}"


def _days(days: Sequence[int], language: str) -> str:
    names = _DAYS[language]
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{names[days[0]]}–{names[days[-1]]}"
    return joined([names[day] for day in days], language)


def _day_parts(parts: tuple[int, ...], language: str) -> str:
    words = [_ALL_DAY[language] if p == _WHOLE_DAY else _PARTS[language][p] for p in parts]
    return joined(words, language)


def _parts_of(hours: Sequence[int]) -> tuple[int, ...]:
    """Day parts of a day's hours; morning and afternoon with most of their hours are one."""
    parts = sorted({hour // HOURS_PER_PART for hour in hours})
    if sum(hour // HOURS_PER_PART in _DAYTIME for hour in hours) < MOST_OF_THE_DAY:
        return tuple(parts)
    return (_WHOLE_DAY, *(part for part in parts if part not in _DAYTIME))
