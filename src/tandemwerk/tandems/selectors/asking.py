"""What a cohort's tandems tell their coordination: who asks for something, and counts of silence.

Names only of those who asked to be heard. Everything else is counted, and small groups are hidden.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from tandemwerk.people.models import User
from tandemwerk.programmes.models import Cohort
from tandemwerk.tandems.enums import CheckInAnswer, HelpState
from tandemwerk.tandems.journey import is_quiet_for_long, pause_now, silent_since
from tandemwerk.tandems.models import CheckIn, HelpRequest, Joining, Tandem, TandemMember
from tandemwerk.tandems.names import listed
from tandemwerk.tandems.selectors.coordination import check_ins_run_by, help_requests_run_by
from tandemwerk.tandems.selectors.joining import joinings_run_by
from tandemwerk.tandems.selectors.signals import RUNNING, local_day, open_for, pauses_of

SMALLEST_GROUP = 5
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody asks for something; `help_pk` or `check_in_pk` leads to it."""

    name: str
    others: str
    label: str
    at: datetime
    is_taken_up: bool
    wants_end: bool
    tandem_pk: int
    help_pk: int | None = None
    check_in_pk: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A count without names. `asked`: None where so few were asked that any count would say who.

    `count`: None where it, or what is left of `asked`, is below five; `is_most` says which.
    """

    asked: int | None
    count: int | None
    is_most: bool


def counted(asked: int, count: int) -> Counted:
    """What may be said of `count` among `asked` people."""
    if asked < SMALLEST_GROUP:
        return Counted(None, None, is_most=False)
    is_most = asked - count < SMALLEST_GROUP <= count
    is_shown = count >= SMALLEST_GROUP and not is_most
    return Counted(asked, count if is_shown else None, is_most=is_most)


@dataclass(frozen=True, slots=True)
class Asking:
    """Everything of one cohort that its coordination is told."""

    asks: list[Ask]
    overdue: Counted
    quiet: Counted
    joinings: list[Joining]


def cohort_asking(cohort: Cohort, user: User, now: datetime) -> Asking:
    """What the tandems of a cohort ask their coordinator `user`. Eleven queries.

    Tandems in which `user` takes part are left out. About 0.2 ms a running membership.
    """
    asks = [*_helps(cohort, user), *_check_ins(cohort, user)]
    asks.sort(key=lambda ask: (ask.is_taken_up, ask.at))
    return Asking(
        asks=asks[:SHOWN],
        overdue=check_ins_overdue(cohort, now),
        quiet=tandems_quiet(cohort, now),
        joinings=list(joinings_run_by(user).filter(tandem__cohort=cohort)),
    )


def asks_waiting(cohort: Cohort, user: User) -> int:
    """How many requests and answers nobody has taken up yet. Two queries."""
    helps = help_requests_run_by(user).filter(tandem__cohort=cohort, state=HelpState.OPEN)
    answers = check_ins_run_by(user).filter(
        tandem__cohort=cohort, tandem__state__in=RUNNING, taken_up_at__isnull=True
    )
    return helps.count() + answers.count()


def _helps(cohort: Cohort, user: User) -> list[Ask]:
    rows = help_requests_run_by(user).filter(tandem__cohort=cohort)
    waiting = rows.exclude(state=HelpState.ANSWERED).prefetch_related("tandem__members__user")
    return [
        Ask(
            name=row.member.user.name,
            others=_others(row),
            label=str(CheckInAnswer.HELP.label),
            at=row.asked_at,
            is_taken_up=row.state == HelpState.TAKEN_UP,
            wants_end=False,
            tandem_pk=row.tandem_id,
            help_pk=row.pk,
        )
        for row in waiting.order_by("asked_at")[:SHOWN]
    ]


def _check_ins(cohort: Cohort, user: User) -> list[Ask]:
    rows = check_ins_run_by(user).filter(
        tandem__cohort=cohort, tandem__state__in=RUNNING, member__left_at__isnull=True
    )
    found = rows.prefetch_related("tandem__members__user").order_by("answered_at")
    return [
        Ask(
            name=row.member.user.name,
            others=_others(row),
            label=str(CheckInAnswer(row.answer).label),
            at=row.changed_at,
            is_taken_up=row.taken_up_at is not None,
            wants_end=row.answer == CheckInAnswer.END,
            tandem_pk=row.tandem_id,
            check_in_pk=row.pk,
        )
        for row in found[:SHOWN]
    ]


def _others(row: HelpRequest | CheckIn) -> str:
    people = [m for m in row.tandem.members.all() if m.left_at is None and m.pk != row.member_id]
    return listed([member.user.name for member in people])


def tandems_quiet(cohort: Cohort, now: datetime) -> Counted:
    """How many running tandems have been without a word for so long that nobody is reminded.

    Thirteen weeks, pauses not counted. Which ones is never said. One query.
    """
    rows = Tandem.objects.filter(cohort=cohort, state__in=RUNNING).only(
        "touched_on", "activated_at", "proposed_at", "pauses"
    )
    today = now.astimezone(UTC).date()
    counts = [
        pause_now(pauses_of(row), today) is None
        and is_quiet_for_long(_silent_from(row, today), today)
        for row in rows
    ]
    return counted(len(counts), sum(counts))


def _silent_from(tandem: Tandem, today: date) -> date:
    begun_on = (tandem.activated_at or tandem.proposed_at).astimezone(UTC).date()
    return silent_since(tandem.touched_on or begun_on, pauses_of(tandem), today)


def check_ins_overdue(cohort: Cohort, now: datetime) -> Counted:
    """How many people have an open question whose day has passed, of those who have one open.

    Five queries.
    """
    people = TandemMember.objects.filter(
        tandem__cohort=cohort, tandem__state__in=RUNNING, left_at__isnull=True
    )
    asked = overdue = 0
    rows = people.select_related("user", "tandem").prefetch_related("check_ins")
    for member in rows.order_by("pk").iterator(chunk_size=500):
        today = local_day(member.user, now)
        due = open_for(member.tandem, member, (), today)
        if due is None:
            continue
        asked += 1
        answered = {row.key for row in member.check_ins.all()}
        overdue += due.is_overdue(today) and due.key not in answered
    return counted(asked, overdue)
