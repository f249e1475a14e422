"""People in a cohort: added by hand, seats changed, paused, gone."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from tandemwerk.audit.services import audit_record
from tandemwerk.people.models import Profile, User
from tandemwerk.programmes.enums import ParticipationState, Role
from tandemwerk.programmes.errors import (
    AlreadyTakesPart,
    MenteeHasOneSeat,
    ParticipationInTandem,
    ParticipationStateMoved,
    RegistrationClosed,
    SeatsBelowTaken,
)
from tandemwerk.programmes.models import Cohort, Participation
from tandemwerk.programmes.rules import is_registration_open
from tandemwerk.programmes.services.invitations import invitation_send
from tandemwerk.programmes.services.programmes import require_editable

STATE = ParticipationState


@transaction.atomic
def participation_add(
    *,
    cohort: Cohort,
    role: Role,
    email: str,
    given_name: str,
    family_name: str,
    locale: str,
    seats: int,
    by: User,
    now: datetime,
    title: str = "",
) -> Participation:
    """Add one person by hand and invite them. Somebody with an account keeps their own name.

    Raises AlreadyTakesPart, also for somebody who left: their way back is an invitation again.
    """
    require_editable(cohort.programme)
    email = email.strip().lower()
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(
            email=email,
            given_name=given_name.strip(),
            family_name=family_name.strip(),
            title=title.strip(),
            locale=locale,
        )
    Profile.objects.get_or_create(user=user)
    participation = _create(cohort, user, role, seats, STATE.INVITED)
    _record("participation.add", participation, by, now)
    invitation_send(participation=participation, by=by, now=now)
    return participation


@transaction.atomic
def participation_register(
    *, cohort: Cohort, user: User, role: Role, seats: int, now: datetime
) -> Participation:
    """Somebody registers themselves for an open programme.

    Raises RegistrationClosed, or AlreadyTakesPart in the same role.
    """
    if not is_registration_open(cohort, now.date()):
        raise RegistrationClosed
    Profile.objects.get_or_create(user=user)
    participation = _create(cohort, user, role, seats, STATE.JOINED, joined_at=now)
    _record("participation.register", participation, user, now)
    return participation


def _create(
    cohort: Cohort,
    user: User,
    role: Role,
    seats: int,
    state: ParticipationState,
    joined_at: datetime | None = None,
) -> Participation:
    try:
        with transaction.atomic():
            return Participation.objects.create(
                cohort=cohort,
                user=user,
                role=role,
                seats=1 if role == Role.MENTEE else seats,
                state=state,
                joined_at=joined_at,
            )
    except IntegrityError as error:
        raise AlreadyTakesPart(email=user.email) from error


@transaction.atomic
def participation_set_seats(
    *, participation: Participation, seats: int, by: User, now: datetime
) -> Participation:
    """Change how many mentees a mentor takes; never below what is taken or promised.

    One guarded update, so that an acceptance at the same moment can't slip below.
    """
    require_editable(participation.cohort.programme)
    if participation.role != Role.MENTOR:
        raise MenteeHasOneSeat
    before = participation.seats
    changed = (
        Participation.objects.filter(pk=participation.pk)
        .annotate(needed=F("seats_taken") + F("proposals_open"))
        .filter(Q(needed__lte=seats))
        .update(seats=seats)
    )
    participation.refresh_from_db()
    if not changed:
        raise SeatsBelowTaken(taken=participation.seats_taken + participation.proposals_open)
    if before != seats:
        _record(
            "participation.set_seats", participation, by, now, {"before": before, "after": seats}
        )
    return participation


@transaction.atomic
def participation_pause(*, participation: Participation, by: User, now: datetime) -> None:
    """Keep somebody out of matching for a while; running tandems go on.

    Whose wish it was decides who may lift it: a pause of their own the person lifts themself, one
    of the coordination only the coordination does.
    """
    _move(participation, [STATE.JOINED], STATE.PAUSED)
    participation.is_pause_own = by.pk == participation.user_id
    participation.save(update_fields=["is_pause_own"])
    _record("participation.pause", participation, by, now)


@transaction.atomic
def participation_resume(*, participation: Participation, by: User, now: datetime) -> None:
    """Bring somebody back into matching."""
    _move(participation, [STATE.PAUSED], STATE.JOINED)
    _record("participation.resume", participation, by, now)


@transaction.atomic
def participation_withdraw(*, participation: Participation, by: User, now: datetime) -> None:
    """Take somebody out of the cohort; an open invitation stops working.

    Raises ParticipationInTandem while a seat is taken or a proposal open.
    """
    free = Participation.objects.filter(pk=participation.pk, seats_taken=0, proposals_open=0)
    if not free.exists():
        raise ParticipationInTandem(name=participation.user.name)
    _move(participation, [STATE.INVITED, STATE.JOINED, STATE.PAUSED], STATE.WITHDRAWN, idle=True)
    _record("participation.withdraw", participation, by, now)


@transaction.atomic
def participation_restore(*, participation: Participation, by: User, now: datetime) -> None:
    """Take a withdrawal back: to taking part if they had joined, else to invited."""
    back = STATE.JOINED if participation.joined_at else STATE.INVITED
    _move(participation, [STATE.WITHDRAWN], back)
    _record("participation.restore", participation, by, now)


def _move(
    participation: Participation,
    before: list[ParticipationState],
    after: ParticipationState,
    *,
    idle: bool = False,
) -> None:
    """Compare-and-set of the state; raises ParticipationStateMoved when somebody was faster."""
    require_editable(participation.cohort.programme)
    rows = Participation.objects.filter(pk=participation.pk, state__in=before)
    if idle:
        rows = rows.filter(seats_taken=0, proposals_open=0)
    changed = rows.update(state=after)
    participation.refresh_from_db(fields=["state"])
    if not changed:
        raise ParticipationStateMoved(state=participation.get_state_display())


def _record(
    action: str,
    participation: Participation,
    by: User,
    now: datetime,
    details: dict[str, int] | None = None,
) -> None:
    audit_record(
        action=action,
        about=participation,
        by=by,
        now=now,
        programme_id=participation.cohort.programme_id,
        details=details,
    )
