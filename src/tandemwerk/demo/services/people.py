"""The people of the story: accounts and profiles."""

from collections.abc import Mapping
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from tandemwerk.demo.password import ACCOUNTS
from tandemwerk.demo.story import Entry
from tandemwerk.matching.tables import parse_cell
from tandemwerk.people.models import User
from tandemwerk.people.questionnaire import questionnaire
from tandemwerk.people.services.profile import ProfileValues, profile_apply


def coordinator_create(*, entry: Entry, now: datetime) -> User:
    """An account with a confirmed address, in use since `now`, without a password."""
    user = User.objects.create_user(
        email=entry["email"],
        title=entry.get("title", ""),
        given_name=entry["given_name"],
        family_name=entry["family_name"],
        locale=entry["locale"],
        timezone=entry["timezone"],
        last_login=now,
    )
    User.objects.filter(pk=user.pk).update(created_at=now)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def person_describe(*, user: User, entry: Entry, by: User, now: datetime) -> None:
    """What came with the list: where the person lives and their profile."""
    user.timezone, user.created_at = entry["timezone"], now
    user.save(update_fields=["timezone", "created_at"])
    profile_write(user=user, entry=entry, by=by, now=now)


def profile_write(*, user: User, entry: Entry, by: User, now: datetime) -> None:
    """What the person says about themself."""
    answers = zip(questionnaire().columns().values(), entry.get("values", ()), strict=False)
    week = parse_cell("availability", entry["availability"]) if "availability" in entry else 0
    assert isinstance(week, int)  # noqa: S101 - the tests read every line of the story
    values = ProfileValues(
        position=entry.get("position", ""),
        function=entry.get("function", ""),
        industry=entry.get("industry", ""),
        site=entry.get("site", ""),
        team=entry.get("team", ""),
        reports_to_email=entry.get("reports_to", ""),
        experience_years=entry.get("experience_years"),
        meeting_format=entry.get("format", "both"),
        week=week,
        about=entry.get("about", ""),
        values_answers={key: answer for key, answer in answers if answer},
        wanted=entry.get("wants", ()),
        offered=entry.get("offers", ()),
        languages=entry.get("languages", {}),
    )
    profile_apply(user=user, values=values, by=by, now=now)


def passwords_set(*, people: Mapping[str, User], password: str) -> None:
    """Open the demo's accounts with one password; nobody else in the story can log in.

    Hashed once: three times would be most of the time that loading takes. One query.
    """
    pks = [user.pk for user in people.values() if user.email in ACCOUNTS]
    User.objects.filter(pk__in=pks).update(password=make_password(password))
