from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

import tandemwerk.demo
from tandemwerk.audit.services import audit_verify
from tandemwerk.programmes.models import Participation, Programme
from tests.api.conftest import Caller
from tests.factories.programmes import CoordinatorFactory, OwnerFactory, ParticipationFactory

SAMPLES = Path(tandemwerk.demo.__file__).parent / "samples"
pytestmark = pytest.mark.django_db


def founding(organisation, **more):
    return {
        "organisation_id": organisation.pk,
        "template": "company-mentoring",
        "name": {"de": "Auf Augenhöhe", "en": "Eye to eye"},
        "cohort_name": "2027",
        "starts_on": "2027-03-01",
        **more,
    }


@pytest.fixture
def owner(client):
    found = OwnerFactory()
    return Caller(client, found.user), found.organisation


def upload(caller, cohort, name, role):
    file = SimpleUploadedFile(name, (SAMPLES / name).read_bytes())
    return caller.client.post(
        f"/api/v1/cohorts/{cohort}/imports", {"file": file, "role": role}, headers=caller.headers
    )


def test_programme_from_a_template(owner):
    caller, organisation = owner
    assert {t["slug"] for t in caller.get("/programme-templates").json()} >= {"company-mentoring"}
    made = caller.post("/programmes", founding(organisation))
    assert made.status_code == 201
    programme = caller.get(f"/programmes/{made.json()['programme_id']}").json()
    assert programme["name"] == "Eye to eye"
    changed = caller.patch(f"/programmes/{programme['id']}", {"response_days": 5}).json()
    assert (changed["response_days"], changed["name"]) == (5, "Eye to eye")
    audit_verify()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"template": "no-such"}, "template_unknown"),
        ({"criteria": {"weights": {"topics": 99}}}, "criteria_invalid"),
        ({"criteria": {"weights": {"shoe_size": 1}}}, "criteria_invalid"),
        ({"name": {"de": ""}}, "invalid"),
    ],
)
def test_wrong_founding_changes_nothing(owner, wrong, code):
    caller, organisation = owner
    answer = caller.post("/programmes", founding(organisation, **wrong))
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)
    assert not Programme.objects.exists()


def test_foreign_organisation_is_absent(owner, client):
    _, organisation = owner
    stranger = Caller(client, OwnerFactory().user)
    assert stranger.post("/programmes", founding(organisation)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_lists_are_imported_matched_and_published(client):
    found = OwnerFactory()
    caller = Caller(client, found.user)
    cohort = caller.post("/programmes", founding(found.organisation)).json()["id"]
    for name, role, count in (("mentees.csv", "mentee", 60), ("mentors.csv", "mentor", 45)):
        batch = upload(caller, cohort, name, role).json()
        assert batch["rows_total"] == count
        mapping = {int(column): field for column, field in batch["mapping"].items()}
        caller.post(f"/imports/{batch['id']}/columns", {"mapping": mapping})
        call_command("worker", batch=True)
        checked = caller.get(f"/imports/{batch['id']}").json()
        assert (checked["state"], checked["counts"]["new"]) == ("checked", count)
        assert caller.post(f"/imports/{batch['id']}/take-over").status_code == 202
        call_command("worker", batch=True)
        assert caller.get(f"/imports/{batch['id']}").json()["state"] == "done"
    run = caller.post(f"/cohorts/{cohort}/runs").json()["id"]
    call_command("worker", batch=True)
    pairs = caller.get(f"/runs/{run}/pairs").json()
    assert pairs["total"] == 60
    matched = [pair for pair in pairs["items"] if pair["mentor"]]
    assert len(matched) == 60
    assert all(len(pair["reasons"]) >= 2 for pair in matched)
    assert caller.post(f"/runs/{run}/publish").json() == {"proposals": 60}


@pytest.mark.django_db(transaction=True)
def test_list_with_mistakes_names_them(owner):
    caller, organisation = owner
    cohort = caller.post("/programmes", founding(organisation)).json()["id"]
    batch = upload(caller, cohort, "broken.csv", "mentor").json()
    mapping = {int(column): field for column, field in batch["mapping"].items()}
    caller.post(f"/imports/{batch['id']}/columns", {"mapping": mapping})
    call_command("worker", batch=True)
    rows = caller.get(f"/imports/{batch['id']}/rows?outcome=error").json()["items"]
    assert len(rows) >= 5
    assert all(row["problems"] for row in rows)
    refused = caller.post(f"/imports/{batch['id']}/take-over")
    assert refused.json()["error"]["code"] == "import_has_errors"
    assert not Participation.objects.exists()
    assert caller.delete(f"/imports/{batch['id']}").status_code == 204


def test_file_that_is_no_list_is_refused(owner):
    caller, organisation = owner
    cohort = caller.post("/programmes", founding(organisation)).json()["id"]
    file = SimpleUploadedFile("people.xlsx", b"\x00\x01\x02 not a workbook")
    answer = caller.client.post(
        f"/api/v1/cohorts/{cohort}/imports",
        {"file": file, "role": "mentee"},
        headers=caller.headers,
    )
    assert 400 <= answer.status_code < 500
    assert answer.json()["error"]["code"].startswith("file_")


def test_person_is_added_paused_and_listed(owner):
    caller, organisation = owner
    cohort = caller.post("/programmes", founding(organisation)).json()["id"]
    person = {"role": "mentor", "email": "m@x.example", "given_name": "Mia", "family_name": "Maier"}
    made = caller.post(f"/cohorts/{cohort}/participations", {**person, "seats": 2}).json()
    assert caller.post(f"/participations/{made['id']}/seats", {"seats": 3}).json()["seats"] == 3
    listed = caller.get(f"/cohorts/{cohort}/participations?role=mentor").json()
    assert [row["email"] for row in listed["items"]] == ["m@x.example"]
    again = caller.post(f"/cohorts/{cohort}/participations", person)
    assert again.json()["error"]["code"] == "already_takes_part"
    export = caller.get(f"/cohorts/{cohort}/participations.csv?role=mentor").content.decode("utf-8")
    assert "m@x.example" in export


@pytest.mark.parametrize("count", [1, 3])
def test_people_take_the_same_queries_for_any_number(client, count, django_assert_max_num_queries):
    coordinator = CoordinatorFactory()
    caller = Caller(client, coordinator.user)
    first = ParticipationFactory(cohort__programme=coordinator.programme)
    for _ in range(count - 1):
        ParticipationFactory(cohort=first.cohort)
    caller.get("/me")
    with django_assert_max_num_queries(6):
        found = caller.get(f"/cohorts/{first.cohort_id}/participations").json()
    assert found["total"] == count
