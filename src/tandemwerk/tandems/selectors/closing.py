"""How far the regular end of a tandem has come, and when it comes by itself.

Its days are those of UTC, so that everybody reads the same one and the clock keeps it.
"""

from datetime import UTC, date, datetime, timedelta

from django.db.models import Q, QuerySet

from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.journey import (
    NOTICE,
    TIME_AFTER_END,
    Closing,
    State,
    closing_due_on,
    open_until,
    paused,
    planned_end,
    timeline,
)
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.selectors.signals import pauses_of

A_DAY = timedelta(days=1)


def ends_on(tandem: Tandem) -> date:
    """The last day as planned, moved back by pauses: of the journey or of the cohort.

    The later one counts; what the journey has after the end is left out. No query with the cohort
    joined.
    """
    begun_on = (tandem.activated_at or tandem.proposed_at).astimezone(UTC).date()
    pauses = pauses_of(tandem)
    way = paused(timeline(tandem.journey, begun_on, begun_on), pauses)
    return planned_end(tandem.cohort.ends_on, way.ends_on, pauses)


def closes_on(tandem: Tandem) -> date | None:
    """The day on which the clock closes a running tandem; None if it does not run. No query."""
    if tandem.state == TandemState.ACTIVE:
        return open_until(ends_on(tandem), tandem.end_announced_on, pauses_of(tandem))
    if tandem.state != TandemState.CLOSING or tandem.closing_since is None:
        return None
    begun_on = tandem.closing_since.astimezone(UTC).date()
    return closes_if_begun(tandem, begun_on)


def closes_if_begun(tandem: Tandem, begun_on: date) -> date:
    """When the clock closes a tandem whose closing begins on this day. No query."""
    return closing_due_on(begun_on, ends_on(tandem), pauses_of(tandem))


def closing_of(tandem: Tandem) -> Closing:
    """What of a tandem decides its regular end. No query with members and cohort loaded."""
    present = [member for member in tandem.members.all() if member.left_at is None]
    return Closing(
        state=State(tandem.state),
        members=frozenset(member.pk for member in present),
        confirmed=frozenset(m.pk for m in present if m.closing_confirmed_at is not None),
        due_on=closes_on(tandem) if tandem.state == TandemState.CLOSING else None,
    )


def perhaps_over(now: datetime) -> QuerySet[Tandem]:
    """Running tandems whose cohort's end is so long ago that an announcement may be due.

    The cohort's end can only be moved back, by pauses and by a longer journey; and once announced,
    two weeks pass before there is anything to do. One query.
    """
    today = now.date() + A_DAY
    return Tandem.objects.filter(
        Q(end_announced_on__isnull=True) | Q(end_announced_on__lte=today - NOTICE),
        Q(paused_until__isnull=True) | Q(paused_until__lte=today),
        state=TandemState.ACTIVE,
        cohort__ends_on__lte=today - (TIME_AFTER_END - NOTICE),
    )
