"""The clock of safeguarding."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from tandemwerk.core.jobs import enqueue, job, periodic, retry
from tandemwerk.core.models import ProcessedWrite
from tandemwerk.core.wiping import StillBusy, traces_wipe
from tandemwerk.safeguarding.enums import CaseState
from tandemwerk.safeguarding.models import Case, CaseItem, CaseKey, CaseNote
from tandemwerk.safeguarding.services.cases import case_shred, cases_lost_close
from tandemwerk.safeguarding.services.mails import reports_tell

# PostgreSQL writes these anew; rows that are gone would otherwise stay in their files for a while.
WIPED = (CaseKey, CaseItem, CaseNote, ProcessedWrite)

logger = logging.getLogger(__name__)


@periodic(every=timedelta(hours=6))
@job
def cases_shred() -> None:
    """Destroy closed cases whose day has come, and close those that nobody can open any more."""
    now = timezone.now()
    if shred_due(now):
        enqueue(case_traces_wipe)
    cases_lost_close(now=now)


@job
def case_traces_wipe(*, attempt: int = 0) -> None:
    """Overwrite what is left of deleted keys and cases in the database's own files."""
    try:
        traces_wipe(*WIPED)
    except StillBusy:
        if not retry(case_traces_wipe, attempt=attempt):
            raise


@periodic(every=timedelta(minutes=30))
@job
def cases_tell() -> None:
    """Tell readers of what came within an hour after they were told of something else."""
    reports_tell(now=timezone.now())


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
