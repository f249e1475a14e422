from datetime import UTC, datetime, timedelta

import pytest

from tandemwerk.tandems.models import Tandem
from tests.factories.programmes import CohortFactory, ParticipationFactory
from tests.factories.tandems import TandemFactory

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)  # a Wednesday, ten in the morning in Berlin


class Pair:
    """A proposed tandem with its two people at hand, counted as publishing counts it."""

    def __init__(self, cohort=None, mentor=None, proposed_at=None):
        cohort = cohort or CohortFactory()
        self.mentee_side = ParticipationFactory(cohort=cohort, role="mentee", proposals_open=1)
        self.mentor_side = mentor or ParticipationFactory(
            cohort=cohort, role="mentor", seats=2, proposals_open=1
        )
        self.tandem = TandemFactory(
            cohort=cohort,
            proposed_at=proposed_at or NOW - timedelta(days=1),
            members__mentee=self.mentee_side,
            members__mentor=self.mentor_side,
        )
        self.mentee, self.mentor = self.mentee_side.user, self.mentor_side.user

    @property
    def fresh(self) -> Tandem:
        return Tandem.objects.get(pk=self.tandem.pk)

    @property
    def state(self) -> str:
        return self.fresh.state

    def counts(self, side):
        side.refresh_from_db()
        return side.seats_taken, side.proposals_open

    def member(self, user):
        return self.fresh.members.get(user=user)


@pytest.fixture
def pair(db):
    return Pair()


@pytest.fixture
def make_pair(db):
    return Pair
