"""The person's own profile."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from tandemwerk.core.shapes import Body
from tandemwerk.people.enums import LanguageLevel, MeetingFormat, TopicKind
from tandemwerk.people.errors import ProfileInvalid
from tandemwerk.people.models import Profile
from tandemwerk.people.questionnaire import questionnaire
from tandemwerk.people.requests import person
from tandemwerk.people.selectors.profile import profile_of
from tandemwerk.people.services.profile import (
    MAX_EXPERIENCE_YEARS,
    MAX_LANGUAGES,
    MAX_TOPICS,
    ProfileValues,
    profile_apply,
)
from tandemwerk.people.vocabulary import vocabulary
from tandemwerk.people.week import hours_from_hex, mask_from_hours

router = Router()
Slug = Annotated[str, Field(max_length=80)]
Hour = Annotated[int, Field(ge=0, le=167)]
Answer = Annotated[int, Field(ge=1, le=5)]


class ProfileOut(Schema):
    position: str
    function: str = Field(description="From /vocabulary; empty if not answered.")
    industry: str = Field(description="From /vocabulary; empty if not answered.")
    site: str
    team: str
    reports_to_email: str
    experience_years: float | None
    meeting_format: MeetingFormat
    week: list[int] = Field(description="Free hours 0…167 of your own week, 0 = Monday 00:00.")
    about: str
    values_answers: dict[str, int] = Field(description="Answers 1…5 by key of /questionnaire.")
    wanted: list[str] = Field(description="Topics you want to work on, the first matters most.")
    offered: list[str] = Field(description="Topics you can help with, the first matters most.")
    languages: dict[str, LanguageLevel] = Field(description="Level by ISO 639-1 code.")
    updated_at: datetime | None


class ProfilePatch(Body):
    """What is left out stays as it is; `experience_years: null` clears it."""

    position: str = Field("", max_length=120)
    function: str = Field("", max_length=60)
    industry: str = Field("", max_length=60)
    site: str = Field("", max_length=80)
    team: str = Field("", max_length=80)
    reports_to_email: str = Field("", max_length=254)
    experience_years: float | None = Field(None, ge=0, le=MAX_EXPERIENCE_YEARS)
    meeting_format: MeetingFormat = MeetingFormat.BOTH
    week: list[Hour] = Field([], max_length=168)
    about: str = Field("", max_length=2000)
    values_answers: dict[str, Answer] = Field({}, max_length=60)
    wanted: list[Slug] = Field([], max_length=MAX_TOPICS[TopicKind.WANTED])
    offered: list[Slug] = Field([], max_length=MAX_TOPICS[TopicKind.OFFERED])
    languages: dict[str, LanguageLevel] = Field({}, max_length=MAX_LANGUAGES)


@router.get("/me/profile", response=ProfileOut, url_name="my_profile")
def profile(request: HttpRequest) -> dict[str, Any]:
    """Your own profile; empty before you have filled anything in."""
    return _out(profile_of(person(request)))


@router.patch("/me/profile", response=ProfileOut, url_name="my_profile")
def profile_change(request: HttpRequest, data: ProfilePatch) -> dict[str, Any]:
    """Change what you send of your profile; lists are replaced as a whole."""
    sent = data.model_dump(exclude_unset=True)
    if "week" in sent:
        sent["week"] = mask_from_hours(sent["week"])
    if problems := _unknown(sent):
        raise ProfileInvalid(problems)
    profile_apply(user=person(request), values=ProfileValues(**sent), now=timezone.now())
    return _out(profile_of(person(request)))


def _unknown(sent: Mapping[str, Any]) -> dict[str, str]:
    """What is none of our words; forms offer only those, so the service need not look again."""
    words = vocabulary()
    known = {"function": words.functions.words, "industry": words.industries.words}
    problem = _("We don't know “%(word)s”. Please send one from the list of the API.")
    found = {
        name: problem % {"word": sent[name]}
        for name, choices in known.items()
        if sent.get(name) and sent[name] not in choices
    }
    if unknown := sorted(sent.get("values_answers", {}).keys() - questionnaire().items.keys()):
        found["values_answers"] = problem % {"word": unknown[0][:80]}
    return found


def _out(row: Profile) -> dict[str, Any]:
    topics = list(row.topics.all()) if row.pk else []
    return {
        **{name: getattr(row, name) for name in ProfileOut.model_fields if hasattr(row, name)},
        "week": hours_from_hex(row.week),
        "wanted": [topic.topic for topic in topics if topic.kind == TopicKind.WANTED],
        "offered": [topic.topic for topic in topics if topic.kind == TopicKind.OFFERED],
        "languages": {s.code: s.level for s in row.languages.all()} if row.pk else {},
    }
