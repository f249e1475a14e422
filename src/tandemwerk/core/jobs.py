"""Background work: a job is a function with ids as arguments that is safe to run twice.

`@job` makes one (retried with growing pauses), `enqueue` hands it over once the transaction
commits, `@periodic` has the worker run it again and again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task

from tandemwerk.core.models import PeriodicRun

logger = logging.getLogger(__name__)
RETRY_PAUSES = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
)


def job(function: Callable[..., None]) -> "Task[..., None]":
    """Turn a module-level function with JSON arguments into a job (arguments by keyword)."""
    return task(queue_name="default")(function)


def enqueue(work: "Task[..., None]", **ids: Any) -> None:
    """Run `work` in the worker after the current transaction commits; lost if it rolls back.

    The queue is a table of the same database, so the job is a row of the act's own transaction:
    no process can be killed between the act and its consequence.
    """
    work.enqueue(**ids)


def retry(work: "Task[..., None]", *, attempt: int, **ids: Any) -> bool:
    """Enqueue `work` once more after the pause for `attempt` (0-based); False when exhausted."""
    if attempt >= len(RETRY_PAUSES):
        return False
    work.using(run_after=timezone.now() + RETRY_PAUSES[attempt]).enqueue(attempt=attempt + 1, **ids)
    return True


@dataclass(frozen=True, slots=True)
class Periodic:
    name: str
    every: timedelta
    work: "Task[..., None]"


_periodic: dict[str, Periodic] = {}


def periodic(every: timedelta) -> Callable[["Task[..., None]"], "Task[..., None]"]:
    """Have a job without arguments enqueued once per `every`, by whichever worker is first."""

    def register(work: "Task[..., None]") -> "Task[..., None]":
        name = work.module_path
        _periodic[name] = Periodic(name, every, work)
        return work

    return register


def enqueue_due(now: datetime) -> list[str]:
    """Enqueue every periodic job that is due; returns their names. One query, two per due job."""
    waiting = dict(PeriodicRun.objects.values_list("name", "next_at"))
    started = []
    for entry in _periodic.values():
        due_at = waiting.get(entry.name)
        if due_at is None:
            due_at = PeriodicRun.objects.get_or_create(name=entry.name, defaults={"next_at": now})[
                0
            ].next_at
        if due_at > now:
            continue
        with transaction.atomic():
            claimed = PeriodicRun.objects.filter(name=entry.name, next_at=due_at).update(
                next_at=now + entry.every
            )
            if claimed:
                entry.work.enqueue()
                started.append(entry.name)
    return started


_warm_ups: list[Callable[[], None]] = []
_page_warm_ups: list[Callable[[], None]] = []


def warm_up(function: Callable[[], None]) -> Callable[[], None]:
    """Have a worker call `function` once before its first job, so that nobody waits for it later.

    It must need nothing but time: no rows, no files.
    """
    _warm_ups.append(function)
    return function


def warm_up_pages(function: Callable[[], None]) -> Callable[[], None]:
    """As `warm_up`, for what pages need: a web process calls it beside its first pages."""
    _page_warm_ups.append(function)
    return function


def warm_up_all(*, pages: bool = False) -> None:
    """Call what was registered. What fails is logged: the job or page that needs it will say more.

    pages: what was registered for pages instead.
    """
    for function in _page_warm_ups if pages else _warm_ups:
        try:
            function()
        except Exception:
            logger.exception("%s.%s failed", function.__module__, function.__qualname__)
