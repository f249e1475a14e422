"""The chemistry meeting: it took place, and both say whether they want to go on."""

from datetime import date, datetime

from django.db import transaction

from tandemwerk.people.models import User
from tandemwerk.tandems import journey
from tandemwerk.tandems.enums import Answer, DeclineCode, TandemState
from tandemwerk.tandems.errors import NothingToAnswer
from tandemwerk.tandems.journey import Side, State
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.services.change import (
    change_carry_out,
    course_of,
    decide,
    member_of,
    others_than,
    tandem_lock,
)
from tandemwerk.tandems.services.mails import mail_active, mail_not_come_about
from tandemwerk.tandems.services.proposals import answer_write
from tandemwerk.tandems.services.reasons import reason_keep


@transaction.atomic
def chemistry_record(*, tandem: Tandem, by: User, met_on: date, now: datetime) -> Tandem:
    """Note the day the two met; either may, and may correct it until one of them has answered.

    "Today" is today where `by` lives. Raises MeetingInFuture, MeetingBeforeProposal,
    MeetingSettled, TandemOver, AnswerTooLate or NothingToAnswer. Three queries, no audit entry:
    when two people met is no act of the programme.
    """
    locked = tandem_lock(tandem)
    member_of(locked, by)
    zone = by.zone
    course = course_of(locked, zone)
    today = now.astimezone(zone).date()
    after = decide(course, lambda: journey.record_meeting(course, met_on, today, now))
    locked.chemistry_met_on = after.met_on
    Tandem.objects.filter(pk=locked.pk, state=TandemState.CHEMISTRY).update(
        chemistry_met_on=after.met_on
    )
    return locked


@transaction.atomic
def chemistry_confirm(*, tandem: Tandem, by: User, now: datetime) -> Tandem:
    """`by` would like to go on. With the second yes the tandem and its journey begin.

    Saying yes twice changes nothing. Raises MeetingNotRecorded, TandemOver, AnswerTooLate or
    NothingToAnswer. At most 20 queries.
    """
    locked = tandem_lock(tandem)
    _expect_chemistry(locked)
    member = member_of(locked, by)
    course = course_of(locked, by.zone)
    after, step = decide(course, lambda: journey.say_yes(course, Side(member.role), now))
    if member.chemistry_answer != Answer.YES:
        answer_write(member, "chemistry_answer", Answer.YES, now)
    if step is not None:
        change_carry_out(tandem=locked, after=after, step=step, now=now)
        mail_active(tandem=locked, now=now)
    return locked


@transaction.atomic
def chemistry_refuse(
    *,
    tandem: Tandem,
    by: User,
    code: DeclineCode = DeclineCode.CHEMISTRY,
    note: str = "",
    is_shared: bool = False,
    now: datetime,
) -> Tandem:
    """`by` would rather not go on, with or without a meeting; both get their seats back.

    Private as declining a proposal is. Raises TandemOver, AnswerTooLate or NothingToAnswer.
    At most 22 queries.
    """
    locked = tandem_lock(tandem)
    _expect_chemistry(locked)
    member = member_of(locked, by)
    course = course_of(locked, by.zone)
    after, step = decide(course, lambda: journey.say_no(course, Side(member.role), now))
    answer_write(member, "chemistry_answer", Answer.NO, now)
    reason_keep(member=member, code=code, note=note, is_shared=is_shared)
    change_carry_out(tandem=locked, after=after, step=step, now=now)
    mail_not_come_about(tandem=locked, to=others_than(locked, by), now=now)
    return locked


def _expect_chemistry(tandem: Tandem) -> None:
    if tandem.state in {State.PROPOSED, State.ACTIVE, State.CLOSING}:
        raise NothingToAnswer
