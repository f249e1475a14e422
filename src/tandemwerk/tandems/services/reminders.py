"""Gentle reminders at half time: once per phase, at most one a week per person, by day only.

Those of running tandems are in `nudges`; a week has one of all kinds at most.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from tandemwerk.notifications.services.mail import mail_queue
from tandemwerk.people.models import User
from tandemwerk.tandems.enums import Answer, TandemState
from tandemwerk.tandems.models import TandemMember

PAUSE = timedelta(days=7)
QUIET_FROM, QUIET_UNTIL = 21, 8  # hours of the person's own day


def reminders_send(*, now: datetime) -> int:
    """Remind people whose answer is awaited and half of the time has passed; returns how many.

    One mail a person, whatever waits for them. In the quiet hours nobody is reminded; the next run
    catches up. Two queries, three per person reminded.
    """
    waiting: defaultdict[User, list[TandemMember]] = defaultdict(list)
    open_answers = TandemMember.objects.filter(
        Q(tandem__state=TandemState.PROPOSED, answer=Answer.PENDING, tandem__answer_by__gt=now)
        | Q(
            tandem__state=TandemState.CHEMISTRY,
            chemistry_answer=Answer.PENDING,
            tandem__chemistry_by__gt=now,
        ),
        user__is_active=True,
    ).select_related("tandem__cohort__programme", "user")
    for member in open_answers.order_by("pk"):
        if is_due(member, now):
            waiting[member.user].append(member)
    rested = reminded_lately(waiting, now)
    return sum(
        _remind(user, members, now)
        for user, members in waiting.items()
        if user.pk not in rested and not is_quiet(user, now)
    )


def is_due(member: TandemMember, now: datetime) -> bool:
    """Has half of the present phase passed without a reminder in it?"""
    tandem = member.tandem
    if tandem.state == TandemState.PROPOSED:
        begin, end = tandem.proposed_at, tandem.answer_by
    else:
        begin = tandem.chemistry_since or tandem.proposed_at
        end = tandem.chemistry_by or tandem.answer_by
    if now < begin + (end - begin) / 2:
        return False
    return member.reminded_at is None or member.reminded_at < begin


def is_quiet(user: User, now: datetime) -> bool:
    """Is it evening or night where the person lives?"""
    hour = now.astimezone(user.zone).hour
    return hour >= QUIET_FROM or hour < QUIET_UNTIL


def reminded_lately(people: Iterable[User], now: datetime) -> set[int]:
    """Ids of those among `people` who had any reminder within a week, in any tandem. One query."""
    return set(
        TandemMember.objects.filter(user__in=list(people), reminded_at__gt=now - PAUSE)
        .values_list("user_id", flat=True)
        .distinct()
    )


def reminder_claim(members: Sequence[TandemMember], now: datetime) -> bool:
    """Note the reminder on these memberships of one person; False if another worker did. One query.

    Every kind of reminder goes through here, so that one week has one at most.
    """
    rows = TandemMember.objects.filter(pk__in=[member.pk for member in members])
    rested = rows.filter(Q(reminded_at=None) | Q(reminded_at__lte=now - PAUSE))
    return rested.update(reminded_at=now) > 0


@transaction.atomic
def _remind(user: User, members: Sequence[TandemMember], now: datetime) -> bool:
    """Claim the reminder by compare-and-set, then queue its mail; False if another worker did."""
    if not reminder_claim(members, now):
        return False
    states = [member.tandem.state for member in members]
    mail_queue(
        kind="tandem_reminder",
        to=user,
        context={
            "proposals": states.count(TandemState.PROPOSED),
            "chemistry": states.count(TandemState.CHEMISTRY),
            "tandem": members[0].tandem if len(members) == 1 else None,
        },
        now=now,
    )
    return True
