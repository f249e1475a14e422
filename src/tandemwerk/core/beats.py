"""Signs of life of job workers: who beats is alive, and the jobs of the others are put back.

A job may run for minutes, so the sign comes from a thread beside it. A worker killed with -9 stops
beating; after `SILENT_AFTER` any other one puts its job back into the queue.
"""

import logging
from datetime import datetime, timedelta
from threading import Event, Thread

from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tandemwerk.core.models import WorkerBeat

logger = logging.getLogger(__name__)
BEAT_EVERY = timedelta(seconds=10)
# Several missed beats: a busy disk must not make a living worker look dead.
SILENT_AFTER = timedelta(seconds=60)


class Heart:
    """Beats for one worker in a thread of its own, from `with` to its end."""

    def __init__(self, worker_id: str, every: timedelta = BEAT_EVERY) -> None:
        self.worker_id, self.every = worker_id, every
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="heart", daemon=True)

    def __enter__(self) -> "Heart":
        beat(worker_id=self.worker_id, now=timezone.now())
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._stopped.wait(self.every.total_seconds()):
                try:
                    beat(worker_id=self.worker_id, now=timezone.now())
                except OperationalError:
                    logger.warning("database busy; the worker says that it lives a little later")
        finally:
            connection.close()  # this thread's own


def beat(*, worker_id: str, now: datetime) -> None:
    """Write down that this worker lives. At most four queries."""
    WorkerBeat.objects.update_or_create(worker_id=worker_id, defaults={"seen_at": now})


def recover(*, now: datetime) -> int:
    """Put jobs back whose worker is silent; jobs are safe to run twice. Three queries at most."""
    running = DBTaskResult.objects.running().values_list("pk", "worker_ids")
    heard = set(
        WorkerBeat.objects.filter(seen_at__gt=now - SILENT_AFTER).values_list(
            "worker_id", flat=True
        )
    )
    lost = [pk for pk, workers in running if not heard.intersection(workers[-1:])]
    if not lost:
        return 0
    return DBTaskResult.objects.running().filter(pk__in=lost).update(status="READY")
