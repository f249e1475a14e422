"""An authenticator app and recovery codes, for programs: what allauth's pages do with a session."""

from dataclasses import dataclass

from allauth.account.adapter import get_adapter as account_adapter
from allauth.mfa import signals
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from django.core import signing
from django.db import transaction
from django.http import HttpRequest

from tandemwerk.people.errors import (
    CodeWrong,
    FactorMissing,
    FactorThere,
    LinkEnded,
)
from tandemwerk.people.models import User
from tandemwerk.people.selectors.security import has_second_factor, own_factor, removal_refused
from tandemwerk.people.services.sign_in import code_guarded

TICKET_SALT = "people.factors.app"
TICKET_SECONDS = 600
APP, CODES = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES


@dataclass(frozen=True, slots=True)
class Begun:
    """An app on its way: nothing is stored; the signed `ticket` brings the secret back."""

    secret: str
    uri: str
    ticket: str


def totp_begin(*, user: User) -> Begun:
    """A fresh secret for the person's app. One query. Raises FactorThere."""
    if own_factor(user, APP):
        raise FactorThere
    secret = generate_totp_secret()
    ticket = signing.dumps({"user": user.pk, "secret": secret}, salt=TICKET_SALT)
    return Begun(secret, get_adapter().build_totp_url(user, secret), ticket)


@transaction.atomic
def totp_confirm(*, request: HttpRequest, user: User, ticket: str, code: str) -> list[str]:
    """Let the app count if its code is right; returns the recovery codes.

    Raises FactorThere, LinkEnded for a ticket that is too old or somebody else's, CodeWrong, and
    TooManyAttempts.
    """
    User.objects.select_for_update().get(pk=user.pk)  # two at once: the second finds the first's
    if own_factor(user, APP):
        raise FactorThere
    secret = _secret_in(ticket, user)
    if not code_guarded(user, lambda: validate_totp_code(secret, code)):
        raise CodeWrong
    made = [TOTP.activate(user, secret).instance]
    codes = own_factor(user, CODES)
    if codes is None:
        codes = RecoveryCodes.activate(user).instance
        made.append(codes)
    for factor in made:
        _tell(signals.authenticator_added, request, user, factor)
    account_adapter(request).send_notification_mail("mfa/email/totp_activated", user)
    return _unused(codes)


def _secret_in(ticket: str, user: User) -> str:
    try:
        kept = signing.loads(ticket, salt=TICKET_SALT, max_age=TICKET_SECONDS)
    except signing.BadSignature as error:
        raise LinkEnded from error
    if kept["user"] != user.pk:
        raise LinkEnded
    return str(kept["secret"])


@transaction.atomic
def totp_remove(*, request: HttpRequest, user: User) -> None:
    """Remove the app, and the recovery codes if no other factor is left.

    Raises FactorMissing; without another factor FactorNeeded for staff, and PasswordTooShortAlone.
    """
    app = own_factor(user, APP)
    if app is None:
        raise FactorMissing
    if refusal := removal_refused(app):
        raise refusal
    app.delete()
    gone = [app]
    codes = own_factor(user, CODES)
    if codes is not None and not has_second_factor(user):
        codes.delete()
        gone.append(codes)
    for factor in gone:
        _tell(signals.authenticator_removed, request, user, factor)
    account_adapter(request).send_notification_mail("mfa/email/totp_deactivated", user)


@transaction.atomic
def recovery_codes_make(*, request: HttpRequest, user: User) -> list[str]:
    """New codes instead of the old ones. Raises FactorMissing: codes come with a factor."""
    User.objects.select_for_update().get(pk=user.pk)
    if not has_second_factor(user):
        raise FactorMissing
    Authenticator.objects.filter(user=user, type=CODES).delete()
    codes = RecoveryCodes.activate(user).instance
    _tell(signals.authenticator_reset, request, user, codes)
    account_adapter(request).send_notification_mail("mfa/email/recovery_codes_generated", user)
    return _unused(codes)


def recovery_codes_show(*, user: User) -> list[str]:
    """The codes not used yet. One query. Raises FactorMissing."""
    codes = own_factor(user, CODES)
    if codes is None:
        raise FactorMissing
    return _unused(codes)


def _unused(codes: Authenticator) -> list[str]:
    return [str(code) for code in codes.wrap().get_unused_codes()]


def _tell(signal: object, request: HttpRequest, user: User, factor: Authenticator) -> None:
    signal.send(sender=Authenticator, request=request, user=user, authenticator=factor)  # type: ignore[attr-defined]  # allauth is untyped
