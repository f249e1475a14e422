import pytest

from tandemwerk.matching.catalogue import fold
from tandemwerk.matching.texts import named_topics, stem


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


def test_a_stem_keeps_four_letters() -> None:
    assert stem("fuehrung") == stem("fuehren") == "fuehr"
    assert stem("leadership") == stem("leading") == "lead"
    assert stem("essen") == "esse"
    assert stem("oper") == "oper"
