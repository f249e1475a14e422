"""Answers to a proposal: yes, or no with a reason that stays private."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tandemwerk.core.errors import DomainError
from tandemwerk.people.models import User
from tandemwerk.tandems import journey
from tandemwerk.tandems.enums import Answer, DeclineCode
from tandemwerk.tandems.errors import NothingToAnswer, PlaceTaken
from tandemwerk.tandems.journey import End, Side, State
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.services.change import (
    change_carry_out,
    course_of,
    decide,
    member_of,
    others_than,
    tandem_lock,
)
from tandemwerk.tandems.services.mails import mail_chemistry, mail_not_come_about
from tandemwerk.tandems.services.reasons import reason_keep


@dataclass(frozen=True, slots=True)
class Accepted:
    """The tandem after a yes; `refused` says why it still did not come about.

    Not raised, because the end of the proposal must be kept, not rolled back.
    """

    tandem: Tandem
    refused: DomainError | None = None


@transaction.atomic
def proposal_accept(*, tandem: Tandem, by: User, now: datetime) -> Accepted:
    """`by` says yes. With the second yes both take their seat and may get in touch.

    Saying yes twice changes nothing. If a place is gone meanwhile the proposal ends for both, the
    answer says so, and the other person gets a kind mail. Raises TandemOver, AnswerTooLate or
    NothingToAnswer. At most 25 queries.
    """
    locked = tandem_lock(tandem)
    _expect(locked, State.PROPOSED)
    member = member_of(locked, by)
    course = course_of(locked, by.zone)
    after, step = decide(course, lambda: journey.say_yes(course, Side(member.role), now))
    if member.answer != Answer.YES:
        answer_write(member, "answer", Answer.YES, now)
    if step is None:
        return Accepted(locked)
    done = change_carry_out(tandem=locked, after=after, step=step, now=now)
    if done.end is End.NO_SEAT:
        mail_not_come_about(tandem=locked, to=others_than(locked, by), now=now)
        return Accepted(locked, refused=PlaceTaken())
    mail_chemistry(tandem=locked, now=now)
    return Accepted(locked)


@transaction.atomic
def proposal_decline(
    *,
    tandem: Tandem,
    by: User,
    code: DeclineCode,
    note: str = "",
    is_shared: bool = False,
    now: datetime,
) -> Tandem:
    """`by` says no; both are back in the pool and are never proposed to each other again.

    The note is sealed and theirs alone; the code reaches the coordinator only if `is_shared`; the
    other person learns neither. Raises TandemOver, AnswerTooLate or NothingToAnswer.
    At most 22 queries.
    """
    locked = tandem_lock(tandem)
    _expect(locked, State.PROPOSED)
    member = member_of(locked, by)
    course = course_of(locked, by.zone)
    after, step = decide(course, lambda: journey.say_no(course, Side(member.role), now))
    answer_write(member, "answer", Answer.NO, now)
    reason_keep(member=member, code=code, note=note, is_shared=is_shared)
    change_carry_out(tandem=locked, after=after, step=step, now=now)
    mail_not_come_about(tandem=locked, to=others_than(locked, by), now=now)
    return locked


def answer_write(member: TandemMember, field: str, answer: Answer, now: datetime) -> None:
    """Put an answer on one membership. One query."""
    setattr(member, field, answer)
    setattr(member, f"{field}ed_at", now)
    member.save(update_fields=[field, f"{field}ed_at"])


def _expect(tandem: Tandem, state: State) -> None:
    """A proposal's button pressed when the chemistry has begun is no answer to the chemistry."""
    if tandem.state in {State.CHEMISTRY, State.ACTIVE, State.CLOSING} and tandem.state != state:
        raise NothingToAnswer
