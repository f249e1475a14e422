"""Shapes that the APIs of all apps share: long lists in pieces, and words."""

from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from ninja import Field, Schema
from pydantic import BeforeValidator, ConfigDict, StringConstraints

Item = TypeVar("Item")
Row = TypeVar("Row", bound=Model)
# A text that may come lazily translated.
Words = Annotated[str, BeforeValidator(str)]
# What a person says in one field: blanks around it go, and blanks alone are nothing.
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Body(Schema):
    """What a program sends: a field nobody knows is an error, not ignored without a word."""

    model_config = ConfigDict(extra="forbid")


class Paging(Schema):
    """Which piece of a list."""

    limit: int = Field(100, ge=1, le=1000, description="At most so many.")
    offset: int = Field(0, ge=0, le=10_000_000, description="Begin after so many.")


class Page(Schema, Generic[Item]):
    """One piece; `total` counts the whole list."""

    total: int
    items: list[Item]


def page_of(rows: QuerySet[Row] | Sequence[Any], wanted: Paging) -> dict[str, Any]:
    """The wanted piece as `Page` has it. One query to count, and those of the rows."""
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    return {"total": total, "items": rows[wanted.offset :][: wanted.limit]}
