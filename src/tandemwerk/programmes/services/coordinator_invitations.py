"""Asking somebody by mail to run a programme, without saying whether they have an account here."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from tandemwerk.audit.services import audit_record
from tandemwerk.notifications.services.mail import mail_put, mail_write
from tandemwerk.people.models import User
from tandemwerk.people.selectors.accounts import has_account
from tandemwerk.people.services.accounts import NewAccount, account_take
from tandemwerk.programmes.errors import InvitationNeedsLogin, InvitationNotOpen
from tandemwerk.programmes.models import CoordinatorInvitation, Programme
from tandemwerk.programmes.services.coordinators import coordinator_enter
from tandemwerk.programmes.services.invitations import digest_of
from tandemwerk.programmes.services.programmes import require_editable

LIFETIME = timedelta(days=14)


@transaction.atomic
def coordinator_invite(
    *, programme: Programme, email: str, by: User, now: datetime
) -> CoordinatorInvitation:
    """Send the same letter to every address, known or not; a new one ends the old link.

    Raises ProgrammeArchived.
    """
    require_editable(programme)
    secret, address = secrets.token_urlsafe(32), email.strip().lower()
    CoordinatorInvitation.objects.filter(expires_at__lte=now).delete()
    invitation, _is_new = CoordinatorInvitation.objects.update_or_create(
        programme=programme,
        email=address,
        defaults={"digest": digest_of(secret), "expires_at": now + LIFETIME},
    )
    _queue(invitation, secret, by, now)
    audit_record(
        action="coordinator.invite", about=programme, by=by, now=now, programme_id=programme.pk
    )
    return invitation


def _queue(invitation: CoordinatorInvitation, secret: str, by: User, now: datetime) -> None:
    """In the inviter's language: the reader's may not be known, and would tell of an account."""
    place = reverse("programmes:coordinator_invitation", kwargs={"secret": secret})
    context = {
        "programme": invitation.programme,
        "inviter": by,
        "url": settings.BASE_URL + place,
        "expires_on": invitation.expires_at.date(),
    }
    reader = User(email=invitation.email, locale=by.locale)
    subject, text, html = mail_write(kind="coordinator_invitation", to=reader, context=context)
    mail_put(
        kind="coordinator_invitation",
        to=invitation.email,
        subject=subject,
        text=text,
        html=html,
        now=now,
    )


@transaction.atomic
def coordinator_invitation_take_back(
    *, invitation: CoordinatorInvitation, by: User, now: datetime
) -> None:
    """End the link at once. Taking back twice changes nothing."""
    if CoordinatorInvitation.objects.filter(pk=invitation.pk).delete()[0]:
        audit_record(
            action="coordinator.invite_take_back",
            about=invitation.programme,
            by=by,
            now=now,
            programme_id=invitation.programme_id,
        )


@transaction.atomic
def coordinator_invitation_accept(
    *, invitation: CoordinatorInvitation, by: User | None, account: NewAccount | None, now: datetime
) -> User:
    """Let whoever got the letter run the programme, once; an account is made if there is none.

    An existing account is entered by its own login only (`by`), never by the link.
    Raises InvitationNotOpen, InvitationNeedsLogin, ProgrammeArchived.
    """
    require_editable(invitation.programme)
    user = User.objects.select_for_update().filter(email=invitation.email).first()
    if user is not None and has_account(user):
        if by is None or by.pk != user.pk:
            raise InvitationNeedsLogin
    elif account is None:
        raise InvitationNeedsLogin
    else:
        user = account_take(user=user or User(email=invitation.email), account=account)
    open_now = CoordinatorInvitation.objects.filter(
        pk=invitation.pk, digest=invitation.digest, expires_at__gt=now
    )
    if not open_now.delete()[0]:
        raise InvitationNotOpen
    coordinator_enter(programme=invitation.programme, user=user, by=user, now=now)
    return user
