"""Gentle mails in running tandems: a question of the programme is open, or it has become quiet."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from tandemwerk.notifications.services.mail import mail_queue
from tandemwerk.people.models import User
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.journey import is_nudge_due, is_silent, silent_since
from tandemwerk.tandems.models import CheckIn, Tandem, TandemMember
from tandemwerk.tandems.selectors.signals import local_day, open_for, pauses_of
from tandemwerk.tandems.services.mails import names_for
from tandemwerk.tandems.services.reminders import (
    PAUSE,
    is_quiet,
    reminded_lately,
    reminder_claim,
)

A_DAY = timedelta(days=1)  # somebody's day may be ahead of UTC's
FIRST_NUDGE = timedelta(days=19)  # silence takes three weeks, the first check-in a month


@dataclass(frozen=True, slots=True)
class Nudge:
    """What one mail says about one tandem."""

    member: TandemMember
    has_check_in: bool
    is_silent: bool


def nudges_send(*, now: datetime) -> int:
    """Remind people in running tandems kindly; returns how many.

    One mail a person, whatever it is about; at most one reminder of all kinds a week, none in the
    quiet hours and none during a pause. Both get the same words: nobody is told that it is their
    turn. Four queries, five per person reminded; 0.2 ms for each running membership.
    """
    waiting: defaultdict[User, list[Nudge]] = defaultdict(list)
    for member in _candidates(now).iterator(chunk_size=500):
        if not is_quiet(member.user, now) and (nudge := _nudge(member, now)):
            waiting[member.user].append(nudge)
    rested = reminded_lately(waiting, now)
    return sum(
        _send(user, nudges, now) for user, nudges in waiting.items() if user.pk not in rested
    )


def _candidates(now: datetime) -> QuerySet[TandemMember]:
    people = TandemMember.objects.filter(left_at__isnull=True).select_related("user")
    return (
        TandemMember.objects.filter(
            Q(tandem__paused_until__isnull=True) | Q(tandem__paused_until__lte=now.date() + A_DAY),
            Q(reminded_at__isnull=True) | Q(reminded_at__lte=now - PAUSE),
            tandem__state=TandemState.ACTIVE,
            tandem__activated_at__lte=now - FIRST_NUDGE,
            left_at__isnull=True,
            user__is_active=True,
        )
        .select_related("user", "tandem")
        .prefetch_related(
            Prefetch("check_ins", CheckIn.objects.only("member", "key")),
            Prefetch("tandem__members", people),
        )
        .order_by("pk")
    )


def _nudge(member: TandemMember, now: datetime) -> Nudge | None:
    """What is to be said to `member` now, if anything."""
    tandem, today = member.tandem, local_day(member.user, now)
    answered = [row.key for row in member.check_ins.all()]
    check_in = open_for(tandem, member, answered, today)
    quiet_from = silent_since(_last_on(tandem, member), pauses_of(tandem), today)
    is_due = is_nudge_due(
        check_in=check_in,
        silent_from=quiet_from,
        reminded_on=local_day(member.user, member.reminded_at) if member.reminded_at else None,
        pauses=pauses_of(tandem),
        today=today,
    )
    return Nudge(member, check_in is not None, is_silent(quiet_from, today)) if is_due else None


def _last_on(tandem: Tandem, member: TandemMember) -> date:
    if tandem.touched_on is not None:
        return tandem.touched_on
    return local_day(member.user, tandem.activated_at or tandem.proposed_at)


@transaction.atomic
def _send(user: User, nudges: Sequence[Nudge], now: datetime) -> bool:
    """Claim the reminder, then queue its mail; False if another worker did."""
    if not reminder_claim([nudge.member for nudge in nudges], now):
        return False
    about = [
        {
            "tandem": nudge.member.tandem,
            "other": names_for(user, _others(nudge.member)),
            "has_check_in": nudge.has_check_in,
            "is_silent": nudge.is_silent,
        }
        for nudge in nudges
    ]
    is_question = any(nudge.has_check_in for nudge in nudges)
    context = {"about": about, "first": about[0], "is_question": is_question}
    mail_queue(kind="tandem_nudge", to=user, context=context, now=now)
    return True


def _others(member: TandemMember) -> list[User]:
    return [one.user for one in member.tandem.members.all() if one.user_id != member.user_id]
