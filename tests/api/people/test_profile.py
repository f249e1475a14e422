import pytest

from tandemwerk.audit.models import AuditEntry
from tandemwerk.matching.catalogue import topics
from tandemwerk.people.enums import Scope
from tandemwerk.people.questionnaire import questionnaire
from tests.api.conftest import Caller
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
ITEM = next(iter(questionnaire().items))
WHOLE = {
    "position": "Team lead",
    "function": "engineering",
    "industry": "mechanical-engineering",
    "site": "Hamburg",
    "team": "Pumps",
    "reports_to_email": "boss@example.org",
    "experience_years": 7.5,
    "meeting_format": "online",
    "week": [9, 10, 167],
    "about": "I would like to lead well.",
    "values_answers": {ITEM: 4},
    "wanted": ["first-leadership", "delegation"],
    "offered": ["changing-jobs"],
    "languages": {"de": "fluent", "en": "conversation"},
}


def test_profile_is_empty_first_and_keeps_what_is_sent(caller):
    empty = caller.get("/me/profile").json()
    assert (empty["week"], empty["wanted"], empty["languages"]) == ([], [], {})
    answer = caller.patch("/me/profile", WHOLE)
    assert answer.status_code == 200, answer.text
    assert answer.json() | {"updated_at": None} == WHOLE | {"updated_at": None}
    assert caller.get("/me/profile").json() == answer.json()


def test_what_is_left_out_stays_and_null_clears_the_years(caller):
    caller.patch("/me/profile", WHOLE)
    changed = caller.patch("/me/profile", {"site": "Kiel", "experience_years": None}).json()
    assert (changed["site"], changed["experience_years"]) == ("Kiel", None)
    assert changed["wanted"] == WHOLE["wanted"]
    entries = AuditEntry.objects.filter(action="profile.apply").order_by("pk")
    assert entries.last().details["fields"] == ["experience_years", "site"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"function": "wizard"}, "profile_invalid"),
        ({"values_answers": {"shoe-size": 3}}, "profile_invalid"),
        ({"wanted": ["no-such-topic"]}, "profile_invalid"),
        ({"languages": {"xx": "fluent"}}, "profile_invalid"),
        ({"reports_to_email": "nobody"}, "profile_invalid"),
        ({"week": [168]}, "invalid"),
        ({"experience_years": 61}, "invalid"),
        ({"about": "x" * 2001}, "invalid"),
        ({"wanted": ["delegation"] * 6}, "invalid"),
    ],
)
def test_nonsense_changes_nothing(caller, wrong, code):
    caller.patch("/me/profile", WHOLE)
    answer = caller.patch("/me/profile", wrong)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)
    assert caller.get("/me/profile").json() | {"updated_at": None} == WHOLE | {"updated_at": None}


def test_reading_is_not_writing(client):
    reader = Caller(client, UserFactory(), scopes=[Scope.READ])
    assert reader.get("/me/profile").status_code == 200
    refused = reader.patch("/me/profile", {"site": "Kiel"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "scope_missing")


def test_name_language_and_zone_are_changed(caller):
    sent = {"given_name": "Ada", "locale": "en", "timezone": "America/New_York", "theme": "dark"}
    changed = caller.patch("/me", sent).json()
    assert {name: changed[name] for name in sent} == sent
    refused = caller.patch("/me", {"timezone": "Mars/Olympus"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "time_zone_unknown")


def test_topics_are_listed_and_found_by_words(caller):
    everything = caller.get("/topics").json()
    assert {topic["slug"] for topic in everything} == topics().keys()
    [first, *_rest] = caller.get("/topics?q=changing+jobs").json()
    assert (first["slug"], first["name"]) == ("changing-jobs", "Changing jobs")
    area = first["area"]["slug"]
    assert all(t["area"]["slug"] == area for t in caller.get(f"/topics?area={area}").json())


def test_words_and_statements_are_those_of_profiles(caller):
    assert [row["key"] for row in caller.get("/questionnaire").json()] == list(
        questionnaire().items
    )
    words = caller.get("/vocabulary").json()
    assert {"de", "en"} <= {word["key"] for word in words["languages"]}
    assert words["functions"]
    assert words["industries"]
