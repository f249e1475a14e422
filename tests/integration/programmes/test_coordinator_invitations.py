"""Asking somebody by mail to run a programme: same answer for every address, one use, an end."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tandemwerk.notifications.models import OutboxMail
from tandemwerk.people.models import User
from tandemwerk.people.services.accounts import NewAccount
from tandemwerk.programmes.errors import InvitationNeedsLogin, InvitationNotOpen
from tandemwerk.programmes.jobs import lists_forget
from tandemwerk.programmes.models import CoordinatorInvitation
from tandemwerk.programmes.services.coordinator_invitations import (
    coordinator_invitation_accept,
    coordinator_invite,
)
from tests.factories.people import UserFactory
from tests.factories.programmes import CohortFactory, CoordinatorFactory, ParticipationFactory

pytestmark = pytest.mark.django_db
PASSWORD = "vier-raben-auf-dem-dach-7"


@pytest.fixture
def known():
    return UserFactory(locale="de", last_login=timezone.now())


def ask(desk, email):
    place = reverse("programmes:coordinator_add", args=[desk.programme.pk])
    return desk.post(place, {"email": email}, follow=True)


def link():
    mail = OutboxMail.objects.latest("pk")
    return re.search(r"http\S+(/coordination/\S+/)", mail.text)[1]


def test_known_and_unknown_addresses_get_the_same_answer_and_the_same_letter(desk, known):
    texts = []
    for email in (known.email, "nobody-here@example.org"):
        page = ask(desk, email).text
        mail = OutboxMail.objects.latest("pk")
        assert mail.to == email
        assert mail.user_id is None
        letter = re.sub(r"/coordination/\S+", "/coordination/…", mail.text)
        shown = page[page.index('id="coordinators"') : page.index("Invite by mail")]
        shown = re.sub(r"invitations/\d+/|value=\"[^\"]{30,}\"", "", shown)
        texts.append((mail.subject, letter.replace(email, "…"), shown.replace(email, "…")))
        CoordinatorInvitation.objects.all().delete()
    assert texts[0] == texts[1]
    assert desk.programme.coordinators.count() == 1


def test_a_person_with_an_account_accepts_after_login(desk, known, client):
    ask(desk, known.email)
    place = link()
    assert "Log in and accept" in client.get(place, headers={"accept-language": "en"}).text
    assert client.post(place, {"given_name": "X", "family_name": "Y", "password": PASSWORD})
    assert desk.programme.coordinators.count() == 1
    client.force_login(known)
    response = client.post(place)
    assert response.url == reverse("programmes:programme_detail", args=[desk.programme.pk])
    assert desk.programme.coordinators.filter(user=known).exists()
    client.logout()  # staff would be led to their second factor first
    assert client.get(place).status_code == 404


def test_somebody_new_makes_an_account_by_the_link(desk, client):
    ask(desk, "Neu@Example.org")
    place = link()
    wrong = client.post(place, {"given_name": "Nina", "family_name": "Neu", "password": "kurz"})
    assert wrong.status_code == 422
    data = {"given_name": "Nina", "family_name": "Neu", "password": PASSWORD}
    assert client.post(place, data).status_code == 302
    user = User.objects.get(email="neu@example.org")
    assert user.check_password(PASSWORD)
    assert user.emailaddress_set.get().verified
    assert desk.programme.coordinators.filter(user=user).exists()


def test_somebody_from_a_list_without_an_account_takes_possession_of_it(desk, client):
    person = ParticipationFactory(cohort=CohortFactory(programme=desk.programme)).user
    User.objects.filter(pk=person.pk).update(last_login=None, password="!")
    ask(desk, person.email)
    data = {"given_name": "Nina", "family_name": "Neu", "password": PASSWORD}
    assert client.post(link(), data).status_code == 302
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert User.objects.filter(email=person.email).count() == 1


def test_another_person_is_told_to_log_out(desk, log_in):
    ask(desk, "nobody-here@example.org")
    stranger = log_in(UserFactory(locale="en"))
    assert "logged in with another address" in stranger.get(link()).text
    assert stranger.post(link()).status_code == 422
    assert desk.programme.coordinators.count() == 1


def test_taking_back_ends_the_link(desk, client):
    ask(desk, "nobody-here@example.org")
    entry = CoordinatorInvitation.objects.get()
    place = reverse("programmes:coordinator_take_back", args=[desk.programme.pk, entry.pk])
    assert desk.post(place).status_code == 302
    page = client.get(link(), headers={"accept-language": "en"})
    assert page.status_code == 404
    assert "leads nowhere" in page.text
    assert desk.post(place).status_code == 404


def test_a_new_letter_ends_the_old_link(desk, client):
    ask(desk, "nobody-here@example.org")
    old = link()
    ask(desk, "nobody-here@example.org")
    assert client.get(old).status_code == 404
    assert client.get(link()).status_code == 200
    assert CoordinatorInvitation.objects.count() == 1


def test_letters_end_after_two_weeks_and_are_forgotten(desk, client):
    ask(desk, "nobody-here@example.org")
    late = timezone.now() - timedelta(seconds=1)
    CoordinatorInvitation.objects.update(expires_at=late)
    assert client.get(link()).status_code == 404
    page = desk.get(reverse("programmes:programme_detail", args=[desk.programme.pk])).text
    assert "nobody-here@example.org" not in page
    lists_forget.call()
    assert not CoordinatorInvitation.objects.exists()


def test_the_service_itself_opens_no_existing_account_and_works_once(known):
    by = CoordinatorFactory()
    now = timezone.now()
    entry = coordinator_invite(programme=by.programme, email=known.email, by=by.user, now=now)
    account = NewAccount("X", "Y", PASSWORD)
    with pytest.raises(InvitationNeedsLogin):
        coordinator_invitation_accept(invitation=entry, by=None, account=account, now=now)
    with pytest.raises(InvitationNeedsLogin):
        coordinator_invitation_accept(invitation=entry, by=by.user, account=None, now=now)
    coordinator_invitation_accept(invitation=entry, by=known, account=None, now=now)
    with pytest.raises(InvitationNotOpen):
        coordinator_invitation_accept(invitation=entry, by=known, account=None, now=now)
