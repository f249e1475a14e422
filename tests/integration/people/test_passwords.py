import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from tandemwerk.audit.models import AuditEntry
from tandemwerk.notifications.models import OutboxMail
from tests.factories.people import UserFactory
from tests.integration.people.helpers import (
    NEW_PASSWORD,
    PASSWORD,
    give_app,
    is_signed_in,
    last_mail,
    link_in,
    log_in,
)

pytestmark = pytest.mark.django_db


def ask(client, email):
    return client.post("/accounts/password/reset/", {"email": email})


def test_reset_by_mail(client, member):
    elsewhere = Client()
    log_in(elsewhere, member)
    ask(client, member.email.upper())
    mail = last_mail()
    assert (mail.to, mail.kind) == (member.email, "account_password_reset_key")
    form = client.get(link_in(mail))["Location"]
    client.get(form)
    done = client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert done["Location"] == "/accounts/password/reset/key/done/"
    member.refresh_from_db()
    assert member.check_password(NEW_PASSWORD)
    assert elsewhere.get("/settings/").status_code == 302
    assert last_mail().kind == "account_password_reset"
    assert AuditEntry.objects.filter(action="password.reset", object_id=member.pk).exists()


def test_a_reset_link_works_once(client, member):
    ask(client, member.email)
    link = link_in(last_mail())
    form = client.get(link)["Location"]
    client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    page = Client().get(link, follow=True, headers={"Accept-Language": "en"}).content.decode()
    assert "no longer valid" in page


def test_unknown_addresses_get_the_same_answer_and_a_mail_that_explains(client, member):
    known, unknown = ask(client, member.email), ask(client, "nobody@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    mail = OutboxMail.objects.get(to="nobody@example.org")
    assert mail.kind == "account_unknown_account"
    assert mail.user is None


def test_somebody_imported_without_a_password_can_set_one(client):
    user = UserFactory()
    user.set_unusable_password()
    user.save()
    ask(client, user.email)
    form = client.get(link_in(last_mail()))["Location"]
    client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)


def test_changing_the_password_ends_every_session(signed_in, member):
    elsewhere = Client()
    log_in(elsewhere, member)
    data = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert signed_in.post("/accounts/password/change/", data)["Location"] == "/accounts/login/"
    assert not is_signed_in(signed_in)
    assert elsewhere.get("/settings/")["Location"].startswith("/accounts/login/")
    assert log_in(signed_in, member, password=NEW_PASSWORD)["Location"] == "/settings/"
    assert last_mail().kind == "account_password_changed"
    assert member.short_name in last_mail().text


def test_the_present_password_is_needed(signed_in, member):
    data = {"oldpassword": "wrong", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    page = signed_in.post("/accounts/password/change/", data).content.decode()
    assert "present password" in page
    member.refresh_from_db()
    assert member.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("length", "has_factor", "is_fine"),
    [(14, False, False), (15, False, True), (7, True, False), (8, True, True)],
)
def test_a_second_factor_allows_shorter_passwords(member, length, has_factor, is_fine):
    if has_factor:
        give_app(member)
    password = "zq7wkxvbnjhgfty"[:length]
    if is_fine:
        validate_password(password, member)
    else:
        with pytest.raises(ValidationError):
            validate_password(password, member)


def test_the_link_leads_home_whatever_host_was_asked(client, member, settings):
    client.post(
        "/accounts/password/reset/", {"email": member.email}, headers={"Host": "127.0.0.1:6666"}
    )
    assert ":6666" not in last_mail().text + last_mail().html
    assert f"{settings.BASE_URL}/accounts/password/reset/key/" in last_mail().text
