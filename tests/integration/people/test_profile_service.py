from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tandemwerk.audit.models import AuditEntry
from tandemwerk.people.enums import LanguageLevel
from tandemwerk.people.errors import ProfileInvalid
from tandemwerk.people.models import Profile, ProfileLanguage, ProfileTopic, User
from tandemwerk.people.services.profile import (
    ProfileValues,
    profile_apply,
    profile_problems,
    profiles_apply_bulk,
)
from tests.factories.people import ProfileFactory, UserFactory

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db
FULL = ProfileValues(
    position="  Ingenieurin ",
    function="it",
    industry="energy",
    site="Köln",
    team="Netze",
    reports_to_email="Chef@Example.org",
    experience_years=7.5,
    meeting_format="online",
    week=1 << 9,
    about="Ich freue mich.",
    values_answers={"pace": 4},
    wanted=["leading-first-time", "difficult-conversations"],
    offered=["job-interview"],
    languages={"de": LanguageLevel.FLUENT, "en": LanguageLevel.CONVERSATION},
)


@pytest.fixture(autouse=True)
def known_topics(monkeypatch):
    """Topics by which the tests speak; the real catalogue is tested with matching."""
    names = dict.fromkeys(
        ["leading-first-time", "difficult-conversations", "job-interview", *map(str, range(9))]
    )
    monkeypatch.setattr("tandemwerk.people.services.profile.topics", lambda: names)


def test_everything_is_written_and_audited_without_content():
    user = UserFactory()
    profile = profile_apply(user=user, values=FULL, now=NOW)
    profile.refresh_from_db()
    assert profile.position == "Ingenieurin"
    assert profile.reports_to_email == "chef@example.org"
    assert profile.experience_years == Decimal("7.5")
    assert profile.week == f"{1 << 9:042x}"
    assert [t.topic for t in profile.topics.filter(kind="wanted")] == list(FULL.wanted)
    assert dict(profile.languages.values_list("code", "level")) == {
        "de": "fluent",
        "en": "conversation",
    }
    entry = AuditEntry.objects.get(action="profile.apply")
    assert entry.actor_id == user.pk
    assert "about" in entry.details["fields"]
    assert "freue" not in str(entry.details)


def test_the_same_again_changes_and_audits_nothing():
    user = UserFactory()
    profile_apply(user=user, values=FULL, now=NOW)
    profile_apply(user=user, values=FULL, now=NOW)
    assert AuditEntry.objects.filter(action="profile.apply").count() == 1


def test_what_is_left_out_stays_and_empty_clears():
    user = UserFactory()
    profile_apply(user=user, values=FULL, now=NOW)
    changes = ProfileValues(position="", experience_years=None, week=0, wanted=[], languages={})
    profile = profile_apply(user=user, values=changes, now=NOW)
    assert (profile.position, profile.experience_years, profile.week) == ("", None, "")
    assert profile.site == "Köln"
    assert [t.topic for t in profile.topics.all()] == ["job-interview"]
    assert not profile.languages.exists()


def test_the_order_of_topics_is_kept_when_it_changes():
    user = UserFactory()
    profile_apply(user=user, values=ProfileValues(wanted=["1", "2", "3"]), now=NOW)
    profile = profile_apply(user=user, values=ProfileValues(wanted=["3", "1"]), now=NOW)
    assert [t.topic for t in profile.topics.all()] == ["3", "1"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"position": "x" * 121}, "position"),
        ({"about": "x" * 2001}, "about"),
        ({"reports_to_email": "nobody"}, "reports_to_email"),
        ({"experience_years": 61}, "experience_years"),
        ({"experience_years": -1}, "experience_years"),
        ({"experience_years": float("nan")}, "experience_years"),
        ({"meeting_format": "letter"}, "meeting_format"),
        ({"week": 1 << 168}, "week"),
        ({"week": -1}, "week"),
        ({"values_answers": {"pace": 6}}, "values_answers"),
        ({"values_answers": {"pace": "5"}}, "values_answers"),
        ({"wanted": ["1", "1"]}, "wanted"),
        ({"wanted": ["1", "2", "3", "4", "5", "6"]}, "wanted"),
        ({"offered": [str(n) for n in range(9)]}, "offered"),
        ({"offered": ["unknown"]}, "offered"),
        ({"languages": {"xx": "fluent"}}, "languages"),
        ({"languages": {"de": "perfect"}}, "languages"),
    ],
)
def test_each_limit_has_its_sentence_and_nothing_is_written(values, field):
    user = UserFactory()
    given = ProfileValues(**{"site": "Köln", **values})
    assert set(profile_problems(given)) == {field}
    with pytest.raises(ProfileInvalid) as caught:
        profile_apply(user=user, values=given, now=NOW)
    assert caught.value.problems[field]
    with pytest.raises(ProfileInvalid):
        profiles_apply_bulk(pairs=[(user, given)])
    assert not Profile.objects.filter(user=user).exists()


def test_bulk_makes_new_profiles_and_updates_old_ones():
    old = ProfileFactory(position="Leitung", wanted=["1"], offered=["2"])
    ProfileFactory(position="Unbeteiligt")
    new = UserFactory()
    changes = ProfileValues(site="Bonn", wanted=["3"])
    assert profiles_apply_bulk(pairs=[(old.user, changes), (new, FULL)]) == 2
    old.refresh_from_db()
    assert (old.position, old.site) == ("Leitung", "Bonn")
    assert list(old.topics.values_list("kind", "topic")) == [("offered", "2"), ("wanted", "3")]
    assert list(old.languages.values_list("code", flat=True)) == ["de"]
    assert Profile.objects.get(user=new).languages.count() == 2
    assert Profile.objects.filter(position="Unbeteiligt").count() == 1


def test_bulk_of_nothing_is_nothing():
    assert profiles_apply_bulk(pairs=[]) == 0


def test_bulk_takes_few_statements_for_a_thousand_rows():
    users = User.objects.bulk_create(User(email=f"p{n}@example.org") for n in range(1000))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        profiles_apply_bulk(pairs=[(user, FULL) for user in users])
    assert Profile.objects.count() == 1000
    assert ProfileTopic.objects.count() == 3000
    assert ProfileLanguage.objects.count() == 2000
    assert len(queries) <= (20 if connection.vendor == "postgresql" else 60)
