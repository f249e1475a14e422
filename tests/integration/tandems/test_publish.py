from datetime import timedelta

import pytest
from django.db import connection

from tandemwerk.audit.models import AuditEntry
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.pairing.errors import BoardStale, PairsNoLongerPossible, RunEmpty, RunNotReady
from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.people.models import User
from tandemwerk.programmes.models import Participation
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.services.publish import run_publish
from tests.factories.people import UserFactory
from tests.factories.programmes import CohortFactory, ParticipationFactory
from tests.integration.tandems.conftest import NOW


def make_run(cohort, state="ready", number=1):
    return MatchRun.objects.create(cohort=cohort, number=number, state=state, created_at=NOW)


@pytest.fixture
def run(db):
    cohort = CohortFactory()
    mentors = [ParticipationFactory(cohort=cohort, role="mentor", seats=2) for _ in range(2)]
    run = make_run(cohort)
    for mentor in (*mentors, mentors[0], None):
        mentee = ParticipationFactory(cohort=cohort, role="mentee")
        Suggestion.objects.create(
            run=run,
            mentee=mentee,
            mentor=mentor,
            score=0.7 if mentor else None,
            reasons={"reasons": [], "differences": []},
        )
    return run


@pytest.fixture
def coordinator(db):
    return UserFactory()


def test_pairs_become_proposals_and_both_learn_of_it(run, coordinator):
    assert run_publish(run=run, by=coordinator, now=NOW) == 3
    run.refresh_from_db()
    assert (run.state, run.published_at, run.published_by) == ("published", NOW, coordinator)
    for tandem in Tandem.objects.all():
        assert tandem.state == "proposed"
        assert tandem.answer_by == NOW + timedelta(days=10)
        assert tandem.score == 0.7
        assert [m.role for m in tandem.members.all()] == ["mentee", "mentor"]
        assert {m.participation for m in tandem.members.all()} == {
            tandem.suggestion.mentee,
            tandem.suggestion.mentor,
        }
    counts = Participation.objects.filter(role="mentor").values_list("proposals_open", flat=True)
    assert sorted(counts) == [1, 2]
    assert OutboxMail.objects.filter(kind="proposal").count() == 6
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor_id) == ("run.publish", coordinator.pk)


@pytest.mark.parametrize("state", ["queued", "running", "failed", "discarded"])
def test_only_a_ready_run_is_published(run, coordinator, state):
    MatchRun.objects.filter(pk=run.pk).update(state=state)
    with pytest.raises(RunNotReady):
        run_publish(run=run, by=coordinator, now=NOW)
    assert not Tandem.objects.exists()


def test_publishing_twice_proposes_once(run, coordinator):
    run_publish(run=run, by=coordinator, now=NOW)
    with pytest.raises(RunNotReady):
        run_publish(run=run, by=coordinator, now=NOW)
    assert (Tandem.objects.count(), OutboxMail.objects.count()) == (3, 6)


def test_all_or_nothing_when_a_place_is_gone(run, coordinator):
    mentor = Participation.objects.filter(role="mentor").order_by("pk")[0]
    Participation.objects.filter(pk=mentor.pk).update(seats_taken=1)
    with pytest.raises(PairsNoLongerPossible):
        run_publish(run=run, by=coordinator, now=NOW)
    assert not Tandem.objects.exists()
    assert not OutboxMail.objects.exists()
    run.refresh_from_db()
    assert (run.state, run.published_at) == ("ready", None)


def test_an_old_picture_of_the_board_publishes_nothing(run, coordinator):
    with pytest.raises(BoardStale):
        run_publish(run=run, by=coordinator, now=NOW, version=run.version + 1)
    assert not Tandem.objects.exists()


def test_an_empty_board_publishes_nothing(coordinator):
    with pytest.raises(RunEmpty):
        run_publish(run=make_run(CohortFactory()), by=coordinator, now=NOW)


def test_five_hundred_pairs_take_few_statements(coordinator, django_assert_max_num_queries):
    cohort = CohortFactory()
    users = User.objects.bulk_create(
        User(email=f"p{n}@example.org", given_name=f"P{n}", family_name="M", locale="de")
        for n in range(1000)
    )
    people = Participation.objects.bulk_create(
        Participation(
            cohort=cohort, user=user, role="mentee" if n < 500 else "mentor", state="joined"
        )
        for n, user in enumerate(users)
    )
    run = make_run(cohort)
    Suggestion.objects.bulk_create(
        Suggestion(run=run, mentee=people[n], mentor=people[n + 500], score=0.5) for n in range(500)
    )
    most = 52 if connection.vendor == "postgresql" else 84  # SQLite writes 999 values at a time
    with django_assert_max_num_queries(most):
        run_publish(run=run, by=coordinator, now=NOW)
    assert TandemMember.objects.count() == OutboxMail.objects.count() == 1000
