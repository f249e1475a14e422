import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.matching.catalogue import fold
from tandemwerk.matching.texts import named_topics, stem, vectorise


def likeness(left: list[str], right: list[str]) -> tuple[np.ndarray, np.ndarray]:
    v = vectorise(left, right)
    words = (v.words_mentees @ v.words_mentors.T).toarray()
    return words, (v.meaning_mentees @ v.meaning_mentors.T).toarray()


@given(texts=st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_likeness_lies_between_nothing_and_full_and_is_full_with_oneself(texts: list[str]) -> None:
    for matrix in likeness(texts, texts):
        assert matrix.min() >= 0
        assert matrix.max() <= 1 + 1e-9
        assert all(abs(d - 1) < 1e-9 or d == 0 for d in matrix.diagonal())


@given(order=st.permutations(range(4)))
def test_likeness_does_not_depend_on_the_order_of_texts(order: list[int]) -> None:
    texts = ["Team leiten im Verkauf", "leading a sales team", "Kochen", "Verkauf im Team"]
    words, _ = likeness(texts, ["Verkauf", "sales"])
    mixed, _ = likeness([texts[place] for place in order], ["Verkauf", "sales"])
    assert (mixed == words[order]).all()


def test_alike_words_are_nearer_than_other_words() -> None:
    words, _ = likeness(
        ["Ich suche Hilfe bei Gehaltsverhandlungen"], ["Gehaltsverhandlung üben", "Gartenbau"]
    )
    assert words[0, 0] > 0.2 > words[0, 1]


def test_german_and_english_meet_in_meaning() -> None:
    _, meaning = likeness(["Ich möchte Führung lernen"], ["leadership experience", "cooking"])
    assert meaning[0, 0] > 0.9
    assert meaning[0, 1] == 0


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Ich möchte mein erstes Team gut führen", "first-leadership"),
        ("bald geht es um meine Gehaltsverhandlung", "salary-negotiation"),
        ("a salary negotiation is coming up", "salary-negotiation"),
    ],
)
def test_topics_are_found_in_sentences(text: str, slug: str) -> None:
    assert slug in named_topics(fold(text))


def test_abbreviations_are_not_taken_from_ordinary_words() -> None:
    assert named_topics(fold("ich mag it")) == ()


def test_common_grams_say_nothing_in_a_large_group() -> None:
    texts = [f"Vertrieb {number}" for number in range(60)]
    words, _ = likeness(texts, ["Vertrieb"])
    assert words.max() == 0


def test_a_stem_keeps_four_letters() -> None:
    assert stem("fuehrung") == stem("fuehren") == "fuehr"
    assert stem("leadership") == stem("leading") == "lead"
    assert stem("essen") == "esse"
    assert stem("oper") == "oper"


def test_only_empty_texts_are_like_nothing() -> None:
    words, meaning = likeness(["", "..."], [""])
    assert words.sum() == meaning.sum() == 0
