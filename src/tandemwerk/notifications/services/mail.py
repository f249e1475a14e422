"""The mail outbox: queued in the transaction of the act, sent by a job, at least once."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from tandemwerk.core.jobs import enqueue
from tandemwerk.notifications.enums import MailState
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.people.models import User


def mail_queue(
    *,
    kind: str,
    to: User,
    context: Mapping[str, Any],
    now: datetime,
    once_key: str | None = None,
) -> OutboxMail | None:
    """Put a mail to `to` in the outbox, in their language; it leaves after commit.

    Renders ``mail/<kind>.subject.txt`` and ``mail/<kind>.txt`` (the HTML part wraps the text).
    With `once_key` a second call changes nothing and returns None. Two queries.
    """
    if once_key and OutboxMail.objects.filter(once_key=once_key).exists():
        return None
    subject, text, html = mail_write(kind=kind, to=to, context=context)
    return mail_put(
        kind=kind,
        to=to.email,
        user=to,
        subject=subject,
        text=text,
        html=html,
        now=now,
        once_key=once_key,
    )


def mail_write(*, kind: str, to: User, context: Mapping[str, Any]) -> tuple[str, str, str]:
    """Subject, text and HTML of a mail in the language of its reader. No query of its own."""
    with translation.override(to.locale):
        full = {"person": to, "base_url": settings.BASE_URL, **context}
        subject = " ".join(render_to_string(f"mail/{kind}.subject.txt", full).split())
        text = render_to_string(f"mail/{kind}.txt", full).strip() + "\n"
        html = render_to_string("mail/base.html", {**full, "subject": subject, "text": text})
    return subject, text, html


def message_id() -> str:
    """A Message-ID of this installation; the same at every attempt to send."""
    domain = settings.BASE_URL.split("://")[1].split(":")[0]
    return f"<{uuid.uuid4()}@{domain}>"


def mail_put(
    *,
    kind: str,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    now: datetime,
    user: User | None = None,
    once_key: str | None = None,
) -> OutboxMail:
    """Put an already written mail in the outbox and have it sent after commit. One query."""
    mail = OutboxMail.objects.create(
        kind=kind,
        user=user,
        to=to,
        subject=subject[:200],
        text=text,
        html=html,
        message_id=message_id(),
        once_key=once_key,
        created_at=now,
    )
    from tandemwerk.notifications.jobs import mail_send  # jobs → services is the one way round

    enqueue(mail_send, mail_pk=mail.pk)
    return mail


def mail_deliver(*, mail: OutboxMail, now: datetime) -> None:
    """Hand one waiting mail to the mail server and empty the row; raises what the server raises.

    A crash between sending and noting it repeats the mail with the same Message-ID.
    """
    message = EmailMultiAlternatives(
        subject=mail.subject, body=mail.text, to=[mail.to], headers={"Message-ID": mail.message_id}
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    message.send()
    OutboxMail.objects.filter(pk=mail.pk).update(
        state=MailState.SENT, sent_at=now, subject="", text="", html=""
    )
