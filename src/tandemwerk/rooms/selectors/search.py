"""Search in one's own room: its rows are opened in the process, nothing is indexed anywhere.

A part of the room joins in `rooms/parts.py`::

    room_search("notes", notes_findable, order=30)
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from tandemwerk.rooms.selectors.room import Room

LONGEST_QUERY = 200
MOST_HITS = 50
AROUND = 80  # characters shown before and after what was found


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
    """What holds all words of `query`, part by part, at most 50.

    Case and accents make no difference. Queries: those of the parts; every row of the room is
    opened (about 4 µs each). Raises SealBroken if one does not open.
    """
    words = [_plain(word) for word in query[:LONGEST_QUERY].split()]
    hits = []
    ordered = sorted(_finders.items(), key=lambda entry: entry[1][0])
    for part, (_order, label, function) in ordered:
        for found in function(room) if words else ():
            everything = _plain(f"{found.title}\n{found.text}")
            if all(word in everything for word in words):
                hits.append(_hit(part, label, found, words[0]))
    return hits[:MOST_HITS]


def _plain(text: str) -> str:
    """As compared: no case, no accents."""
    return "".join(map(_plain_letter, text))


def _plain_letter(letter: str) -> str:
    whole = unicodedata.normalize("NFKD", letter.casefold())
    return "".join(part for part in whole if not unicodedata.combining(part))


def _hit(part: str, label: str | Promise, found: Findable, word: str) -> Hit:
    """The excerpt is cut from the text as written, so positions are kept letter by letter."""
    text = found.text
    where = [(plain, at) for at, letter in enumerate(text) for plain in _plain_letter(letter)]
    at = "".join(plain for plain, _at in where).find(word)
    if at < 0:
        return Hit(part, label, found.title, found.url, text[: 2 * AROUND], "", "")
    first, last = where[at][1], where[at + len(word) - 1][1] + 1
    before, after = text[max(0, first - AROUND) : first], text[last : last + AROUND]
    if first > AROUND:
        before = f"…{before}"
    if last + AROUND < len(text):
        after = f"{after}…"
    return Hit(part, label, found.title, found.url, before, text[first:last], after)
