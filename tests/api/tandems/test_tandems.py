import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from tandemwerk.tandems.models import Tandem
from tests.api.conftest import Caller
from tests.factories import pairing as factory
from tests.factories.people import ProfileFactory
from tests.factories.programmes import CohortFactory, CoordinatorFactory, ParticipationFactory
from tests.factories.tandems import TandemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(client):
    """A fresh proposal and its two people's programs."""
    cohort = CohortFactory()
    now = timezone.now()
    mentee = ParticipationFactory(cohort=cohort, role="mentee", proposals_open=1)
    mentor = ParticipationFactory(cohort=cohort, role="mentor", proposals_open=1)
    tandem = TandemFactory(
        cohort=cohort,
        proposed_at=now - timedelta(days=1),
        answer_by=now + timedelta(days=9),
        members__mentee=mentee,
        members__mentor=mentor,
    )
    return tandem, Caller(client, mentee.user), Caller(client, mentor.user)


def test_from_proposal_to_active_tandem(pair):
    tandem, mentee, mentor = pair
    address = f"/tandems/{tandem.pk}"
    assert mentee.get(address).json()["other"]["email"] == ""
    assert mentee.post(f"{address}/accept").json()["state"] == "proposed"
    assert mentor.get(address).json()["other_has_answered"] is True
    assert mentor.post(f"{address}/accept").json()["state"] == "chemistry"
    assert mentee.get(address).json()["other"]["email"] == mentor.user.email
    today = timezone.localdate().isoformat()
    assert mentee.post(f"{address}/meeting", {"met_on": today}).status_code == 200
    assert mentee.post(f"{address}/confirm").json()["state"] == "chemistry"
    assert mentor.post(f"{address}/confirm").json()["state"] == "active"
    assert [row["id"] for row in mentee.get("/tandems?state=active").json()["items"]] == [tandem.pk]


def test_no_is_private(pair):
    tandem, mentee, mentor = pair
    secret = "I would rather not work with this person"
    answer = mentee.post(f"/tandems/{tandem.pk}/decline", {"code": "other", "note": secret})
    assert answer.json()["state"] == "declined"
    for caller in (mentee, mentor):
        assert secret not in caller.get(f"/tandems/{tandem.pk}").content.decode()
    assert "decline" not in mentor.get("/tandems").json()["items"][0]


def test_place_lost_meanwhile_ends_the_proposal_for_good(pair):
    tandem, mentee, mentor = pair
    mentee.post(f"/tandems/{tandem.pk}/accept")
    member = tandem.members.get(role="mentor").participation
    type(member).objects.filter(pk=member.pk).update(seats_taken=1)
    key = {"Idempotency-Key": str(uuid.uuid4())}
    answer = mentor.post(f"/tandems/{tandem.pk}/accept", **key)
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "place_taken"
    assert Tandem.objects.get().end_code == "no_seat"


def test_strangers_and_coordinators_hear_nothing(pair, client):
    tandem, *_ = pair
    coordinator = CoordinatorFactory(programme=tandem.cohort.programme).user
    for user in (ProfileFactory().user, coordinator):
        caller = Caller(client, user)
        assert caller.get(f"/tandems/{tandem.pk}").status_code == 404
        assert caller.post(f"/tandems/{tandem.pk}/accept").status_code == 404
        assert caller.get("/tandems").json() == {"total": 0, "items": []}


def test_coordinator_sees_states_only(pair, client):
    tandem, *_ = pair
    caller = Caller(client, CoordinatorFactory(programme=tandem.cohort.programme).user)
    found = caller.get(f"/cohorts/{tandem.cohort_id}/tandems?group=proposed").json()
    assert found["total"] == 1
    assert set(found["items"][0]) == {
        "mentee",
        "mentor",
        "state",
        "since",
        "deadline",
        "end",
        "shared_reason",
    }


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_for_any_length(client, count, django_assert_num_queries):
    person = ParticipationFactory(role="mentor", seats=5)
    caller = Caller(client, person.user)
    for _ in range(count):
        TandemFactory(cohort=person.cohort, members__mentor=person)
    caller.get("/tandems")
    with django_assert_num_queries(7):
        assert caller.get("/tandems").json()["total"] == count


