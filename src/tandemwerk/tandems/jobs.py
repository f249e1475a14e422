"""The clock of tandems: what time alone brings about."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from tandemwerk.core.jobs import enqueue, job, periodic
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.journey import TIME_TO_CLOSE
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.selectors.closing import perhaps_over
from tandemwerk.tandems.services.closing import (
    closing_settle,
    tandem_close_in_time,
    tandem_close_unclosed,
)
from tandemwerk.tandems.services.ending import tandem_expire
from tandemwerk.tandems.services.joining import joinings_expire
from tandemwerk.tandems.services.learning import organisation_learn, organisations_learning
from tandemwerk.tandems.services.nudges import nudges_send
from tandemwerk.tandems.services.reminders import reminders_send

logger = logging.getLogger(__name__)
A_DAY = timedelta(days=1)


@periodic(every=timedelta(hours=1))
@job
def tandem_clock() -> None:
    """Every hour: end what nobody answered in time, complete what is closing, then remind."""
    now = timezone.now()
    expire_due(now)
    close_due(now)
    close_unclosed(now)
    joinings_expire(now)
    reminders_send(now=now)
    nudges_send(now=now)


@job
def chemistry_learn(*, organisation_pk: int) -> None:
    """Learn from an organisation's chemistry meetings, or forget; nothing new changes nothing."""
    organisation_learn(organisation_pk=organisation_pk, now=timezone.now())


@periodic(every=timedelta(hours=24))
@job
def chemistry_learn_all() -> None:
    """Every day, one job for each organisation that learns.

    Not after each meeting: an estimate that moved at once would tell what was answered just now.
    """
    for organisation_pk in organisations_learning():
        enqueue(chemistry_learn, organisation_pk=organisation_pk)


@job
def closing_after_leaving(*, tandem_pk: int) -> None:
    """Close a tandem that only waited for the confirmation of somebody who left."""
    tandem = Tandem.objects.filter(pk=tandem_pk).first()
    if tandem is not None:
        closing_settle(tandem=tandem, now=timezone.now())


def expire_due(now: datetime) -> int:
    """End all proposals and chemistry times that are over; returns how many.

    Each in its own transaction: one that fails is logged and stops neither the others nor the
    reminders.
    """
    due = Tandem.objects.filter(
        Q(state=TandemState.PROPOSED, answer_by__lte=now)
        | Q(state=TandemState.CHEMISTRY, chemistry_by__lte=now)
    )
    return sum(_ended(tandem_expire, tandem, now) for tandem in due.order_by("pk"))


def close_due(now: datetime) -> int:
    """Close all closing tandems whose time for it is over; returns how many. One query and each."""
    due = Tandem.objects.filter(
        state=TandemState.CLOSING,
        closing_since__lte=now - TIME_TO_CLOSE + A_DAY,  # the exact day is decided one by one
        cohort__ends_on__lte=(now - TIME_TO_CLOSE + A_DAY).date(),
    )
    return sum(_ended(tandem_close_in_time, tandem, now) for tandem in due.order_by("pk"))


def close_unclosed(now: datetime) -> int:
    """Announce, then close, tandems in which nobody begins the end; returns how many closed.

    One query, and those of `tandem_close_unclosed` each. A tandem whose journey goes on longer than
    its cohort is looked at every hour until then: two queries and no change.
    """
    due = perhaps_over(now).order_by("pk")
    return sum(_ended(tandem_close_unclosed, tandem, now) for tandem in due)


def _ended(end: Callable[..., bool], tandem: Tandem, now: datetime) -> bool:
    try:
        return end(tandem=tandem, now=now)
    except Exception:
        logger.exception("tandem %s could not be ended; the next hour tries again", tandem.pk)
        return False
