"""Jobs that keep the house's own tables small."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tandemwerk.core.jobs import job, periodic
from tandemwerk.core.models import ProcessedWrite


@periodic(every=timedelta(hours=1))
@job
def tables_prune() -> None:
    """Forget processed writes after a day and finished jobs after a week. Two queries."""
    now = timezone.now()
    ProcessedWrite.objects.filter(created_at__lt=now - timedelta(days=1)).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - timedelta(days=7)).delete()
