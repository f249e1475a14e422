"""Free times as people write them: "Di 14-18, Do nachmittags", "Mo–Fr ab 17 Uhr"."""

import re
from collections.abc import Mapping

from ..weeks import HOURS_PER_DAY, mask_of

DAY_START, DAY_END, EVENING_END = 8, 18, 21

_DAYS = (
    "mo mon montag montags monday mondays",
    "di die dienstag dienstags tue tues tuesday tuesdays",
    "mi mit mittwoch mittwochs wed weds wednesday wednesdays",
    "do don donnerstag donnerstags thu thur thurs thursday thursdays",
    "fr fre freitag freitags fri friday fridays",
    "sa sam samstag samstags sonnabend sonnabends sat saturday saturdays",
    "so son sonntag sonntags sun sunday sundays",
)
_DAY_SETS: Mapping[str, tuple[int, ...]] = {
    **{name: (day,) for day, names in enumerate(_DAYS) for name in names.split()},
    **dict.fromkeys(("werktags", "werktag", "wochentags", "weekdays", "weekday"), (0, 1, 2, 3, 4)),
    **dict.fromkeys(("wochenende", "wochenenden", "wochenends", "weekend", "weekends"), (5, 6)),
    **dict.fromkeys(("taeglich", "daily", "everyday"), tuple(range(7))),
}
_PARTS: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(("frueh", "morgen", "morgens", "frueher"), (7, 10)),
    **dict.fromkeys(("vormittag", "vormittags", "vm", "morning", "mornings"), (DAY_START, 12)),
    **dict.fromkeys(("mittag", "mittags", "noon", "lunch", "lunchtime"), (12, 14)),
    **dict.fromkeys(("nachmittag", "nachmittags", "nm", "afternoon", "afternoons"), (13, DAY_END)),
    **dict.fromkeys(("abend", "abends", "evening", "evenings"), (DAY_END, EVENING_END)),
    **dict.fromkeys(("nacht", "nachts", "night", "nights"), (EVENING_END, 24)),
    **dict.fromkeys(
        ("ganztags", "ganztaegig", "tagsueber", "allday", "daytime"), (DAY_START, DAY_END)
    ),
}
_ANY_TIME = frozenset({"flexibel", "jederzeit", "immer", "anytime", "flexible", "egal", "always"})
_FILLERS = frozenset(
    ["uhr", "h", "am", "um", "von", "at", "on", "in", "the", "und", "and", "oder", "or", "sowie",
     "jeweils", "der", "the", "zwischen", "between"]
)  # fmt: skip
_FROM = frozenset({"ab", "nach", "from", "after", "since"})
_UNTIL = frozenset({"bis", "vor", "until", "till", "before", "by"})
_DASHES = frozenset({"-", "bis", "to", "until", "till"})

