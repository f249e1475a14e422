"""A pause of the tandem: either may begin it, either may end it earlier."""

from datetime import date, datetime

from django.db import transaction

from tandemwerk.audit.services import audit_record
from tandemwerk.core.errors import DomainError
from tandemwerk.people.models import User
from tandemwerk.tandems import journey
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.errors import PauseNotAhead, PauseTooLong, TandemNotRunning
from tandemwerk.tandems.journey import PauseRefusal, PauseRefused, Pauses
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.selectors.signals import local_day, pauses_of
from tandemwerk.tandems.services.change import member_of, tandem_lock

ERRORS: dict[PauseRefusal, type[DomainError]] = {
    PauseRefusal.NOT_AHEAD: PauseNotAhead,
    PauseRefusal.TOO_LONG: PauseTooLong,
}


@transaction.atomic
def tandem_pause(*, tandem: Tandem, by: User, until: date, now: datetime) -> Tandem:
    """The tandem pauses from today and goes on at `until`; or the running pause gets this end.

    Nobody is reminded meanwhile, and what is due moves back. Who wished for it is not kept.
    Raises PauseNotAhead, PauseTooLong or TandemNotRunning. Seven queries.
    """
    locked = _running(tandem, by)
    try:
        pauses = journey.pause_begin(pauses_of(locked), local_day(by, now), until)
    except PauseRefused as refused:
        raise ERRORS[refused.why] from refused
    return _keep(locked, pauses, until, "tandem.pause", now)


@transaction.atomic
def tandem_resume(*, tandem: Tandem, by: User, now: datetime) -> Tandem:
    """The pause ends today; without one nothing changes. Raises TandemNotRunning. Seven queries."""
    locked = _running(tandem, by)
    today = local_day(by, now)
    pauses = journey.pause_stop(pauses_of(locked), today)
    if pauses == pauses_of(locked):
        return locked
    return _keep(locked, pauses, today, "tandem.resume", now)


def _running(tandem: Tandem, by: User) -> Tandem:
    locked = tandem_lock(tandem)
    member_of(locked, by)
    if locked.state not in {TandemState.ACTIVE, TandemState.CLOSING}:
        raise TandemNotRunning
    return locked


def _keep(tandem: Tandem, pauses: Pauses, until: date, action: str, now: datetime) -> Tandem:
    tandem.pauses, tandem.paused_until = journey.pauses_write(pauses), until
    tandem.end_announced_on = None  # the day has moved, so it is announced anew
    tandem.save(update_fields=["pauses", "paused_until", "end_announced_on"])
    TandemMember.objects.filter(tandem=tandem).update(look_again_at=None)
    programme_id = tandem.cohort.programme_id
    audit_record(action=action, about=tandem, now=now, programme_id=programme_id)
    return tandem
