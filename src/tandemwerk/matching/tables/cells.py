"""What people write into cells, understood: lists, languages, years, formats, answers."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..catalogue import find_topic, fold, known_topic
from ..languages import language_code
from ..profiles import HIGHEST_VALUE, LOWEST_VALUE
from .columns import VALUES_PREFIX
from .times import UnreadableTime, parse_times

MAX_TEXT = 10_000
MAX_WORDS = 300
MAX_SEATS = 100
MAX_YEARS = 80
MAX_ENTRIES = 50


@dataclass(frozen=True, slots=True)
class CellError:
    """Why a cell can't be used: a stable code and values for the sentence about it."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


Cell = str | int | float | tuple[str, ...] | frozenset[str] | None

_STRONG_BREAKS = re.compile(r"[;|\n\r•·]+")
_BREAKS = re.compile(r"[,;|\n\r•·]+")
_WORD_BREAKS = re.compile(r"[,;|/+&\n\r•·]+|\b(?:und|and|sowie|oder|or)\b", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_RANGE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:-|–|—|bis|to)\s*(\d+(?:[.,]\d+)?)")
_LESS = re.compile(r"<|unter|weniger|less|under|below")
_SCIENTIFIC = re.compile(r"\de[+-]?\d")
_NEGATIVE = re.compile(r"^\s*[-−–]\s*\d")

_FORMATS: Mapping[str, frozenset[str]] = {
    word: formats
    for formats, words in (
        (frozenset({"online"}), "online;remote;virtuell;virtual;digital;video;videocall;per video"),
        (
            frozenset({"on_site"}),
            "on site;onsite;vor ort;praesenz;in praesenz;persoenlich;in person;face to face;"
            "offline;office;im buero",
        ),
        (
            frozenset({"online", "on_site"}),
            "beides;beide;both;hybrid;egal;flexibel;flexible;gemischt;mixed;either;any;"
            "online vor ort;vor ort online",
        ),
    )
    for word in words.split(";")
}
_ANSWERS: Mapping[str, int] = {
    word: value
    for value, words in (
        (5, "trifft voll zu;trifft voll und ganz zu;stimme voll zu;strongly agree;sehr wichtig"),
        (4, "trifft eher zu;stimme eher zu;agree;eher wichtig"),
        (3, "teils teils;weder noch;neutral;neither"),
        (2, "trifft eher nicht zu;stimme eher nicht zu;disagree;eher unwichtig"),
        (1, "trifft nicht zu;trifft gar nicht zu;stimme nicht zu;strongly disagree;unwichtig"),
    )
    for word in words.split(";")
}


def parse_cell(field: str, text: str) -> Cell | CellError:
    """The value of a cell for a field of `columns.FIELDS` or "values.<item>".

    An empty cell gives the empty value: "" for words, () or frozenset() for lists, 0 for
    availability, None for numbers. availability is a mask of *local* hours (`weeks.to_utc` turns
    it). Raises KeyError for an unknown field; everything about the text is a CellError.
    """
    key = VALUES_PREFIX if field.startswith(VALUES_PREFIX) else field
    return _PARSERS[key](text.strip())


def split_list(text: str) -> list[str]:
    """Entries of a list: split at ; | bullets or lines, or else at commas."""
    breaks = _STRONG_BREAKS if _STRONG_BREAKS.search(text) else _BREAKS
    return [entry for part in breaks.split(text) if (entry := part.strip(" -–\t"))]


