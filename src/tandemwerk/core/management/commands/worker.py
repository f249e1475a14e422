"""`worker`: run background jobs and start the periodic ones."""

import logging
import os
import secrets
import socket
import time
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tandemwerk.core.beats import Heart, recover
from tandemwerk.core.jobs import enqueue_due, warm_up_all

logger = logging.getLogger(__name__)


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
            recover(now=now)
            enqueue_due(now)
        except OperationalError:
            logger.warning("database busy; periodic jobs are looked at again in ten seconds")


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
        if only:  # nobody else lives, whatever was heard of them
            DBTaskResult.objects.running().update(status="READY")
        worker = PeriodicWorker(
            queue_names=["*"],
            interval=0 if batch else interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            # A number of a process comes again; the name of a dead worker must not.
            worker_id=f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}",
            excluded_queue_names=[],
        )
        worker.configure_signals()
        with Heart(worker.worker_id):
            if batch:
                worker.look_at_clock()
                worker.run()
            else:
                warm_up_all()
                _run_with_clock(worker)


def _run_with_clock(worker: PeriodicWorker) -> None:
    """Alternate between draining the queue and looking at the clock, without a second thread."""
    worker.batch = True
    while worker.running:
        worker.look_at_clock()
        worker.run()
        if worker.running:
            time.sleep(worker.interval)
