from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from annotated_types import Ge, Gt, Le, Lt
from django.utils import translation
from pydantic import AfterValidator, BaseModel, Field, StringConstraints, TypeAdapter
from pydantic import ValidationError as Wrong

from tandemwerk.api.problems import _SENTENCES, GENERAL, problem


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Shape(BaseModel):
    name: str


def refuse(value: str) -> str:
    raise ValueError("Bitte anders.")


def said(kind: Any, value: object) -> str:
    with pytest.raises(Wrong) as caught:
        TypeAdapter(kind).validate_python(value)
    return problem(caught.value.errors()[0])


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        (Shape, {}, "This is missing."),
        (str, 5, "This must be text."),
        (Annotated[str, StringConstraints(min_length=2)], "a", "This needs at least 2 characters."),
        (Annotated[str, Field(max_length=2)], "abc", "This may have at most 2 characters."),
        (Annotated[list[int], Field(min_length=1)], [], "This needs at least 1 entries."),
        (Annotated[list[int], Field(max_length=1)], [1, 2], "This may have at most 1 entries."),
        (int, "x", "This must be a whole number."),
        (int, 1.5, "This must be a whole number."),
        (float, "x", "This must be a number."),
        (Annotated[int, Gt(3)], 3, "This must be more than 3."),
        (Annotated[int, Ge(3)], 2, "This must be at least 3."),
        (Annotated[int, Lt(3)], 3, "This must be less than 3."),
        (Annotated[int, Le(3)], 4, "This must be at most 3."),
        (bool, "perhaps", "This must be true or false."),
        (date, "31.12.2026", "This must be a date like 2027-01-14."),
        (datetime, "noon", "This must be a time like 2027-01-14T16:00:00Z."),
        (list[int], 5, "This must be a list."),
        (dict[str, int], 5, "This must be an object."),
        (Shape, 5, "This must be an object."),
        (Colour, "green", "This must be one of: 'red', 'blue'."),
        (Literal["a", "b", "c"], "d", "This must be one of: 'a', 'b', 'c'."),
        (Annotated[str, AfterValidator(refuse)], "x", "Bitte anders."),
        (bytes, 5, "This value does not fit here; the OpenAPI document says which do."),
    ],
)
def test_each_kind_of_problem_has_a_sentence(kind: Any, value: object, sentence: str) -> None:
    with translation.override("en"):
        assert said(kind, value) == sentence


def test_every_sentence_speaks_german() -> None:
    with translation.override("en"):
        english = [str(text) for text in (*_SENTENCES.values(), GENERAL)]
    with translation.override("de"):
        german = [str(text) for text in (*_SENTENCES.values(), GENERAL)]
    assert not set(english) & set(german)
