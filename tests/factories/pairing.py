"""A cohort that can be matched, and runs over it."""

from datetime import UTC, datetime

from tandemwerk.pairing.models import MatchRun
from tandemwerk.pairing.services.calculation import run_calculate
from tandemwerk.pairing.services.runs import match_run_create
from tandemwerk.people.models import User
from tandemwerk.programmes.models import Cohort, Participation
from tests.factories.people import ProfileFactory, UserFactory
from tests.factories.programmes import CohortFactory, CoordinatorFactory, ParticipationFactory

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
TOPICS = ("first-leadership", "changing-jobs", "public-speaking", "delegation")


def mentee(cohort: Cohort, name: str = "", *, topics=TOPICS[:2], **profile) -> Participation:
    """A mentee with a complete profile; `profile` as in ProfileFactory."""
    user = UserFactory(**({"given_name": name} if name else {}))
    ProfileFactory(user=user, wanted=topics, **{"experience_years": 4, **profile})
    return ParticipationFactory(cohort=cohort, user=user, role="mentee")


def mentor(
    cohort: Cohort, name: str = "", *, topics=TOPICS[:2], seats: int = 1, **profile
) -> Participation:
    """A mentor with a complete profile."""
    user = UserFactory(**({"given_name": name} if name else {}))
    ProfileFactory(user=user, offered=topics, **{"experience_years": 12, **profile})
    return ParticipationFactory(cohort=cohort, user=user, role="mentor", seats=seats)


def coordinator(cohort: Cohort) -> User:
    """Somebody who runs the cohort's programme."""
    return CoordinatorFactory(programme=cohort.programme).user


def filled_cohort(mentees: int = 3, mentors: int = 3) -> Cohort:
    """A cohort whose n-th mentee wants what the n-th mentor offers."""
    cohort = CohortFactory()
    for number in range(mentees):
        mentee(cohort, f"Mentee{number}", topics=(TOPICS[number % len(TOPICS)],))
    for number in range(mentors):
        mentor(cohort, f"Mentor{number}", topics=(TOPICS[number % len(TOPICS)],))
    return cohort


def calculated(cohort: Cohort, by: User | None = None, **options) -> MatchRun:
    """A run of the cohort, calculated at NOW."""
    run = match_run_create(cohort=cohort, by=by or coordinator(cohort), now=NOW, **options)
    run_calculate(run_pk=run.pk, clock=lambda: NOW)
    return MatchRun.objects.select_related("cohort__programme").get(pk=run.pk)
