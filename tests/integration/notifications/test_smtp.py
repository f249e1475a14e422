"""Mails through a real mail server, on a port of this machine."""

import email
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command
from django.utils import timezone

from tandemwerk.notifications.jobs import mail_send
from tandemwerk.notifications.services.mail import mail_put

pytestmark = pytest.mark.django_db(transaction=True)


class Postbox:
    """Keeps what it is given; refuses as many mails as it is told to."""

    def __init__(self):
        self.received, self.refuse = [], 0

    async def handle_DATA(self, server, session, envelope):
        if self.refuse:
            self.refuse -= 1
            return "451 come back later"
        self.received.append(
            (envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=default))
        )
        return "250 kept"


@pytest.fixture
def postbox(settings, free_port):
    controller = Controller(Postbox(), hostname="127.0.0.1", port=free_port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port
    yield controller.handler
    controller.stop()


def put(to="zoë@example.org"):
    return mail_put(
        kind="test",
        to=to,
        subject="Grüße an Zoë",
        text="Schön, dass du da bist.\n",
        html="<p>Schön</p>",
        now=timezone.now(),
    )


def test_a_mail_arrives_as_it_was_written(postbox):
    row = put("zoe@example.org")
    call_command("worker", batch=True)
    [(to, mail)] = postbox.received
    assert (to, mail["Subject"]) == (["zoe@example.org"], "Grüße an Zoë")
    assert mail["Message-ID"] == row.message_id
    text, html = mail.iter_parts()
    assert "Schön, dass du da bist." in text.get_content()
    assert "<p>Schön</p>" in html.get_content()
    row.refresh_from_db()
    assert (row.state, row.text, row.html) == ("sent", "", "")


def test_a_server_that_is_busy_gets_the_same_mail_later(postbox):
    postbox.refuse = 1
    row = put("zoe@example.org")
    call_command("worker", batch=True)
    row.refresh_from_db()
    assert (row.state, postbox.received) == ("waiting", [])
    mail_send.call(mail_pk=row.pk, attempt=1)
    [(_to, mail)] = postbox.received
    assert mail["Message-ID"] == row.message_id


def test_an_address_beyond_ascii_arrives_too(postbox):
    row = put("zoë@example.org")
    call_command("worker", batch=True)
    assert [to for to, _mail in postbox.received] == [["zoë@example.org"]]
    row.refresh_from_db()
    assert row.state == "sent"
