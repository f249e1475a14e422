"""Who may see and do what with a participation; small predicates on loaded rows, no query."""

from datetime import date, datetime
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser

from tandemwerk.people.models import User
from tandemwerk.people.selectors.accounts import has_account
from tandemwerk.programmes.enums import ParticipationState, ProgrammeState
from tandemwerk.programmes.models import (
    Cohort,
    CoordinatorInvitation,
    Invitation,
    Participation,
    Programme,
)


def may_see_profile(participation: Participation) -> bool:
    """May the coordinator see the profile?

    Not the profile somebody keeps for other programmes, before they have said yes to this one. What
    the list itself brought along about somebody without an account is the coordinator's anyway.
    """
    return participation.joined_at is not None or not has_account(participation.user)


def shown_name(participation: Participation) -> str:
    """The name for the coordinator; the address they entered, as long as the profile is private."""
    return participation.user.name if may_see_profile(participation) else participation.user.email


def may_invite(participation: Participation) -> bool:
    return participation.state == ParticipationState.INVITED


def is_editable(programme: Programme) -> bool:
    return programme.state != ProgrammeState.ARCHIVED


def is_registration_open(cohort: Cohort, today: date) -> bool:
    """May people register themselves for this cohort on this day?"""
    return (
        cohort.programme.is_open
        and cohort.programme.state == ProgrammeState.RUNNING
        and today <= cohort.registration_ends_on
    )


class InvitationPage(StrEnum):
    """What the page behind an invitation's link shows."""

    UNKNOWN = "unknown"  # no such link, or the person was taken off the list
    EXPIRED = "expired"
    ANSWERED = "answered"
    NEW = "new"  # no account yet: accept with a new password
    LOG_IN = "log_in"  # there is an account; the person must log in first
    SOMEBODY_ELSE = "somebody_else"  # logged in, but as another person
    WELCOME_BACK = "welcome_back"  # logged in as the right person


class LetterPage(StrEnum):
    """What the page behind a letter to a future coordinator shows."""

    UNKNOWN = "unknown"  # no such link, expired, taken back or used
    NEW = "new"
    LOG_IN = "log_in"
    SOMEBODY_ELSE = "somebody_else"
    WELCOME_BACK = "welcome_back"


def coordinator_page(
    invitation: CoordinatorInvitation | None, owner: User | None, visitor: User | AnonymousUser
) -> LetterPage:
    """Which of them; `owner`: the person with the letter's address, if there is one. No query."""
    if invitation is None:
        return LetterPage.UNKNOWN
    if visitor.is_authenticated and visitor.email != invitation.email:
        return LetterPage.SOMEBODY_ELSE
    if visitor.is_authenticated:
        return LetterPage.WELCOME_BACK
    return LetterPage.LOG_IN if owner and has_account(owner) else LetterPage.NEW


def invitation_page(
    invitation: Invitation | None, visitor: User | AnonymousUser, now: datetime
) -> InvitationPage:
    """Which of them, for an invitation with participation and person joined. No query."""
    if invitation is None:
        return InvitationPage.UNKNOWN
    participation = invitation.participation
    if invitation.accepted_at or invitation.declined_at:
        return InvitationPage.ANSWERED
    if participation.state != ParticipationState.INVITED:
        return InvitationPage.UNKNOWN
    if invitation.expires_at <= now:
        return InvitationPage.EXPIRED
    if visitor.is_authenticated and visitor.pk != participation.user_id:
        return InvitationPage.SOMEBODY_ELSE
    if visitor.is_authenticated:
        return InvitationPage.WELCOME_BACK
    return InvitationPage.LOG_IN if has_account(participation.user) else InvitationPage.NEW
