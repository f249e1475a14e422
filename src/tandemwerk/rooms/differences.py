"""What differs between two texts: paragraph by paragraph, and word by word inside of them. Pure."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LEFT_OUT = "…"
MOST_WORDS = 2_000  # in two paragraphs together; longer ones are compared as a whole
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


def differences(before: Sequence[str], after: Sequence[str]) -> Paragraphs:
    """One list of pieces a paragraph: gone ones, new ones and changed ones; what stayed is one
    piece. Costs about the product of the lengths where everything differs.
    """
    found: Paragraphs = []
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found += [[Piece(PieceKind.SAME, line)] for line in before[a:b]]
        elif kind == "replace" and b - a == d - c:
            pairs = zip(before[a:b], after[c:d], strict=True)
            found += [_words_changed(first, second) for first, second in pairs]
        else:
            found += [[Piece(PieceKind.GONE, line)] for line in before[a:b]]
            found += [[Piece(PieceKind.NEW, line)] for line in after[c:d]]
    return found


def what_changed(before: str, after: str) -> Paragraphs:
    """The paragraphs of a text that changed; between them one sign for all that stayed."""
    found: Paragraphs = []
    for paragraph in differences(_lines(before), _lines(after)):
        stayed = all(piece.kind is PieceKind.SAME for piece in paragraph)
        here = [Piece(PieceKind.SAME, LEFT_OUT)] if stayed else paragraph
        if not (stayed and found and found[-1] == here):
            found.append(here)
    return found


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _words_changed(old: str, new: str) -> list[Piece]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        return [Piece(PieceKind.GONE, old), Piece(PieceKind.NEW, new)]
    pieces: list[Piece] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(
        a=before, b=after, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(PieceKind.SAME, "".join(before[a:b])))
            continue
        if b > a:
            pieces.append(Piece(PieceKind.GONE, "".join(before[a:b])))
        if d > c:
            pieces.append(Piece(PieceKind.NEW, "".join(after[c:d])))
    return pieces
