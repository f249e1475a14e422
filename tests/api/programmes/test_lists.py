"""Files in and out: imports with their errors, exports, and who may see which name."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from openpyxl import load_workbook

from tandemwerk.programmes.models import ImportBatch, ImportRow
from tests.api.conftest import Caller
from tests.factories.people import UserFactory
from tests.factories.programmes import CohortFactory, CoordinatorFactory, ParticipationFactory
from tests.integration.people.helpers import make_member

pytestmark = pytest.mark.django_db
FAULTY = "Name,E-Mail\n=HYPERLINK(1),nobody\nAda Lovelace,ada@example.org\n"


@pytest.fixture
def desk(client):
    entry = CoordinatorFactory()
    caller = Caller(client, entry.user)
    caller.cohort = CohortFactory(programme=entry.programme)
    return caller


def upload(desk, text=FAULTY, **form):
    file = SimpleUploadedFile("people.csv", text.encode())
    return desk.client.post(
        f"/api/v1/cohorts/{desk.cohort.pk}/imports",
        {"file": file, "role": "mentee", "send_invitations": "false", **form},
        headers=desk.headers,
    )


def code_of(answer):
    return answer.status_code, answer.json()["error"]["code"]


def cells_of(answer):
    if answer["Content-Type"].startswith("text/csv"):
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s"}
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


@pytest.fixture
def checked(desk, transactional_db):
    batch = upload(desk).json()
    desk.post(f"/imports/{batch['id']}/columns", {"mapping": {"0": "name", "1": "email"}})
    call_command("worker", batch=True)
    return batch["id"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rows_with_errors_leave_as_a_file(desk, checked, client, kind):
    answer = desk.get(f"/imports/{checked}/errors.{kind}")
    assert f'filename="errors-{checked}.{kind}"' in answer["Content-Disposition"]
    heading, row = cells_of(answer)
    assert heading == ["Name", "E-Mail", "Row", "What is wrong"]
    assert row[:3] == ["'=HYPERLINK(1)", "nobody", "2"]
    assert "not a mail address" in row[3]
    stranger = Caller(client, CoordinatorFactory().user)
    assert stranger.get(f"/imports/{checked}/errors.{kind}").status_code == 404


def test_rows_say_what_is_wrong_and_are_filtered(desk, checked):
    batch = desk.get(f"/imports/{checked}").json()
    assert (batch["counts"]["error"], batch["counts"]["new"]) == (1, 1)
    assert batch["letters"] == {"sent": 0, "waiting": 0}
    for outcome, count in (("error", 1), ("new", 1), ("warning", 0), ("known", 0)):
        assert desk.get(f"/imports/{checked}/rows?outcome={outcome}").json()["total"] == count
    assert desk.get(f"/imports/{checked}/rows?outcome=odd").status_code == 422


@pytest.mark.parametrize("mapping", [{"0": "shoe_size"}, {"9": "email"}, {"-1": "email"}])
def test_a_slip_in_the_mapping_is_named(desk, mapping):
    batch = upload(desk).json()
    answer = desk.post(f"/imports/{batch['id']}/columns", {"mapping": mapping})
    assert code_of(answer) == (422, "import_field_unknown")
    assert ImportBatch.objects.get().state == "uploaded"


def test_fields_are_those_of_the_role(desk):
    fields = {row["key"]: row for row in desk.get("/import-fields?role=mentor").json()}
    assert fields["email"]["is_needed"]
    assert fields["topics"]["may_repeat"]
    assert "seats" in fields
    assert "seats" not in {row["key"] for row in desk.get("/import-fields?role=mentee").json()}
    assert desk.get("/import-fields").status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_imports_are_paged(desk, count, django_assert_num_queries):
    for number in range(count):
        ImportBatch.objects.create(cohort=desk.cohort, role="mentee", file_name=f"{number}.csv")
    desk.get("/me")
    with django_assert_num_queries(6):  # token, staff twice, cohort, count, rows
        found = desk.get(f"/cohorts/{desk.cohort.pk}/imports").json()
    assert [row["file_name"] for row in found["items"]] == [
        f"{number}.csv" for number in reversed(range(count))
    ]
    piece = desk.get(f"/cohorts/{desk.cohort.pk}/imports?limit=1&offset={count - 1}").json()
    assert (piece["total"], piece["items"][0]["file_name"]) == (count, "0.csv")


@pytest.mark.parametrize("count", [1, 3])
def test_rows_take_the_same_queries_for_any_number(desk, count, django_assert_num_queries):
    batch = ImportBatch.objects.create(cohort=desk.cohort, role="mentee", file_name="a.csv")
    for number in range(count):
        ImportRow.objects.create(batch=batch, number=number + 2, cells=["x"])
    desk.get("/me")
    with django_assert_num_queries(6):
        assert desk.get(f"/imports/{batch.pk}/rows").json()["total"] == count


def test_more_than_fifty_imports_are_all_there(desk):
    for number in range(51):
        ImportBatch.objects.create(cohort=desk.cohort, role="mentee", file_name=f"{number}.csv")
    assert desk.get(f"/cohorts/{desk.cohort.pk}/imports").json()["total"] == 51


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_people_leave_as_a_file_without_formulas(desk, client, kind):
    user = UserFactory(given_name="=1+1", family_name="@Lovelace")
    ParticipationFactory(
        cohort=desk.cohort, user=user, role="mentee", joined_at="2026-11-01T09:00Z"
    )
    path = f"/cohorts/{desk.cohort.pk}/participations.{kind}"
    heading, row = cells_of(desk.get(f"{path}?role=mentee"))
    assert "'=1+1" in row
    assert "'@Lovelace" in row
    assert user.email in row
    assert len(heading) == len(row)
    assert len(cells_of(desk.get(f"{path}?role=mentor"))) == 1
    assert desk.get(path).status_code == 422
    stranger = Caller(client, CoordinatorFactory().user)
    assert stranger.get(f"{path}?role=mentee").status_code == 404


def test_a_private_profile_shows_its_address_only(desk):
    user = make_member(given_name="Private", family_name="Person")
    row = ParticipationFactory(cohort=desk.cohort, user=user, state="invited", joined_at=None)
    [listed] = desk.get(f"/cohorts/{desk.cohort.pk}/participations").json()["items"]
    shown = desk.get(f"/participations/{row.pk}").json()
    assert listed["name"] == shown["name"] == user.email
    assert shown["profile"] is None


def test_a_profile_is_read_once_its_person_takes_part(desk):
    row = ParticipationFactory(cohort=desk.cohort, joined_at="2026-11-01T09:00Z")
    shown = desk.get(f"/participations/{row.pk}").json()
    assert shown["name"] == row.user.name
    assert {"label": "Position", "value": "Engineer"} in shown["profile"]["facts"]


def test_people_are_sorted_and_added_with_the_programmes_places(desk):
    desk.cohort.programme.default_seats = 4
    desk.cohort.programme.save()
    person = {"role": "mentor", "given_name": "Mia", "family_name": "Maier"}
    made = desk.post(
        f"/cohorts/{desk.cohort.pk}/participations", {**person, "email": "m@x.example"}
    )
    assert (made.status_code, made.json()["seats"]) == (201, 4)
    wrong = desk.post(f"/cohorts/{desk.cohort.pk}/participations", {**person, "email": "a,b@x"})
    assert code_of(wrong) == (422, "invalid")
    ParticipationFactory(cohort=desk.cohort, role="mentee")
    listed = desk.get(f"/cohorts/{desk.cohort.pk}/participations?sort=-role").json()["items"]
    assert [row["role"] for row in listed] == ["mentor", "mentee"]


@pytest.mark.parametrize("act", ["pause", "resume", "withdraw", "restore", "invitation", "seats"])
def test_acts_on_foreign_people_are_absent(client, desk, act):
    row = ParticipationFactory(role="mentor")
    data = {"seats": 2} if act == "seats" else {}
    assert desk.post(f"/participations/{row.pk}/{act}", data).status_code == 404
    row.refresh_from_db()
    assert row.state == "joined"


def test_pause_and_resume(desk):
    row = ParticipationFactory(cohort=desk.cohort)
    assert desk.post(f"/participations/{row.pk}/pause").json()["state"] == "paused"
    again = desk.post(f"/participations/{row.pk}/pause")
    assert code_of(again) == (409, "participation_state_moved")
    assert desk.post(f"/participations/{row.pk}/resume").json()["state"] == "joined"
