import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import translation
from i18nfield.strings import LazyI18nString

from tandemwerk.notifications.models import OutboxMail
from tandemwerk.programmes.enums import ParticipationState
from tandemwerk.programmes.errors import (
    InvitationNeedsLogin,
    InvitationNotOpen,
    ParticipationStateMoved,
)
from tandemwerk.programmes.selectors.visible import invitation_with
from tandemwerk.programmes.services.invitations import (
    digest_of,
    invitation_accept,
    invitation_decline,
    invitation_send,
    invitations_put,
)
from tests.factories.people import UserFactory
from tests.factories.programmes import CoordinatorFactory, ParticipationFactory

NOW = datetime(2026, 8, 20, 9, tzinfo=UTC)
PASSWORD = "vier blaue Kraniche fliegen"
pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    participation = ParticipationFactory(state="invited")
    participation.user.set_unusable_password()
    participation.user.save()
    return participation


def send(participation, now=NOW):
    """Invite and return what the link of the letter leads to."""
    coordinator = CoordinatorFactory(programme=participation.cohort.programme)
    invitation_send(participation=participation, by=coordinator.user, now=now)
    mail = OutboxMail.objects.order_by("pk").last()
    secret = re.search(r"/invitation/([\w-]+)/", mail.text)[1]
    return secret, invitation_with(digest_of(secret))


def test_the_letter_is_in_the_persons_language_with_blanks_filled(person):
    programme = person.cohort.programme
    programme.invitation_text = LazyI18nString(
        {"de": "Hallo {{name}}, am {{start}} geht es los.\n{{link}}", "en": "Hello {{name}}"}
    )
    programme.save()
    person.user.locale = "de"
    person.user.save()
    with translation.override("en"):
        send(person)
    mail = OutboxMail.objects.get()
    assert f"Hallo {person.user.given_name}, am 1. Oktober 2026 geht es los." in mail.text
    assert mail.text.count("/invitation/") == 1


def test_a_letter_without_a_place_for_the_link_gets_it_at_its_end(person):
    send(person)
    assert re.search(r"^\S+/invitation/[\w-]{40,}/$", OutboxMail.objects.get().text, re.MULTILINE)


def test_the_secret_is_kept_nowhere_but_in_the_letter(person):
    secret, invitation = send(person)
    assert secret not in str(vars(invitation))


def test_sending_again_makes_a_new_link_and_ends_the_old_one(person):
    old, _invitation = send(person)
    new, invitation = send(person, now=NOW + timedelta(days=20))
    assert old != new
    assert invitation_with(digest_of(old)) is None
    assert invitation.expires_at == NOW + timedelta(days=50)


def test_only_invited_people_get_letters(person):
    person.state = ParticipationState.JOINED
    person.save()
    with pytest.raises(ParticipationStateMoved):
        send(person)


def test_accepting_sets_the_password_and_confirms_the_address(person):
    _secret, invitation = send(person)
    user = invitation_accept(invitation=invitation, by=None, password=PASSWORD, now=NOW)
    person.refresh_from_db()
    assert (person.state, person.joined_at) == ("joined", NOW)
    assert user.check_password(PASSWORD)
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == (user.email, True, True)


def test_an_invitation_is_answered_once(person):
    _secret, invitation = send(person)
    invitation_accept(invitation=invitation, by=None, password=PASSWORD, now=NOW)
    with pytest.raises((InvitationNotOpen, InvitationNeedsLogin)):
        invitation_accept(invitation=invitation, by=None, password="another long secret", now=NOW)
    with pytest.raises(InvitationNotOpen):
        invitation_accept(invitation=invitation, by=person.user, password=None, now=NOW)
    with pytest.raises(InvitationNotOpen):
        invitation_decline(invitation=invitation, now=NOW)
    person.user.refresh_from_db()
    assert person.user.check_password(PASSWORD)


def test_the_link_alone_opens_no_existing_account(person):
    person.user.set_password(PASSWORD)
    person.user.save()
    _secret, invitation = send(person)
    for by in (None, UserFactory()):
        with pytest.raises(InvitationNeedsLogin):
            invitation_accept(
                invitation=invitation, by=by, password="taken over by a thief", now=NOW
            )
    person.user.refresh_from_db()
    assert person.user.check_password(PASSWORD)
    invitation_accept(invitation=invitation, by=person.user, password=None, now=NOW)
    person.refresh_from_db()
    assert person.state == ParticipationState.JOINED


def test_declining_needs_no_account(person):
    _secret, invitation = send(person)
    invitation_decline(invitation=invitation, now=NOW)
    person.refresh_from_db()
    assert person.state == ParticipationState.WITHDRAWN
    with pytest.raises(InvitationNotOpen):
        invitation_accept(invitation=invitation, by=None, password=PASSWORD, now=NOW)


def test_links_end_after_thirty_days(person):
    _secret, invitation = send(person)
    late = NOW + timedelta(days=30)
    with pytest.raises(InvitationNotOpen):
        invitation_accept(invitation=invitation, by=None, password=PASSWORD, now=late)
    person.user.refresh_from_db()
    assert not person.user.has_usable_password()


def test_a_withdrawn_person_cannot_accept(person):
    _secret, invitation = send(person)
    person.state = ParticipationState.WITHDRAWN
    person.save()
    with pytest.raises(InvitationNotOpen):
        invitation_accept(invitation=invitation, by=None, password=PASSWORD, now=NOW)


@pytest.mark.parametrize("count", [1, 3])
def test_letters_cost_a_fixed_number_of_queries(count, django_assert_num_queries):
    cohort = ParticipationFactory(state="invited").cohort
    people = [ParticipationFactory(state="invited", cohort=cohort) for _ in range(count)]
    with django_assert_num_queries(4 + 2 * count, exact=False):
        invitations_put(participations=people, inviter=None, now=NOW)
    assert OutboxMail.objects.count() == count
