"""What the hourly look at 2,000 running tandems costs; prints what it measures."""

import sys
from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest

from tandemwerk.people.models import User
from tandemwerk.programmes.models import Participation
from tandemwerk.programmes.template_catalogue import programme_templates
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.services.nudges import nudges_send
from tests.factories.programmes import CohortFactory
from tests.integration.tandems.conftest import NOW

TANDEMS, HOURS = 2000, 47
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def many(db):
    """Running tandems of a template's length, written in on different days, nobody to remind."""
    cohort = CohortFactory()
    journey = programme_templates()["company-mentoring"].journey()
    users = User.objects.bulk_create(
        User(email=f"person-{n}@example.org", given_name="Kim", family_name=str(n))
        for n in range(2 * TANDEMS)
    )
    people = Participation.objects.bulk_create(
        Participation(
            cohort=cohort, user=user, role="mentee" if n % 2 else "mentor", state="joined"
        )
        for n, user in enumerate(users)
    )
    tandems = Tandem.objects.bulk_create(
        Tandem(
            cohort=cohort,
            state="active",
            journey=journey,
            proposed_at=NOW,
            answer_by=NOW,
            activated_at=NOW,
            touched_on=(NOW + (20 + n % 20) * DAY).date(),
        )
        for n in range(TANDEMS)
    )
    TandemMember.objects.bulk_create(
        TandemMember(
            tandem=tandems[n // 2],
            participation=one,
            user=one.user,
            role=one.role,
            reminded_at=NOW + 33 * DAY,
        )
        for n, one in enumerate(people)
    )


def timed(now):
    begun = perf_counter()
    assert nudges_send(now=now) == 0
    return (perf_counter() - begun) * 1000


@pytest.mark.slow
def test_an_hour_with_nothing_due_opens_nothing(many, django_assert_num_queries):
    first = timed(NOW + 40 * DAY)
    hours = [timed(NOW + 40 * DAY + hour * HOUR) for hour in range(1, HOURS + 1)]
    sys.stdout.write(
        f"{TANDEMS} tandems: all opened once {first:.0f} ms;"
        f" {HOURS} hours after it median {median(hours):.1f} ms, longest {max(hours):.0f} ms\n"
    )
    assert not TandemMember.objects.filter(look_again_at=None).exists()
    with django_assert_num_queries(1):
        nudges_send(now=NOW + 40 * DAY + HOURS * HOUR)
