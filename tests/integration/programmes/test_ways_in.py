import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tandemwerk.notifications.models import OutboxMail
from tandemwerk.programmes.models import Invitation, Participation
from tandemwerk.programmes.services.invitations import invitation_send
from tests.factories.people import UserFactory
from tests.factories.programmes import CoordinatorFactory, ParticipationFactory

PASSWORD = "vier blaue Kraniche fliegen"
pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    participation = ParticipationFactory(state="invited")
    participation.user.set_unusable_password()
    participation.user.save()
    return participation


@pytest.fixture
def link(person):
    coordinator = CoordinatorFactory(programme=person.cohort.programme)
    invitation_send(participation=person, by=coordinator.user, now=timezone.now())
    return re.search(r"/invitation/[\w-]+/", OutboxMail.objects.get().text)[0]


def test_the_page_says_who_invites_for_what(person, link):
    page = Client().get(link, headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert person.cohort.programme.organisation.name in page.text
    assert "Who sees what?" in page.text
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_accepting_makes_the_account_and_logs_in(person, link):
    client = Client()
    assert client.post(link, {"answer": "accept", "password": "short"}).status_code == 422
    assert client.post(link, {"answer": "accept", "password": PASSWORD}).status_code == 302
    assert client.session["_auth_user_id"] == str(person.user_id)
    person.refresh_from_db()
    assert person.state == "joined"
    again = Client().get(link)
    assert again.status_code == 410
    assert Client().post(link, {"answer": "accept", "password": PASSWORD}).status_code == 410


def test_the_link_never_opens_an_account_with_a_password(person, link):
    person.user.set_password(PASSWORD)
    person.user.save()
    client = Client()
    page = client.get(link)
    assert "next=/invitation/" in page.text
    client.post(link, {"answer": "accept", "password": "another long password"})
    assert "_auth_user_id" not in client.session
    person.refresh_from_db()
    assert person.state == "invited"


def test_logged_in_people_accept_with_one_click(person, link, log_in):
    client = log_in(person.user)
    assert client.get(link).status_code == 200
    assert client.post(link, {"answer": "accept"}).status_code == 302
    person.refresh_from_db()
    assert person.state == "joined"


def test_somebody_else_is_asked_to_log_out(person, link, log_in):
    client = log_in(UserFactory())
    assert person.user.email in client.get(link).text
    client.post(link, {"answer": "accept"})
    person.refresh_from_db()
    assert person.state == "invited"


def test_no_thank_you_is_enough(person, link):
    client = Client()
    assert client.post(link, {"answer": "decline"}).status_code == 200
    person.refresh_from_db()
    assert person.state == "withdrawn"
    assert client.get(link).status_code == 410


def test_links_that_lead_nowhere_are_polite(person, link):
    Participation.objects.update(state="withdrawn")
    withdrawn, unknown = Client().get(link), Client().get("/invitation/never-sent/")
    assert withdrawn.status_code == unknown.status_code == 404
    assert person.cohort.programme.organisation.name not in withdrawn.text


def test_expired_links_say_what_to_do(person, link):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    page = Client().get(link)
    assert page.status_code == 410
    assert person.cohort.programme.organisation.name in page.text
