"""Ends that nobody's answer brings: time passed, a way out of a running tandem, leaving."""

from datetime import UTC, datetime

from django.db import transaction

from tandemwerk.people.models import User
from tandemwerk.tandems import journey
from tandemwerk.tandems.errors import TandemNotActive
from tandemwerk.tandems.journey import OPEN, Refused, State
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.services.change import (
    change_carry_out,
    course_of,
    decide,
    member_of,
    other_than,
    tandem_lock,
)
from tandemwerk.tandems.services.mails import mail_ended_early, mail_not_come_about


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
    for member in locked.members.all():
        mail_not_come_about(tandem=locked, to=member.user, now=now)
    return True


@transaction.atomic
def tandem_dissolve(*, tandem: Tandem, by: User, now: datetime) -> Tandem:
    """`by` ends the running tandem, without having to say why; both get their seats back.

    The other person gets a kind mail. Raises TandemNotActive or TandemOver. At most 20 queries.
    """
    locked = tandem_lock(tandem)
    member_of(locked, by)
    if locked.state in OPEN - {State.ACTIVE, State.CLOSING}:
        raise TandemNotActive
    course = course_of(locked, by.zone)
    after, step = decide(course, lambda: journey.end_early(course, now))
    change_carry_out(tandem=locked, after=after, step=step, now=now)
    mail_ended_early(tandem=locked, to=other_than(locked, by).user, now=now)
    return locked


@transaction.atomic
def tandem_leave(*, tandem: Tandem, by: User, now: datetime) -> bool:
    """`by` leaves the programme, so the open tandem ends for both; False if it had ended before.

    The other person gets the same kind mail as after any other end. At most 22 queries.
    """
    locked = tandem_lock(tandem)
    member_of(locked, by)
    was_running = locked.activated_at is not None
    course = course_of(locked, by.zone)
    try:
        after, step = journey.leave(course, now)
    except Refused:  # it has ended before
        return False
    change_carry_out(tandem=locked, after=after, step=step, now=now)
    tell = mail_ended_early if was_running else mail_not_come_about
    tell(tandem=locked, to=other_than(locked, by).user, now=now)
    return True
