from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from tandemwerk.core.beats import Heart, beat, recover
from tandemwerk.core.jobs import enqueue, enqueue_due, retry
from tandemwerk.core.models import PeriodicRun, WorkerBeat
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


def running(worker_id):
    result = mail_send.enqueue(mail_pk=1)
    DBTaskResult.objects.filter(pk=result.id).update(
        status="RUNNING", started_at=NOW, worker_ids=["earlier", worker_id]
    )
    return str(result.id)


def pks(results):
    return {str(pk) for pk in results.values_list("pk", flat=True)}


def test_jobs_of_silent_workers_are_put_back_and_no_others():
    for worker_id, ago in (("alive", 50), ("earlier", 5), ("silent", 70)):
        beat(worker_id=worker_id, now=NOW - timedelta(seconds=ago))
    kept = running("alive")
    silent, unheard = running("silent"), running("never heard of")

    assert recover(now=NOW) == 2

    assert pks(DBTaskResult.objects.ready()) == {silent, unheard}
    assert pks(DBTaskResult.objects.running()) == {kept}


@pytest.mark.parametrize("count", [1, 3])
def test_looking_for_lost_jobs_takes_three_queries(count, django_assert_num_queries):
    for _number in range(count):
        running("silent")
    with django_assert_num_queries(3):
        assert recover(now=NOW) == count
    with django_assert_num_queries(2):
        assert recover(now=NOW) == 0


def test_a_heart_beats_beside_the_work_until_it_ends():
    with Heart("me", every=timedelta(milliseconds=5)):
        first = WorkerBeat.objects.get(worker_id="me").seen_at
        while WorkerBeat.objects.get(worker_id="me").seen_at == first:
            pass
    last = WorkerBeat.objects.get(worker_id="me").seen_at
    assert last > first
    assert WorkerBeat.objects.count() == 1


def test_a_worker_is_heard_while_it_works():
    mail_send.enqueue(mail_pk=0)
    call_command("worker", batch=True)
    done = DBTaskResult.objects.get(task_path="tandemwerk.notifications.jobs.mail_send")
    assert WorkerBeat.objects.filter(worker_id=done.worker_ids[-1]).exists()


def test_the_only_worker_takes_over_what_any_other_left():
    beat(worker_id="killed a second ago", now=NOW)
    left = running("killed a second ago")
    call_command("worker", batch=True, only=True)
    assert DBTaskResult.objects.get(pk=left).status == "SUCCESSFUL"
