"""Jobs that keep the house's own tables small."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tandemwerk.core.jobs import job, periodic
from tandemwerk.core.models import ProcessedWrite, WorkerBeat


@periodic(every=timedelta(hours=1))
@job
def tables_prune() -> None:
    """Forget writes and silent workers after a day, finished jobs after a week. Three queries."""
    now = timezone.now()
    ProcessedWrite.objects.filter(created_at__lt=now - timedelta(days=1)).delete()
    WorkerBeat.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - timedelta(days=7)).delete()
