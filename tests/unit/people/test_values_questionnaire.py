"""The values and style questionnaire: its content and its loader."""

import re
from importlib import resources

import pytest

from tandemwerk.people.questionnaire import (
    LANGUAGES,
    AddressedText,
    QuestionnaireError,
    parse_questionnaire,
    questionnaire,
)

TEXT = resources.files("tandemwerk.people").joinpath("questionnaire.toml").read_text("utf-8")
# A word that addresses the reader; "Sie" only counts in the middle of a sentence, where it
# cannot be "they".
DU = re.compile(r"\b(du|dich|dir|dein\w*|überspring)\b", re.IGNORECASE)
SIE = re.compile(r"\b(Ihnen|Ihr|Ihre\w*)\b|(?<=\w )Sie\b|\bSie (?=\w+en )")


def test_there_are_twelve_items_on_five_steps() -> None:
    assert len(questionnaire().items) == 12
    assert [step.value for step in questionnaire().steps] == [1, 2, 3, 4, 5]
    assert len({step.label["de"] for step in questionnaire().steps}) == 5


def test_item_keys_are_stable() -> None:
    assert list(questionnaire().items) == [
        "direct-feedback",
        "planning",
        "new-ground",
        "clear-boundaries",
        "big-picture",
        "quick-pace",
        "humour",
        "challenge",
        "thinking-aloud",
        "personal-talk",
        "own-way",
        "shared-success",
    ]


def test_import_columns_follow_the_items() -> None:
    columns = questionnaire().columns()
    assert columns["W1"] == "direct-feedback"
    assert columns["W12"] == "shared-success"
    assert list(columns.values()) == list(questionnaire().items)


@pytest.mark.parametrize("key", list(questionnaire().items))
def test_every_item_is_written_twice_not_copied(key: str) -> None:
    item = questionnaire().items[key]
    for words in (item.theme, item.statement, item.low, item.high):
        assert set(words) == set(LANGUAGES)
    for words in (item.statement, item.low, item.high):
        assert words["de"] != words["en"]
    for language in LANGUAGES:
        assert item.low[language] != item.high[language]
        assert item.statement[language].endswith(".")
        assert item.meaning.text(language).endswith(".")


def addressed_texts() -> list[AddressedText]:
    whole = questionnaire()
    return [whole.title, whole.intro, whole.question, *(i.meaning for i in whole.items.values())]


def test_the_formal_wording_never_says_du_and_the_other_way_round() -> None:
    assert [text.sie for text in addressed_texts() if DU.search(text.sie)] == []
    assert [text.du for text in addressed_texts() if SIE.search(text.du)] == []
    assert SIE.search(questionnaire().question.sie)
    assert DU.search(questionnaire().question.du)


def test_statements_address_nobody() -> None:
    statements = [item.statement["de"] for item in questionnaire().items.values()]
    assert [text for text in statements if DU.search(text) or SIE.search(text)] == []


def test_no_exclamation_marks() -> None:
    assert "!" not in TEXT


@pytest.mark.parametrize(
    ("language", "form", "expected"),
    [
        ("de", "du", "a"),
        ("de", "sie", "b"),
        ("de-at", "sie", "b"),
        ("en", "du", "c"),
        ("en-gb", "sie", "c"),
        ("fr", "du", "c"),
    ],
)
def test_text_chooses_the_wording(language: str, form: str, expected: str) -> None:
    assert AddressedText("a", "b", "c").text(language, form) == expected


def test_it_is_read_once() -> None:
    assert questionnaire() is questionnaire()


@pytest.mark.parametrize(
    ("old", "new", "place", "problem"),
    [
        ("[[step]]", "[[step", "file", ""),
        ("value = 3", "value = 4", "step", "1, 2, 3, 4, 5"),
        ('key = "humour"', 'key = "planning"', "planning", "used twice"),
        ('key = "humour"', 'key = ""', "item", "key is missing"),
        ('en = "Humour"', 'en = " "', "humour", "theme.en is missing"),
        ('theme = { de = "Humor", en = "Humour" }', "", "humour", "theme is missing"),
        ("[[item]]", "[[other]]", "item", "no items"),
        ("question = {", "query = {", "text", "question is missing"),
        ('de_sie = "Wie Sie gern', 'sie = "Wie Sie gern', "text", "title.de_sie is missing"),
    ],
)
def test_a_broken_file_says_where_and_why(old: str, new: str, place: str, problem: str) -> None:
    assert old in TEXT
    with pytest.raises(QuestionnaireError) as caught:
        parse_questionnaire(TEXT.replace(old, new))
    assert caught.value.place == place
    assert problem in caught.value.problem
    assert str(caught.value) == f"{place}: {caught.value.problem}"
