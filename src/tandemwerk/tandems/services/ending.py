"""Ends that nobody's answer brings: time passed, a way out of a running tandem, leaving."""

from datetime import UTC, datetime

from django.db import transaction

from tandemwerk.audit.services import audit_record
from tandemwerk.core.events import publish
from tandemwerk.people.models import User
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.services.seats import seat_give_back
from tandemwerk.tandems import journey
from tandemwerk.tandems.errors import TandemNotActive, TandemOver
from tandemwerk.tandems.events import MemberLeft
from tandemwerk.tandems.journey import OPEN, Refused, State
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.services.change import (
    change_carry_out,
    course_of,
    decide,
    member_of,
    others_than,
    remember_apart,
    tandem_lock,
)
from tandemwerk.tandems.services.mails import mail_ended_early, mail_left, mail_not_come_about


@transaction.atomic
def tandem_expire(*, tandem: Tandem, now: datetime) -> bool:
    """End a proposal or chemistry time whose deadline has passed; both return to the pool.

    Safe to run twice and beside an answer of the last second; False if there was nothing to do.
    At most 22 queries.
    """
    locked = tandem_lock(tandem)
    course = course_of(locked, UTC)
    try:
        after, step = journey.expire(course, now)
    except Refused:
        return False
    change_carry_out(tandem=locked, after=after, step=step, now=now)
    mail_not_come_about(tandem=locked, to=locked.members.all(), now=now)
    return True


@transaction.atomic
def tandem_dissolve(*, tandem: Tandem, by: User, now: datetime) -> Tandem:
    """`by` ends their part in the running tandem, without having to say why.

    A tandem of two ends, and both get their seats back; a group goes on without `by` as long as it
    still has a mentee and a mentor. The others get a kind mail. Raises TandemNotActive or
    TandemOver. At most 20 queries, five more for each further person.
    """
    locked = tandem_lock(tandem)
    member = _present(locked, by)
    if locked.state in OPEN - {State.ACTIVE, State.CLOSING}:
        raise TandemNotActive
    if goes_on_without(locked, member):
        _part(locked, member, now)
        return locked
    course = course_of(locked, by.zone)
    after, step = decide(course, lambda: journey.end_early(course, now))
    change_carry_out(tandem=locked, after=after, step=step, now=now)
    mail_ended_early(tandem=locked, to=others_than(locked, by), now=now)
    return locked


@transaction.atomic
def tandem_leave(*, tandem: Tandem, by: User, now: datetime) -> bool:
    """`by` leaves the programme, so the open tandem ends; False if it had ended before.

    A group goes on as in `tandem_dissolve`. The others get the same kind mail as after any other
    end. At most 22 queries, five more for each further person.
    """
    locked = tandem_lock(tandem)
    member = _present(locked, by)
    if goes_on_without(locked, member):
        _part(locked, member, now)
        return True
    was_running = locked.activated_at is not None
    course = course_of(locked, by.zone)
    try:
        after, step = journey.leave(course, now)
    except Refused:  # it has ended before
        return False
    change_carry_out(tandem=locked, after=after, step=step, now=now)
    tell = mail_ended_early if was_running else mail_not_come_about
    tell(tandem=locked, to=others_than(locked, by), now=now)
    return True


def goes_on_without(tandem: Tandem, member: TandemMember) -> bool:
    """Is it a running group that keeps a mentee and a mentor when `member` goes? No query."""
    rest = {
        other.role
        for other in tandem.members.all()
        if other.pk != member.pk and other.left_at is None
    }
    return tandem.state in {State.ACTIVE, State.CLOSING} and rest == set(Role.values)


def _present(tandem: Tandem, by: User) -> TandemMember:
    """The membership; whoever left a group a moment ago hears that it is over for them."""
    try:
        return member_of(tandem, by)
    except TandemMember.DoesNotExist as error:
        raise TandemOver from error


def _part(tandem: Tandem, member: TandemMember, now: datetime) -> None:
    """One person leaves a group that goes on: their seat is free, the room is closed to them."""
    TandemMember.objects.filter(pk=member.pk).update(left_at=now)
    seat_give_back(participation=member.participation)
    others = others_than(tandem, member.user)
    remember_apart(member, others, now)
    audit_record(
        action="tandem.left", about=tandem, now=now, programme_id=tandem.cohort.programme_id
    )
    publish(MemberLeft(tandem_pk=tandem.pk, member_pk=member.pk))
    mail_left(tandem=tandem, gone=member.user, to=others, now=now)
