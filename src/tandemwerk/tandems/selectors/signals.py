"""What one person sees of their own signals: questions of the programme, help, the pause."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from tandemwerk.core.crypto import unseal
from tandemwerk.people.models import User
from tandemwerk.tandems.enums import CheckInAnswer, HelpState, HelpTopic, JoiningState, TandemState
from tandemwerk.tandems.journey import (
    CheckInDue,
    Pause,
    Pauses,
    Side,
    check_in_open,
    check_ins,
    may_answer,
    pause_now,
    pauses_read,
    silent_since,
)
from tandemwerk.tandems.models import CheckIn, HelpRequest, Joining, Tandem, TandemMember

RUNNING = frozenset({TandemState.ACTIVE, TandemState.CLOSING})
REPLY_NEWS = timedelta(weeks=2)  # so long a reply stands on the tandem's first page


def local_day(user: User, now: datetime) -> date:
    """The day it is where the person lives."""
    return now.astimezone(user.zone).date()


def pauses_of(tandem: Tandem) -> Pauses:
    """The tandem's pauses. No query."""
    return pauses_read(tandem.pauses)


def quiet_since(tandem: Tandem, user: User, today: date) -> date:
    """Since when nobody wrote in the room, as `user`'s days go; a pause's end counts. No query."""
    begun_at = tandem.activated_at or tandem.proposed_at
    last_on = tandem.touched_on or local_day(user, begun_at)
    return silent_since(last_on, pauses_of(tandem), today)


def check_ins_planned(tandem: Tandem, member: TandemMember) -> tuple[CheckInDue, ...]:
    """The check-ins `member` is asked, in order; none before the tandem begins. No query.

    Needs `member.user`.
    """
    if tandem.activated_at is None:
        return ()
    begun_on = local_day(member.user, tandem.activated_at)
    every = check_ins(tandem.journey, begun_on, pauses_of(tandem))
    return tuple(one for one in every if Side(member.role) in one.sides)


@dataclass(frozen=True, slots=True)
class CheckInRead:
    """A question with the person's own answer; `is_open`: it can be answered or changed now."""

    key: str
    title: Any  # text by language
    due_on: date
    answer: CheckInAnswer | None
    answered_at: datetime | None
    is_open: bool

    @property
    def label(self) -> str:
        return str(self.answer.label) if self.answer else ""


@dataclass(frozen=True, slots=True)
class HelpRead:
    """A request as its author and the coordination read it."""

    pk: int
    name: str
    state: HelpState
    sentences: tuple[str, ...]
    topics: tuple[HelpTopic, ...]
    words: str
    reply: str
    asked_at: datetime
    taken_up_at: datetime | None
    answered_at: datetime | None

    @property
    def label(self) -> str:
        return str(self.state.label)

    @property
    def is_boundary(self) -> bool:
        """Is it about something that should not have happened?"""
        return HelpTopic.BOUNDARY in self.topics


@dataclass(frozen=True, slots=True)
class Signals:
    """Everything of one person's signals in one tandem."""

    me: TandemMember
    check_ins: list[CheckInRead]  # those asked until now, the newest first
    helps: list[HelpRead]
    pause: Pause | None
    joining: Joining | None
    is_running: bool

    @property
    def check_in(self) -> CheckInRead | None:
        """The open question that is not answered yet."""
        return next((one for one in self.check_ins if one.is_open and not one.answer), None)


def signals_of(tandem: Tandem, me: TandemMember, now: datetime) -> Signals:
    """Signals of `me`, who is in `tandem`. Three queries, one opening of a seal a request."""
    today = local_day(me.user, now)
    is_running = tandem.state in RUNNING
    return Signals(
        me=me,
        check_ins=check_ins_read(tandem, me, today),
        helps=[help_read(row) for row in _helps(me)],
        pause=pause_now(pauses_of(tandem), today) if is_running else None,
        joining=_joining(me) if is_running else None,
        is_running=is_running,
    )


def _joining(me: TandemMember) -> Joining | None:
    """The proposal that waits for an answer of `me`."""
    asked = Joining.objects.filter(tandem=me.tandem_id, state=JoiningState.OPEN)
    return asked.exclude(answers__user=me.user_id).select_related("participation__user").first()


def _helps(me: TandemMember) -> QuerySet[HelpRequest]:
    return HelpRequest.objects.filter(member=me).select_related("member__user")


def check_ins_read(tandem: Tandem, me: TandemMember, today: date) -> list[CheckInRead]:
    """Questions asked until today with the own answers, the newest first. One query."""
    rows = {row.key: row for row in CheckIn.objects.filter(member=me)}
    is_running = tandem.state in RUNNING
    found = [
        _check_in(one, rows.get(one.key), me.user, today, is_running)
        for one in check_ins_planned(tandem, me)
        if one.opens_on <= today or one.key in rows
    ]
    return [one for one in reversed(found) if one.answer or one.is_open]


def _check_in(
    due: CheckInDue, row: CheckIn | None, user: User, today: date, is_running: bool
) -> CheckInRead:
    answered_on = local_day(user, row.answered_at) if row else None
    return CheckInRead(
        key=due.key,
        title=due.title,
        due_on=due.due_on,
        answer=CheckInAnswer(row.answer) if row else None,
        answered_at=row.answered_at if row else None,
        is_open=is_running and may_answer(due, answered_on, today),
    )


def help_read(row: HelpRequest) -> HelpRead:
    """One request in plain words, for its author and the coordination. No query if joined."""
    said = json.loads(unseal(row.body, place=help_place(row, "body")))
    topics = tuple(HelpTopic(code) for code in said["topics"])
    return HelpRead(
        pk=row.pk,
        name=row.member.user.name,
        state=HelpState(row.state),
        sentences=tuple(str(topic.label) for topic in topics),
        topics=topics,
        words=said["words"],
        reply=unseal(row.reply, place=help_place(row, "reply")) if row.reply else "",
        asked_at=row.asked_at,
        taken_up_at=row.taken_up_at,
        answered_at=row.answered_at,
    )


def help_place(row: HelpRequest, field: str) -> str:
    """Where a sealed field of a request belongs."""
    return f"tandems_helprequest.{field}:{row.pk}"


def open_for(
    tandem: Tandem, member: TandemMember, answered: Iterable[str], today: date
) -> CheckInDue | None:
    """The open question `member` has not answered; `answered`: keys. No query."""
    found = check_in_open(check_ins_planned(tandem, member), Side(member.role), today)
    return None if found is None or found.key in set(answered) else found
