"""What follows an act on an account that allauth's forms have done: mails, signals, limits.

The same as behind allauth's pages, without session and messages of a browser.
"""

from typing import Any

from allauth.account import signals
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.internal.flows.password_reset import finalize_password_reset
from allauth.account.models import EmailAddress
from django.http import HttpRequest

from tandemwerk.people.errors import LinkEnded
from tandemwerk.people.models import User


def signed_up_tell(*, request: HttpRequest, user: User | None, email: str) -> None:
    """Send the link that confirms a new account; somebody known hears that they have one."""
    if user is None:
        address = EmailAddress(user=None, email=email)
    else:
        signals.user_signed_up.send(sender=User, request=request, user=user)
        address = EmailAddress.objects.get(user=user, email=email)
    send_verification_email_to_address(request, address, signup=True)


def address_confirmation_send(*, request: HttpRequest, email: str) -> None:
    """Send the link again, at most every three minutes; nothing for an unknown address."""
    address = EmailAddress.objects.filter(email__iexact=email.strip(), verified=False).first()
    if address is not None:
        send_verification_email_to_address(request, address)


def address_confirm(*, request: HttpRequest, confirmation: Any) -> None:
    """Let the address of an allauth confirmation count. Raises LinkEnded, also for None."""
    if confirmation is None or confirmation.confirm(request) is None:
        raise LinkEnded


def password_reset_tell(*, request: HttpRequest, user: User) -> None:
    """Note a password set by a link and tell its person."""
    finalize_password_reset(request, user)


def password_changed_tell(*, request: HttpRequest, user: User) -> None:
    """Note a changed password and tell its person; browsers are logged out by the change."""
    signals.password_changed.send(sender=User, request=request, user=user)
    get_adapter(request).send_notification_mail("account/email/password_changed", user)
