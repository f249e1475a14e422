import pytest

from tandemwerk.notifications.models import OutboxMail
from tests.api.conftest import Caller
from tests.factories import pairing as factory
from tests.factories.people import UserFactory
from tests.factories.programmes import CohortFactory, CoordinatorFactory, ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    entry = CoordinatorFactory()
    caller = Caller(client, entry.user)
    caller.programme = entry.programme
    caller.cohort = CohortFactory(programme=entry.programme)
    return caller


def test_coordinators_come_by_their_own_yes_and_go(desk):
    path = f"/programmes/{desk.programme.pk}/coordinators"
    other = CoordinatorFactory(programme=desk.programme)
    assert {row["email"] for row in desk.get(path).json()["items"]} == {
        desk.user.email,
        other.user.email,
    }
    assert desk.delete(f"{path}/{other.pk}").status_code == 204
    assert desk.delete(f"{path}/{other.pk}").status_code == 404
    [own] = desk.get(path).json()["items"]
    refused = desk.delete(f"{path}/{own['id']}")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "last_coordinator")


def test_asking_somebody_to_run_it_tells_nothing_about_their_account(desk):
    known = UserFactory()
    known.set_password("a long enough password")
    known.save()
    path = f"/programmes/{desk.programme.pk}"
    answers = [
        desk.post(f"{path}/coordinators", {"email": email})
        for email in (known.email, "nobody@example.org")
    ]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json().keys() == answers[1].json().keys()
    waiting = desk.get(f"{path}/coordinator-invitations").json()
    assert {row["email"] for row in waiting["items"]} == {known.email, "nobody@example.org"}
    assert OutboxMail.objects.filter(kind="coordinator_invitation").count() == 2
    assert desk.get(f"{path}/coordinators").json()["total"] == 1


def test_an_invitation_to_run_it_can_be_taken_back_once(desk):
    path = f"/programmes/{desk.programme.pk}"
    made = desk.post(f"{path}/coordinators", {"email": "nobody@example.org"}).json()
    foreign = f"/programmes/{CoordinatorFactory().programme.pk}/coordinator-invitations"
    assert desk.delete(f"{foreign}/{made['id']}").status_code == 404
    one = f"{path}/coordinator-invitations/{made['id']}"
    assert [desk.delete(one).status_code for _time in range(2)] == [204, 404]
    assert desk.post(f"{path}/coordinators", {"email": "no address"}).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_invitations_to_run_it_take_the_same_queries_for_any_number(
    desk, count, django_assert_max_num_queries
):
    path = f"/programmes/{desk.programme.pk}"
    for number in range(count):
        desk.post(f"{path}/coordinators", {"email": f"person{number}@example.org"})
    with django_assert_max_num_queries(8):
        assert desk.get(f"{path}/coordinator-invitations").json()["total"] == count


def test_a_coordinator_of_another_programme_is_not_removed_here(desk):
    foreign = CoordinatorFactory()
    assert (
        desk.delete(f"/programmes/{desk.programme.pk}/coordinators/{foreign.pk}").status_code == 404
    )
    assert foreign.programme.coordinators.exists()


def test_an_archived_programme_only_stands_there(desk):
    programme, cohort = f"/programmes/{desk.programme.pk}", f"/cohorts/{desk.cohort.pk}"
    assert desk.post(f"{programme}/archive").json()["state"] == "archived"
    for path in (f"{cohort}/invitations", f"{cohort}/runs"):
        refused = desk.post(path)
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "programme_archived")
    assert desk.patch(cohort, {"name": "Other"}).status_code == 409
    assert desk.post(f"{programme}/restore").json()["state"] == "running"
    assert desk.patch(cohort, {"name": "Other"}).json()["name"] == "Other"


def test_dates_move_one_by_one(desk):
    before = desk.get(f"/cohorts/{desk.cohort.pk}").json()
    after = desk.patch(f"/cohorts/{desk.cohort.pk}", {"ends_on": "2031-01-31"}).json()
    assert after == before | {"ends_on": "2031-01-31"}


def test_people_are_invited_again_and_brought_back(desk):
    person = ParticipationFactory(cohort=desk.cohort, state="invited")
    path = f"/participations/{person.pk}"
    assert desk.post(f"{path}/invitation").status_code == 200
    assert OutboxMail.objects.filter(to=person.user.email).count() == 1
    assert desk.post(f"{path}/withdraw").json()["state"] == "withdrawn"
    assert desk.post(f"{path}/invitation").status_code == 409
    assert desk.post(f"{path}/restore").json()["state"] == "invited"


def test_a_run_thrown_away_comes_back(desk):
    factory.mentee(desk.cohort)
    factory.mentor(desk.cohort)
    run = factory.calculated(desk.cohort, desk.user)
    assert desk.post(f"/runs/{run.pk}/discard").json()["state"] == "discarded"
    assert desk.post(f"/runs/{run.pk}/restore").json()["state"] == "ready"


def test_dates_out_of_order_are_refused(desk):
    refused = desk.patch(f"/cohorts/{desk.cohort.pk}", {"ends_on": "2001-01-31"})
    assert refused.json()["error"]["code"] == "cohort_dates_invalid"


def test_a_name_stands_for_one_cohort(desk):
    other = CohortFactory(programme=desk.programme)
    refused = desk.patch(f"/cohorts/{desk.cohort.pk}", {"name": other.name})
    assert refused.json()["error"]["code"] == "cohort_name_taken"
    assert desk.patch(f"/cohorts/{desk.cohort.pk}", {"name": desk.cohort.name}).status_code == 200
