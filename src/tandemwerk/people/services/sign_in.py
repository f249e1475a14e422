"""Knowing a person by password and second factor, for programs without a browser."""

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import RateLimited
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from django.forms import ValidationError
from django.http import HttpRequest

from tandemwerk.people.errors import CodeNeeded, SignInRefused, TooManyAttempts
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
    try:
        clear_limit = check_rate_limit(user)
    except ValidationError as error:
        raise TooManyAttempts from error
    if not any(factor.wrap().validate_code(code) for factor in factors):
        raise SignInRefused
    clear_limit()