_PHRASES = (
    (re.compile(r"\bunter der woche\b"), "werktags"),
    (re.compile(r"\b(?:jeden tag|every day|alle tage)\b"), "taeglich"),
    (re.compile(r"\ball day\b"), "allday"),
    (re.compile(r"\bany ?time\b"), "anytime"),
    (re.compile(r"\b(?:nach (?:vereinbarung|absprache)|by (?:arrangement|appointment))\b"), ""),
    (re.compile(r"[–—−]"), "-"),
)
_CLOCK = r"(\d{1,2})(?:[:.h](\d{2}))?\s*(uhr|h|am|pm|a\.m\.|p\.m\.)?"
_TOKEN = re.compile(
    rf"(?P<span>{_CLOCK}\s*(?:-|bis|to|until|till)\s*{_CLOCK})"
    rf"|(?P<clock>{_CLOCK})|(?P<word>[a-z]+)|(?P<dash>-)|(?P<break>[,;/+&.()|\s]+)|(?P<other>.)"
)
_COMPOUND = re.compile(
    rf"^({'|'.join(sorted(_DAY_SETS, key=len, reverse=True))})"
    rf"({'|'.join(sorted(_PARTS, key=len, reverse=True))})$"
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class UnreadableTime(ValueError):
    """`part` of a cell about free times is not understood, as the person wrote it."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class _Reader:
    """Days are collected until a time says which hours they have; a further time adds to them."""

    def __init__(self) -> None:
        self.hours: set[int] = set()
        self.days: list[int] = []
        self.timed = True
        self.span_from: int | None = None
        self.bound = ""

    def day(self, days: tuple[int, ...]) -> None:
        if self.timed:
            self.days, self.timed = [], False
        if self.span_from is not None and len(days) == 1:
            steps = (days[0] - self.span_from) % 7
            days = tuple((self.span_from + step) % 7 for step in range(steps + 1))
        self.span_from, self.bound = None, ""
        self.days.extend(days)

    def dash(self) -> None:
        if not self.timed and self.days:
            self.span_from = self.days[-1]

    def time(self, start: float, end: float, part: str) -> None:
        # Only whole hours count: free from 14:30 means free from 15.
        first, last = -int(-start // 1), int(end)
        if not 0 <= first < last <= HOURS_PER_DAY:
            raise UnreadableTime(part)
        for day in self.days or range(5):
            self.hours.update(day * HOURS_PER_DAY + hour for hour in range(first, last))
        self.timed, self.span_from, self.bound = True, None, ""

    def finish(self) -> int:
        if not self.timed:
            self.time(DAY_START, DAY_END, "")
        return mask_of(self.hours)


def parse_times(text: str) -> int:
    """A mask of local hours. Days without hours mean 8-18, hours without days Monday to Friday.

    Raises UnreadableTime with the part of the cell, between commas, that is not understood.
    """
    try:
        return _hours_in(text)
    except UnreadableTime as error:
        raise UnreadableTime(_part_as_written(text, error.part)) from error


def _part_as_written(text: str, piece: str) -> str:
    """The first part between commas, semicolons or lines that fails alone; else all of it."""
    for part in filter(str.strip, re.split(r"[,;\n]", text)):
        try:
            _hours_in(part)
        except UnreadableTime as error:
            if error.part == piece:
                return part.strip()
    return text.strip()


def _hours_in(text: str) -> int:
    plain = text.casefold().translate(_UMLAUTS)
    for pattern, word in _PHRASES:
        plain = pattern.sub(word, plain)
    reader = _Reader()
    for token in _TOKEN.finditer(plain):
        kind, piece = token.lastgroup, token[0]
        if token["span"]:
            groups = token.groups()
            start = _clock(groups[1], groups[2], groups[3] or _half_of(groups[6]))
            end = _clock(groups[4], groups[5], groups[6])
            reader.time(start, end or HOURS_PER_DAY, piece)
        elif token["clock"]:
            _single(reader, _clock(*token.groups()[8:11]), piece)
        elif token["word"]:
            _word(reader, piece)
        elif kind == "dash":
            reader.dash()
        elif kind == "other":
            raise UnreadableTime(piece)
    return reader.finish()


def _half_of(half: str | None) -> str | None:
    """In "2-4 pm" the afternoon is meant for both."""
    return half if half in ("pm", "p.m.") else None


def _clock(hour: str, minute: str | None, half: str | None) -> float:
    value = int(hour) + (int(minute) / 60 if minute else 0)
    if half in ("pm", "p.m.") and value < 12:
        value += 12
    if half in ("am", "a.m.") and value >= 12:
        value -= 12
    return value


def _single(reader: _Reader, clock: float, piece: str) -> None:
    if reader.bound == "from":
        reader.time(clock, max(EVENING_END, min(HOURS_PER_DAY, clock + 1)), piece)
    elif reader.bound == "until":
        reader.time(min(DAY_START, clock - 1), clock, piece)
    else:
        reader.time(clock, clock + 1, piece)


def _word(reader: _Reader, word: str) -> None:
    compound = _COMPOUND.match(word)
    if word in _DAY_SETS:
        reader.day(_DAY_SETS[word])
    elif word in _PARTS:
        reader.time(*_PARTS[word], word)
    elif compound:
        reader.day(_DAY_SETS[compound[1]])
        reader.time(*_PARTS[compound[2]], word)
    elif word in _ANY_TIME:
        if not reader.days or reader.timed:
            reader.day(tuple(range(7)))
        reader.time(DAY_START, EVENING_END, word)
    elif word in _DASHES and not reader.timed:
        reader.dash()
        reader.bound = "until"
    elif word in _FROM:
        reader.bound = "from"
    elif word in _UNTIL:
        reader.bound = "until"
    elif word not in _FILLERS:
        raise UnreadableTime(word)
