"""What protects an account."""

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from tandemwerk.people.models import ApiToken, User

# Recovery codes come with a factor and are none themselves.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: User) -> bool:
    """Does an authenticator app or a passkey protect the account? One query."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """The person's tokens that were not revoked, newest first; expired ones included. One query."""
    return ApiToken.objects.filter(user=user, revoked_at=None)
