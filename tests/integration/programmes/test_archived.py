"""An archived programme can be read, and nothing happens in it any more."""

import pytest

from tandemwerk.notifications.models import OutboxMail
from tandemwerk.pairing.services.runs import match_run_create
from tandemwerk.programmes.enums import ProgrammeState
from tandemwerk.programmes.errors import InvitationNotOpen, ProgrammeArchived
from tandemwerk.programmes.jobs import invitations_send
from tandemwerk.programmes.models import Programme
from tandemwerk.programmes.services.invitations import (
    invitation_accept,
    invitations_put,
    invitations_send_waiting,
)
from tandemwerk.programmes.services.participations import participation_set_seats
from tandemwerk.tandems.services.publish import run_publish
from tests.factories import pairing as factory
from tests.factories.programmes import ParticipationFactory

NOW = factory.NOW
pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return factory.filled_cohort()


@pytest.fixture
def by(cohort):
    return factory.coordinator(cohort)


def archive(cohort):
    Programme.objects.filter(pk=cohort.programme_id).update(state=ProgrammeState.ARCHIVED)
    cohort.programme.refresh_from_db()


def test_nobody_is_matched(cohort, by):
    run = factory.calculated(cohort, by)
    archive(cohort)
    with pytest.raises(ProgrammeArchived):
        match_run_create(cohort=cohort, by=by, now=NOW)
    run.refresh_from_db()
    with pytest.raises(ProgrammeArchived):
        run_publish(run=run, by=by, now=NOW)
    assert not OutboxMail.objects.exists()


def test_nobody_is_invited(cohort, by):
    ParticipationFactory(cohort=cohort, state="invited")
    archive(cohort)
    with pytest.raises(ProgrammeArchived):
        invitations_send_waiting(cohort=cohort, by=by, now=NOW)
    invitations_send.call(cohort_pk=cohort.pk, by_pk=by.pk)
    assert not OutboxMail.objects.exists()


def test_nobody_joins_and_no_place_is_changed(cohort, by):
    person = ParticipationFactory(cohort=cohort, role="mentor", state="invited")
    [invitation] = invitations_put(participations=[person], inviter=by, now=NOW)
    archive(cohort)
    person.cohort.programme.refresh_from_db()
    with pytest.raises(InvitationNotOpen):
        invitation_accept(invitation=invitation, by=None, password="long enough", now=NOW)
    with pytest.raises(ProgrammeArchived):
        participation_set_seats(participation=person, seats=5, by=by, now=NOW)
