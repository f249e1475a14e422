"""Search in one's own room: its rows are opened in the process, nothing is indexed anywhere.

A part of the room joins in `rooms/parts.py`::

    room_search("notes", notes_findable, order=30)
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.functional import Promise

from tandemwerk.rooms.selectors.room import Room

LONGEST_QUERY = 200
MOST_HITS = 50
AROUND = 80  # characters shown before and after what was found
PIECE = 1_000  # characters looked at in one go where a position is wanted


@dataclass(frozen=True, slots=True)
class Findable:
    """One thing a search may find, in plain words, and the page it stands on."""

    title: str
    url: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `part`: code of the part of the room, `kind` its name.

    `before`, `found` and `after`: an excerpt of its text around the word.
    """

    part: str
    kind: str | Promise
    title: str
    url: str
    before: str
    found: str
    after: str


Finder = Callable[[Room], Iterable[Findable]]
_finders: dict[str, tuple[int, str | Promise, Finder]] = {}


def room_search(part: str, function: Finder, *, label: str | Promise, order: int = 50) -> None:
    """Let the search look through one part of every room; registering twice replaces.

    `function(room)` gives what the asking member may read, states its queries, and leaves out what
    was removed. `label`: what the part is called beside a hit.
    """
    _finders[part] = (order, label, function)


def room_find(room: Room, query: str) -> list[Hit]:
    """What holds all words of `query`, part by part, at most 50; no further once they are found.

    Case and accents make no difference. Queries: those of the parts; every row of the room is
    opened (about 4 µs each, and a millisecond for 100 kB). Raises SealBroken if one does not open.
    """
    words = [_plain(word) for word in query[:LONGEST_QUERY].split()]
    return list(islice(_hits(room, words), MOST_HITS)) if words else []


def _hits(room: Room, words: Sequence[str]) -> Iterator[Hit]:
    ordered = sorted(_finders.items(), key=lambda entry: entry[1][0])
    for part, (_order, label, function) in ordered:
        for found in function(room):
            everything = _plain(f"{found.title}\n{found.text}")
            if all(word in everything for word in words):
                yield _hit(part, label, found, words[0])


def _plain(text: str) -> str:
    """As compared: no case, no accents. Letter by letter, so it fits together piece by piece."""
    whole = unicodedata.normalize("NFKD", text.casefold())
    if whole.isascii():
        return whole
    return whole.translate({ord(sign): None for sign in set(whole) if unicodedata.combining(sign)})


def _hit(part: str, label: str | Promise, found: Findable, word: str) -> Hit:
    """The excerpt is cut from the text as written; only around the word positions are counted."""
    text = found.text
    at = _plain(text).find(word)
    if at < 0:
        return Hit(part, label, found.title, found.url, text[: 2 * AROUND], "", "")
    first = _written_at(text, at)
    last = _written_at(text, at + len(word) - 1) + 1
    before, after = text[max(0, first - AROUND) : first], text[last : last + AROUND]
    if first > AROUND:
        before = f"…{before}"
    if last + AROUND < len(text):
        after = f"{after}…"
    return Hit(part, label, found.title, found.url, before, text[first:last], after)


def _written_at(text: str, at: int) -> int:
    """Which character of `text` became number `at` of its plain form."""
    begin = 0
    for begin in range(0, len(text), PIECE):
        size = len(_plain(text[begin : begin + PIECE]))
        if at < size:
            break
        at -= size
    for place, letter in enumerate(text[begin : begin + PIECE], start=begin):
        at -= len(_plain(letter))
        if at < 0:
            return place
    return len(text) - 1
