"""The regular end of a tandem: begun by one, taken back by one, confirmed by all.

Where nobody does anything the clock completes it, with a word beforehand.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import TypeVar

from django.db import transaction

from tandemwerk.people.models import User
from tandemwerk.tandems import journey
from tandemwerk.tandems.errors import ClosingNotNow, TandemOver
from tandemwerk.tandems.journey import Change, Refusal, Refused
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.selectors.closing import closes_on, closing_of, ends_on
from tandemwerk.tandems.selectors.signals import pauses_of
from tandemwerk.tandems.services.change import (
    change_carry_out,
    course_of,
    member_of,
    others_than,
    tandem_lock,
)
from tandemwerk.tandems.services.mails import (
    mail_closed,
    mail_closing,
    mail_closing_back,
    mail_end_near,
)

Decided = TypeVar("Decided")


@transaction.atomic
def closing_begin(*, tandem: Tandem, by: User, now: datetime) -> Tandem:
    """`by` begins the planned end; everything in the room can still be written until it is closed.

    The others get a kind mail. Raises ClosingNotNow or TandemOver. At most 14 queries.
    """
    locked = tandem_lock(tandem)
    me = member_of(locked, by)
    closing, pauses = closing_of(locked), pauses_of(locked)
    _, step = _decide(
        lambda: journey.begin_closing(closing, me.pk, _day(now), ends_on(locked), pauses)
    )
    _carry_out(locked, step, now)
    mail_closing(tandem=locked, to=others_than(locked, by), now=now)
    return locked


@transaction.atomic
def closing_take_back(*, tandem: Tandem, by: User, now: datetime) -> Tandem:
    """`by` would rather go on: the tandem runs as before, and no confirmation stands any more.

    Whoever began it does not matter. Last words that were written stay. The others get a kind
    mail. Raises ClosingNotNow or TandemOver. At most 15 queries.
    """
    locked = tandem_lock(tandem)
    me = member_of(locked, by)
    closing = closing_of(locked)
    _, step = _decide(lambda: journey.take_back(closing, me.pk))
    _carry_out(locked, step, now)
    TandemMember.objects.filter(tandem=locked).update(closing_confirmed_at=None)
    mail_closing_back(tandem=locked, to=others_than(locked, by), now=now)
    return locked


@transaction.atomic
def closing_confirm(*, tandem: Tandem, by: User, now: datetime) -> Tandem:
    """For `by` all is said; the last member to say so closes the tandem. Twice is harmless.

    The others then get a kind mail. Raises ClosingNotNow or TandemOver. At most 30 queries.
    """
    locked = tandem_lock(tandem)
    me = member_of(locked, by)
    closing = closing_of(locked)
    _, step = _decide(lambda: journey.confirm_closing(closing, me.pk))
    if me.closing_confirmed_at is None:
        me.closing_confirmed_at = now
        me.save(update_fields=["closing_confirmed_at"])
    if step is not None:
        _carry_out(locked, step, now)
        mail_closed(tandem=locked, to=others_than(locked, by), now=now)
    return locked


@transaction.atomic
def closing_settle(*, tandem: Tandem, now: datetime) -> bool:
    """Close a closing tandem that only waited for somebody who has left; was it necessary?

    Everybody then gets the same mail as after the last confirmation. Safe to run twice. At most 32
    queries.
    """
    locked = tandem_lock(tandem)
    closing = closing_of(locked)
    return _in_time(locked, lambda: journey.close_complete(closing), now)


@transaction.atomic
def tandem_close_in_time(*, tandem: Tandem, now: datetime) -> bool:
    """Close a closing tandem whose time is over; False if there was nothing to do.

    Safe to run twice and beside a last confirmation. At most 32 queries.
    """
    locked = tandem_lock(tandem)
    closing = closing_of(locked)
    return _in_time(locked, lambda: journey.close_in_time(closing, _day(now)), now)


@transaction.atomic
def tandem_close_unclosed(*, tandem: Tandem, now: datetime) -> bool:
    """Do what the clock has to do with a running tandem long after its planned end, if anything.

    Four weeks after it everybody is told that the tandem closes by itself in two weeks; then it
    does, as a regular end with everything that belongs to it. True if it was closed. Beginning the
    closing, taking it back or a pause moves the day. Safe to run twice. At most 32 queries.
    """
    locked = tandem_lock(tandem)
    closing, pauses = closing_of(locked), pauses_of(locked)
    last_on, told_on = ends_on(locked), locked.end_announced_on
    if closing.state is not journey.State.ACTIVE:
        return False
    if journey.end_step(last_on, told_on, pauses, _day(now)) is journey.EndStep.ANNOUNCE:
        _announce(locked, now)
        return False
    act = partial(journey.close_unclosed, closing, last_on, told_on, pauses, _day(now))
    return _in_time(locked, act, now)


def _announce(tandem: Tandem, now: datetime) -> None:
    """The row is locked. It counts as a reminder, so no other one follows within a week."""
    tandem.end_announced_on = _day(now)
    tandem.save(update_fields=["end_announced_on"])
    people = list(tandem.members.all())
    TandemMember.objects.filter(pk__in=[member.pk for member in people]).update(reminded_at=now)
    mail_end_near(tandem=tandem, to=people, closes_on=closes_on(tandem), now=now)


def _in_time(
    tandem: Tandem, act: Callable[[], tuple[journey.Closing, Change]], now: datetime
) -> bool:
    try:
        _, step = act()
    except Refused:
        return False
    _carry_out(tandem, step, now)
    mail_closed(tandem=tandem, to=tandem.members.all(), now=now)
    return True


def _carry_out(tandem: Tandem, step: Change, now: datetime) -> None:
    change_carry_out(tandem=tandem, after=course_of(tandem, UTC), step=step, now=now)


def _day(now: datetime) -> date:
    return now.astimezone(UTC).date()


def _decide(act: Callable[[], Decided]) -> Decided:
    """Ask the pure rules; their refusal becomes the error people read."""
    try:
        return act()
    except Refused as refused:
        raise (TandemOver if refused.why is Refusal.ENDED else ClosingNotNow) from refused
