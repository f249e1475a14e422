import socket
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tandemwerk.notifications.jobs import mail_prune, mail_send, mail_sweep, mails_send
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.notifications.services.mail import mail_put

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def put(**more):
    return mail_put(
        kind="test", to="ada@example.org", subject="Hello", text="Hi\n", now=NOW, **more
    )


def test_mail_leaves_after_commit_and_is_forgotten():
    row = put()
    assert mail.outbox == []
    call_command("worker", batch=True)
    row.refresh_from_db()
    assert [m.subject for m in mail.outbox] == ["Hello"]
    assert mail.outbox[0].extra_headers["Message-ID"] == row.message_id
    assert (row.state, row.text, row.subject) == ("sent", "", "")


def test_mail_is_lost_with_its_act():
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    call_command("worker", batch=True)
    assert mail.outbox == []
    assert not OutboxMail.objects.exists()


def test_job_run_twice_sends_once():
    row = put()
    mail_send.call(mail_pk=row.pk)
    mail_send.call(mail_pk=row.pk)
    assert len(mail.outbox) == 1


def test_unreachable_server_is_tried_again_and_then_visible(settings, capsys):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as probe:  # a port nobody listens on
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = probe.getsockname()
    row = put()
    DBTaskResult.objects.all().delete()
    for attempt in range(5):
        mail_send.call(mail_pk=row.pk, attempt=attempt)
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("failed", 5)
    assert DBTaskResult.objects.count() == 4
    call_command("outbox", retry=True)
    assert "failed" in capsys.readouterr().out
    row.refresh_from_db()
    assert row.state == "waiting"


def test_sent_mails_are_pruned_after_a_month():
    row = put()
    mail_send.call(mail_pk=row.pk)
    mail_prune.call()
    assert OutboxMail.objects.count() == 1
    OutboxMail.objects.update(sent_at=datetime(2020, 1, 1, tzinfo=UTC))
    mail_prune.call()
    assert OutboxMail.objects.count() == 0


def test_one_mail_that_cannot_be_written_stops_no_other():
    broken, whole = put(), put()
    OutboxMail.objects.filter(pk=broken.pk).update(subject="two\nlines")
    mails_send.call(mail_pks=[broken.pk, whole.pk])
    broken.refresh_from_db()
    whole.refresh_from_db()
    assert (broken.state, whole.state) == ("failed", "sent")


def test_a_mail_whose_job_was_lost_is_found_again():
    row = put()
    OutboxMail.objects.update(created_at=timezone.now())
    DBTaskResult.objects.all().delete()
    mail_sweep.call()
    assert DBTaskResult.objects.count() == 0, "it may still be on its way"
    OutboxMail.objects.update(created_at=NOW.replace(year=2020))
    mail_sweep.call()
    call_command("worker", batch=True)
    row.refresh_from_db()
    assert row.state == "sent"
