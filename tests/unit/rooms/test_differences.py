"""What differs between two texts: nothing is lost, nothing is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.rooms.differences import MOST_WORDS, Piece, PieceKind, differences, what_changed

lines = st.lists(st.text("ab \u00fc", min_size=1, max_size=12), max_size=6)
NEW, GONE, SAME = PieceKind.NEW, PieceKind.GONE, PieceKind.SAME


def text_of(paragraphs, *kinds):
    """What one side read, without spaces and line ends."""
    said = "".join(piece.text for pieces in paragraphs for piece in pieces if piece.kind in kinds)
    return "".join(said.split())


@given(before=lines, after=lines)
def test_both_texts_can_be_read_from_their_differences(before, after):
    found = differences(before, after)
    assert text_of(found, SAME, GONE) == "".join("".join(before).split())
    assert text_of(found, SAME, NEW) == "".join("".join(after).split())


@given(text=st.text("ab \n", max_size=40))
def test_nothing_changed_is_at_most_one_sign(text):
    assert what_changed(text, text) in ([], [[Piece(SAME, "\u2026")]])


def test_only_what_changed_is_shown():
    before = "Plan\n\nErst fragen\nDann reden\nZum Schluss danken"
    after = "Plan\n\nErst fragen\nDann lange reden\nZum Schluss danken\nUnd feiern"
    assert what_changed(before, after) == [
        [Piece(SAME, "\u2026")],
        [Piece(SAME, "Dann "), Piece(NEW, "lange "), Piece(SAME, "reden")],
        [Piece(SAME, "\u2026")],
        [Piece(NEW, "Und feiern")],
    ]


@pytest.mark.parametrize("count", [MOST_WORDS, MOST_WORDS * 20])
def test_long_paragraphs_are_compared_as_a_whole(count):
    old, new = "alt " * count, "neu " * count
    assert differences([old], [new]) == [[Piece(GONE, old), Piece(NEW, new)]]
