"""What needs me now, for programs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.api.conftest import Caller
from tests.factories.people import UserFactory
from tests.factories.programmes import CohortFactory, CoordinatorFactory, ParticipationFactory
from tests.factories.tandems import TandemFactory

pytestmark = pytest.mark.django_db


def propose(row, count=1):
    now = timezone.now()
    return [
        TandemFactory(
            cohort=row.cohort,
            proposed_at=now,
            answer_by=now + timedelta(days=9),
            members__mentor=row,
        )
        for _ in range(count)
    ]


def test_a_mentor_hears_of_a_proposal(client):
    row = ParticipationFactory(role="mentor", proposals_open=1)
    [tandem] = propose(row)
    item, prepare = Caller(client, row.user).get("/home").json()["items"]
    assert prepare["kind"] == "prepare"
    assert (item["kind"], item["id"], item["is_calm"]) == ("answer_proposal", tandem.pk, False)
    assert item["page"].endswith(f"/tandems/{tandem.pk}/")
    assert item["due"]
    assert item["title"].startswith("Meet ")


def test_a_coordinator_hears_of_an_empty_cohort(client):
    cohort = CohortFactory()
    caller = Caller(client, CoordinatorFactory(programme=cohort.programme).user)
    [item] = caller.get("/home").json()["items"]
    assert (item["kind"], item["id"]) == ("cohort_empty", cohort.pk)


def test_nothing_needs_a_stranger_and_nobody_hears_without_a_token(client):
    assert Caller(client, UserFactory()).get("/home").json() == {"items": []}
    assert client.get("/api/v1/home").status_code == 401


@pytest.mark.parametrize("count", [1, 3])
def test_home_takes_the_same_queries_for_any_number(client, count, django_assert_num_queries):
    row = ParticipationFactory(role="mentor", seats=5, proposals_open=count)
    propose(row, count)
    caller = Caller(client, row.user)
    caller.get("/me")
    with django_assert_num_queries(10):
        assert len(caller.get("/home").json()["items"]) == count + 1  # and to prepare
