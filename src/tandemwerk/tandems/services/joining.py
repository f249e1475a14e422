"""A further mentee or mentor for a running tandem; everybody says yes first, the new one too."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from tandemwerk.audit.services import audit_record
from tandemwerk.core.events import publish
from tandemwerk.notifications.services.mail import mail_queue
from tandemwerk.people.models import User
from tandemwerk.programmes.errors import NoSeatLeft
from tandemwerk.programmes.models import Participation
from tandemwerk.programmes.services.seats import proposal_opened, proposal_settled, seat_take
from tandemwerk.tandems.enums import Answer, JoiningState, TandemState
from tandemwerk.tandems.errors import (
    GroupFull,
    JoiningSettled,
    JoiningUnderWay,
    NobodyToAdd,
    TandemNotRunning,
)
from tandemwerk.tandems.events import MemberJoined
from tandemwerk.tandems.models import Joining, JoiningAnswer, Tandem, TandemMember
from tandemwerk.tandems.selectors.joining import MOST_MEMBERS, candidates_for
from tandemwerk.tandems.services.change import tandem_lock
from tandemwerk.tandems.services.mails import mail_joined

RUNNING = (TandemState.ACTIVE, TandemState.CLOSING)


@transaction.atomic
def joining_propose(
    *, tandem: Tandem, participation: Participation, by: User, now: datetime
) -> Joining:
    """The coordination proposes that `participation` joins; everybody concerned gets a mail.

    A seat of the new person is promised until it is settled. Raises TandemNotRunning, GroupFull,
    JoiningUnderWay, or NobodyToAdd for somebody who is not among the candidates. About 12 queries,
    and two a mail.
    """
    locked = tandem_lock(tandem)
    if locked.state not in RUNNING:
        raise TandemNotRunning
    if len(locked.members.all()) >= MOST_MEMBERS:
        raise GroupFull(most=MOST_MEMBERS)
    if Joining.objects.filter(tandem=locked, state=JoiningState.OPEN).exists():
        raise JoiningUnderWay
    chosen = candidates_for(locked).filter(pk=participation.pk).first()
    if chosen is None:
        raise NobodyToAdd
    answer_by = now + timedelta(days=locked.cohort.programme.response_days)
    joining = Joining.objects.create(
        tandem=locked, participation=chosen, proposed_by=by, proposed_at=now, answer_by=answer_by
    )
    proposal_opened(participation_pks=[chosen.pk])
    _record("joining.propose", joining, now, by)
    for person in [chosen.user, *(member.user for member in locked.members.all())]:
        mail_queue(
            kind="joining_asked",
            to=person,
            context={"joining": joining, "new": chosen.user, "is_me": person.pk == chosen.user_id},
            now=now,
            once_key=f"joining:{joining.pk}:{person.pk}",
        )
    return joining


@transaction.atomic
def joining_accept(*, joining: Joining, by: User, now: datetime) -> Joining:
    """`by` says yes. With the last yes the new person is a member and can read everything.

    Raises JoiningSettled, also once the tandem has ended, whatever was said before: nobody enters
    a room to read what two people left behind. About 8 queries; 12 and two a mail with the last
    yes.
    """
    tandem, locked = _locked(joining)
    if tandem.state not in RUNNING:
        raise JoiningSettled
    _answer(locked, by, Answer.YES, now)
    asked = {member.user_id for member in tandem.members.all()} | {locked.participation.user_id}
    said_yes = locked.answers.filter(answer=Answer.YES).values_list("user_id", flat=True)
    if not asked <= set(said_yes):
        return locked
    try:
        with transaction.atomic():
            seat_take(participation=locked.participation)
    except NoSeatLeft:
        return _settle(locked, JoiningState.DECLINED, now)
    _settle(locked, JoiningState.JOINED, now)
    _enter(tandem, locked.participation, now)
    people = [locked.participation.user, *(member.user for member in tandem.members.all())]
    mail_joined(tandem=tandem, new=locked.participation.user, to=people, now=now)
    return locked


@transaction.atomic
def joining_decline(*, joining: Joining, by: User, now: datetime) -> Joining:
    """`by` says no, which nobody is told: it has not come about. Raises JoiningSettled."""
    _tandem, locked = _locked(joining)
    _answer(locked, by, Answer.NO, now)
    return _settle(locked, JoiningState.DECLINED, now)


@transaction.atomic
def joining_withdraw(*, joining: Joining, by: User, now: datetime) -> Joining:
    """The coordination takes the proposal back. Raises JoiningSettled. About 8 queries."""
    _tandem, locked = _locked(joining)
    return _settle(locked, JoiningState.WITHDRAWN, now, by)


def joinings_expire(now: datetime) -> int:
    """Settle what not everybody answered in time, and what is about tandems that have ended."""
    due = Joining.objects.filter(state=JoiningState.OPEN).filter(
        Q(answer_by__lte=now) | ~Q(tandem__state__in=RUNNING)
    )
    return sum(_expired(joining, now) for joining in due.order_by("pk"))


@transaction.atomic
def _expired(joining: Joining, now: datetime) -> bool:
    try:
        _tandem, locked = _locked(joining)
    except JoiningSettled:
        return False
    _settle(locked, JoiningState.EXPIRED, now)
    return True


def _locked(joining: Joining) -> tuple[Tandem, Joining]:
    """The tandem, then the proposal, locked as they stand now; one lock order for everybody."""
    tandem = tandem_lock(joining.tandem)
    found = (
        Joining.objects.select_for_update(of=("self",))
        .select_related("participation__user", "tandem__cohort__programme")
        .get(pk=joining.pk)
    )
    if found.state != JoiningState.OPEN:
        raise JoiningSettled
    return tandem, found


def _answer(joining: Joining, by: User, answer: Answer, now: datetime) -> None:
    JoiningAnswer.objects.update_or_create(
        joining=joining, user=by, defaults={"answer": answer, "answered_at": now}
    )


def _settle(
    joining: Joining, state: JoiningState, now: datetime, by: User | None = None
) -> Joining:
    joining.state, joining.settled_at = state, now
    joining.save(update_fields=["state", "settled_at"])
    proposal_settled(participation_pks=[joining.participation_id])
    _record(f"joining.{state}", joining, now, by)
    return joining


def _enter(tandem: Tandem, participation: Participation, now: datetime) -> None:
    member = TandemMember.objects.create(
        tandem=tandem,
        participation=participation,
        user=participation.user,
        role=participation.role,
        answer=Answer.YES,
        answered_at=now,
        chemistry_answer=Answer.YES,
        chemistry_answered_at=now,
    )
    publish(MemberJoined(tandem_pk=tandem.pk, member_pk=member.pk))


def _record(action: str, joining: Joining, now: datetime, by: User | None) -> None:
    """What became of it, never who of those asked said what."""
    programme_id = joining.tandem.cohort.programme_id
    audit_record(action=action, about=joining, by=by, now=now, programme_id=programme_id)
