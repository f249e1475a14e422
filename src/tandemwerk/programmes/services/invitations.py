"""Invitations: a letter with a secret link; accepted, declined or sent again."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from tandemwerk.audit.services import audit_record
from tandemwerk.core.jobs import enqueue
from tandemwerk.notifications.services.mail import mail_queue
from tandemwerk.people.models import Profile, User
from tandemwerk.people.selectors.accounts import has_account
from tandemwerk.programmes.enums import ParticipationState, ProgrammeState
from tandemwerk.programmes.errors import (
    InvitationNeedsLogin,
    InvitationNotOpen,
    ParticipationStateMoved,
)
from tandemwerk.programmes.models import Cohort, Invitation, Participation
from tandemwerk.programmes.rules import may_invite
from tandemwerk.programmes.services.letters import fill_blanks
from tandemwerk.programmes.services.programmes import require_editable

LIFETIME = timedelta(days=30)
STATE = ParticipationState


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def invitation_send(*, participation: Participation, by: User, now: datetime) -> Invitation:
    """Send the letter, or send it again: a new link for 30 days, the old one stops working.

    Raises ParticipationStateMoved unless the person is still invited.
    """
    require_editable(participation.cohort.programme)
    if not may_invite(participation):
        raise ParticipationStateMoved(state=participation.get_state_display())
    [invitation] = invitations_put(participations=[participation], inviter=by, now=now)
    audit_record(
        action="invitation.send",
        about=participation,
        by=by,
        now=now,
        programme_id=participation.cohort.programme_id,
    )
    return invitation


@transaction.atomic
def invitations_send_waiting(*, cohort: Cohort, by: User, now: datetime) -> None:
    """Have a job write letters to everybody of the cohort who has none yet.

    Raises ProgrammeArchived.
    """
    require_editable(cohort.programme)
    from tandemwerk.programmes.jobs import invitations_send  # jobs → services is the one way round

    enqueue(invitations_send, cohort_pk=cohort.pk, by_pk=by.pk)
    audit_record(
        action="invitation.send_waiting",
        about=cohort,
        by=by,
        now=now,
        programme_id=cohort.programme_id,
    )


@transaction.atomic
def invitations_put(
    *, participations: Sequence[Participation], inviter: User | None, now: datetime
) -> list[Invitation]:
    """Write letters to people (`user`, `cohort.programme` joined) into the outbox.

    The secret is in the letter only. Four queries, and two per letter.
    """
    if not participations:
        return []
    letters = [(participation, secrets.token_urlsafe(32)) for participation in participations]
    invitations = Invitation.objects.bulk_create(
        [
            Invitation(
                participation=participation,
                digest=digest_of(secret),
                sent_at=now,
                expires_at=now + LIFETIME,
            )
            for participation, secret in letters
        ],
        update_conflicts=True,
        unique_fields=["participation"],
        update_fields=["digest", "sent_at", "expires_at", "accepted_at", "declined_at"],
    )
    pks = [participation.pk for participation in participations]
    Participation.objects.filter(pk__in=pks).update(invited_at=now)
    for participation, secret in letters:
        _queue(participation, secret, inviter, now)
    return invitations


def _queue(participation: Participation, secret: str, inviter: User | None, now: datetime) -> None:
    programme = participation.cohort.programme
    url = settings.BASE_URL + reverse("programmes:invitation", kwargs={"secret": secret})
    with translation.override(participation.user.locale):
        context = {
            "programme": programme,
            "participation": participation,
            "inviter": inviter,
            "url": url,
            "letter": letter_text(participation=participation, inviter=inviter, link=url),
            "expires_on": (now + LIFETIME).date(),
        }
        mail_queue(kind="invitation", to=participation.user, context=context, now=now)


def letter_text(*, participation: Participation, inviter: User | None, link: str) -> str:
    """The programme's invitation in the active language, blanks filled, link included. No query."""
    cohort = participation.cohort
    programme = cohort.programme
    letter = fill_blanks(
        str(programme.invitation_text).strip(),
        {
            "name": participation.user.short_name,
            "programme": str(programme.name),
            "organisation": programme.organisation.name,
            "role": participation.get_role_display(),
            "coordinator": inviter.name if inviter else programme.organisation.name,
            "cohort": cohort.name,
            "start": _day(cohort.starts_on),
            "end": _day(cohort.ends_on),
            "link": link,
        },
    )
    return letter if link in letter else f"{letter}\n\n{link}"


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


@transaction.atomic
def invitation_accept(
    *, invitation: Invitation, by: User | None, password: str | None, now: datetime
) -> User:
    """Say yes: the person takes part, and the mail address counts as confirmed.

    Somebody without an account sets a password here (already validated by the form). Somebody with
    one must be logged in as themself (`by`); the link alone never opens an existing account.
    Raises InvitationNotOpen, InvitationNeedsLogin.
    """
    participation = invitation.participation
    if participation.cohort.programme.state == ProgrammeState.ARCHIVED:
        raise InvitationNotOpen
    user = User.objects.select_for_update().get(pk=participation.user_id)
    if has_account(user):
        if by is None or by.pk != user.pk:
            raise InvitationNeedsLogin
    elif password:
        user.set_password(password)
        user.save(update_fields=["password"])
    else:
        raise InvitationNeedsLogin
    _answer(invitation, now, field="accepted_at", state=STATE.JOINED)
    Participation.objects.filter(pk=participation.pk).update(joined_at=now)
    Profile.objects.get_or_create(user=user)
    _confirm_address(user)
    _record("invitation.accept", participation, user, now)
    return user


@transaction.atomic
def invitation_decline(*, invitation: Invitation, now: datetime) -> None:
    """Say no: the person leaves the cohort. The link is enough; no account is needed for a no."""
    _answer(invitation, now, field="declined_at", state=STATE.WITHDRAWN)
    _record("invitation.decline", invitation.participation, invitation.participation.user, now)


def _answer(invitation: Invitation, now: datetime, *, field: str, state: str) -> None:
    """Compare-and-set of the answer: once, in time, while still invited."""
    answered = Invitation.objects.filter(
        pk=invitation.pk,
        digest=invitation.digest,
        accepted_at=None,
        declined_at=None,
        expires_at__gt=now,
    ).update(**{field: now})
    moved = answered and Participation.objects.filter(
        pk=invitation.participation_id, state=STATE.INVITED
    ).update(state=state)
    if not moved:
        raise InvitationNotOpen


def _confirm_address(user: User) -> None:
    """The link came by mail, so the address is theirs."""
    EmailAddress.objects.filter(user=user, primary=True).exclude(email=user.email).update(
        primary=False
    )
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


def _record(action: str, participation: Participation, by: User, now: datetime) -> None:
    audit_record(
        action=action,
        about=participation,
        by=by,
        now=now,
        programme_id=participation.cohort.programme_id,
    )
