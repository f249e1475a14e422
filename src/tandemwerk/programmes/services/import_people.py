"""What an import would change about people who are already here; used by check and take-over.

Whose word counts: a person with an account of their own keeps their name, topics, times and texts;
the list may only fill in what the organisation knows (team, line manager, function …) where nothing
stands yet. Somebody without an account, known in this organisation only, is as the list says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from tandemwerk.people.enums import LanguageLevel, TopicKind
from tandemwerk.people.models import Profile, ProfileLanguage, ProfileTopic, User
from tandemwerk.people.selectors.accounts import has_account
from tandemwerk.people.services.profile import KEEP, ProfileValues
from tandemwerk.people.week import mask_from_hex
from tandemwerk.programmes.enums import ParticipationState, Role
from tandemwerk.programmes.models import ImportBatch, Participation
from tandemwerk.programmes.services.import_columns import VALUES

# Key of a column → field of the profile, for values that need no translation.
PLAIN = {
    "position": "position",
    "function": "function",
    "industry": "industry",
    "site": "site",
    "team": "team",
    "reports_to": "reports_to_email",
    "experience_years": "experience_years",
    "formats": "meeting_format",
    "availability": "week",
    "text": "about",
}
# What the organisation knows about its people.
OFFICIAL = ("position", "function", "industry", "site", "team", "reports_to", "experience_years")
NAMES = {"title": "title", "first_name": "given_name", "last_name": "family_name"}


@dataclass(slots=True)
class Known:
    """Somebody who has an account already, with what an import may do to them."""

    user: User
    participation: Participation | None  # in this cohort and role
    is_of_organisation: bool  # takes part in, or runs, something of the same organisation
    is_of_another: bool

    @property
    def is_as_listed(self) -> bool:
        """Does the list have the last word about this person?"""
        return not has_account(self.user) and not self.is_of_another


@dataclass(slots=True)
class Changes:
    """What a row changes. Empty: nothing."""

    names: dict[str, str] = field(default_factory=dict)
    profile: dict[str, Any] = field(default_factory=dict)
    seats: int | None = None

    def __bool__(self) -> bool:
        return bool(self.names or self.profile or self.seats)


def known_people(batch: ImportBatch, emails: Iterable[str]) -> dict[str, Known]:
    """People with one of these addresses, by address. Five queries for up to 500 addresses."""
    cohort = batch.cohort
    organisation = cohort.programme.organisation_id
    takes_part = Participation.objects.filter(user=OuterRef("pk"))
    here = {"cohort__programme__organisation": organisation}
    users = (
        User.objects.filter(email__in=list(emails))
        .select_related("profile")
        .prefetch_related(
            Prefetch("profile__topics", ProfileTopic.objects.order_by("kind", "rank", "pk")),
            Prefetch("profile__languages", ProfileLanguage.objects.order_by("pk")),
            Prefetch(
                "participations",
                Participation.objects.filter(cohort=cohort, role=batch.role),
                "in_this_cohort",
            ),
        )
        .annotate(
            takes_part_here=Exists(takes_part.filter(**here)),
            takes_part_elsewhere=Exists(takes_part.exclude(**here)),
            runs_here=Exists(
                User.objects.filter(
                    pk=OuterRef("pk"), coordinated_programmes__programme__organisation=organisation
                )
            ),
        )
    )
    return {user.email: _known(user) for user in users}


def _known(user: Any) -> Known:
    return Known(
        user=user,
        participation=next(iter(user.in_this_cohort), None),
        is_of_organisation=user.takes_part_here or user.runs_here,
        is_of_another=user.takes_part_elsewhere,
    )


def changes_for(known: Known, values: Mapping[str, Any], role: str) -> Changes:
    """What taking over `values` would change about somebody who is here already. No query."""
    changes = Changes()
    profile: Profile | None = getattr(known.user, "profile", None)
    if known.is_as_listed:
        for key, name in NAMES.items():
            if key in values and getattr(known.user, name) != values[key]:
                changes.names[name] = values[key]
        changes.profile = _profile_changes(profile, values, role)
    else:
        changes.profile = {
            name: values[key]
            for key, name in PLAIN.items()
            if key in OFFICIAL and key in values and getattr(profile, name, None) in (None, "")
        }
    participation = known.participation
    wants = values.get("seats")
    if (
        participation is not None
        and role == Role.MENTOR
        and wants not in (None, participation.seats)
    ):
        changes.seats = wants
    return changes


def _profile_changes(
    profile: Profile | None, values: Mapping[str, Any], role: str
) -> dict[str, Any]:
    if profile is None:
        return new_profile(values, role)
    changes = {
        name: values[key]
        for key, name in PLAIN.items()
        if key in values and _plain(getattr(profile, name)) != _plain(values[key])
    }
    kind, field_name = _topics_of(role)
    if "topics" in values:
        old = [topic.topic for topic in profile.topics.all() if topic.kind == kind]
        if old != list(values["topics"]):
            changes[field_name] = values["topics"]
    if "languages" in values:
        spoken = {language.code: language.level for language in profile.languages.all()}
        if set(spoken) != set(values["languages"]):
            fluent = str(LanguageLevel.FLUENT)
            changes["languages"] = {c: spoken.get(c, fluent) for c in values["languages"]}
    answers = {**profile.values_answers, **_answers(values)}
    if answers != profile.values_answers:
        changes["values_answers"] = answers
    return changes


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, (Decimal, int, float)) else value


def _topics_of(role: str) -> tuple[str, str]:
    if role == Role.MENTOR:
        return TopicKind.OFFERED, "offered"
    return TopicKind.WANTED, "wanted"


def new_profile(values: Mapping[str, Any], role: str) -> dict[str, Any]:
    """Profile fields of somebody nobody knew, as `profile_values` takes them."""
    found = {name: values[key] for key, name in PLAIN.items() if key in values}
    if "topics" in values:
        found[_topics_of(role)[1]] = values["topics"]
    if "languages" in values:
        found["languages"] = dict.fromkeys(values["languages"], str(LanguageLevel.FLUENT))
    if answers := _answers(values):
        found["values_answers"] = answers
    return found


def profile_values(fields: Mapping[str, Any]) -> ProfileValues:
    """The form in which people's services take them."""
    given = dict(fields)
    if "week" in given:
        given["week"] = mask_from_hex(given["week"])
    return ProfileValues(**{name: given.get(name, KEEP) for name in ProfileValues.__slots__})


def _answers(values: Mapping[str, Any]) -> dict[str, int]:
    return {key.removeprefix(VALUES): v for key, v in values.items() if key.startswith(VALUES)}


def is_gone(participation: Participation | None) -> bool:
    return participation is not None and participation.state == ParticipationState.WITHDRAWN
