"""What differs between two texts: paragraph by paragraph, and word by word inside of them. Pure.

However the texts were made, the work is limited: what would take more is shown as gone and new.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tandemwerk.rooms.comparing import Gap, Work, changes

LEFT_OUT = "…"
MOST_SHOWN = 200  # paragraphs of one comparison
_WORDS = re.compile(r"\S+\s*")


class PieceKind(StrEnum):
    SAME = "same"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Piece:
    """A few words of a comparison."""

    kind: PieceKind
    text: str


Paragraphs = list[list[Piece]]


@dataclass(frozen=True, slots=True)
class Changes:
    """The paragraphs of a text that changed. `is_cut`: there are more than are shown."""

    paragraphs: Paragraphs
    is_cut: bool = False


def differences(
    before: Sequence[str], after: Sequence[str], work: Work | None = None
) -> Paragraphs:
    """One list of pieces a paragraph: gone ones, new ones and changed ones; what stayed is one
    piece. `work`: shared by several comparisons, so that all together have a limit.
    """
    work = work or Work()
    found, at = Paragraphs(), 0
    for gap in _gaps(before, after, work):
        found += [[Piece(PieceKind.SAME, line)] for line in before[at : gap[0]]]
        found += _changed(before, after, gap, work)
        at = gap[1]
    return found + [[Piece(PieceKind.SAME, line)] for line in before[at:]]


def what_changed(before: Sequence[str], after: Sequence[str], work: Work | None = None) -> Changes:
    """The paragraphs of a text that changed; between them one sign for all that stayed."""
    work = work or Work()
    stayed, found, at = [Piece(PieceKind.SAME, LEFT_OUT)], Paragraphs(), 0
    for gap in _gaps(before, after, work):
        if gap[0] > at and found[-1:] != [stayed]:
            found.append(stayed)
        for paragraph in _changed(before, after, gap, work):
            if len(found) >= MOST_SHOWN:
                return Changes(found, is_cut=True)
            here = stayed if all(p.kind is PieceKind.SAME for p in paragraph) else paragraph
            if here is not stayed or found[-1:] != [stayed]:
                found.append(here)
        at = gap[1]
    return Changes([*found, stayed] if at < len(before) and found[-1:] != [stayed] else found)


def _gaps(before: Sequence[str], after: Sequence[str], work: Work) -> list[Gap]:
    gaps = changes(before, after, work)
    return [(0, len(before), 0, len(after))] if gaps is None else gaps


def _changed(
    before: Sequence[str], after: Sequence[str], gap: Gap, work: Work
) -> Iterator[list[Piece]]:
    a, b, c, d = gap
    if b - a == d - c:
        pairs = zip(before[a:b], after[c:d], strict=True)
        yield from (_words_changed(first, second, work) for first, second in pairs)
    else:
        yield from ([Piece(PieceKind.GONE, line)] for line in before[a:b])
        yield from ([Piece(PieceKind.NEW, line)] for line in after[c:d])


def paragraphs_of(text: str) -> list[str]:
    """What is compared: the lines in which something stands."""
    return [line for line in text.splitlines() if line.strip()]


def _words_changed(old: str, new: str, work: Work) -> list[Piece]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    gaps = changes(before, after, work)
    if gaps is None:
        return [Piece(PieceKind.GONE, old), Piece(PieceKind.NEW, new)]
    pieces, at = list[Piece](), 0
    for a, b, c, d in gaps:
        parts = [(PieceKind.SAME, before[at:a]), (PieceKind.GONE, before[a:b])]
        pieces += _pieces([*parts, (PieceKind.NEW, after[c:d])])
        at = b
    return pieces + _pieces([(PieceKind.SAME, before[at:])])


def _pieces(parts: Sequence[tuple[PieceKind, Sequence[str]]]) -> list[Piece]:
    return [Piece(kind, "".join(words)) for kind, words in parts if words]
