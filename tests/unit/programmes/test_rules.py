"""Small predicates about programmes and their letters, on rows that are in no database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from tandemwerk.people.models import User
from tandemwerk.programmes.enums import ParticipationState, ProgrammeState
from tandemwerk.programmes.models import (
    Cohort,
    CoordinatorInvitation,
    Invitation,
    Participation,
    Programme,
)
from tandemwerk.programmes.rules import (
    InvitationPage,
    LetterPage,
    coordinator_page,
    invitation_page,
    is_editable,
    is_registration_open,
    may_invite,
    may_see_profile,
    shown_name,
)

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
NOBODY = AnonymousUser()


def person(pk: int = 1, *, has_account: bool = False) -> User:
    user = User(pk=pk, email=f"p{pk}@example.org", given_name="Kim", family_name="Lee")
    user.last_login = NOW if has_account else None
    user.set_unusable_password()
    return user


def participation(user: User, state: ParticipationState, *, joined: bool = False) -> Participation:
    return Participation(user=user, state=state, joined_at=NOW if joined else None)


@pytest.mark.parametrize(
    ("has_account", "joined", "is_seen"),
    [(False, False, True), (True, False, False), (True, True, True), (False, True, True)],
)
def test_a_profile_kept_for_others_is_seen_after_a_yes(has_account, joined, is_seen):
    invited = participation(
        person(has_account=has_account), ParticipationState.INVITED, joined=joined
    )
    assert may_see_profile(invited) is is_seen
    assert shown_name(invited) == ("Kim Lee" if is_seen else "p1@example.org")


@pytest.mark.parametrize("state", ParticipationState)
def test_only_invited_people_get_the_letter_again(state):
    assert may_invite(participation(person(), state)) is (state == ParticipationState.INVITED)


@pytest.mark.parametrize("state", ProgrammeState)
def test_an_archived_programme_stays_as_it_is(state):
    assert is_editable(Programme(state=state)) is (state != ProgrammeState.ARCHIVED)


@pytest.mark.parametrize(
    ("is_open", "state", "days_left", "expected"),
    [
        (True, ProgrammeState.RUNNING, 0, True),
        (True, ProgrammeState.RUNNING, -1, False),
        (True, ProgrammeState.ARCHIVED, 5, False),
        (False, ProgrammeState.RUNNING, 5, False),
    ],
)
def test_registering_ends_with_the_day(is_open, state, days_left, expected):
    today = date(2026, 11, 2)
    cohort = Cohort(
        programme=Programme(is_open=is_open, state=state),
        registration_ends_on=today + timedelta(days=days_left),
    )
    assert is_registration_open(cohort, today) is expected


def test_a_letter_to_a_coordinator_leads_on_by_who_opens_it():
    letter = CoordinatorInvitation(email="p1@example.org")
    assert coordinator_page(None, None, NOBODY) == LetterPage.UNKNOWN
    assert coordinator_page(letter, None, NOBODY) == LetterPage.NEW
    assert coordinator_page(letter, person(), NOBODY) == LetterPage.NEW
    assert coordinator_page(letter, person(has_account=True), NOBODY) == LetterPage.LOG_IN
    assert coordinator_page(letter, person(), person()) == LetterPage.WELCOME_BACK
    assert coordinator_page(letter, person(), person(2)) == LetterPage.SOMEBODY_ELSE


def letter_to(
    user: User,
    *,
    state: ParticipationState = ParticipationState.INVITED,
    answered: str = "",
    hours_left: int = 1,
) -> Invitation:
    answer = {answered: NOW} if answered else {}
    return Invitation(
        participation=participation(user, state),
        expires_at=NOW + timedelta(hours=hours_left),
        **answer,
    )


def test_an_invitation_leads_on_by_its_state_and_by_who_opens_it():
    new, known = person(), person(has_account=True)
    joined = ParticipationState.JOINED
    assert invitation_page(None, NOBODY, NOW) == InvitationPage.UNKNOWN
    for answered in ("accepted_at", "declined_at"):
        letter = letter_to(new, answered=answered)
        assert invitation_page(letter, NOBODY, NOW) == InvitationPage.ANSWERED
    assert invitation_page(letter_to(new, state=joined), NOBODY, NOW) == InvitationPage.UNKNOWN
    assert invitation_page(letter_to(new, hours_left=0), NOBODY, NOW) == InvitationPage.EXPIRED
    assert invitation_page(letter_to(new), NOBODY, NOW) == InvitationPage.NEW
    assert invitation_page(letter_to(known), NOBODY, NOW) == InvitationPage.LOG_IN
    assert invitation_page(letter_to(known), known, NOW) == InvitationPage.WELCOME_BACK
    assert invitation_page(letter_to(known), person(2), NOW) == InvitationPage.SOMEBODY_ELSE
