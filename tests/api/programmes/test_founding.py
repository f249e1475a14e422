"""The wizard in one request, and everything a programme begins with."""

import pytest

from tandemwerk.programmes.models import Cohort, Organisation, Programme
from tests.api.conftest import Caller
from tests.factories.people import UserFactory
from tests.factories.programmes import (
    CohortFactory,
    CoordinatorFactory,
    OwnerFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db
CHOICES = {
    "template": "company-mentoring",
    "name": {"de": "Auf Augenhöhe", "en": "Eye to eye"},
    "promise": {"de": "Wir lernen voneinander.", "en": "We learn from each other."},
    "description": {"de": "", "en": "Long words."},
    "agreement_text": {"de": "Wir treffen uns.", "en": "We meet."},
    "invitation_text": {"de": "Hallo {{name}}: {{link}}", "en": "Hello {{name}}: {{link}}"},
    "criteria": {"weights": {"topics": 9, "languages": 3}, "musts": ["topics"]},
    "address_form": "sie",
    "response_days": 5,
    "chemistry_days": 14,
    "default_seats": 3,
    "is_open": True,
    "cohort_name": "2027",
    "starts_on": "2027-03-01",
    "ends_on": "2027-12-31",
}


@pytest.fixture
def owner(client):
    found = OwnerFactory()
    caller = Caller(client, found.user)
    caller.organisation = found.organisation
    return caller


def found(caller, **more):
    return caller.post(
        "/programmes", {"organisation_id": caller.organisation.pk, **CHOICES, **more}
    )


def code_of(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_every_choice_of_the_wizard_is_kept(owner):
    made = found(owner)
    assert made.status_code == 201, made.text
    assert made.json()["ends_on"] == "2027-12-31"
    assert made.json()["registration_ends_on"] < "2027-03-01"
    programme = owner.get(f"/programmes/{made.json()['programme_id']}").json()
    plain = ("address_form", "response_days", "chemistry_days", "default_seats", "is_open")
    assert {name: programme[name] for name in plain} == {name: CHOICES[name] for name in plain}
    texts = ("name", "promise", "description", "agreement_text", "invitation_text")
    assert programme["texts"] == {name: CHOICES[name] for name in texts}
    assert programme["criteria"]["weights"]["topics"] == 9
    assert programme["journey"]["phases"]
    assert "topics" in programme["criteria_sentence"].lower()


def test_what_is_left_out_comes_from_the_template(owner):
    template = owner.get("/programme-templates/university-career").json()
    short = {name: CHOICES[name] for name in ("name", "cohort_name", "starts_on")}
    asked = {"organisation_id": owner.organisation.pk, "template": "university-career", **short}
    made = owner.post("/programmes", asked).json()
    programme = owner.get(f"/programmes/{made['programme_id']}").json()
    for name in ("response_days", "chemistry_days", "address_form", "criteria", "journey"):
        assert programme[name] == template[name]
    assert programme["texts"]["agreement_text"] == template["agreement"]
    assert programme["texts"]["invitation_text"] == template["invitation"]
    assert template["dates"]["kick_off"] == 0


def test_an_unknown_template_is_absent(owner):
    assert owner.get("/programme-templates/no-such").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"invitation_text": {"de": "{{nmae}}", "en": "x"}}, "blank_unknown"),
        ({"ends_on": "2027-01-01"}, "cohort_dates_invalid"),
        ({"starts_on": "9999-12-31"}, "invalid"),
        ({"default_seats": 0}, "invalid"),
        ({"promise": {"de": "x" * 241, "en": "x"}}, "invalid"),
    ],
)
def test_a_wrong_choice_changes_nothing(owner, wrong, code):
    assert code_of(found(owner, **wrong)) == (422, code)
    assert not Programme.objects.exists()


def test_criteria_and_texts_are_changed_later(owner):
    made = found(owner).json()
    path = f"/programmes/{made['programme_id']}"
    changed = owner.patch(path, {"criteria": {"weights": {"values": 4}}, "is_open": False})
    assert changed.status_code == 200, changed.text
    assert changed.json()["criteria"]["weights"]["values"] == 4
    assert changed.json()["is_open"] is False
    wrong = owner.patch(path, {"invitation_text": {"de": "{{nobody}}", "en": "x"}})
    assert code_of(wrong) == (422, "blank_unknown")
    assert code_of(owner.patch(path, {"criteria": {"weights": 1}})) == (422, "criteria_invalid")


def test_operators_found_organisations_and_own_them(client):
    operator = Caller(client, UserFactory(is_operator=True))
    made = operator.post("/organisations", {"name": "Northwind"})
    assert made.status_code == 201
    assert operator.get("/organisations").json()["items"] == [made.json()]
    assert operator.post("/organisations", {"name": ""}).status_code == 422
    stranger = Caller(client, UserFactory())
    assert stranger.post("/organisations", {"name": "Mine"}).status_code == 404
    assert Organisation.objects.count() == 1


def test_figures_say_how_far_a_cohort_is(client):
    entry = CoordinatorFactory()
    caller = Caller(client, entry.user)
    cohort = CohortFactory(programme=entry.programme)
    assert caller.get(f"/cohorts/{cohort.pk}/figures").json()["mentees"] == 0
    assert caller.get(f"/cohorts/{CohortFactory().pk}/figures").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_lists_of_programmes_and_cohorts_are_paged(client, count, django_assert_num_queries):
    entry = CoordinatorFactory()
    caller = Caller(client, entry.user)
    for _ in range(count - 1):
        CoordinatorFactory(user=entry.user, programme=ProgrammeFactory())
    for _ in range(count):
        CohortFactory(programme=entry.programme)
    caller.get("/me")
    with django_assert_num_queries(5):  # token, staff twice, count, rows
        programmes = caller.get("/programmes").json()
    assert (programmes["total"], len(programmes["items"])) == (count, count)
    path = f"/programmes/{entry.programme.pk}/cohorts"
    with django_assert_num_queries(6):  # and the programme
        cohorts = caller.get(path).json()
    assert (cohorts["total"], len(cohorts["items"])) == (count, count)
    piece = caller.get(f"{path}?limit=1&offset={count - 1}").json()
    assert (piece["total"], piece["items"]) == (count, cohorts["items"][-1:])
    assert Cohort.objects.count() == count


@pytest.mark.parametrize("count", [1, 3])
def test_coordinators_take_the_same_queries_for_any_number(
    client, count, django_assert_num_queries
):
    entry = CoordinatorFactory()
    caller = Caller(client, entry.user)
    for _ in range(count - 1):
        CoordinatorFactory(programme=entry.programme)
    caller.get("/me")
    with django_assert_num_queries(6):
        assert caller.get(f"/programmes/{entry.programme.pk}/coordinators").json()["total"] == count


@pytest.mark.parametrize("count", [1, 3])
def test_organisations_take_the_same_queries_for_any_number(
    client, count, django_assert_num_queries
):
    user = OwnerFactory().user
    for _ in range(count - 1):
        OwnerFactory(user=user)
    caller = Caller(client, user)
    caller.get("/me")
    with django_assert_num_queries(5):
        assert caller.get("/organisations").json()["total"] == count


def test_founding_again_with_the_same_key_founds_once(owner):
    key = {"Idempotency-Key": "one-and-the-same"}
    asked = {"organisation_id": owner.organisation.pk, **CHOICES}
    first, second = (owner.post("/programmes", asked, **key) for _ in range(2))
    assert (first.json(), second["Idempotency-Replayed"]) == (second.json(), "true")
    assert Programme.objects.count() == 1
