"""The regular end of a tandem: begun by one, confirmed by all, or completed by the clock."""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from typing import TypeVar

from django.db import transaction

from tandemwerk.people.models import User
from tandemwerk.tandems import journey
from tandemwerk.tandems.errors import ClosingNotNow, TandemOver
from tandemwerk.tandems.journey import Change, Refusal, Refused
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.selectors.closing import closing_of
from tandemwerk.tandems.services.change import (
    change_carry_out,
    course_of,
    member_of,
    others_than,
    tandem_lock,
)
from tandemwerk.tandems.services.mails import mail_closed, mail_closing

Decided = TypeVar("Decided")


@transaction.atomic
def closing_begin(*, tandem: Tandem, by: User, now: datetime) -> Tandem:
    """`by` begins the planned end; everything in the room can still be written until it is closed.

    The others get a kind mail. Raises ClosingNotNow or TandemOver. At most 14 queries.
    """
    locked = tandem_lock(tandem)
    me = member_of(locked, by)
    today = now.astimezone(by.zone).date()
    closing = closing_of(locked, by.zone)
    _, step = _decide(lambda: journey.begin_closing(closing, me.pk, today, locked.cohort.ends_on))
    _carry_out(locked, step, by.zone, now)
    mail_closing(tandem=locked, to=others_than(locked, by), now=now)
    return locked


@transaction.atomic
def closing_confirm(*, tandem: Tandem, by: User, now: datetime) -> Tandem:
    """For `by` all is said; the last member to say so closes the tandem. Twice is harmless.

    The others then get a kind mail. Raises ClosingNotNow or TandemOver. At most 30 queries.
    """
    locked = tandem_lock(tandem)
    me = member_of(locked, by)
    closing = closing_of(locked, by.zone)
    _, step = _decide(lambda: journey.confirm_closing(closing, me.pk))
    if me.closing_confirmed_at is None:
        me.closing_confirmed_at = now
        me.save(update_fields=["closing_confirmed_at"])
    if step is not None:
        _carry_out(locked, step, by.zone, now)
        mail_closed(tandem=locked, to=others_than(locked, by), now=now)
    return locked


@transaction.atomic
def tandem_close_in_time(*, tandem: Tandem, now: datetime) -> bool:
    """Close a closing tandem whose time is over; False if there was nothing to do.

    Safe to run twice and beside a last confirmation. At most 32 queries.
    """
    locked = tandem_lock(tandem)
    closing = closing_of(locked, UTC)
    try:
        _, step = journey.close_in_time(closing, now.astimezone(UTC).date())
    except Refused:
        return False
    _carry_out(locked, step, UTC, now)
    mail_closed(tandem=locked, to=locked.members.all(), now=now)
    return True


def _carry_out(tandem: Tandem, step: Change, zone: tzinfo, now: datetime) -> None:
    change_carry_out(tandem=tandem, after=course_of(tandem, zone), step=step, now=now)


def _decide(act: Callable[[], Decided]) -> Decided:
    """Ask the pure rules; their refusal becomes the error people read."""
    try:
        return act()
    except Refused as refused:
        raise (TandemOver if refused.why is Refusal.ENDED else ClosingNotNow) from refused
