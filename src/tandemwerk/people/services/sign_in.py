"""Knowing a person by password and second factor, for programs without a browser."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from allauth.core.exceptions import RateLimited
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from django.forms import ValidationError
from django.http import HttpRequest

from tandemwerk.people.errors import (
    CodeNeeded,
    PasswordWrong,
    SignInRefused,
    TooManyAttempts,
)
from tandemwerk.people.models import User


def person_identify(*, request: HttpRequest, email: str, password: str, code: str) -> User:
    """The person with this mail address and password, and a valid code if they use MFA.

    Raises SignInRefused with the same words for an unknown address, a wrong password, an
    unverified address and a wrong code; CodeNeeded only after the right password; TooManyAttempts
    when allauth's limits say so. About six queries.
    """
    address = email.strip().lower()
    try:
        user = get_adapter(request).authenticate(request, email=address, password=password)
    except (RateLimited, ValidationError) as error:
        raise TooManyAttempts from error
    if not isinstance(user, User) or not user.is_active:
        raise SignInRefused
    if not EmailAddress.objects.filter(user=user, email__iexact=address, verified=True).exists():
        raise SignInRefused
    factors = Authenticator.objects.filter(
        user=user, type__in=[Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]
    )
    if Authenticator.objects.filter(user=user).exists():
        _second_factor(user, list(factors), code)
    return user


def _second_factor(user: User, factors: list[Authenticator], code: str) -> None:
    if not code:
        raise CodeNeeded
    if not code_guarded(user, lambda: any(f.wrap().validate_code(code) for f in factors)):
        raise SignInRefused


def code_guarded(user: User, is_right: Callable[[], bool]) -> bool:
    """Ask whether a code is right, within allauth's limit of wrong ones. Raises TooManyAttempts."""
    try:
        clear_limit = check_rate_limit(user)
    except ValidationError as error:
        raise TooManyAttempts from error
    if not is_right():
        return False
    clear_limit()
    return True


def password_check(*, user: User, password: str) -> None:
    """The person shows once more that it is them, although the token is valid.

    Raises PasswordWrong; TooManyAttempts when allauth's limits say so. About three queries.
    """
    try:
        is_right = get_adapter().reauthenticate(user, password)
    except (RateLimited, ValidationError) as error:
        raise TooManyAttempts from error
    if not is_right:
        raise PasswordWrong


def require_rate(
    request: HttpRequest, action: str, *, user: User | None = None, key: str | None = None
) -> None:
    """Count an act against allauth's limit for it. Raises TooManyAttempts."""
    if not ratelimit.consume(request, action=action, user=user, key=key):
        raise TooManyAttempts
