from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from tandemwerk.core.jobs import enqueue, enqueue_due, retry
from tandemwerk.core.management.commands.worker import recover
from tandemwerk.core.models import PeriodicRun
from tandemwerk.notifications.jobs import mail_send

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def test_job_is_lost_with_its_transaction():
    with transaction.atomic():
        enqueue(mail_send, mail_pk=1)
        transaction.set_rollback(True)
    assert DBTaskResult.objects.count() == 0


def test_job_is_part_of_the_act():
    """No moment between the act and its job in which a killed process could lose the job."""
    with transaction.atomic():
        enqueue(mail_send, mail_pk=0)
        transaction.set_rollback(True)
    assert DBTaskResult.objects.count() == 0
    with transaction.atomic():
        enqueue(mail_send, mail_pk=1)
        assert DBTaskResult.objects.count() == 1
    assert DBTaskResult.objects.ready().count() == 1
    call_command("worker", batch=True)
    assert (
        DBTaskResult.objects.filter(task_path="tandemwerk.notifications.jobs.mail_send")
        .get()
        .status
        == "SUCCESSFUL"
    )


def test_retry_ends_after_the_last_pause():
    assert retry(mail_send, attempt=0, mail_pk=1)
    assert not retry(mail_send, attempt=4, mail_pk=1)
    assert DBTaskResult.objects.count() == 1


def test_periodic_jobs_start_once_per_period():
    first = enqueue_due(NOW)
    assert first
    assert enqueue_due(NOW + timedelta(seconds=30)) == []
    assert set(enqueue_due(NOW + timedelta(days=8))) == set(first)
    assert PeriodicRun.objects.count() == len(first)


def test_job_of_a_killed_worker_is_put_back():
    mail_send.enqueue(mail_pk=1)
    DBTaskResult.objects.update(status="RUNNING", started_at=NOW)
    assert recover(older_than=timedelta(minutes=30)) == 1
    assert DBTaskResult.objects.ready().count() == 1
