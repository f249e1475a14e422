"""Many people at the same moment, each on a connection of their own."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection

from tandemwerk.audit.services import audit_verify
from tandemwerk.pairing.errors import RunNotReady
from tandemwerk.programmes.models import Participation
from tandemwerk.tandems.enums import Answer, DeclineCode
from tandemwerk.tandems.errors import PlaceTaken, TandemOver
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.services.ending import tandem_expire
from tandemwerk.tandems.services.proposals import proposal_accept, proposal_decline
from tandemwerk.tandems.services.publish import run_publish
from tests.factories.people import UserFactory
from tests.factories.programmes import CohortFactory, ParticipationFactory
from tests.integration.tandems.conftest import NOW, Pair
from tests.integration.tandems.test_publish import make_run

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(acts):
    """Run every act in its own thread and connection, released together."""
    gate = threading.Barrier(len(acts), timeout=60)

    def run(act):
        try:
            connection.ensure_connection()
            gate.wait()
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_a_hundred_yeses_on_ten_places():
    cohort = CohortFactory()
    mentor = ParticipationFactory(cohort=cohort, role="mentor", seats=10, proposals_open=100)
    pairs = [Pair(cohort, mentor) for _ in range(100)]
    TandemMember.objects.filter(participation=mentor).update(answer=Answer.YES, answered_at=NOW)

    results = all_at_once(
        [
            lambda pair=pair: proposal_accept(tandem=pair.tandem, by=pair.mentee, now=NOW)
            for pair in pairs
        ]
    )

    failures = [result for result in results if isinstance(result, Exception)]
    assert failures == [], "nothing locked, nothing broken"
    refused = [result.refused for result in results if result.refused]
    assert len(refused) == 90
    assert all(isinstance(error, PlaceTaken) and str(error) for error in refused)
    states = list(Tandem.objects.values_list("state", flat=True))
    assert (states.count("chemistry"), states.count("declined")) == (10, 90)
    mentor.refresh_from_db()
    assert (mentor.seats_taken, mentor.proposals_open) == (10, 0)
    mentees = Participation.objects.filter(role="mentee")
    assert sum(mentees.values_list("seats_taken", flat=True)) == 10
    assert audit_verify() == 100


def test_both_answer_in_the_same_moment():
    for _ in range(8):
        pair = Pair()
        results = all_at_once(
            [
                lambda by=by, pair=pair: proposal_accept(tandem=pair.tandem, by=by, now=NOW)
                for by in (pair.mentee, pair.mentor)
            ]
        )
        assert not [r for r in results if isinstance(r, Exception)]
        assert pair.state == "chemistry", "neither yes may be overlooked"
        assert pair.counts(pair.mentor_side) == (1, 0)


def test_yes_no_and_the_clock_in_the_same_moment():
    for _ in range(6):
        pair = Pair()
        no = {"tandem": pair.tandem, "by": pair.mentee, "code": DeclineCode.NONE, "now": NOW}
        yes = {"tandem": pair.tandem, "by": pair.mentor, "now": NOW}
        results = all_at_once(
            [
                partial(proposal_decline, **no),
                partial(proposal_accept, **yes),
                partial(tandem_expire, tandem=pair.tandem, now=pair.tandem.answer_by),
            ]
        )
        errors = [r for r in results if isinstance(r, Exception)]
        assert all(isinstance(error, TandemOver) for error in errors), errors
        assert pair.state == "declined"
        assert pair.counts(pair.mentor_side) == pair.counts(pair.mentee_side) == (0, 0)


def test_two_coordinators_publish_in_the_same_moment():
    cohort = CohortFactory()
    run = make_run(cohort)
    mentor = ParticipationFactory(cohort=cohort, role="mentor")
    run.suggestions.create(
        mentee=ParticipationFactory(cohort=cohort), mentor=mentor, score=0.5, reasons={}
    )
    people = [UserFactory() for _ in range(4)]
    results = all_at_once([lambda by=by: run_publish(run=run, by=by, now=NOW) for by in people])
    assert sum(isinstance(result, RunNotReady) for result in results) == 3
    assert Tandem.objects.count() == 1
    mentor.refresh_from_db()
    assert mentor.proposals_open == 1
