"""The one place where a decided change becomes rows: state, seats, history, audit, event.

Lock order, so that nobody waits for each other in a circle: tandem, then participations by id,
then the head of the audit chain.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, tzinfo
from typing import TypeVar

from django.db import transaction
from django.db.models import Prefetch
from django.utils.formats import date_format

from tandemwerk.audit.services import audit_record
from tandemwerk.core.errors import DomainError
from tandemwerk.core.events import publish
from tandemwerk.pairing.services.history import history_forbid
from tandemwerk.people.models import User
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.errors import NoSeatLeft
from tandemwerk.programmes.models import Participation
from tandemwerk.programmes.services.agreement_text import texts_by_language
from tandemwerk.programmes.services.seats import proposal_settled, seat_give_back, seat_take
from tandemwerk.tandems import journey
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.errors import (
    AnswerTooLate,
    MeetingBeforeProposal,
    MeetingInFuture,
    MeetingNotRecorded,
    MeetingSettled,
    NothingToAnswer,
    TandemOver,
)
from tandemwerk.tandems.events import (
    ClosingTakenBack,
    TandemActivated,
    TandemChemistryBegun,
    TandemClosed,
    TandemEnded,
)
from tandemwerk.tandems.journey import Act, Change, Course, Refusal, Refused, Said, Side, State
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.selectors.visible import room_day

Decided = TypeVar("Decided")

ERRORS: dict[Refusal, type[DomainError]] = {
    Refusal.ENDED: TandemOver,
    Refusal.TOO_LATE: AnswerTooLate,
    Refusal.TOO_EARLY: NothingToAnswer,
    Refusal.ANSWERED: MeetingSettled,
    Refusal.NOT_MET: MeetingNotRecorded,
    Refusal.WRONG_STATE: NothingToAnswer,
    Refusal.IN_FUTURE: MeetingInFuture,
    Refusal.BEFORE_PROPOSAL: MeetingBeforeProposal,
}


def tandem_lock(tandem: Tandem) -> Tandem:
    """The tandem as it stands now, locked until commit, with its present members and programme.

    Two people who answer in the same moment must not overlook each other's answer. Two queries.
    """
    people = TandemMember.objects.filter(left_at__isnull=True).select_related(
        "user", "participation__user"
    )
    return (
        Tandem.objects.select_for_update(of=("self",))
        .select_related("cohort__programme")
        .prefetch_related(Prefetch("members", people))
        .get(pk=tandem.pk)
    )


def member_of(tandem: Tandem, user: User) -> TandemMember:
    """The membership of `user`. Raises TandemMember.DoesNotExist for strangers."""
    for member in tandem.members.all():
        if member.user_id == user.pk:
            return member
    raise TandemMember.DoesNotExist


def others_than(tandem: Tandem, user: User) -> list[TandemMember]:
    """The memberships of everybody else; one in a tandem of two, none if their account is gone."""
    return [member for member in tandem.members.all() if member.user_id != user.pk]


def course_of(tandem: Tandem, zone: tzinfo) -> Course:
    """What of a tandem decides its next step; dates as in `zone`. No query on a locked tandem."""
    said = {
        member.role: Said(journey.Answer(member.answer), journey.Answer(member.chemistry_answer))
        for member in tandem.members.all()
    }
    state = State(tandem.state)
    deadlines = {State.PROPOSED: tandem.answer_by, State.CHEMISTRY: tandem.chemistry_by}
    return Course(
        state=state,
        mentee=said.get(Side.MENTEE, Said()),
        mentor=said.get(Side.MENTOR, Said()),
        proposed_on=tandem.proposed_at.astimezone(zone).date(),
        deadline=deadlines.get(state),
        chemistry_time=timedelta(days=tandem.cohort.programme.chemistry_days),
        met_on=tandem.chemistry_met_on,
    )


def decide(course: Course, act: Callable[[], Decided]) -> Decided:
    """Ask the pure course; its refusal becomes the error people read."""
    try:
        return act()
    except Refused as refused:
        day = date_format(course.proposed_on, "SHORT_DATE_FORMAT")
        raise ERRORS[refused.why](date=day) from refused


def change_carry_out(*, tandem: Tandem, after: Course, step: Change, now: datetime) -> Change:
    """Write what was decided for a locked tandem; returns what really happened.

    That differs from `step` in one case: both said yes but a place is gone, then the proposal ends
    with NO_SEAT instead. Compare-and-set on the state; raises TandemOver if somebody was faster.
    Members are the caller's to write. At most twelve queries.
    """
    before = State(tandem.state)
    people = sorted((m.participation for m in tandem.members.all()), key=lambda p: p.pk)
    if step.seats > 0 and not _seats_taken(people):
        found = journey.change(before, Act.NO_SEAT)
        assert found is not None  # noqa: S101 - the table has it wherever seats are taken
        step = found
    if step.seats < 0:
        for participation in people:
            # After a completed tandem the mentor has room again; the mentee is not waiting.
            if step.to is not State.CLOSED or participation.role == Role.MENTOR:
                seat_give_back(participation=participation)
    if step.proposals < 0:
        proposal_settled(participation_pks=[participation.pk for participation in people])
    _write(tandem, before, after, step, now)
    if step.is_history:
        _remember(tandem, now)
    # Who said what is the pair's own affair: the chain says what happened to the tandem only.
    is_back = (before, step.to) == (State.CLOSING, State.ACTIVE)
    audit_record(
        action="tandem.closing_taken_back" if is_back else f"tandem.{step.to}",
        about=tandem,
        now=now,
        programme_id=tandem.cohort.programme_id,
        details={"end_code": step.end} if step.end else None,
    )
    if is_back:
        publish(ClosingTakenBack(tandem_pk=tandem.pk))
    else:
        _tell(tandem, step)
    return step


def _seats_taken(people: list[Participation]) -> bool:
    """Take a seat of both, or of nobody."""
    try:
        with transaction.atomic():
            for participation in people:
                seat_take(participation=participation)
    except NoSeatLeft:
        return False
    return True


def _write(tandem: Tandem, before: State, after: Course, step: Change, now: datetime) -> None:
    tandem.state = TandemState(step.to)
    fields = ["state"]
    if step.to is State.CHEMISTRY:
        tandem.chemistry_since, tandem.chemistry_by = now, after.deadline
        fields += ["chemistry_since", "chemistry_by"]
    if step.to is State.ACTIVE and before is State.CLOSING:
        tandem.closing_since = tandem.end_announced_on = None
        fields += ["closing_since", "end_announced_on"]
    elif step.to is State.ACTIVE:
        programme = tandem.cohort.programme
        tandem.activated_at, tandem.journey = now, programme.journey
        tandem.journey_number = programme.journey_number
        tandem.agreement_text = texts_by_language(programme.agreement_text)
        fields += ["activated_at", "journey", "journey_number", "agreement_text"]
    if step.to is State.CLOSING:
        tandem.closing_since = now
        fields.append("closing_since")
    if step.end is not None:
        tandem.ended_at, tandem.end_code = now, step.end.value
        fields += ["ended_at", "end_code"]
        if tandem.activated_at is not None:
            room_time = timedelta(days=tandem.cohort.programme.room_days)
            tandem.readable_until = room_day(now) + room_time
            fields.append("readable_until")
    changed = Tandem.objects.filter(pk=tandem.pk, state=before.value).update(
        **{name: getattr(tandem, name) for name in fields}
    )
    if not changed:
        raise TandemOver


def _remember(tandem: Tandem, now: datetime) -> None:
    """Never propose any two of them to each other again."""
    members = list(tandem.members.all())
    for mentee in members:
        if mentee.role == Side.MENTEE:
            remember_apart(mentee, members, now)


def remember_apart(one: TandemMember, members: Iterable[TandemMember], now: datetime) -> None:
    """Never propose `one` and those of the other role among `members` to each other again."""
    for other in members:
        if other.role != one.role:
            pair = {one.role: one.participation, other.role: other.participation}
            history_forbid(mentee=pair[Side.MENTEE], mentor=pair[Side.MENTOR], now=now)


def _tell(tandem: Tandem, step: Change) -> None:
    if step.end is not None:
        publish(TandemEnded(tandem_pk=tandem.pk, end_code=step.end.value))
        if step.to is State.CLOSED:
            publish(TandemClosed(tandem_pk=tandem.pk))
    elif step.to is State.CHEMISTRY:
        publish(TandemChemistryBegun(tandem_pk=tandem.pk))
    elif step.to is State.ACTIVE:
        publish(TandemActivated(tandem_pk=tandem.pk))
