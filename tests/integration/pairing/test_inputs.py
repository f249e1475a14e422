from datetime import UTC, date, datetime

import pytest

from tandemwerk.matching.weeks import mask_of
from tandemwerk.pairing.enums import RuleKind, RuleSource
from tandemwerk.pairing.models import PairRule
from tandemwerk.pairing.selectors.pool import participations_incomplete, readiness
from tandemwerk.pairing.services.history import history_forbid
from tandemwerk.pairing.services.inputs import inputs_read, utc_week
from tests.factories.pairing import NOW, filled_cohort, mentee, mentor
from tests.factories.people import ProfileFactory
from tests.factories.programmes import CohortFactory, ParticipationFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 2)


def rule(cohort, mentee, mentor, kind, source=RuleSource.COORDINATOR):
    return PairRule.objects.create(
        cohort=cohort, mentee=mentee, mentor=mentor, kind=kind, source=source, created_at=NOW
    )


def test_pool_has_only_people_who_can_be_matched():
    cohort = CohortFactory()
    anna, rosa = mentee(cohort, "Anna"), mentor(cohort, "Rosa", seats=3)
    invited = mentee(cohort, "Ivo")
    invited.state = "invited"
    invited.save()
    rosa.seats_taken = 1
    rosa.save()
    for state in ("paused", "withdrawn"):
        person = mentee(cohort)
        person.state = state
        person.save()
    for field in ("seats_taken", "proposals_open"):
        person = mentee(cohort)
        setattr(person, field, 1)
        person.save()
    full = mentor(cohort, seats=1)
    full.proposals_open = 1
    full.save()
    mentee(CohortFactory())
    inputs = inputs_read(cohort, reference_on=ON)
    assert inputs.mentee_ids == (anna.pk, invited.pk)
    assert inputs.mentor_ids == (rosa.pk,)
    assert inputs.mentors[0].seats == 2


def test_incomplete_profiles_are_named_and_left_out():
    cohort = CohortFactory()
    complete = mentee(cohort)
    no_topic = ParticipationFactory(cohort=cohort)
    no_language = mentee(cohort, speaks=())
    wrong_kind = ParticipationFactory(
        cohort=cohort, user=ProfileFactory(offered=("changing-jobs",)).user
    )
    assert inputs_read(cohort, reference_on=ON).mentee_ids == (complete.pk,)
    assert {p.pk for p in participations_incomplete(cohort)} == {
        no_topic.pk,
        no_language.pk,
        wrong_kind.pk,
    }


def test_person_becomes_what_the_engine_knows():
    cohort = CohortFactory()
    boss = mentor(cohort, "Rosa")
    anna = mentee(
        cohort,
        topics=("changing-jobs", "first-leadership"),
        speaks=("de", "tr"),
        experience_years=3.5,
        function="it",
        team="Netz",
        site="Bonn",
        meeting_format="online",
        about="Ich will weiter.",
        values_answers={"pace": 4},
        reports_to_email=boss.user.email.upper(),
        week=f"{mask_of([9]):x}",
    )
    person = inputs_read(cohort, reference_on=ON).mentees[0]
    assert person.id == str(anna.user_id)
    assert (person.name, person.email) == ("", "")
    assert person.topics == ("changing-jobs", "first-leadership")
    assert person.languages == {"de", "tr"}
    assert person.experience_years == 3.5
    assert person.formats == {"online"}
    assert person.values == {"pace": 4}
    assert person.reports_to == str(boss.user_id)
    assert person.week == mask_of([8])


@pytest.mark.parametrize(
    ("zone", "on", "expected"),
    [
        ("Europe/Berlin", date(2026, 11, 2), mask_of([8, 9])),
        ("Europe/Berlin", date(2026, 7, 6), mask_of([7, 8])),
        ("America/New_York", date(2026, 11, 2), mask_of([14, 15])),
        ("Nowhere/City", date(2026, 11, 2), mask_of([9, 10])),
    ],
)
def test_week_is_told_in_utc(zone, on, expected):
    assert utc_week(f"{mask_of([9, 10]):x}", zone, on) == expected


def test_empty_week_stays_empty():
    assert utc_week("", "Europe/Berlin", ON) == 0


def test_locks_and_bans_become_places():
    cohort = CohortFactory()
    anna, ben = mentee(cohort), mentee(cohort)
    rosa, sven = mentor(cohort), mentor(cohort)
    rule(cohort, anna, sven, RuleKind.LOCKED)
    rule(cohort, ben, sven, RuleKind.FORBIDDEN)
    history_forbid(mentee=ben, mentor=rosa, now=NOW)
    inputs = inputs_read(cohort, reference_on=ON)
    assert inputs.locks == ((0, 1),)
    assert inputs.forbidden == ((1, 0), (1, 1))


def test_lock_without_a_seat_is_left_out_the_older_one_stays():
    cohort = CohortFactory()
    anna, ben = mentee(cohort), mentee(cohort)
    rosa = mentor(cohort, seats=1)
    rule(cohort, ben, rosa, RuleKind.LOCKED)
    rule(cohort, anna, rosa, RuleKind.LOCKED)
    assert inputs_read(cohort, reference_on=ON).locks == ((1, 0),)


def test_pair_of_another_cohort_never_comes_again():
    before, cohort = CohortFactory(), CohortFactory()
    old_mentee, old_mentor = mentee(before), mentor(before)
    history_forbid(mentee=old_mentee, mentor=old_mentor, now=NOW)
    ParticipationFactory(cohort=cohort, user=old_mentee.user, role="mentee")
    ParticipationFactory(cohort=cohort, user=old_mentor.user, role="mentor")
    assert inputs_read(cohort, reference_on=ON).forbidden == ((0, 0),)


def test_history_takes_the_place_of_a_lock_and_may_be_repeated():
    cohort = CohortFactory()
    anna, rosa = mentee(cohort), mentor(cohort)
    rule(cohort, anna, rosa, RuleKind.LOCKED)
    for _ in range(2):
        history_forbid(mentee=anna, mentor=rosa, now=datetime(2027, 1, 1, tzinfo=UTC))
    kept = PairRule.objects.get()
    assert (kept.kind, kept.source) == (RuleKind.FORBIDDEN, RuleSource.HISTORY)


@pytest.mark.parametrize("count", [1, 3])
def test_reading_takes_five_queries(count, django_assert_num_queries):
    cohort = filled_cohort(count, count)
    with django_assert_num_queries(5):
        assert len(inputs_read(cohort, reference_on=ON).mentees) == count


@pytest.mark.parametrize("count", [1, 3])
def test_readiness_takes_one_query(count, django_assert_num_queries):
    cohort = filled_cohort(count, count)
    mentor(cohort, seats=4)
    ParticipationFactory(cohort=cohort)
    with django_assert_num_queries(1):
        numbers = readiness(cohort)
    assert (numbers.mentees, numbers.mentors, numbers.seats) == (count, count + 1, count + 4)
    assert numbers.incomplete == 1
    assert numbers.is_ready
    assert numbers.seats_missing == 0


def test_nobody_is_ready_in_an_empty_cohort():
    assert not readiness(CohortFactory()).is_ready
