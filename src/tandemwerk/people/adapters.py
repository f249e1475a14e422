"""Where allauth meets the house: our mails, our words, sealed second factors."""

import base64
import time
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from tandemwerk.core.crypto import seal, unseal
from tandemwerk.core.middleware import is_api
from tandemwerk.people.errors import PasswordTooShortAlone
from tandemwerk.people.models import User
from tandemwerk.people.ports import mailer
from tandemwerk.people.selectors.security import removal_refused

FACTOR_PLACE = "mfa_authenticator.data"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is switched off. Please ask your coordinator."),
        "cannot_remove_primary_email": _("Your main mail address can't be removed."),
        "duplicate_email": _("This is already your mail address."),
        "email_password_mismatch": _(
            "Mail address and password don't match. Check both, or set a new password below."
        ),
        "email_taken": _("An account with this mail address already exists."),
        "enter_current_password": _("Please enter your present password."),
        "incorrect_code": _("This code is not right or no longer valid. Please use the newest."),
        "incorrect_password": _("This password is not right."),
        "invalid_or_expired_key": _("This link is no longer valid. Please ask for a new one."),
        "invalid_password_reset": _("This link is no longer valid. Please ask for a new one."),
        "password_min_length": _("Please take a password of at least {0} characters."),
        "rate_limited": _("That was a lot at once. Please wait a few minutes and try again."),
        "same_as_current": _("This is what you have already; please enter something new."),
        "select_only_one": _("Please choose only one."),
        "too_many_login_attempts": _(
            "Too many attempts. Please wait five minutes, or set a new password."
        ),
        "unverified_primary_email": _("Please confirm your mail address first."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Open if the installation says so, or for somebody who holds an invitation."""
        return bool(settings.OPEN_SIGNUP or request.session.get("invitation_pk"))

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Words for a browser's next page; a program has none."""
        if not is_api(request):
            super().add_message(request, *args, **kwargs)

    def get_user_search_fields(self) -> list[str]:
        return ["email"]

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Nothing to do: the mail address is the login name."""

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Changing the password ends every session, this one too."""
        return reverse("account_login")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who logged in within the last five minutes need not show again that it is them."""
        request = allauth_context.request
        records = get_authentication_records(request, request.user)
        latest = max((record["at"] for record in records), default=0)
        if time.time() - latest < account_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """As allauth, but the mail knows whose it is, so that it speaks their language."""
        full = {**(context or {}), "user": user}
        super().send_notification_mail(template_prefix, user, full, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the mail in the outbox, in the person's language; same effort for unknown people.

        ``account/email/password_reset_key`` becomes ``mail/account_password_reset_key.*``.
        """
        user = context.get("user")
        context = {key: _at_home(value) for key, value in context.items()}
        kind = template_prefix.replace("/email/", "_")
        language = user.locale if isinstance(user, User) else translation.get_language()
        with translation.override(language):
            full = {"email": email, "person": user, "base_url": settings.BASE_URL, **context}
            subject = " ".join(render_to_string(f"mail/{kind}.subject.txt", full).split())
            text = render_to_string(f"mail/{kind}.txt", full).strip() + "\n"
            html = render_to_string("mail/base.html", {**full, "subject": subject, "text": text})
        mailer()(
            kind=kind,
            to=email,
            user=user if isinstance(user, User) else None,
            subject=subject,
            text=text,
            html=html,
            now=timezone.now(),
        )


def _at_home(value: Any) -> Any:
    """An address built from the request, led to the public one: its Host header is anybody's."""
    request = allauth_context.request
    if not isinstance(value, str) or request is None:
        return value
    here = request.build_absolute_uri("/")
    return f"{settings.BASE_URL}/{value.removeprefix(here)}" if value.startswith(here) else value


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _(
            "With a second factor your mail address can't be changed here. "
            "Remove the second factor, change the address, and add it again."
        ),
        "cannot_delete_authenticator": _(
            "Whoever runs a programme needs a second factor. Add another one before you remove "
            "this one."
        ),
        "cannot_generate_recovery_codes": _(
            "Recovery codes come with a second factor. Please set one up first."
        ),
        PasswordTooShortAlone.code: PasswordTooShortAlone.message,
        "incorrect_code": _("This code is not right or no longer valid. Please use the newest."),
        "unverified_email": _("Please confirm your mail address before you add a second factor."),
    }

    def encrypt(self, text: str) -> str:
        """Secrets of second factors are sealed under the master key, outside the database."""
        return base64.b64encode(seal(text, place=FACTOR_PLACE)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(base64.b64decode(encrypted_text), place=FACTOR_PLACE)

    def build_totp_svg(self, url: str) -> str:
        """The QR code to stand inside the page: our policy allows no image from a data address."""
        svg: str = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """May this factor go? Up to three queries."""
        return removal_refused(authenticator) is None

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """As allauth's; a removal says which of our two reasons is against it."""
        request = allauth_context.request
        if code == "cannot_delete_authenticator" and request.user.has_short_password:
            code = PasswordTooShortAlone.code
        error: ValidationError = super().validation_error(code, *args)
        return error
