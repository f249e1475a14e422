from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from tandemwerk.tandems.models import Tandem, TandemMember
from tests.factories.programmes import CohortFactory, ParticipationFactory


class TandemFactory(DjangoModelFactory):
    """A proposed tandem with its two members; `state="active"` needs `activated_at`."""

    class Meta:
        model = Tandem
        skip_postgeneration_save = True

    cohort = factory.SubFactory(CohortFactory)
    state = "proposed"
    score = 0.8
    proposed_at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    answer_by = factory.LazyAttribute(lambda tandem: tandem.proposed_at + timedelta(days=10))

    @factory.post_generation
    def members(self, create, extracted, **kwargs):
        for role in ("mentee", "mentor"):
            given = kwargs.get(role)
            participation = given or ParticipationFactory(cohort=self.cohort, role=role)
            TandemMember.objects.create(
                tandem=self, participation=participation, user=participation.user, role=role
            )
