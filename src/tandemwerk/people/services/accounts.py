"""A person's own account: preferences and the way out."""

import zoneinfo
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models.deletion import ProtectedError, RestrictedError

from tandemwerk.audit.services import audit_record
from tandemwerk.people.enums import Theme
from tandemwerk.people.erasure import erasers
from tandemwerk.people.errors import AccountStillNeeded
from tandemwerk.people.models import User


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What somebody without an account says about themself; the password is already validated."""

    given_name: str
    family_name: str
    password: str


@transaction.atomic
def account_take(*, user: User, account: NewAccount) -> User:
    """Give an account to whoever holds a link that came by mail: so the address is theirs.

    `user`: without an account so far (see `has_account`), also one not stored yet. Three queries.
    """
    user.given_name, user.family_name = account.given_name, account.family_name
    user.set_password(account.password)
    user.save()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user


@transaction.atomic
def account_update(
    *,
    user: User,
    now: datetime,
    title: str | None = None,
    given_name: str | None = None,
    family_name: str | None = None,
    locale: str | None = None,
    timezone: str | None = None,
    theme: str | None = None,
) -> User:
    """Change name and preferences; what is None stays. Raises ValueError for an unknown choice.

    One audit entry with the names of the changed fields, none if nothing changed.
    """
    if locale is not None and locale not in dict(settings.LANGUAGES):
        raise ValueError("locale")
    if timezone is not None and timezone not in zoneinfo.available_timezones():
        raise ValueError("timezone")
    if theme is not None and theme not in Theme.values:
        raise ValueError("theme")
    wished = {
        "title": title,
        "given_name": given_name,
        "family_name": family_name,
        "locale": locale,
        "timezone": timezone,
        "theme": theme,
    }
    changed = [n for n, value in wished.items() if value is not None and value != getattr(user, n)]
    for name in changed:
        setattr(user, name, wished[name])
    if changed:
        user.save(update_fields=changed)
        audit_record(
            action="account.update", about=user, by=user, now=now, details={"fields": changed}
        )
    return user


@transaction.atomic
def account_erase(*, user: User, now: datetime) -> None:
    """Forget a person: all erasers in order, then the account. What remains are audit ids.

    Raises AccountStillNeeded, and nothing is erased, if another table refuses to lose the person.
    """
    audit_record(action="account.erase", about=user, by=user, now=now)
    try:
        for entry in erasers():
            entry.erase(user, now)
        user.delete()
    except (ProtectedError, RestrictedError) as error:
        raise AccountStillNeeded from error
