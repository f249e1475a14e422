"""The clock of safeguarding."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from tandemwerk.core.jobs import job, periodic
from tandemwerk.safeguarding.enums import CaseState
from tandemwerk.safeguarding.models import Case
from tandemwerk.safeguarding.services.cases import case_shred

logger = logging.getLogger(__name__)


@periodic(every=timedelta(hours=6))
@job
def cases_shred() -> None:
    """Destroy closed cases whose day has come."""
    shred_due(timezone.now())


def shred_due(now: datetime) -> int:
    """Destroy what is due, each in its own transaction; returns how many."""
    due = Case.objects.filter(state=CaseState.CLOSED, delete_on__lte=now.date()).order_by("pk")
    return sum(_shredded(case, now) for case in due)


def _shredded(case: Case, now: datetime) -> bool:
    try:
        return case_shred(case=case, now=now)
    except Exception:
        logger.exception("case %s could not be destroyed; the next run tries again", case.pk)
        return False
