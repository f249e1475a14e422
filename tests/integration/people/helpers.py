"""People who log in: with a password that every rule accepts, and what their factor says."""

import re

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)

from tandemwerk.notifications.models import OutboxMail
from tests.factories.people import UserFactory

PASSWORD = "vier leise Wolken ziehen"
NEW_PASSWORD = "neun blaue Steine rollen"


def make_member(**fields):
    """Somebody with a confirmed address and a password, who reads English."""
    user = UserFactory(**fields)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def log_in(client, user, password=PASSWORD, after="/settings/"):
    data = {"login": user.email, "password": password, "next": after}
    return client.post("/accounts/login/", data)


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def last_mail() -> OutboxMail:
    return OutboxMail.objects.order_by("-pk")[0]


def link_in(mail: OutboxMail) -> str:
    """Path of the first link in a mail that leads into the accounts pages."""
    found = re.search(r"https?://[^/\s]+(/accounts/\S+)", mail.text)
    assert found, mail.text
    return found[1]


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def give_app(user) -> str:
    """An authenticator app for `user`; returns its secret for `code_now`."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def give_codes(user) -> list[str]:
    return RecoveryCodes.activate(user).generate_codes()
