"""Home for programs: what needs me now."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema

from tandemwerk.people.requests import person
from tandemwerk.reports.priorities import Kind, actions
from tandemwerk.reports.selectors.facts import facts_of
from tandemwerk.reports.wording import Card, card

router = Router(tags=["home"])


class CardOut(Schema):
    kind: Kind = Field(alias="action.kind", description="Stable; the words may change.")
    title: str
    text: str
    is_calm: bool = Field(alias="action.is_calm", description="Nothing to do, good to know.")
    count: int = Field(alias="action.count")
    due: datetime | None = Field(alias="action.due")
    id: int | None = Field(description="Of the tandem, cohort, run or programme it is about.")
    page: str = Field(alias="url", description="Address of the page where it is done.")

    @staticmethod
    def resolve_id(entry: Card) -> int | None:
        return entry.action.route[1] if entry.action.route else None

    @staticmethod
    def resolve_page(entry: Card) -> str:
        return f"{settings.BASE_URL}{entry.url}" if entry.url else ""


class HomeOut(Schema):
    items: list[CardOut] = Field(description="The most urgent first, calm ones last.")


@router.get("/home", response=HomeOut, url_name="home")
def home(request: HttpRequest) -> dict[str, Any]:
    """What needs you now, by urgency, as on the first page."""
    now = timezone.now()
    return {"items": [card(action) for action in actions(facts_of(person(request), now))]}
