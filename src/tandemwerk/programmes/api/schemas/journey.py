"""A journey and its versions."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema

from tandemwerk.core.shapes import Body
from tandemwerk.programmes.journey import FIRST_WEEK, LAST_WEEK, MOST_PHASES
from tandemwerk.programmes.models import JourneyVersion

Key = Annotated[str, Field(min_length=1, max_length=50, pattern="^[-a-zA-Z0-9_]+$")]
Week = Annotated[int, Field(ge=FIRST_WEEK, le=LAST_WEEK)]
Line = Annotated[str, Field(min_length=1, max_length=400)]


class ShortTextIn(Body):
    de: str = Field(default="", max_length=120)
    en: str = Field(default="", max_length=120)


class LongTextIn(Body):
    de: str = Field(default="", max_length=800)
    en: str = Field(default="", max_length=800)


class LinesIn(Body):
    de: list[Line] = Field(default=[], max_length=12)
    en: list[Line] = Field(default=[], max_length=12)


class DueIn(Body):
    key: Key
    title: ShortTextIn
    week: Week
    who: Literal["mentee", "mentor", "both"] = "both"


class PhaseIn(Body):
    """Weeks count from the day a tandem begins; the phase ends where `end_week` begins."""

    key: Key
    title: ShortTextIn
    summary: LongTextIn = LongTextIn()
    start_week: Week
    end_week: Week
    due: list[DueIn] = Field(default=[], max_length=20)
    questions: LinesIn = LinesIn()
    starters: LinesIn = LinesIn()


class JourneyIn(Body):
    phases: list[PhaseIn] = Field(min_length=1, max_length=MOST_PHASES)


class JourneyVersionIn(Body):
    journey: JourneyIn
    note: str = Field(min_length=1, max_length=200, description="A word on what has changed.")

    def content(self) -> dict[str, Any]:
        """The journey as programmes keep it."""
        return self.journey.model_dump()


class JourneyVersionOut(Schema):
    number: int
    note: str
    made_at: datetime
    made_by: str | None

    @staticmethod
    def resolve_made_by(version: JourneyVersion) -> str | None:
        return version.made_by.name if version.made_by else None


class JourneyVersionDetailOut(JourneyVersionOut):
    journey: dict[str, Any] = Field(alias="content")
