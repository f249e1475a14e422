"""A profile in words, as far as a coordinator may read it."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from tandemwerk.matching.catalogue import topics
from tandemwerk.people.enums import TopicKind
from tandemwerk.people.languages import language_name
from tandemwerk.people.models import Profile
from tandemwerk.people.vocabulary import vocabulary
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.models import Participation
from tandemwerk.programmes.rules import may_see_profile
from tandemwerk.programmes.selectors.topics import hidden_topics


@dataclass(frozen=True, slots=True)
class Fact:
    label: str | Promise
    value: str


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """Topics and facts; answers to the questionnaire are the person's own and never here."""

    topics: list[str]
    facts: list[Fact]
    about: str


def profile_facts(person: Participation) -> ProfileFacts | None:
    """None while the profile is still private to its owner. Three queries."""
    profile: Profile | None = getattr(person.user, "profile", None)
    if profile is None or not may_see_profile(person):
        return None
    language = "de" if (get_language() or "").startswith("de") else "en"
    kind = TopicKind.OFFERED if person.role == Role.MENTOR else TopicKind.WANTED
    hidden = hidden_topics(person.cohort.programme)
    chosen = [entry.topic for entry in profile.topics.all() if entry.kind == kind]
    slugs = [slug for slug in chosen if slug not in hidden]
    known = topics()
    return ProfileFacts(
        topics=[known[slug].name[language] for slug in slugs if slug in known],
        facts=[Fact(label, value) for label, value in _facts(profile, language) if value],
        about=profile.about,
    )


def _facts(profile: Profile, language: str) -> list[tuple[str | Promise, str]]:
    words = vocabulary()
    function = words.functions.words.get(profile.function)
    industry = words.industries.words.get(profile.industry)
    years = profile.experience_years
    spoken = [language_name(entry.code, language) for entry in profile.languages.all()]
    return [
        (pgettext_lazy("column", "Position"), profile.position),
        (pgettext_lazy("column", "Function"), function.name[language] if function else ""),
        (pgettext_lazy("column", "Industry"), industry.name[language] if industry else ""),
        (pgettext_lazy("column", "Team"), profile.team),
        (pgettext_lazy("column", "Place"), profile.site),
        (pgettext_lazy("column", "Line manager’s mail address"), profile.reports_to_email),
        (
            pgettext_lazy("column", "Years of experience"),
            "" if years is None else f"{years.normalize():f}",
        ),
        (pgettext_lazy("column", "Languages"), ", ".join(spoken)),
        (pgettext_lazy("column", "Format"), str(profile.get_meeting_format_display())),
    ]


def _number(years: Decimal | None) -> str:
    return "" if years is None else f"{years.normalize():f}"
