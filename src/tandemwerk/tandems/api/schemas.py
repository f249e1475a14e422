"""Shapes that the API of tandems takes and gives."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import get_language
from ninja import Field, Schema

from tandemwerk.core.shapes import Body, Paging, Words
from tandemwerk.programmes.enums import Role
from tandemwerk.tandems.agreement import Paragraph, agreement_preview
from tandemwerk.tandems.enums import DeclineCode, EndCode, TandemState
from tandemwerk.tandems.guidance import STARTERS
from tandemwerk.tandems.journey import Due, Phase, PhaseState, Side
from tandemwerk.tandems.selectors.page import TandemPage


class OtherOut(Schema):
    name: str
    role: Role
    position: str
    site: str
    languages: list[str]
    topics: list[str]
    about: str
    email: str = Field(alias="mail", description="Empty until both have said yes.")


class TandemOut(Schema):
    id: int = Field(alias="tandem.pk")
    state: TandemState = Field(alias="tandem.state")
    programme: str
    cohort_id: int = Field(alias="tandem.cohort_id")
    role: Role = Field(alias="me.role", description="Your own role in this tandem.")
    other: OtherOut = Field(description="In a group the names and addresses of all together.")
    others: list[OtherOut]
    fit: int | None = Field(description="1 fair, 2 good, 3 very good.")
    reasons: list[str]
    differences: list[str]
    i_said_yes: bool = Field(alias="standing.i_said_yes")
    other_has_answered: bool = Field(alias="standing.other_has_answered")
    deadline: datetime | None = Field(alias="standing.deadline")
    proposed_at: datetime = Field(alias="tandem.proposed_at")
    chemistry_met_on: date | None = Field(alias="tandem.chemistry_met_on")
    activated_at: datetime | None = Field(alias="tandem.activated_at")
    ended_at: datetime | None = Field(alias="tandem.ended_at")
    end_code: EndCode | None

    @staticmethod
    def resolve_programme(page: TandemPage) -> str:
        return str(page.tandem.cohort.programme.name)

    @staticmethod
    def resolve_end_code(page: TandemPage) -> str | None:
        return page.tandem.end_code or None


class DueOut(Schema):
    title: str
    due_on: date
    for_me: bool

    @classmethod
    def of(cls, item: Due, side: Side) -> "DueOut":
        title, is_mine = _in_language(item.title), side in item.sides
        return cls(title=title, due_on=item.due_on, for_me=is_mine)


class PhaseOut(Schema):
    key: str
    title: str
    summary: str
    starts_on: date = Field(alias="start_on")
    ends_on: date = Field(alias="end_on")
    state: PhaseState
    questions: list[str]
    starters: list[str] = Field(description="Ways into a conversation.")

    @staticmethod
    def resolve_starters(phase: Phase) -> list[str]:
        return list(_in_language(phase.starters) or ())

    @staticmethod
    def resolve_title(phase: Phase) -> str:
        return str(_in_language(phase.title))

    @staticmethod
    def resolve_summary(phase: Phase) -> str:
        return str(_in_language(phase.summary))

    @staticmethod
    def resolve_questions(phase: Phase) -> list[str]:
        return list(_in_language(phase.questions) or ())


class ParagraphOut(Schema):
    lead: str
    text: str


class TandemDetailOut(TandemOut):
    journey: list[PhaseOut] = Field(alias="way.phases")
    next_steps: list[DueOut] = Field(description="What is ahead for you, the nearest first.")
    agreement: list[ParagraphOut] = Field(description="Before the two fill it in.")
    starters: list[Words] = Field(description="Questions that help two strangers to begin.")

    @staticmethod
    def resolve_next_steps(page: TandemPage) -> list[DueOut]:
        side = Side(page.me.role)
        return [DueOut.of(item, side) for item in page.way.next_due(side)]

    @staticmethod
    def resolve_agreement(page: TandemPage) -> list[Paragraph]:
        return agreement_preview(str(page.tandem.cohort.programme.agreement_text))

    @staticmethod
    def resolve_starters(page: TandemPage) -> Any:
        return STARTERS[Role(page.me.role)]


def _in_language(texts: Mapping[str, Any]) -> Any:
    """The text in the caller's language, in German if it is missing there."""
    language = (get_language() or "de")[:2]
    return texts.get(language) or texts.get("de", "")


class TandemsWanted(Paging):
    state: TandemState | None = None


class DeclineIn(Body):
    code: DeclineCode = DeclineCode.NONE
    note: str = Field("", max_length=1000, description="For yourself alone; sealed.")
    share_reason: bool = Field(False, description="Let the coordinator see the code.")

    def act(self) -> dict[str, Any]:
        """As the services take it."""
        return {"code": self.code, "note": self.note, "is_shared": self.share_reason}


class MeetingIn(Body):
    met_on: date


class LanguageWanted(Schema):
    language: Literal["de", "en"] | None = Field(None, description="Yours if left out.")


class LinesWanted(Schema):
    group: Literal["soon", "proposed", "chemistry", "active", "ended"] = "active"
    page: int = Field(1, ge=1, le=1_000_000, description="Pages of fifty.")


class TandemLineOut(Schema):
    mentee: str
    mentor: str
    state: TandemState
    since: datetime
    deadline: datetime | None
    end: str
    shared_reason: str


class TandemLinesOut(Schema):
    total: int
    page: int
    pages: int
    counts: dict[str, int] = Field(description="Tandems of every group.")
    items: list[TandemLineOut]


class PublishIn(Body):
    version: int | None = Field(
        None, ge=0, le=2**63 - 1, description="The board you have seen; any if left out."
    )


class PublishedOut(Schema):
    proposals: int


class RefusedOut(Schema):
    error: dict[str, str]
