"""What differs between two texts: nothing is lost, nothing is made up."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.rooms.comparing import Work
from tandemwerk.rooms.differences import (
    MOST_SHOWN,
    Piece,
    PieceKind,
    differences,
    paragraphs_of,
    what_changed,
)

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
    found = what_changed(paragraphs_of(text), paragraphs_of(text)).paragraphs
    assert found in ([], [[Piece(SAME, "\u2026")]])


def test_only_what_changed_is_shown():
    before = "Plan\n\nErst fragen\nDann reden\nZum Schluss danken"
    after = "Plan\n\nErst fragen\nDann lange reden\nZum Schluss danken\nUnd feiern"
    assert what_changed(paragraphs_of(before), paragraphs_of(after)).paragraphs == [
        [Piece(SAME, "\u2026")],
        [Piece(SAME, "Dann "), Piece(NEW, "lange "), Piece(SAME, "reden")],
        [Piece(SAME, "\u2026")],
        [Piece(NEW, "Und feiern")],
    ]


@pytest.mark.parametrize("count", [2_000, 40_000])
def test_long_paragraphs_that_differ_are_shown_as_a_whole(count):
    old, new = "alt " * count, "neu " * count
    assert differences([old], [new]) == [[Piece(GONE, old), Piece(NEW, new)]]


def test_a_long_paragraph_with_a_word_changed_shows_that_word():
    many = "und so weiter " * 10_000
    assert differences([f"{many}alt {many}"], [f"{many}neu {many}"]) == [
        [Piece(SAME, many), Piece(GONE, "alt "), Piece(NEW, "neu "), Piece(SAME, many)]
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["a"] * 100_000, ["a", *["b"] * 99_999]),
        (["a", "b"] * 50_000, ["b", "a"] * 50_000),
        (["x"] * 100_000, ["x", "y"] * 50_000),
        (["x"] * 2_000, ["x", "y"] * 1_000),
        (["x " * 100_000], ["x y " * 50_000]),
        (["x " * 1_000] * 100, ["x y " * 500] * 100),
    ],
)
def test_texts_made_to_be_hard_to_compare_cost_no_more_than_others(before, after):
    begin = time.process_time()
    found = what_changed(before, after)
    assert time.process_time() - begin < 3, "it took minutes once"
    assert found.is_cut == (len(found.paragraphs) == MOST_SHOWN)


def test_comparisons_that_share_their_work_end_together():
    work = Work(1_000)
    hard = (["x"] * 500, ["x", "y"] * 250)
    differences(*hard, work)
    assert work.left == 0
    assert differences(["a b"], ["a c"], work) == [[Piece(GONE, "a b"), Piece(NEW, "a c")]]
