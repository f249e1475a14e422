"""Functions, industries and languages: their content and their loader."""

import re
from importlib import resources

import pytest

from tandemwerk.people.vocabulary import (
    LANGUAGES,
    VocabularyError,
    WordList,
    parse_vocabulary,
    vocabulary,
)

TEXT = resources.files("tandemwerk.people").joinpath("vocabulary.toml").read_text("utf-8")
LISTS = {
    "functions": vocabulary().functions,
    "industries": vocabulary().industries,
    "languages": vocabulary().languages,
}
by_list = pytest.mark.parametrize("words", LISTS.values(), ids=LISTS)


def test_the_lists_are_long_enough() -> None:
    assert len(LISTS["functions"].words) >= 20
    assert len(LISTS["industries"].words) >= 22
    assert len(LISTS["languages"].words) >= 45


@by_list
def test_every_word_is_complete_and_finds_itself(words: WordList) -> None:
    for key, word in words.words.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", key)
        for code in LANGUAGES:
            for phrase in (word.name[code], *word.synonyms[code]):
                assert phrase == phrase.strip()
                assert words.find(phrase) is word
                assert words.find(f" {phrase.upper()} ") is word


@by_list
def test_no_name_stands_twice(words: WordList) -> None:
    for code in LANGUAGES:
        names = [word.name[code] for word in words.words.values()]
        assert len(set(names)) == len(names)


def test_languages_are_two_letter_codes_in_order() -> None:
    codes = list(LISTS["languages"].words)
    assert codes == sorted(codes)
    assert [code for code in codes if not re.fullmatch(r"[a-z]{2}", code)] == []


@pytest.mark.parametrize(
    ("kind", "text", "key"),
    [
        ("functions", "HR", "human-resources"),
        ("functions", "Qualitaetssicherung", "quality"),
        ("functions", "f&e", "research-development"),
        ("industries", "Maschinenbau", "mechanical-engineering"),
        ("languages", "Türkisch", "tr"),
        ("languages", "tuerkisch", "tr"),
        ("languages", "EN", "en"),
        ("languages", "Dari", "fa"),
    ],
)
def test_find(kind: str, text: str, key: str) -> None:
    found = LISTS[kind].find(text)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("text", ["", "  ", "Klingonisch", "Vertriep"])
def test_what_is_not_there_is_not_guessed(text: str) -> None:
    assert [words.find(text) for words in LISTS.values()] == [None, None, None]


def test_choices_are_in_the_readers_language() -> None:
    assert ("de", "Deutsch") in LISTS["languages"].choices("de-at")
    assert ("de", "German") in LISTS["languages"].choices("en")
    assert LISTS["functions"].choices("de")[0] == ("human-resources", "Personal (HR)")


def test_it_is_read_once() -> None:
    assert vocabulary() is vocabulary()


@pytest.mark.parametrize(
    ("old", "new", "place", "problem"),
    [
        ("[[industry]]", "[[industry", "file", ""),
        ("[[industry]]", "[[trade]]", "industry", "empty"),
        ('key = "design"', 'key = "data"', "data", "used twice"),
        ('key = "design"', "", "function", "key is missing"),
        ('en = "Design"', 'en = " "', "design", "name.en is missing"),
        ('"Grafik"', '"Vertrieb"', "sales", "already belongs to design"),
    ],
)
def test_a_broken_file_says_where_and_why(old: str, new: str, place: str, problem: str) -> None:
    assert old in TEXT
    with pytest.raises(VocabularyError) as caught:
        parse_vocabulary(TEXT.replace(old, new))
    assert caught.value.place == place
    assert problem in caught.value.problem
