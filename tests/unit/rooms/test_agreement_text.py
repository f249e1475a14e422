"""Gaps of an agreement, and what differs between two versions."""

from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.programmes.services.agreement_text import (
    Paragraph,
    agreement_gaps,
    agreement_preview,
    texts_by_language,
)
from tandemwerk.rooms.differences import PieceKind
from tandemwerk.rooms.selectors.agreement import agreement_differences

TEXT = "## Ours\n\n**How often.** We meet {{frequency}}, at {{ place }}.\n\nAlso: {{unknown}}"


def test_gaps_come_in_order_and_once():
    assert agreement_gaps(TEXT + " {{place}}") == ["frequency", "place", "unknown"]


def test_words_fill_the_gaps_and_what_is_empty_stays_visible():
    [heading, first, second] = agreement_preview(TEXT, {"frequency": "twice\na {{place}} month"})
    assert heading == Paragraph("Ours", "")
    assert first.lead == "How often."
    assert first.text == "We meet twice a {{place}} month, at [wo]."
    assert second.text == "Also: …………"


def test_words_in_a_gap_make_no_heading_and_nothing_bold():
    [only] = agreement_preview("{{place}}", {"place": "# here **now**"})
    assert only == Paragraph("", "# here **now**")


def test_a_text_in_one_language_is_kept_too():
    assert texts_by_language("Unser Text") == {"de": "Unser Text"}
    assert texts_by_language("") == {}


def said(*lines):
    return [Paragraph("", line) for line in lines]


def test_single_words_are_marked_inside_of_a_paragraph():
    [same, changed] = agreement_differences(
        said("We talk.", "We meet every week at noon."),
        said("We talk.", "We meet every month at noon."),
    )
    assert [(piece.kind, piece.text) for piece in same] == [(PieceKind.SAME, "We talk.")]
    assert [(piece.kind.value, piece.text.strip()) for piece in changed] == [
        ("same", "We meet every"),
        ("gone", "week"),
        ("new", "month"),
        ("same", "at noon."),
    ]


words = st.lists(st.sampled_from(["we", "meet", "often", "rarely", "here"]), min_size=1, max_size=6)
texts = st.lists(words.map(" ".join), max_size=5)


@given(old=texts, new=texts)
def test_both_versions_can_be_read_back_out_of_the_comparison(old, new):
    changes = agreement_differences(said(*old), said(*new))

    def without(kind):
        lines = ("".join(p.text for p in line if p.kind is not kind).strip() for line in changes)
        return [" ".join(line.split()) for line in lines if line]

    assert without(PieceKind.NEW) == old
    assert without(PieceKind.GONE) == new
