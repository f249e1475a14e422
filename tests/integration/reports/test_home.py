from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tandemwerk.notifications.models import OutboxMail
from tandemwerk.programmes.models import ImportBatch, ImportRow
from tandemwerk.programmes.selectors.course import course_of
from tandemwerk.programmes.services.course import course_step_read
from tandemwerk.reports.priorities import Kind, actions
from tandemwerk.reports.selectors.facts import facts_of
from tests.factories.people import ProfileFactory, UserFactory
from tests.factories.programmes import (
    CohortFactory,
    CoordinatorFactory,
    OwnerFactory,
    ParticipationFactory,
    ProgrammeFactory,
)
from tests.factories.tandems import TandemFactory
from tests.integration.tandems.test_publish import make_run


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True  # staff without a second factor may look around


def kinds(user):
    """What waits for the person, without the preparation that everybody who joins may read."""
    found = [action.kind for action in actions(facts_of(user, timezone.now()))]
    return [kind for kind in found if kind is not Kind.PREPARE]


def test_the_preparation_is_offered_until_it_is_read_and_found_again_afterwards(client, db):
    place = ParticipationFactory(role="mentor")
    page = reverse("programmes:course", args=[place.pk])
    asked = [action.kind for action in actions(facts_of(place.user, timezone.now()))]
    assert Kind.PREPARE in asked
    assert home(client, place.user).count(page) == 1
    for step in course_of(place).steps:
        course_step_read(participation=place, key=step.key, now=timezone.now())
    asked = [action.kind for action in actions(facts_of(place.user, timezone.now()))]
    assert Kind.PREPARE not in asked
    assert home(client, place.user).count(page) == 1


def home(client, user):
    client.force_login(user)
    return client.get(reverse("home")).content.decode()


def test_a_guest_sees_the_landing_page(client, db, settings):
    settings.OPEN_SIGNUP = False
    text = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert reverse("account_login") in text
    assert reverse("account_signup") not in text
    assert text.count("<li>") >= 5
    settings.OPEN_SIGNUP = True
    assert reverse("account_signup") in client.get("/").content.decode()


def test_a_stranger_learns_how_to_come_in(client, db):
    assert 'class="empty"' in home(client, UserFactory())


def test_a_mentee_with_a_proposal_is_asked_first(client, db):
    tandem = TandemFactory(answer_by=timezone.now() + timedelta(days=3))
    mentee, mentor = (member.user for member in tandem.members.all())
    assert kinds(mentee)[0] is Kind.ANSWER_PROPOSAL
    text = home(client, mentee)
    assert mentor.name in text
    assert reverse("tandems:tandem_detail", args=[tandem.pk]) in text


def test_an_incomplete_profile_asks_to_be_filled(db):
    participation = ParticipationFactory()
    assert kinds(participation.user) == [Kind.PROFILE_INCOMPLETE]
    participation.user.profile.topics.create(topic="delegation", kind="offered")
    assert kinds(participation.user) == [Kind.PROFILE_INCOMPLETE], "offered is the mentor's side"
    participation.user.profile.topics.create(topic="delegation", kind="wanted")
    assert kinds(participation.user) == [Kind.WAITING_FOR_MATCH]


def ready_cohort():
    cohort = CohortFactory()
    for role, lists in (("mentee", {"wanted": ["delegation"]}), ("mentor", {"offered": ["x"]})):
        user = ProfileFactory(**lists).user
        ParticipationFactory(cohort=cohort, user=user, role=role)
    return cohort


def test_the_steps_of_a_cohort_one_after_the_other(db):
    cohort = CohortFactory()
    user = CoordinatorFactory(programme=cohort.programme).user
    assert kinds(user) == [Kind.COHORT_EMPTY]
    batch = ImportBatch.objects.create(cohort=cohort, role="mentee", state="checked", file_name="a")
    assert kinds(user) == [Kind.IMPORT_OPEN]
    ImportRow.objects.create(batch=batch, number=2, cells=[], outcome="error")
    assert Kind.IMPORT_ERRORS in kinds(user)


def test_from_ready_to_published(db):
    cohort = ready_cohort()
    user = CoordinatorFactory(programme=cohort.programme).user
    assert kinds(user) == [Kind.COHORT_READY]
    run = make_run(cohort)
    assert kinds(user) == [Kind.RUN_READY]
    run.state, run.published_at = "published", timezone.now()
    run.save()
    assert kinds(user) == [Kind.UNMATCHED]
    TandemFactory(cohort=cohort, answer_by=timezone.now() + timedelta(days=1))
    assert kinds(user)[0] is Kind.DEADLINES_NEAR
    make_run(cohort, "failed", 2)
    assert Kind.RUN_FAILED in kinds(user)


def test_owner_and_operator_begin_with_an_empty_house(client, db):
    owner = OwnerFactory()
    assert kinds(owner.user) == [Kind.NO_PROGRAMME]
    programme = ProgrammeFactory(organisation=owner.organisation)
    assert kinds(owner.user) == [Kind.PROGRAMME_EMPTY]
    programme.state = "archived"
    programme.save()
    assert kinds(owner.user) == [Kind.NO_PROGRAMME]


def test_an_operator_hears_of_mails_that_failed(client, db):
    operator = UserFactory(is_operator=True)
    assert kinds(operator) == [Kind.NO_ORGANISATION]
    OwnerFactory()
    OutboxMail.objects.create(
        to="a@example.org", kind="x", subject="s", text="t", message_id="1", state="failed",
        created_at=timezone.now(),
    )  # fmt: skip
    assert kinds(operator) == [Kind.MAILS_FAILED]
    assert "outbox" in home(client, operator)


def test_one_person_in_several_roles_gets_one_list(db):
    tandem = TandemFactory(answer_by=timezone.now() + timedelta(days=3))
    mentee = tandem.members.get(role="mentee").user
    CoordinatorFactory(programme=CohortFactory().programme, user=mentee)
    assert kinds(mentee) == [Kind.ANSWER_PROPOSAL, Kind.PROFILE_INCOMPLETE, Kind.COHORT_EMPTY]


@pytest.mark.parametrize("count", [1, 3])
def test_home_costs_the_same_for_one_and_three_cohorts(db, count, django_assert_num_queries):
    user = UserFactory()
    for _ in range(count):
        cohort = ready_cohort()
        CoordinatorFactory(programme=cohort.programme, user=user)
        TandemFactory(cohort=cohort)
        make_run(cohort)
    with django_assert_num_queries(STAFF_QUERIES):
        assert len(actions(facts_of(user, timezone.now()))) >= count


@pytest.mark.parametrize("count", [1, 3])
def test_home_costs_the_same_for_one_and_three_tandems(db, count, django_assert_num_queries):
    mentor = ParticipationFactory(role="mentor", seats=3)
    for _ in range(count):
        TandemFactory(cohort=mentor.cohort, members__mentor=mentor)
    with django_assert_num_queries(MENTOR_QUERIES):
        facts_of(mentor.user, timezone.now())


STAFF_QUERIES = 11
MENTOR_QUERIES = 8