def parse_topics(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Catalogue slugs in the order given, and what is not in the catalogue."""
    # Entries written as in the catalogue need no comparing with every spelling, which takes long.
    plain = [known_topic(entry) for entry in (text, *split_list(text))]
    if plain[0] is not None:
        return (plain[0].slug,), ()
    named = [topic.slug for topic in plain[1:] if topic is not None]
    if named and len(named) == len(plain) - 1:
        return tuple(dict.fromkeys(named)), ()
    whole = find_topic(text)
    if whole is not None:
        return (whole.slug,), ()
    known: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for entry in split_list(text):
        topic = find_topic(entry)
        if topic is not None:
            known[topic.slug] = None
            continue
        for piece in split_list(entry.replace(",", ";")):
            topic = find_topic(piece)
            if topic is None:
                unknown[piece] = None
            else:
                known[topic.slug] = None
    return tuple(known), tuple(unknown)


def _words(text: str) -> str | CellError:
    joined = " ".join(text.split())
    if len(joined) > MAX_WORDS:
        return CellError("too_long", {"limit": MAX_WORDS, "length": len(joined)})
    return joined


def _text(text: str) -> str | CellError:
    if len(text) > MAX_TEXT:
        return CellError("too_long", {"limit": MAX_TEXT, "length": len(text)})
    return text


def _email(text: str) -> str | CellError:
    if text and not (_EMAIL.fullmatch(text) and len(text) <= 254):
        return CellError("email_invalid", {"value": text[:MAX_WORDS]})
    return text


def _topics(text: str) -> tuple[str, ...] | CellError:
    known, unknown = parse_topics(text)
    if unknown:
        return CellError("topics_unknown", {"unknown": list(unknown), "known": list(known)})
    return _few(known)


def _wishes(text: str) -> tuple[str, ...] | CellError:
    return _few(tuple(dict.fromkeys(split_list(text))))


def _few(entries: tuple[str, ...]) -> tuple[str, ...] | CellError:
    if len(entries) > MAX_ENTRIES:
        return CellError("too_many_entries", {"limit": MAX_ENTRIES, "count": len(entries)})
    return entries


def _languages(text: str) -> frozenset[str] | CellError:
    entries = [entry.strip() for entry in _WORD_BREAKS.split(text) if entry.strip()]
    codes = [language_code(entry) for entry in entries]
    unknown = [entry for entry, code in zip(entries, codes, strict=True) if code is None]
    if unknown:
        return CellError("languages_unknown", {"unknown": unknown})
    return frozenset(code for code in codes if code is not None)


def _years(text: str) -> float | CellError | None:
    if not text:
        return None
    lower = text.casefold()
    if _NEGATIVE.match(lower):
        return CellError("years_out_of_range", {"value": text[:MAX_WORDS], "limit": MAX_YEARS})
    span, number = _RANGE.search(lower), _NUMBER.search(lower)
    if span:
        years = (_float(span[1]) + _float(span[2])) / 2
    elif number and not _SCIENTIFIC.search(lower):
        years = _float(number[0])
        if _LESS.search(lower):
            years /= 2
    else:
        return CellError("years_unreadable", {"value": text[:MAX_WORDS]})
    if years > MAX_YEARS:
        return CellError("years_out_of_range", {"value": text[:MAX_WORDS], "limit": MAX_YEARS})
    return years


def _float(text: str) -> float:
    return float(text.replace(",", "."))


def _seats(text: str) -> int | CellError | None:
    if not text:
        return None
    number = re.fullmatch(r"(\d{1,4})(?:[.,]0+)?(?:\s+\D*)?", text)
    if number is None:
        return CellError("seats_unreadable", {"value": text[:MAX_WORDS]})
    if int(number[1]) > MAX_SEATS:
        return CellError("seats_out_of_range", {"value": int(number[1]), "limit": MAX_SEATS})
    return int(number[1])


def _formats(text: str) -> frozenset[str] | CellError:
    found: frozenset[str] = frozenset()
    unknown = []
    for entry in _WORD_BREAKS.split(text):
        word = fold(entry)
        if word in _FORMATS:
            found |= _FORMATS[word]
        elif word:
            unknown.append(entry.strip())
    if unknown:
        return CellError("formats_unknown", {"unknown": unknown})
    return found


def _availability(text: str) -> int | CellError:
    try:
        return parse_times(text)
    except UnreadableTime as error:
        return CellError("availability_unreadable", {"part": error.part})


def _answer(text: str) -> int | CellError | None:
    if not text:
        return None
    number = re.match(r"(\d+)(?:[.,]0+)?(?!\d|[.,]\d)", text)
    value = int(number[1]) if number else _ANSWERS.get(fold(text))
    if value is None or not LOWEST_VALUE <= value <= HIGHEST_VALUE:
        return CellError("answer_out_of_range", {"value": text[:MAX_WORDS]})
    return value


_PARSERS: Mapping[str, Callable[[str], Cell | CellError]] = {
    "id": _words,
    "first_name": _words,
    "last_name": _words,
    "name": _words,
    "email": _email,
    "topics": _topics,
    "languages": _languages,
    "experience_years": _years,
    "function": _words,
    "industry": _words,
    "site": _words,
    "formats": _formats,
    "availability": _availability,
    "seats": _seats,
    "team": _words,
    "reports_to": _words,
    "text": _text,
    "wishes": _wishes,
    VALUES_PREFIX: _answer,
}
