from datetime import date

import factory
from factory.django import DjangoModelFactory
from i18nfield.strings import LazyI18nString

from tandemwerk.programmes.models import (
    Cohort,
    Organisation,
    OrganisationOwner,
    Participation,
    Programme,
    ProgrammeCoordinator,
)
from tests.factories.people import ProfileFactory, UserFactory, give_second_factor


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")


class OwnerFactory(DjangoModelFactory):
    class Meta:
        skip_postgeneration_save = True
        model = OrganisationOwner

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)

    @factory.post_generation
    def second_factor(self, create, extracted, **kwargs):
        """Staff have one, as everywhere outside the demo; `second_factor=False` leaves it."""
        if create and extracted is not False:
            give_second_factor(self.user)


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    organisation = factory.SubFactory(OrganisationFactory)
    template = "company-mentoring"
    name = factory.Sequence(
        lambda n: LazyI18nString({"de": f"Programm {n}", "en": f"Programme {n}"})
    )
    state = "running"
    criteria = factory.LazyFunction(lambda: {"weights": {"topics": 10, "languages": 4}})
    journey = factory.LazyFunction(lambda: {"phases": []})
    agreement_text = LazyI18nString({"de": "Vereinbarung", "en": "Agreement"})
    invitation_text = LazyI18nString({"de": "Einladung", "en": "Invitation"})


class CoordinatorFactory(DjangoModelFactory):
    class Meta:
        skip_postgeneration_save = True
        model = ProgrammeCoordinator

    programme = factory.SubFactory(ProgrammeFactory)
    user = factory.SubFactory(UserFactory)

    @factory.post_generation
    def second_factor(self, create, extracted, **kwargs):
        """Staff have one, as everywhere outside the demo; `second_factor=False` leaves it."""
        if create and extracted is not False:
            give_second_factor(self.user)


class CohortFactory(DjangoModelFactory):
    class Meta:
        model = Cohort

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Cohort {n}")
    registration_ends_on = date(2026, 9, 1)
    matching_on = date(2026, 9, 15)
    starts_on = date(2026, 10, 1)
    midpoint_on = date(2027, 1, 15)
    ends_on = date(2027, 6, 30)


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = Participation

    cohort = factory.SubFactory(CohortFactory)
    user = factory.LazyFunction(lambda: ProfileFactory().user)
    role = "mentee"
    state = "joined"
    seats = 1
