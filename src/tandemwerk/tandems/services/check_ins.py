"""Answers to the programme's check-ins: its only signal from a tandem."""

from datetime import datetime

from django.db import transaction

from tandemwerk.audit.services import audit_record
from tandemwerk.people.models import User
from tandemwerk.tandems import journey
from tandemwerk.tandems.enums import CheckInAnswer
from tandemwerk.tandems.errors import CheckInClosed
from tandemwerk.tandems.models import CheckIn, Tandem
from tandemwerk.tandems.selectors.signals import RUNNING, check_ins_planned, local_day
from tandemwerk.tandems.services.change import member_of, tandem_lock
from tandemwerk.tandems.services.coordination import mail_signal


@transaction.atomic
def check_in_answer(
    *, tandem: Tandem, by: User, key: str, answer: CheckInAnswer, now: datetime
) -> CheckIn:
    """`by` answers an open check-in, or changes the answer within a week.

    The coordination gets a kind mail without the answer if it is not "on track". No audit entry:
    what somebody answered is kept once, and whether they did is nobody's business. Raises
    CheckInClosed. Six queries, two more for each mail.
    """
    locked = tandem_lock(tandem)
    member = member_of(locked, by)
    row = CheckIn.objects.filter(member=member, key=key).first()
    due = next((one for one in check_ins_planned(locked, member) if one.key == key), None)
    answered_on = local_day(by, row.answered_at) if row else None
    if (
        due is None
        or locked.state not in RUNNING
        or not journey.may_answer(due, answered_on, local_day(by, now))
    ):
        raise CheckInClosed
    row = row or CheckIn(tandem=locked, member=member, key=key, answered_at=now)
    if row.answer != answer:
        row.answer, row.changed_at, row.taken_up_at, row.taken_up_by = answer, now, None, None
        row.save()
        if answer != CheckInAnswer.ON_TRACK:
            mail_signal(tandem=locked, once=f"check-in:{row.pk}", now=now)
    return row


@transaction.atomic
def check_in_take_up(*, check_in: CheckIn, by: User, now: datetime) -> None:
    """A coordinator has talked to the person, or will; it leaves the list of what is open.

    Doing it twice changes nothing. Four queries.
    """
    waiting = CheckIn.objects.filter(pk=check_in.pk, taken_up_at__isnull=True)
    if waiting.update(taken_up_at=now, taken_up_by=by):
        audit_record(
            action="check_in.take_up",
            about=check_in,
            by=by,
            now=now,
            programme_id=check_in.tandem.cohort.programme_id,
        )
