"""Naming safeguarding people, and their answer."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from i18nfield.strings import LazyI18nString

from tandemwerk.audit.services import audit_record
from tandemwerk.notifications.services.mail import mail_put, mail_write
from tandemwerk.people.models import User
from tandemwerk.programmes.models import Organisation
from tandemwerk.safeguarding.errors import EnoughSafeguarders, SafeguarderNotOpen
from tandemwerk.safeguarding.models import EmergencyText, SafeguardingPerson
from tandemwerk.safeguarding.selectors.people import accepted

MOST = 5  # few enough to be named on the report page


@transaction.atomic
def safeguarder_name(
    *, organisation: Organisation, email: str, by: User, now: datetime
) -> SafeguardingPerson:
    """Ask somebody by mail to read reports; the same letter to every address, known or not.

    Nothing is readable until they say yes with their own account. Naming twice changes nothing.
    Raises EnoughSafeguarders. Eight queries.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    address = email.strip().lower()
    rows = SafeguardingPerson.objects.filter(organisation=organisation)
    there = rows.filter(email=address).first()
    if there is not None:
        return there
    if rows.count() >= MOST:
        raise EnoughSafeguarders(most=MOST)
    row = SafeguardingPerson.objects.create(organisation=organisation, email=address, named_at=now)
    _ask(row, by, now)
    _record("safeguarder.name", organisation, by, now)
    return row


def _ask(row: SafeguardingPerson, by: User, now: datetime) -> None:
    place = reverse("safeguarding:role", kwargs={"safeguarder_pk": row.pk})
    context = {
        "organisation": row.organisation.name,
        "owner": by.name,
        "url": settings.BASE_URL + place,
    }
    # In the owner's language: the reader's may not be known, and would tell of an account.
    reader = User(email=row.email, locale=by.locale)
    kind = "safeguarder_asked"
    subject, text, html = mail_write(kind=kind, to=reader, context=context)
    mail_put(kind=kind, to=row.email, subject=subject, text=text, html=html, now=now)


@transaction.atomic
def safeguarder_accept(*, row: SafeguardingPerson, by: User, now: datetime) -> SafeguardingPerson:
    """`by` says yes and reads reports from now on. Saying yes twice changes nothing.

    `row` must come from `asked(by)`. Raises SafeguarderNotOpen if it was withdrawn meanwhile.
    """
    if row.user_id == by.pk:
        return row
    changed = SafeguardingPerson.objects.filter(
        pk=row.pk, user__isnull=True, email=by.email
    ).update(user=by, accepted_at=now)
    if not changed:
        raise SafeguarderNotOpen
    User.objects.filter(pk=by.pk).update(reads_reports=True)
    _record("safeguarder.accept", row.organisation, by, now, about=by)
    return row


@transaction.atomic
def safeguarder_remove(*, row: SafeguardingPerson, by: User, now: datetime) -> None:
    """Take the role away, or the question back, at once. Removing twice changes nothing.

    Also how somebody gives it up. With fewer than two left no report can be read.
    """
    if not SafeguardingPerson.objects.filter(pk=row.pk).delete()[0]:
        return
    if row.user_id is not None and not accepted().filter(user=row.user_id).exists():
        User.objects.filter(pk=row.user_id).update(reads_reports=False)
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