def test_repeated_yes_with_the_same_key_is_one_yes(pair):
    tandem, mentee, _ = pair
    key = {"Idempotency-Key": "one-and-the-same"}
    first = mentee.post(f"/tandems/{tandem.pk}/accept", **key)
    second = mentee.post(f"/tandems/{tandem.pk}/accept", **key)
    assert first.json() == second.json()
    assert second["Idempotency-Replayed"] == "true"


def test_malformed_day_is_named(pair):
    tandem, mentee, _ = pair
    answer = mentee.post(f"/tandems/{tandem.pk}/meeting", {"met_on": "yesterday"})
    assert answer.status_code == 422
    assert answer.json()["error"]["fields"][0]["field"].endswith("met_on")


def test_the_way_the_two_have_before_them(pair):
    tandem, mentee, mentor = pair
    tandem.journey = {
        "phases": [
            {
                "key": "start",
                "title": {"de": "Anfang", "en": "Beginning"},
                "summary": {"de": "Kennenlernen", "en": "Getting to know each other"},
                "start_week": 0,
                "end_week": 4,
                "due": [
                    {
                        "key": "goals",
                        "who": "mentee",
                        "week": 2,
                        "title": {"de": "Ziele", "en": "Goals"},
                    }
                ],
                "questions": {"de": ["Was?"], "en": ["What?"]},
            }
        ]
    }
    tandem.save()
    found = mentee.get(f"/tandems/{tandem.pk}").json()
    [phase] = found["journey"]
    assert (phase["title"], phase["questions"], phase["state"]) == (
        "Beginning",
        ["What?"],
        "current",
    )
    assert [(step["title"], step["for_me"]) for step in found["next_steps"]] == [("Goals", True)]
    assert found["agreement"] == [{"lead": "", "text": "Agreement"}]
    assert len(found["starters"]) > 2
    assert mentor.get(f"/tandems/{tandem.pk}").json()["next_steps"] == []


def test_publishing_an_old_picture_is_refused(client):
    cohort = factory.filled_cohort(1, 1)
    caller = Caller(client, factory.coordinator(cohort))
    run = factory.calculated(cohort, caller.user)
    stale = caller.post(f"/runs/{run.pk}/publish", {"version": 5})
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "board_stale")
    assert caller.post(f"/runs/{run.pk}/publish", {"version": 0}).json() == {"proposals": 1}


@pytest.mark.parametrize("act", ["accept", "decline", "meeting", "confirm", "end"])
def test_nobody_acts_in_a_foreign_tandem(pair, client, act):
    tandem, *_ = pair
    stranger = Caller(client, ProfileFactory().user)
    data = {"met_on": "2026-11-03"} if act == "meeting" else {}
    assert stranger.post(f"/tandems/{tandem.pk}/{act}", data).status_code == 404
    tandem.refresh_from_db()
    assert tandem.state == "proposed"


def test_confirming_before_the_meeting_says_what_to_do(pair):
    tandem, mentee, mentor = pair
    for caller in (mentee, mentor):
        caller.post(f"/tandems/{tandem.pk}/accept")
    answer = mentee.post(f"/tandems/{tandem.pk}/confirm")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "meeting_not_recorded")


@pytest.mark.parametrize("count", [1, 3])
def test_a_cohorts_tandems_take_the_same_queries(client, count, django_assert_num_queries):
    cohort = CohortFactory()
    caller = Caller(client, CoordinatorFactory(programme=cohort.programme).user)
    for _ in range(count):
        TandemFactory(cohort=cohort)
    caller.get("/me")
    with django_assert_num_queries(7):
        found = caller.get(f"/cohorts/{cohort.pk}/tandems?group=proposed").json()
    assert (found["total"], found["counts"]["proposed"]) == (count, count)
