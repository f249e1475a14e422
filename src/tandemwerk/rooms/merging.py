"""Texts that several people write at once, even without a connection.

A note is a Yjs document with two texts, ``title`` and ``text``. Whoever writes sends *steps*;
steps fit together in any order, twice as well as once, and nobody's words are lost by it. The
browser makes its steps itself; for a form or a program, `Document.rewrite` makes one here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from pycrdt import Doc, Text, get_update, merge_updates

from tandemwerk.rooms.comparing import Work, alike_at_ends, changes

FIELDS = ("title", "text")


class StepBroken(Exception):
    """These bytes are no step of a note."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in place of the characters from `start` up to `end`."""

    start: int
    end: int
    text: str


class Document:
    """The texts of one note, put together from steps in any order.

    Not for several threads. Raises StepBroken for bytes that are no step.
    """

    def __init__(self, steps: Iterable[bytes] = ()) -> None:
        self._doc, self._steps = _empty(), list[bytes]()
        self.apply(*steps)

    @property
    def words(self) -> dict[str, str]:
        """The texts as they stand, by name."""
        return {name: str(self._doc.get(name, type=Text)) for name in FIELDS}

    def apply(self, *steps: bytes) -> None:
        """Take steps in; one that is in already changes nothing. StepBroken changes nothing."""
        if not steps:
            return
        doc, every = _empty(), [*self._steps, *steps]
        try:
            # Everything anew and at once: taken in one by one, steps that come before those they
            # build on lose characters in one of some twenty orders (pycrdt 0.14.13).
            doc.apply_update(merge_updates(*every))
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # a panic of the library is no Exception
            raise StepBroken from error
        if set(doc.keys()) != set(FIELDS):
            raise StepBroken
        self._doc, self._steps = doc, every

    def whole(self) -> bytes:
        """Everything as one step: without deleted characters, but with what waits for others."""
        seen, state = bytes(self._doc.get_update()), self._doc.get_state()
        every = bytes(merge_updates(seen, *self._steps))
        # What lies beyond the state waits for a step that is still to come, and is not in `seen`.
        waits = get_update(every, state) != get_update(seen, state)
        return every if waits else seen

    def rewrite(self, words: Mapping[str, str], base: bytes = b"") -> bytes:
        """Make the texts say `words`, and return that as a step.

        `base`: the `whole` the writer had before them. With it, only what they changed since is
        changed here, and what others wrote meanwhile stays.
        """
        before = self._doc.get_state()
        if base:
            draft = Document([base])
            draft.rewrite(words)
            self.apply(draft.whole())
        else:
            for name, after in words.items():
                self._rewrite(self._doc.get(name, type=Text), after)
            self._steps.append(bytes(self._doc.get_update(before)))
        return bytes(self._doc.get_update(before))

    def _rewrite(self, text: Text, after: str) -> None:
        before = str(text)
        with self._doc.transaction():
            # From the back, so that places further ahead stay what they are.
            for edit in reversed(list(edits(before, after))):
                start, end = (len(before[:at].encode()) for at in (edit.start, edit.end))
                if end > start:
                    del text[start:end]
                if edit.text:
                    text.insert(start, edit.text)


def _empty() -> Doc[Any]:
    doc: Doc[Any] = Doc()
    for name in FIELDS:
        doc.get(name, type=Text)
    return doc


def edits(before: str, after: str) -> Iterator[Edit]:
    """What turns one text into the other, small and in order.

    Character by character where that is little work, else line by line, else in one piece.
    """
    gaps = changes(before, after, Work())
    if gaps is not None:
        yield from (Edit(a, b, after[c:d]) for a, b, c, d in gaps)
        return
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    gaps = changes(old, new, Work())
    if gaps is not None:
        places = [0, *accumulate(map(len, old))]
        yield from (Edit(places[a], places[b], "".join(new[c:d])) for a, b, c, d in gaps)
        return
    head, tail = alike_at_ends(before, after)
    yield Edit(head, len(before) - tail, after[head : len(after) - tail])
