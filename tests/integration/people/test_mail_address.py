import pytest
from allauth.account.models import EmailAddress

from tandemwerk.audit.models import AuditEntry
from tandemwerk.notifications.models import OutboxMail
from tests.integration.people.helpers import give_app, last_mail, link_in, make_member

pytestmark = pytest.mark.django_db
URL = "/accounts/email/"


def change(client, email):
    return client.post(URL, {"action_add": "1", "email": email})


def test_a_new_address_counts_once_it_is_confirmed(signed_in, member):
    old = member.email
    change(signed_in, "New@Example.org")
    member.refresh_from_db()
    assert member.email == old
    page = signed_in.get(URL).content.decode()
    assert "new@example.org" in page
    mail = OutboxMail.objects.get(to="new@example.org")
    signed_in.post(link_in(mail))
    member.refresh_from_db()
    assert member.email == "new@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [
        ("new@example.org", True)
    ]
    assert OutboxMail.objects.filter(to=old, kind="account_email_changed").exists()
    assert AuditEntry.objects.filter(action="email.change", object_id=member.pk).exists()


def test_the_change_can_be_taken_back(signed_in, member):
    change(signed_in, "new@example.org")
    signed_in.post(URL, {"action_remove": "1", "email": "new@example.org"})
    assert EmailAddress.objects.get().email == member.email


def test_with_a_second_factor_the_address_can_change_too(signed_in, member):
    give_app(member)
    change(signed_in, "new@example.org")
    assert last_mail().to == "new@example.org"


def test_an_address_of_somebody_else_is_not_given_away(signed_in):
    other = make_member()
    answer = change(signed_in, other.email)
    assert answer.status_code == 302
    assert (
        not EmailAddress.objects.filter(email=other.email, verified=True)
        .exclude(user=other)
        .exists()
    )
