"""Signals over the API: a member's own, and what the coordination may read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tandemwerk.people.models import Block
from tandemwerk.tandems.models import Tandem
from tests.api.conftest import Caller
from tests.factories.programmes import CoordinatorFactory
from tests.factories.rooms import active_tandem, person_of
from tests.factories.signals import grown

pytestmark = pytest.mark.django_db
FIRST = "first-month-check"


@pytest.fixture
def tandem():
    return active_tandem(timezone.now() - timedelta(days=33))


@pytest.fixture
def mentee(client, tandem):
    return Caller(client, person_of(tandem, "mentee"))


@pytest.fixture
def staff(client, tandem):
    return Caller(client, CoordinatorFactory(programme=tandem.cohort.programme).user)


def test_a_check_in_is_asked_answered_and_taken_up(tandem, mentee, staff):
    path = f"/tandems/{tandem.pk}/check-ins"
    [asked] = mentee.get(path).json()["items"]
    assert (asked["key"], asked["answer"], asked["is_open"]) == (FIRST, None, True)
    assert asked["title"] == "After the first month"
    assert mentee.post(path, {"key": FIRST, "answer": "help"}).json()["answer"] == "help"
    assert mentee.post(path, {"key": "no-such", "answer": "help"}).status_code == 409
    assert mentee.post(path, {"key": FIRST, "answer": "well"}).status_code == 422
    [ask] = staff.get(f"/cohorts/{tandem.cohort_id}/asking").json()["items"]
    assert (ask["name"], ask["wants_end"]) == (mentee.user.name, False)
    assert staff.post(f"/check-ins/{ask['check_in_id']}/take-up").status_code == 204
    assert staff.get(f"/cohorts/{tandem.cohort_id}/asking").json()["items"][0]["is_taken_up"]
    assert staff.get(path).status_code == 404


def test_help_goes_there_and_back(tandem, mentee, staff):
    path = f"/tandems/{tandem.pk}/help"
    assert mentee.post(path, {}).status_code == 422
    made = mentee.post(path, {"topics": ["dates"], "words": "Seit August"})
    assert (made.status_code, made.json()["state"]) == (201, "open")
    address = f"/help-requests/{made.json()['id']}"
    assert staff.get(address).json()["words"] == "Seit August"
    assert staff.post(address, {}).json()["state"] == "taken_up"
    settled = staff.post(address, {"answer": True, "reply": "Dienstag"}).json()
    assert settled["state"] == "answered"
    assert staff.post(address, {"answer": True}).json()["error"]["code"] == "help_answered"
    assert mentee.get(path).json()["items"][0]["reply"] == "Dienstag"
    assert mentee.get(address).status_code == 404


def test_a_pause_begins_and_ends(tandem, mentee):
    path = f"/tandems/{tandem.pk}/pause"
    assert mentee.get(path).json() == {"is_paused": False, "goes_on_on": None}
    until = (timezone.now() + timedelta(days=10)).date().isoformat()
    assert mentee.post(path, {"until": until}).json() == {"is_paused": True, "goes_on_on": until}
    late = (timezone.now() + timedelta(days=70)).date().isoformat()
    assert mentee.post(path, {"until": late}).json()["error"]["code"] == "pause_too_long"
    assert mentee.delete(path).json()["is_paused"] is False


def test_a_block_and_the_way_back(tandem, mentee):
    path = f"/tandems/{tandem.pk}/block"
    [other] = mentee.get(path).json()["members"]
    assert mentee.post(path, {"member_id": 999_999}).status_code == 404
    assert mentee.post(path, {"member_id": other["member_id"]}).json()["name"] == other["name"]
    assert Tandem.objects.get().state == "dissolved"
    [block] = mentee.get("/me/blocks").json()["items"]
    assert mentee.delete(f"/me/blocks/{block['id']}").status_code == 204
    assert not Block.objects.exists()


def test_in_a_group_one_says_whom(client, tandem, mentee, staff):
    grown(tandem, "mentee", staff.user, timezone.now())
    path = f"/tandems/{tandem.pk}/block"
    members = mentee.get(path).json()["members"]
    assert len(members) == 2
    assert mentee.post(path).status_code == 404
    assert len(mentee.get(f"/tandems/{tandem.pk}").json()["others"]) == 2
    assert mentee.post(path, {"member_id": members[0]["member_id"]}).status_code == 200
    assert mentee.get(f"/tandems/{tandem.pk}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_queries(tandem, mentee, count, django_assert_num_queries):
    path = f"/tandems/{tandem.pk}/help"
    for _ in range(count):
        mentee.post(path, {"topics": ["talk"]})
    mentee.get(path)
    with django_assert_num_queries(7):
        assert mentee.get(path).json()["total"] == count
