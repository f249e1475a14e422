"""What protects an account."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet

from tandemwerk.core.errors import DomainError
from tandemwerk.people.errors import FactorNeeded, PasswordTooShortAlone
from tandemwerk.people.models import ApiToken, User
from tandemwerk.people.ports import is_staff

# Recovery codes come with a factor and are none themselves.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: User) -> bool:
    """Does an authenticator app or a passkey protect the account? One query."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def removal_refused(factor: Authenticator) -> DomainError | None:
    """Why a second factor must stay, or None. Up to three queries.

    Whoever has another factor may remove this one. Staff keep the last one, except in the demo; and
    nobody is left with nothing but a short password.
    """
    if factor.type not in FACTORS:
        return None
    others = Authenticator.objects.filter(user=factor.user, type__in=FACTORS)
    if others.exclude(pk=factor.pk).exists():
        return None
    if factor.user.has_short_password:
        return PasswordTooShortAlone()
    return FactorNeeded() if not settings.DEMO and is_staff(factor.user) else None


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """The person's tokens that were not revoked, newest first; expired ones included. One query."""
    return ApiToken.objects.filter(user=user, revoked_at=None)


def own_factor(user: User, kind: str) -> Authenticator | None:
    """The person's app or recovery codes. One query."""
    return Authenticator.objects.filter(user=user, type=kind).first()


@dataclass(frozen=True, slots=True)
class Passkey:
    name: str
    is_passwordless: bool
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """What stands beside the password."""

    has_app: bool
    recovery_codes_left: int
    passkeys: list[Passkey]


def factors_of(user: User) -> Factors:
    """The person's second factors, passkeys in the order they were made. One query."""
    rows = list(Authenticator.objects.filter(user=user).order_by("pk"))
    kinds = Authenticator.Type
    codes = [row for row in rows if row.type == kinds.RECOVERY_CODES]
    return Factors(
        has_app=any(row.type == kinds.TOTP for row in rows),
        recovery_codes_left=sum(len(row.wrap().get_unused_codes()) for row in codes),
        passkeys=[_passkey(row) for row in rows if row.type == kinds.WEBAUTHN],
    )


def _passkey(row: Authenticator) -> Passkey:
    key = row.wrap()
    return Passkey(key.name, bool(key.is_passwordless), row.created_at, row.last_used_at)


def address_waiting(user: User) -> str:
    """A new mail address that is not confirmed yet, or "". One query."""
    rows = EmailAddress.objects.filter(user=user, verified=False).exclude(email__iexact=user.email)
    return str(rows.order_by("-pk").values_list("email", flat=True).first() or "")
