"""The values and style questionnaire: twelve statements on five steps, read from a file.

Pure: no Django, no database. The content lives in `questionnaire.toml` beside this module and is
read once per process; the answers (item key -> 1..5) feed the matching criterion "values".
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal

Language = Literal["de", "en"]

LANGUAGES: tuple[Language, ...] = ("de", "en")
STEP_VALUES = (1, 2, 3, 4, 5)


class QuestionnaireError(ValueError):
    """The questionnaire file is not usable; `place` names the item or text, `problem` says why."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place}: {problem}")
        self.place = place
        self.problem = problem


@dataclass(frozen=True, slots=True)
class AddressedText:
    """A text that speaks to the reader: German with "du", German with "Sie", English."""

    du: str
    sie: str
    en: str

    def text(self, language: str, address_form: str = "du") -> str:
        """The wording for a language code ("de", "de-at", "en-gb"); anything else is English."""
        if not language.startswith("de"):
            return self.en
        return self.sie if address_form == "sie" else self.du


@dataclass(frozen=True, slots=True)
class Step:
    """One answer: `value` 1..5, `label` maps "de" and "en" to words."""

    value: int
    label: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Item:
    """One statement. All mappings go from "de" and "en" to words.

    key: stable, the key of a stored answer. theme: what it is about. meaning: help under the
    statement. low, high: what a low and a high answer stand for, to complete "You both like …".
    """

    key: str
    theme: Mapping[str, str] = field(hash=False)
    statement: Mapping[str, str] = field(hash=False)
    meaning: AddressedText
    low: Mapping[str, str] = field(hash=False)
    high: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The whole questionnaire; items and steps in the order of the page."""

    title: AddressedText
    intro: AddressedText
    question: AddressedText
    steps: tuple[Step, ...]
    items: Mapping[str, Item] = field(hash=False)

    def columns(self) -> Mapping[str, str]:
        """Import column ("W1", "W2", …) -> item key, in the order of the items."""
        return {f"W{number}": key for number, key in enumerate(self.items, start=1)}


def parse_questionnaire(text: str) -> Questionnaire:
    """The questionnaire of a TOML text in the form described at the top of the shipped file.

    Raises QuestionnaireError for a missing or empty wording, a key used twice, no items, or steps
    other than 1 to 5 in order.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise QuestionnaireError("file", str(error)) from error
    steps = tuple(
        Step(row.get("value", 0), _names(f"step {row.get('value')}", row, "label"))
        for row in data.get("step", [])
    )
    if tuple(step.value for step in steps) != STEP_VALUES:
        raise QuestionnaireError("step", "the values must be 1, 2, 3, 4, 5 in this order")
    items: dict[str, Item] = {}
    for row in data.get("item", []):
        item = _item(row)
        if item.key in items:
            raise QuestionnaireError(item.key, "the key is used twice")
        items[item.key] = item
    if not items:
        raise QuestionnaireError("item", "there are no items")
    texts = data.get("text", {})
    return Questionnaire(
        title=_addressed("text", texts, "title"),
        intro=_addressed("text", texts, "intro"),
        question=_addressed("text", texts, "question"),
        steps=steps,
        items=MappingProxyType(items),
    )


@lru_cache(maxsize=1)
def questionnaire() -> Questionnaire:
    """The shipped questionnaire. Read once per process."""
    file = resources.files(__package__).joinpath("questionnaire.toml")
    return parse_questionnaire(file.read_text(encoding="utf-8"))


def _item(row: Mapping[str, Any]) -> Item:
    key = row.get("key")
    if not isinstance(key, str) or not key:
        raise QuestionnaireError("item", "the key is missing")
    return Item(
        key=key,
        theme=_names(key, row, "theme"),
        statement=_names(key, row, "statement"),
        meaning=_addressed(key, row, "meaning"),
        low=_names(key, row, "low"),
        high=_names(key, row, "high"),
    )


def _names(place: str, row: Mapping[str, Any], name: str) -> Mapping[str, str]:
    words = row.get(name)
    if not isinstance(words, Mapping):
        raise QuestionnaireError(place, f"{name} is missing")
    return MappingProxyType({code: _word(place, words, name, code) for code in LANGUAGES})


def _addressed(place: str, row: Mapping[str, Any], name: str) -> AddressedText:
    words = row.get(name)
    if not isinstance(words, Mapping):
        raise QuestionnaireError(place, f"{name} is missing")
    return AddressedText(*(_word(place, words, name, code) for code in ("de", "de_sie", "en")))


def _word(place: str, words: Mapping[str, Any], name: str, code: str) -> str:
    word = words.get(code)
    if not isinstance(word, str) or not word.strip():
        raise QuestionnaireError(place, f"{name}.{code} is missing")
    return word
