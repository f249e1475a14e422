"""Naming safeguarding people, and their answer."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from i18nfield.strings import LazyI18nString

from tandemwerk.audit.services import audit_record
from tandemwerk.notifications.services.mail import mail_put, mail_write
from tandemwerk.people.models import User
from tandemwerk.people.selectors.accounts import has_account
from tandemwerk.people.services.accounts import NewAccount, account_take
from tandemwerk.programmes.models import Organisation
from tandemwerk.programmes.services.invitations import digest_of
from tandemwerk.safeguarding.errors import (
    EnoughSafeguarders,
    OwnerNamesThemself,
    SafeguarderNeedsLogin,
    SafeguarderNotOpen,
)
from tandemwerk.safeguarding.models import EmergencyText, SafeguardingPerson
from tandemwerk.safeguarding.selectors.people import accepted
from tandemwerk.safeguarding.services.readers import readers_leave, readers_there

LIFETIME = timedelta(days=14)
MOST = 5  # few enough to be named on the report page


@transaction.atomic
def safeguarder_name(
    *, organisation: Organisation, email: str, by: User, now: datetime
) -> SafeguardingPerson:
    """Ask somebody by mail to read reports; the same letter to every address, known or not.

    Nothing is readable until they say yes with their own account; who has none makes one by the
    letter's link. Naming once more sends a new letter and ends the old link; after a yes it changes
    nothing. Raises EnoughSafeguarders, and OwnerNamesThemself for the own address. Nine queries.
    """
    if email.strip().lower() == by.email.lower():
        raise OwnerNamesThemself
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    address = email.strip().lower()
    rows = SafeguardingPerson.objects.filter(organisation=organisation)
    there = rows.filter(email=address).first()
    if there is not None and there.user_id is not None:
        return there
    if there is None and rows.count() >= MOST:
        raise EnoughSafeguarders(most=MOST)
    row = there or SafeguardingPerson(organisation=organisation, email=address, named_at=now)
    secret = secrets.token_urlsafe(32)
    row.digest, row.expires_at = digest_of(secret), now + LIFETIME
    row.save()
    _ask(row, secret, by, now)
    _record("safeguarder.name", organisation, by, now)
    return row


def _ask(row: SafeguardingPerson, secret: str, by: User, now: datetime) -> None:
    place = reverse("safeguarding:question", kwargs={"secret": secret})
    context = {
        "organisation": row.organisation.name,
        "owner": by.name,
        "url": settings.BASE_URL + place,
        "expires_on": row.expires_at,
    }
    # In the owner's language: the reader's may not be known, and would tell of an account.
    reader = User(email=row.email, locale=by.locale)
    kind = "safeguarder_asked"
    subject, text, html = mail_write(kind=kind, to=reader, context=context)
    mail_put(kind=kind, to=row.email, subject=subject, text=text, html=html, now=now)


@transaction.atomic
def safeguarder_accept(*, row: SafeguardingPerson, by: User, now: datetime) -> SafeguardingPerson:
    """`by` says yes and reads what is reported from now on. Saying yes twice changes nothing.

    What was sent before stays closed to them until one of its readers or the reporter lets them in.
    `row` must come from `asked(by)`. Raises SafeguarderNotOpen if it was withdrawn meanwhile.
    """
    if row.user_id == by.pk:
        return row
    changed = SafeguardingPerson.objects.filter(
        pk=row.pk, user__isnull=True, email=by.email
    ).update(user=by, accepted_at=now, digest="", expires_at=None)
    if not changed:
        raise SafeguarderNotOpen
    User.objects.filter(pk=by.pk).update(reads_reports=True)
    readers_there(user=by, organisation=row.organisation, now=now)
    _record("safeguarder.accept", row.organisation, by, now, about=by)
    return row


@transaction.atomic
def safeguarder_join(*, row: SafeguardingPerson, account: NewAccount, now: datetime) -> User:
    """Make an account for whoever holds the letter's link, and say yes with it.

    An existing account is entered by its own login only. Raises SafeguarderNotOpen,
    SafeguarderNeedsLogin. Ten queries.
    """
    user = User.objects.select_for_update().filter(email=row.email).first()
    if user is not None and has_account(user):
        raise SafeguarderNeedsLogin
    user = account_take(user=user or User(email=row.email), account=account)
    safeguarder_accept(row=row, by=user, now=now)
    user.refresh_from_db()
    return user


@transaction.atomic
def safeguarder_remove(*, row: SafeguardingPerson, by: User, now: datetime) -> None:
    """Take the role away, or the question back, at once. Removing twice changes nothing.

    Also how somebody gives it up. With fewer than two left no report can be read; those who sent
    the reports that this person read are told.
    """
    if not SafeguardingPerson.objects.filter(pk=row.pk).delete()[0]:
        return
    if row.user_id is not None and not accepted().filter(user=row.user_id).exists():
        User.objects.filter(pk=row.user_id).update(reads_reports=False)
    if row.user is not None:
        readers_leave(user=row.user, organisation=row.organisation, now=now)
    _record("safeguarder.remove", row.organisation, by, now, about=row.user)


@transaction.atomic
def emergency_text_set(
    *, organisation: Organisation, text: LazyI18nString, by: User, now: datetime
) -> None:
    """Say what stands on top of the report page; empty in both languages: the house's own words."""
    if any(str(said).strip() for said in dict(text.data).values()):
        EmergencyText.objects.update_or_create(organisation=organisation, defaults={"text": text})
    else:
        EmergencyText.objects.filter(organisation=organisation).delete()
    _record("emergency_text.set", organisation, by, now)


def _record(
    action: str, organisation: Organisation, by: User, now: datetime, about: User | None = None
) -> None:
    details = {"user": about.pk} if about else None
    audit_record(action=action, about=organisation, by=by, now=now, details=details)
