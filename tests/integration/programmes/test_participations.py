from datetime import UTC, datetime

import pytest

from tandemwerk.audit.models import AuditEntry
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.people.models import User
from tandemwerk.programmes.enums import ParticipationState, Role
from tandemwerk.programmes.errors import (
    AlreadyTakesPart,
    MenteeHasOneSeat,
    ParticipationInTandem,
    ParticipationStateMoved,
    ProgrammeArchived,
    RegistrationClosed,
    SeatsBelowTaken,
)
from tandemwerk.programmes.services.participations import (
    participation_add,
    participation_pause,
    participation_register,
    participation_restore,
    participation_resume,
    participation_set_seats,
    participation_withdraw,
)
from tests.factories.people import UserFactory
from tests.factories.programmes import CohortFactory, CoordinatorFactory, ParticipationFactory

NOW = datetime(2026, 8, 20, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return CoordinatorFactory()


def add(coordinator, **changes):
    given = {
        "cohort": CohortFactory(programme=coordinator.programme),
        "role": Role.MENTOR,
        "email": " Petra.Sommer@Example.ORG ",
        "given_name": " Petra ",
        "family_name": "Sommer",
        "locale": "de",
        "seats": 2,
        "by": coordinator.user,
        "now": NOW,
    }
    return participation_add(**given | changes)


def test_somebody_added_by_hand_is_invited_at_once(coordinator):
    participation = add(coordinator)
    user = participation.user
    assert (user.email, user.given_name, user.locale) == (
        "petra.sommer@example.org",
        "Petra",
        "de",
    )
    assert not user.has_usable_password()
    participation.refresh_from_db()
    assert (participation.state, participation.seats) == ("invited", 2)
    assert participation.invited_at == NOW
    assert OutboxMail.objects.get().to == "petra.sommer@example.org"


def test_somebody_with_an_account_keeps_their_name(coordinator):
    user = UserFactory(email="petra.sommer@example.org", given_name="Petra-Maria")
    participation = add(coordinator)
    assert participation.user == user
    assert participation.user.given_name == "Petra-Maria"
    assert User.objects.filter(email=user.email).count() == 1


def test_nobody_is_added_twice(coordinator):
    first = add(coordinator)
    with pytest.raises(AlreadyTakesPart):
        add(coordinator, cohort=first.cohort)


def test_a_mentee_has_one_place_whatever_was_typed(coordinator):
    mentee = add(coordinator, role=Role.MENTEE, seats=5)
    assert mentee.seats == 1
    with pytest.raises(MenteeHasOneSeat):
        participation_set_seats(participation=mentee, seats=2, by=coordinator.user, now=NOW)


def test_seats_never_fall_below_what_is_taken_or_promised(coordinator):
    mentor = ParticipationFactory(role="mentor", seats=4, seats_taken=2, proposals_open=1)
    with pytest.raises(SeatsBelowTaken) as refused:
        participation_set_seats(participation=mentor, seats=2, by=coordinator.user, now=NOW)
    assert refused.value.params == {"taken": 3}
    participation_set_seats(participation=mentor, seats=3, by=coordinator.user, now=NOW)
    participation_set_seats(participation=mentor, seats=3, by=coordinator.user, now=NOW)
    assert mentor.seats == 3
    assert AuditEntry.objects.get().details == {"before": 4, "after": 3}


def test_pause_resume_withdraw_and_back(coordinator):
    person = ParticipationFactory(joined_at=NOW)
    by = coordinator.user
    participation_pause(participation=person, by=by, now=NOW)
    with pytest.raises(ParticipationStateMoved):
        participation_pause(participation=person, by=by, now=NOW)
    participation_resume(participation=person, by=by, now=NOW)
    participation_withdraw(participation=person, by=by, now=NOW)
    assert person.state == ParticipationState.WITHDRAWN
    participation_restore(participation=person, by=by, now=NOW)
    assert person.state == ParticipationState.JOINED


def test_back_from_withdrawal_is_invited_when_never_joined(coordinator):
    person = ParticipationFactory(state="withdrawn")
    participation_restore(participation=person, by=coordinator.user, now=NOW)
    assert person.state == ParticipationState.INVITED


@pytest.mark.parametrize("busy", [{"seats_taken": 1}, {"proposals_open": 1}])
def test_nobody_is_taken_out_of_a_tandem_from_here(coordinator, busy):
    person = ParticipationFactory(**busy)
    with pytest.raises(ParticipationInTandem):
        participation_withdraw(participation=person, by=coordinator.user, now=NOW)


def test_an_archived_programme_takes_nobody(coordinator):
    coordinator.programme.state = "archived"
    coordinator.programme.save()
    with pytest.raises(ProgrammeArchived):
        add(coordinator)


def test_people_register_themselves_while_registration_is_open():
    cohort = CohortFactory(programme__is_open=True)
    user = UserFactory()
    mentor = participation_register(cohort=cohort, user=user, role=Role.MENTOR, seats=2, now=NOW)
    assert (mentor.state, mentor.seats, mentor.joined_at) == ("joined", 2, NOW)
    with pytest.raises(AlreadyTakesPart):
        participation_register(cohort=cohort, user=user, role=Role.MENTOR, seats=1, now=NOW)
    mentee = participation_register(cohort=cohort, user=user, role=Role.MENTEE, seats=2, now=NOW)
    assert mentee.seats == 1


@pytest.mark.parametrize(
    ("changes", "now"),
    [
        ({"programme__is_open": False}, NOW),
        ({"programme__is_open": True, "programme__state": "archived"}, NOW),
        ({"programme__is_open": True}, datetime(2026, 9, 2, 9, tzinfo=UTC)),
    ],
)
def test_registration_closes(changes, now):
    with pytest.raises(RegistrationClosed):
        participation_register(
            cohort=CohortFactory(**changes), user=UserFactory(), role=Role.MENTEE, seats=1, now=now
        )
