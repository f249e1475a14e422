"""What a cohort's page says about matching."""

import pytest
from django.test import RequestFactory
from django.utils import timezone

from tandemwerk.pairing.cohort_page import matching_waits, run_box
from tandemwerk.pairing.enums import RunState
from tandemwerk.pairing.models import MatchRun
from tests.factories.people import ProfileFactory
from tests.factories.programmes import CohortFactory, ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    cohort = CohortFactory()
    for role, topics in (("mentee", "wanted"), ("mentor", "offered")):
        profile = ProfileFactory(**{topics: ["delegation"]})
        ParticipationFactory(cohort=cohort, role=role, user=profile.user)
    return cohort


def needs(cohort) -> list[str]:
    return [need.url for need in matching_waits(RequestFactory().get("/"), cohort)]


def run_of(cohort, number, state, **values) -> MatchRun:
    return MatchRun.objects.create(
        cohort=cohort, number=number, state=state, created_at=timezone.now(), **values
    )


def test_first_the_people_then_the_run_then_nothing(cohort):
    assert needs(cohort) == [f"/cohorts/{cohort.pk}/runs/"]
    run = run_of(cohort, 1, RunState.READY)
    assert needs(cohort) == [f"/runs/{run.pk}/"]
    MatchRun.objects.filter(pk=run.pk).update(state=RunState.PUBLISHED, published_at=timezone.now())
    assert needs(cohort) == []


def test_nobody_to_match_is_no_need():
    assert needs(CohortFactory()) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_box_shows_the_latest_runs_in_one_query(cohort, count, django_assert_num_queries):
    for number in range(1, count + 3):
        run_of(cohort, number, RunState.DISCARDED if number == 1 else RunState.READY)
    with django_assert_num_queries(1):
        shown = [run.number for run in run_box(RequestFactory().get("/"), cohort)["runs"]]
    assert shown == list(range(count + 2, 1, -1))[:3]
