"""Writing profiles: one at a time by people, the API and the wizard, thousands by the import."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from enum import Enum
from itertools import islice
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from tandemwerk.audit.services import audit_record
from tandemwerk.matching.catalogue import topics
from tandemwerk.matching.profiles import HIGHEST_VALUE, HOURS_PER_WEEK, LOWEST_VALUE
from tandemwerk.people.enums import LanguageLevel, MeetingFormat, TopicKind
from tandemwerk.people.errors import ProfileInvalid
from tandemwerk.people.languages import language_codes
from tandemwerk.people.models import Profile, ProfileLanguage, ProfileTopic, User
from tandemwerk.people.topics import MAX_TOPICS as MAX_TOPICS  # known by its service
from tandemwerk.people.week import hex_from_mask

MAX_LANGUAGES: Final = 12
MAX_EXPERIENCE_YEARS: Final = 60
CHUNK: Final = 500


class Keep(Enum):
    """Marks a value that stays as it is; None and empty values clear instead."""

    KEEP = "keep"


KEEP: Final = Keep.KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileValues:
    """What is to change in a profile; every value left out stays as it is.

    function, industry: vocabulary slugs. experience_years: 0..60, None clears. week: mask of 168
    *local* hours, 0 clears. values_answers: questionnaire key → 1..5, replaces all answers.
    wanted, offered: catalogue slugs, most important first. languages: ISO 639-1 code → level.
    """

    position: str | Keep = KEEP
    function: str | Keep = KEEP
    industry: str | Keep = KEEP
    site: str | Keep = KEEP
    team: str | Keep = KEEP
    reports_to_email: str | Keep = KEEP
    experience_years: Decimal | float | Keep | None = KEEP
    meeting_format: MeetingFormat | str | Keep = KEEP
    week: int | Keep = KEEP
    about: str | Keep = KEEP
    values_answers: Mapping[str, int] | Keep = KEEP
    wanted: Sequence[str] | Keep = KEEP
    offered: Sequence[str] | Keep = KEEP
    languages: Mapping[str, LanguageLevel | str] | Keep = KEEP


_LISTS: Final = ("wanted", "offered", "languages")
_COLUMNS: Final = tuple(f.name for f in fields(ProfileValues) if f.name not in _LISTS)
_TEXTS: Final = ("position", "function", "industry", "site", "team", "about")
_LONGEST: Final = {field.name: field.max_length or 0 for field in Profile._meta.fields}


@transaction.atomic
def profile_apply(
    *, user: User, values: ProfileValues, now: datetime, by: User | None = None
) -> Profile:
    """Write what `values` gives into the person's profile, making it if there is none.

    Locks the profile. Raises ProfileInvalid and changes nothing if a value is out of its limits.
    One audit entry with the names of the changed fields, none if nothing changed.
    """
    if problems := profile_problems(values):
        raise ProfileInvalid(problems)
    Profile.objects.get_or_create(user=user)
    profile = Profile.objects.select_for_update().get(user=user)
    profile.user = user
    changed = _set_columns(profile, values)
    if changed:
        profile.save(update_fields=[*changed, "updated_at"])
    for kind, wished in _topic_lists(values):
        old = list(profile.topics.filter(kind=kind).values_list("topic", flat=True))
        if old != list(wished):
            profile.topics.filter(kind=kind).delete()
            ProfileTopic.objects.bulk_create(_topic_rows(profile, kind, wished))
            changed.append(str(kind))
    if values.languages is not KEEP:
        spoken = dict(profile.languages.values_list("code", "level"))
        if spoken != {code: str(level) for code, level in values.languages.items()}:
            profile.languages.all().delete()
            ProfileLanguage.objects.bulk_create(_language_rows(profile, values.languages))
            changed.append("languages")
    if changed:
        audit_record(
            action="profile.apply",
            about=profile,
            by=by or user,
            now=now,
            details={"fields": sorted(changed)},
        )
    return profile


@transaction.atomic
def profiles_apply_bulk(*, pairs: Sequence[tuple[User, ProfileValues]]) -> int:
    """Write many profiles at once; each person at most once. Returns how many were written.

    For imports: the caller audits the import as one act. Raises ProfileInvalid with the first
    unusable row and writes nothing. At most 8 statements per 500 rows (SQLite splits the inserts
    further, by its limit of variables in one statement).
    """
    for _user, values in pairs:
        if problems := profile_problems(values):
            raise ProfileInvalid(problems)
    rows = iter(pairs)
    while chunk := list(islice(rows, CHUNK)):
        _apply_chunk(chunk)
    return len(pairs)


def profile_problems(values: ProfileValues) -> dict[str, str]:
    """What is wrong with the values: field → sentence in the active language. No query."""
    found: dict[str, str] = {}
    for name in _TEXTS:
        text = getattr(values, name)
        longest = _LONGEST[name]
        if text is not KEEP and len(text) > longest:
            found[name] = _("Please shorten this to %(most)d characters; it has %(length)d.") % {
                "most": longest,
                "length": len(text),
            }
    if values.reports_to_email is not KEEP and values.reports_to_email:
        try:
            validate_email(values.reports_to_email)
        except ValidationError:
            found["reports_to_email"] = _(
                "This is not a mail address. Example: jo.beck@example.org"
            )
    years = None if values.experience_years is KEEP else values.experience_years
    if years is not None and not 0 <= years <= MAX_EXPERIENCE_YEARS:
        found["experience_years"] = _("Please give years of experience from 0 to 60.")
    if values.meeting_format is not KEEP and values.meeting_format not in MeetingFormat.values:
        found["meeting_format"] = _("Please choose online, on site or both.")
    if values.week is not KEEP and not 0 <= values.week < 1 << HOURS_PER_WEEK:
        found["week"] = _("A week has 168 hours; please choose the times again.")
    if values.values_answers is not KEEP and any(
        type(answer) is not int or not LOWEST_VALUE <= answer <= HIGHEST_VALUE
        for answer in values.values_answers.values()
    ):
        found["values_answers"] = _("Please answer each statement on the scale from 1 to 5.")
    for kind, wished in _topic_lists(values):
        if problem := _topics_problem(kind, wished):
            found[str(kind)] = problem
    if values.languages is not KEEP and (problem := _languages_problem(values.languages)):
        found["languages"] = problem
    return found


def _topics_problem(kind: TopicKind, slugs: Sequence[str]) -> str:
    if len(set(slugs)) != len(slugs):
        return _("Please choose each topic only once.")
    if len(slugs) > MAX_TOPICS[kind]:
        return _("Please choose at most %(most)d topics; you have %(count)d.") % {
            "most": MAX_TOPICS[kind],
            "count": len(slugs),
        }
    if unknown := [slug for slug in slugs if slug not in topics()]:
        return _("We don't know the topic “%(topic)s”. Please choose one from the list.") % {
            "topic": unknown[0][:80]
        }
    return ""


def _languages_problem(spoken: Mapping[str, LanguageLevel | str]) -> str:
    if unknown := [code for code in spoken if code not in language_codes()]:
        return _("We don't know the language “%(code)s”. Please choose one from the list.") % {
            "code": unknown[0][:20]
        }
    if any(level not in LanguageLevel.values for level in spoken.values()):
        return _("Please say for each language whether you speak it fluently.")
    if len(spoken) > MAX_LANGUAGES:
        return _("Please choose at most %(most)d languages.") % {"most": MAX_LANGUAGES}
    return ""


def _topic_lists(values: ProfileValues) -> list[tuple[TopicKind, Sequence[str]]]:
    lists = ((TopicKind.WANTED, values.wanted), (TopicKind.OFFERED, values.offered))
    return [(kind, wished) for kind, wished in lists if wished is not KEEP]


def _columns(values: ProfileValues) -> dict[str, Any]:
    """Model columns that `values` gives, as the database keeps them."""
    given = {name: getattr(values, name) for name in _COLUMNS}
    columns = {name: value for name, value in given.items() if value is not KEEP}
    for name in columns.keys() & {*_TEXTS, "reports_to_email"}:
        columns[name] = columns[name].strip()
    if "reports_to_email" in columns:
        columns["reports_to_email"] = columns["reports_to_email"].lower()
    if "week" in columns:
        columns["week"] = hex_from_mask(columns["week"])
    if columns.get("experience_years") is not None:
        columns["experience_years"] = round(Decimal(str(columns["experience_years"])), 1)
    if "values_answers" in columns:
        columns["values_answers"] = dict(columns["values_answers"])
    if "meeting_format" in columns:
        columns["meeting_format"] = str(columns["meeting_format"])
    return columns


def _set_columns(profile: Profile, values: ProfileValues) -> list[str]:
    changed = []
    for name, value in _columns(values).items():
        if getattr(profile, name) != value:
            setattr(profile, name, value)
            changed.append(name)
    return changed


def _topic_rows(profile: Profile, kind: TopicKind, slugs: Iterable[str]) -> list[ProfileTopic]:
    return [
        ProfileTopic(profile=profile, kind=kind, topic=slug, rank=rank)
        for rank, slug in enumerate(slugs)
    ]


def _language_rows(
    profile: Profile, spoken: Mapping[str, LanguageLevel | str]
) -> list[ProfileLanguage]:
    return [
        ProfileLanguage(profile=profile, code=code, level=str(level))
        for code, level in spoken.items()
    ]


def _apply_chunk(pairs: list[tuple[User, ProfileValues]]) -> None:
    known = {
        profile.user_id: profile
        for profile in Profile.objects.select_for_update().filter(user__in=[u for u, _v in pairs])
    }
    profiles = []
    for user, values in pairs:
        profile = known.get(user.pk) or Profile(user=user)
        _set_columns(profile, values)
        # Without a key the insert meets the existing row by its person and updates it there.
        profile.pk = None
        profile._state.adding = True
        profiles.append(profile)
    Profile.objects.bulk_create(
        profiles,
        update_conflicts=True,
        unique_fields=["user"],
        update_fields=[*_COLUMNS, "updated_at"],
    )
    written = [(profile, values) for profile, (_u, values) in zip(profiles, pairs, strict=True)]
    topic_rows: list[ProfileTopic] = []
    for kind in TopicKind:
        given = [(p, w) for p, v in written for k, w in _topic_lists(v) if k == kind]
        if given:
            ProfileTopic.objects.filter(kind=kind, profile__in=[p.pk for p, _w in given]).delete()
            for profile, wished in given:
                topic_rows += _topic_rows(profile, kind, wished)
    if topic_rows:
        ProfileTopic.objects.bulk_create(topic_rows)
    spoken = [(p, v.languages) for p, v in written if v.languages is not KEEP]
    if spoken:
        ProfileLanguage.objects.filter(profile__in=[p.pk for p, _s in spoken]).delete()
        ProfileLanguage.objects.bulk_create(
            [row for profile, codes in spoken for row in _language_rows(profile, codes)]
        )
