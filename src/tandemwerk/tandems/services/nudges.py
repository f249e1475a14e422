"""Gentle mails in running tandems: a question is open, it has become quiet, the end is reached."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from tandemwerk.notifications.services.mail import mail_queue
from tandemwerk.people.models import User
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.journey import Reason, nudge_not_before, nudge_reasons
from tandemwerk.tandems.models import CheckIn, TandemMember
from tandemwerk.tandems.selectors.closing import ends_on
from tandemwerk.tandems.selectors.signals import (
    check_ins_planned,
    local_day,
    open_for,
    pauses_of,
    quiet_since,
)
from tandemwerk.tandems.services.mails import names_for
from tandemwerk.tandems.services.reminders import (
    PAUSE,
    QUIET_UNTIL,
    is_quiet,
    reminded_lately,
    reminder_claim,
)

A_DAY = timedelta(days=1)  # somebody's day may be ahead of UTC's
FIRST_NUDGE = timedelta(days=19)  # silence takes three weeks, the first check-in a month
BATCH = 500


@dataclass(frozen=True, slots=True)
class Nudge:
    """What one mail says about one tandem."""

    member: TandemMember
    reasons: frozenset[Reason]


def nudges_send(*, now: datetime) -> int:
    """Remind people in running tandems kindly; returns how many.

    One mail a person, whatever it is about; at most one reminder of all kinds a week, none in the
    quiet hours and none during a pause. Both get the same words: nobody is told that it is their
    turn.

    Opened are only memberships for which something may be due: each notes until when nothing can
    be, three weeks at most. One query where there is none; four for each 500 of them; one and five
    per person reminded. Measured with 2,000 running tandems on SQLite and two busy cores: median
    2 ms an hour, the longest of 47 hours 350 ms, and 8 s in the one hour in which all 4,000
    memberships are opened, as after an upgrade (`pytest -m slow -s
    tests/integration/tandems/test_nudges_cost.py`).
    """
    waiting: defaultdict[User, list[Nudge]] = defaultdict(list)
    for batch in _batches(now):
        for member in batch:
            found = _nudge(member, now)
            if not found.reasons or is_quiet(member.user, now):
                member.look_again_at = _awake(member.user, _not_before(found, now), now)
            else:
                waiting[member.user].append(found)
        noted = [member for member in batch if member.look_again_at is not None]
        TandemMember.objects.bulk_update(noted, ["look_again_at"])
    rested = reminded_lately(waiting, now) if waiting else set()
    return sum(
        _send(user, nudges, now) for user, nudges in waiting.items() if user.pk not in rested
    )


def _batches(now: datetime) -> Iterator[list[TandemMember]]:
    """Memberships to look at; what the caller notes on one batch does not move the next."""
    last, rows = 0, _candidates(now)
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        for member in batch:
            member.look_again_at = None
        yield batch
        if len(batch) < BATCH:
            return


def _candidates(now: datetime) -> QuerySet[TandemMember]:
    people = TandemMember.objects.filter(left_at__isnull=True).select_related("user")
    return (
        TandemMember.objects.filter(
            Q(look_again_at__isnull=True) | Q(look_again_at__lte=now),
            Q(tandem__paused_until__isnull=True) | Q(tandem__paused_until__lte=now.date() + A_DAY),
            Q(reminded_at__isnull=True) | Q(reminded_at__lte=now - PAUSE),
            tandem__state=TandemState.ACTIVE,
            tandem__activated_at__lte=now - FIRST_NUDGE,
            left_at__isnull=True,
            user__is_active=True,
        )
        .select_related("user", "tandem__cohort")
        .prefetch_related(
            Prefetch("check_ins", CheckIn.objects.only("member", "key")),
            Prefetch("tandem__members", people),
        )
        .order_by("pk")
    )


def _nudge(member: TandemMember, now: datetime) -> Nudge:
    """What is to be said to `member` now. No query on candidates."""
    tandem, today = member.tandem, local_day(member.user, now)
    answered = [row.key for row in member.check_ins.all()]
    reasons = nudge_reasons(
        check_in=open_for(tandem, member, answered, today),
        silent_from=quiet_since(tandem, member.user, today),
        ends_on=ends_on(tandem),
        reminded_on=_reminded_on(member),
        pauses=pauses_of(tandem),
        today=today,
    )
    return Nudge(member, reasons)


def _not_before(found: Nudge, now: datetime) -> date:
    """The next day to look at a membership for which nothing is to be said now."""
    member, tandem = found.member, found.member.tandem
    today = local_day(member.user, now)
    if found.reasons:  # only the hour is wrong
        return today
    return nudge_not_before(
        planned=check_ins_planned(tandem, member),
        silent_from=quiet_since(tandem, member.user, today),
        ends_on=ends_on(tandem),
        reminded_on=_reminded_on(member),
        pauses=pauses_of(tandem),
        today=today,
    )


def _awake(user: User, day: date, now: datetime) -> datetime:
    """The end of the quiet hours on `day` where the person lives, or of the next ones."""
    found = datetime.combine(day, time(QUIET_UNTIL), user.zone)
    return found if found > now else datetime.combine(day + A_DAY, time(QUIET_UNTIL), user.zone)


def _reminded_on(member: TandemMember) -> date | None:
    return local_day(member.user, member.reminded_at) if member.reminded_at else None


@transaction.atomic
def _send(user: User, nudges: Sequence[Nudge], now: datetime) -> bool:
    """Claim the reminder, then queue its mail; False if another worker did."""
    if not reminder_claim([nudge.member for nudge in nudges], now):
        return False
    about = [
        {
            "tandem": nudge.member.tandem,
            "other": names_for(user, _others(nudge.member)),
            "has_check_in": Reason.CHECK_IN in nudge.reasons,
            "is_silent": Reason.SILENCE in nudge.reasons,
            "is_end": Reason.END in nudge.reasons,
        }
        for nudge in nudges
    ]
    is_question = any(Reason.CHECK_IN in nudge.reasons for nudge in nudges)
    context = {"about": about, "first": about[0], "is_question": is_question}
    mail_queue(kind="tandem_nudge", to=user, context=context, now=now)
    return True


def _others(member: TandemMember) -> list[User]:
    return [one.user for one in member.tandem.members.all() if one.user_id != member.user_id]
