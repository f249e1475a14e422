"""Shapes about moving running tandems to another version of their journey."""

from ninja import Field, Schema

from tandemwerk.core.shapes import Body
from tandemwerk.programmes.selectors.journey import Kind


class JourneyMoveIn(Body):
    number: int = Field(ge=1, le=2**31 - 1, description="The newest version, as in the preview.")


class JourneyMovedOut(Schema):
    moved: int = Field(description="How many tandems follow the newest version since now.")


class DifferenceOut(Schema):
    kind: Kind
    key: str
    title: dict[str, str]
    parts: list[str] = Field(description="weeks, title, summary, questions, starters, due")


class MoveGroupOut(Schema):
    number: int = Field(description="The version these tandems follow.")
    count: int
    changes: list[DifferenceOut]


class MovePreviewOut(Schema):
    number: int = Field(description="The newest version.")
    count: int
    groups: list[MoveGroupOut]
