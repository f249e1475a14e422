"""Learning from first meetings for programs: the switch, the figures, the estimate."""

import pytest

from tandemwerk.tandems.services.learning import organisation_learn
from tests.api.conftest import Caller
from tests.factories.chemistry import meetings_held
from tests.factories.pairing import NOW, calculated, coordinator, filled_cohort

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return filled_cohort(2, 2)


@pytest.fixture
def staff(client, cohort):
    return Caller(client, coordinator(cohort))


def test_off_until_it_is_switched_on_and_counted(staff, cohort):
    path = f"/programmes/{cohort.programme_id}"
    assert staff.get(path).json()["learns_from_chemistry"] is False
    off = staff.get(f"{path}/chemistry-learning").json()
    assert (off["is_on"], off["meetings"], off["evaluation"]) == (False, 0, None)
    assert staff.patch(path, {"learns_from_chemistry": True}).json()["learns_from_chemistry"]
    organisation_learn(organisation_pk=cohort.programme.organisation_id, now=NOW)
    few = staff.get(f"{path}/chemistry-learning").json()
    assert (few["is_on"], few["shortage"], few["least_meetings"]) == (True, "pairs", 100)


def test_figures_and_an_estimate_beside_a_pair(staff, cohort):
    run = calculated(cohort)
    meetings_held(cohort.programme)
    pair = f"/runs/{run.pk}/pairs/{run.mentee_ids[0]}"
    assert staff.get(pair).json()["chemistry"] is None
    staff.patch(f"/programmes/{cohort.programme_id}", {"learns_from_chemistry": True})
    organisation_learn(organisation_pk=cohort.programme.organisation_id, now=NOW)
    found = staff.get(f"/programmes/{cohort.programme_id}/chemistry-learning").json()
    assert (found["shortage"], found["meetings"], found["groups"]) == ("", 120, 3)
    assert set(found["evaluation"]) == {"rate", "match", "constant", "steps"}
    said = staff.get(pair).json()["chemistry"]
    assert said["low"] <= said["percent"] <= said["high"]


def test_who_runs_another_programme_finds_nothing(client, cohort):
    other = Caller(client, coordinator(filled_cohort(1, 1)))
    path = f"/programmes/{cohort.programme_id}/chemistry-learning"
    assert other.get(path).status_code == 404
