"""Functions, industries and languages that profiles choose from, read from a file.

Pure: no Django, no database. The content lives in `vocabulary.toml` beside this module and is
read once per process.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from tandemwerk.matching.catalogue import fold

LANGUAGES = ("de", "en")
KINDS = ("function", "industry", "language")
# Topics that tell of health, debts, grief, origin or orientation; a programme may leave them out.
SENSITIVE_TOPICS = frozenset(
    {
        "adoption-and-fostering",
        "bullying",
        "burnout-return",
        "child-with-disability",
        "chronic-illness",
        "debt",
        "dementia-in-the-family",
        "disability-at-work",
        "discrimination",
        "family-history-of-migration",
        "grief",
        "life-after-cancer",
        "living-free-of-addiction",
        "loneliness",
        "menopause-at-work",
        "mental-health",
        "neurodiversity",
        "queer-at-work",
        "residence-and-work-permit",
        "separation",
        "starting-again-after-fleeing",
        "starting-again-after-prison",
        "state-benefits",
        "wanting-children",
    }
)


class VocabularyError(ValueError):
    """The vocabulary file is not usable; `place` names the entry, `problem` says why."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place}: {problem}")
        self.place = place
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Word:
    """One choice. `key` is what is stored; `name` and `synonyms` map "de" and "en" to words."""

    key: str
    name: Mapping[str, str] = field(hash=False)
    synonyms: Mapping[str, tuple[str, ...]] = field(hash=False)


@dataclass(frozen=True, slots=True)
class WordList:
    """Choices of one kind by key, in the order of the file."""

    words: Mapping[str, Word] = field(hash=False)
    _index: Mapping[str, str] = field(hash=False, repr=False)

    def find(self, text: str) -> Word | None:
        """The choice someone means, by key, name or synonym in either language.

        Case, umlauts ("ue" for "ü"), hyphens and outer spaces don't matter; a misspelling is not
        guessed. Cost: one dictionary look-up.
        """
        key = self._index.get(fold(text))
        return self.words[key] if key is not None else None

    def choices(self, language: str) -> list[tuple[str, str]]:
        """(key, name) pairs for a form field, in the order of the file."""
        code = "de" if language.startswith("de") else "en"
        return [(key, word.name[code]) for key, word in self.words.items()]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The three lists. Languages are keyed by ISO 639-1 code."""

    functions: WordList
    industries: WordList
    languages: WordList


def parse_vocabulary(text: str) -> Vocabulary:
    """The vocabulary of a TOML text in the form described at the top of the shipped file.

    Raises VocabularyError for an empty list, a missing name, a key used twice or a word that two
    entries of one list claim.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError("file", str(error)) from error
    return Vocabulary(*(_word_list(kind, data.get(kind, [])) for kind in KINDS))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The shipped vocabulary. Read once per process."""
    file = resources.files(__package__).joinpath("vocabulary.toml")
    return parse_vocabulary(file.read_text(encoding="utf-8"))


def _word_list(kind: str, rows: list[dict[str, Any]]) -> WordList:
    words: dict[str, Word] = {}
    index: dict[str, str] = {}
    for row in rows:
        word = _word(kind, row)
        if word.key in words:
            raise VocabularyError(word.key, "the key is used twice")
        words[word.key] = word
        phrases = [word.key, *word.name.values()]
        phrases += [phrase for group in word.synonyms.values() for phrase in group]
        for phrase in phrases:
            owner = index.setdefault(fold(phrase), word.key)
            if owner != word.key:
                raise VocabularyError(word.key, f"“{phrase}” already belongs to {owner}")
    if not words:
        raise VocabularyError(kind, "the list is empty")
    return WordList(MappingProxyType(words), MappingProxyType(index))


def _word(kind: str, row: Mapping[str, Any]) -> Word:
    key = row.get("key")
    if not isinstance(key, str) or not key:
        raise VocabularyError(kind, "the key is missing")
    names = row.get("name", {})
    for code in LANGUAGES:
        if not isinstance(names.get(code), str) or not names[code].strip():
            raise VocabularyError(key, f"name.{code} is missing")
    synonyms = row.get("synonyms", {})
    return Word(
        key=key,
        name=MappingProxyType({code: names[code] for code in LANGUAGES}),
        synonyms=MappingProxyType({code: tuple(synonyms.get(code, ())) for code in LANGUAGES}),
    )
