"""The clock of tandems: what time alone brings about."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from tandemwerk.core.jobs import job, periodic
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.services.ending import tandem_expire
from tandemwerk.tandems.services.reminders import reminders_send


@periodic(every=timedelta(hours=1))
@job
def tandem_clock() -> None:
    """Every hour: end what nobody answered in time, then remind at half time."""
    now = timezone.now()
    expire_due(now)
    reminders_send(now=now)


def expire_due(now: datetime) -> int:
    """End all proposals and chemistry times that are over, each in its own transaction."""
    due = Tandem.objects.filter(
        Q(state=TandemState.PROPOSED, answer_by__lte=now)
        | Q(state=TandemState.CHEMISTRY, chemistry_by__lte=now)
    )
    return sum(tandem_expire(tandem=tandem, now=now) for tandem in due.order_by("pk"))
