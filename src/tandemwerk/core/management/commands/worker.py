"""`worker`: run background jobs and start the periodic ones."""

import logging
import os
import socket
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tandemwerk.core.jobs import enqueue_due

logger = logging.getLogger(__name__)
ABANDONED_AFTER = timedelta(minutes=30)


class PeriodicWorker(Worker):
    """The queue worker of django-tasks-db that also looks at the clock between two jobs."""

    next_look = timezone.now()

    def run_task(self, db_task_result: "DBTaskResult[Any, Any]") -> None:
        super().run_task(db_task_result)
        self.look_at_clock()

    def look_at_clock(self) -> None:
        now = timezone.now()
        if now < self.next_look:
            return
        self.next_look = now + timedelta(seconds=10)
        try:
            recover(older_than=ABANDONED_AFTER)
            enqueue_due(now)
        except OperationalError:
            logger.warning("database busy; periodic jobs are looked at again in ten seconds")


def recover(*, older_than: timedelta) -> int:
    """Put jobs back whose worker died in the middle; jobs are safe to run twice. One query."""
    return (
        DBTaskResult.objects.running()
        .filter(started_at__lte=timezone.now() - older_than)
        .update(status="READY")
    )


class Command(BaseCommand):
    help = "Runs background jobs until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", action="store_true", help="Stop when nothing is waiting.")
        parser.add_argument(
            "--only", action="store_true", help="No other worker runs: take over its jobs."
        )
        parser.add_argument(
            "--interval", type=float, default=0.25, help="Seconds between two looks."
        )

    def handle(self, *, batch: bool, only: bool, interval: float, **options: Any) -> None:
        if only:
            recover(older_than=timedelta(0))
        worker = PeriodicWorker(
            queue_names=["*"],
            interval=0 if batch else interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{socket.gethostname()[:30]}-{os.getpid()}",
            excluded_queue_names=[],
        )
        worker.configure_signals()
        if batch:
            worker.look_at_clock()
            worker.run()
            return
        _run_with_clock(worker)


def _run_with_clock(worker: PeriodicWorker) -> None:
    """Alternate between draining the queue and looking at the clock, without a second thread."""
    import time

    worker.batch = True
    while worker.running:
        worker.look_at_clock()
        worker.run()
        if worker.running:
            time.sleep(worker.interval)
