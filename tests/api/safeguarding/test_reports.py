"""Reports over the API, with the person's own token."""

import uuid

import pytest

from tandemwerk.rooms.services.goals import GoalWords, goal_add
from tandemwerk.safeguarding.selectors.cases import case_opened, items_read, reports_of
from tests.api.conftest import Caller
from tests.factories.people import UserFactory
from tests.factories.rooms import active_tandem, person_of, room_for
from tests.factories.safeguarding import chosen, safeguarder
from tests.integration.safeguarding.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def tandem():
    tandem = active_tandem(NOW)
    goal_add(room=room_for(tandem), words=GoalWords(title="Frei sprechen"), now=NOW)
    return tandem


@pytest.fixture
def mentee(client, tandem):
    return Caller(client, person_of(tandem, "mentee"))


def test_a_report_is_sent_once_and_followed(mentee, tandem):
    organisation = tandem.cohort.programme.organisation
    own = str(uuid.uuid4())
    row = chosen(mentee.user, "goal")[0]
    body = {"id": own, "organisation_id": organisation.pk, "words": "Hilfe", "rows": [row.key]}
    for _ in range(2):
        made = mentee.post("/reports", body)
        assert made.status_code == 201
        assert made.json()["id"] == own
    assert "Hilfe" not in made.content.decode()
    [case] = reports_of(mentee.user)
    assert [item.text or item.title for item in items_read(case_opened(case))] == [
        "Hilfe",
        "Frei sprechen",
    ]
    assert mentee.get("/reports").json()["total"] == 1
    assert mentee.get(f"/reports/{own}").json()["state"] == "new"


def test_others_find_nothing(client, mentee, tandem):
    organisation = tandem.cohort.programme.organisation
    body = {"organisation_id": organisation.pk, "words": "Hilfe"}
    own = mentee.post("/reports", body).json()["id"]
    readers = [safeguarder(organisation, NOW) for _ in range(2)]
    for user in (person_of(tandem, "mentor"), UserFactory(), *readers):
        other = Caller(client, user)
        assert other.get(f"/reports/{own}").status_code == 404
        assert other.get("/reports").json()["total"] == 0


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": ""}, "words"),
        ({"words": "x", "organisation_id": 999_999}, "organisation_id"),
        ({"words": "x", "rows": ["goal:nope"]}, "rows"),
    ],
)
def test_what_does_not_fit_is_named(mentee, tandem, given, field):
    # A second organisation, so that there is something to choose wrongly.
    safeguarder(active_tandem(NOW).cohort.programme.organisation, NOW, mentee.user)
    body = {"organisation_id": tandem.cohort.programme.organisation_id, **given}
    answer = mentee.post("/reports", body)
    assert answer.status_code == 422
    assert field in [problem["field"] for problem in answer.json()["error"]["fields"]]
