"""API tokens: made, used, revoked."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from tandemwerk.audit.services import audit_record
from tandemwerk.people.enums import Scope
from tandemwerk.people.errors import TokenLimitReached
from tandemwerk.people.models import ApiToken, User

LIFETIME = timedelta(days=90)
LONGEST_LIFETIME = timedelta(days=366)
USED_GRAIN = timedelta(minutes=5)
MAX_TOKENS = 20


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def token_create(
    *,
    user: User,
    name: str,
    scopes: Sequence[Scope],
    now: datetime,
    lifetime: timedelta = LIFETIME,
) -> tuple[ApiToken, str]:
    """Make a token; the secret is returned once, its row holds the SHA-256 only.

    If the request carried a client id, its sealed answer keeps the secret for a day.

    Raises TokenLimitReached beyond 20 living tokens, ValueError for a lifetime over a year or
    without any scope.
    """
    if not scopes or not timedelta(0) < lifetime <= LONGEST_LIFETIME:
        raise ValueError("scopes or lifetime")
    User.objects.select_for_update().get(pk=user.pk)  # two makers at once count one by one
    living = ApiToken.objects.filter(user=user, revoked_at=None, expires_at__gt=now)
    if living.count() >= MAX_TOKENS:
        raise TokenLimitReached(most=MAX_TOKENS)
    secret = f"tw_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=user,
        name=name,
        prefix=secret[:9],
        digest=digest_of(secret),
        scopes=sorted({str(Scope(scope)) for scope in scopes}),
        created_at=now,
        expires_at=now + lifetime,
    )
    audit_record(
        action="token.create", about=token, by=user, now=now, details={"scopes": token.scopes}
    )
    return token, secret


@transaction.atomic
def token_revoke(*, token: ApiToken, by: User, now: datetime) -> None:
    """End a token at once. Revoking twice changes nothing."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        audit_record(action="token.revoke", about=token, by=by, now=now)


def token_user(*, secret: str, now: datetime) -> ApiToken | None:
    """The living token with this secret, its person joined; None for anything else.

    One query; a second one at most every five minutes notes the use.
    """
    token = (
        ApiToken.objects.select_related("user")
        .filter(digest=digest_of(secret), revoked_at=None, expires_at__gt=now, user__is_active=True)
        .first()
    )
    if token and (token.last_used_at is None or now - token.last_used_at > USED_GRAIN):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token
