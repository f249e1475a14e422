import pytest
from allauth.account.models import EmailAddress

from tandemwerk.audit.models import AuditEntry
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.people.models import User
from tests.integration.people.helpers import (
    PASSWORD,
    is_signed_in,
    last_mail,
    link_in,
    log_in,
    make_member,
)

pytestmark = pytest.mark.django_db
FORM = {
    "given_name": "Ayşe",
    "family_name": "Yılmaz",
    "email": "Ayse.Yilmaz@Example.org",
    "password1": PASSWORD,
    "locale": "de",
}


@pytest.fixture
def is_open(settings):
    settings.OPEN_SIGNUP = True


def test_closed_sign_up_says_what_to_do(client):
    response = client.get("/accounts/signup/", headers={"Accept-Language": "en"})
    assert "made by invitation" in response.content.decode()
    assert client.post("/accounts/signup/", FORM).status_code == 200
    assert not User.objects.exists()


def test_an_invitation_opens_sign_up(client):
    session = client.session
    session["invitation_pk"] = 1
    session.save()
    assert b"given_name" in client.get("/accounts/signup/").content


def test_sign_up_confirm_and_log_in(client, is_open):
    response = client.post("/accounts/signup/", FORM)
    assert response["Location"] == "/accounts/confirm-email/"
    user = User.objects.get()
    assert (user.email, user.name, user.locale) == ("ayse.yilmaz@example.org", "Ayşe Yılmaz", "de")
    assert not is_signed_in(client)
    mail = last_mail()
    assert (mail.to, mail.user) == (user.email, user)
    assert "bestätige" in mail.subject
    assert AuditEntry.objects.filter(action="account.create", object_id=user.pk).exists()

    assert log_in(client, user)["Location"] == "/accounts/confirm-email/"
    assert not is_signed_in(client)
    page = client.get(link_in(mail)).content.decode()
    assert user.email in page
    assert not EmailAddress.objects.get().verified
    client.post(link_in(mail))
    assert EmailAddress.objects.get().verified
    assert log_in(client, user)["Location"] == "/settings/"
    assert is_signed_in(client)


def test_a_used_link_explains_itself(client, is_open):
    page = client.get("/accounts/confirm-email/nonsense/", headers={"Accept-Language": "de"})
    assert "gilt nicht mehr" in page.content.decode()


def test_a_known_address_gets_the_same_answer_as_an_unknown_one(client, is_open):
    known = make_member(email="ayse.yilmaz@example.org")
    answer = client.post("/accounts/signup/", FORM)
    fresh = client.post("/accounts/signup/", {**FORM, "email": "new@example.org"})
    assert (answer.status_code, answer["Location"]) == (fresh.status_code, fresh["Location"])
    assert User.objects.filter(email=known.email).count() == 1
    told = OutboxMail.objects.get(to=known.email)
    assert told.kind == "account_account_already_exists"
    assert "/accounts/password/reset/" in told.text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("given_name", "", "required"),
        ("email", "nobody", "address, for example"),
        ("password1", "kurz", "at least 15"),
        ("password1", "Ayse.Yilmaz@Example.org", "similar"),
        ("password1", "123456789012345", "numeric"),
    ],
)
def test_each_mistake_says_what_to_do(client, is_open, field, value, words):
    response = client.post(
        "/accounts/signup/", {**FORM, field: value}, headers={"Accept-Language": "en"}
    )
    assert words in response.content.decode()
    assert not User.objects.exists()
