"""Many mails in one act: the same outbox, written in few statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tandemwerk.core.jobs import enqueue
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.notifications.services.mail import mail_write, message_id
from tandemwerk.people.models import User

MAILS_A_JOB = 50


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to be written; mails with the same `once_key` are written once."""

    to: User
    context: Mapping[str, Any]
    once_key: str


def mails_queue(*, kind: str, letters: Iterable[Letter], now: datetime) -> int:
    """Put many mails of one kind in the outbox; those whose key is known are left out.

    They leave after commit, in jobs of 50. Returns how many are new. Queries: one to look, one per
    about sixty mails (SQLite) or five thousand (PostgreSQL) to write, one per 50 to enqueue.
    About one millisecond a mail to write.
    """
    wanted = {letter.once_key: letter for letter in letters}
    known = set(
        OutboxMail.objects.filter(once_key__in=list(wanted)).values_list("once_key", flat=True)
    )
    mails = []
    for key, letter in wanted.items():
        if key in known:
            continue
        subject, text, html = mail_write(kind=kind, to=letter.to, context=letter.context)
        mails.append(
            OutboxMail(
                kind=kind,
                user=letter.to,
                to=letter.to.email,
                subject=subject[:200],
                text=text,
                html=html,
                message_id=message_id(),
                once_key=key,
                created_at=now,
            )
        )
    made = OutboxMail.objects.bulk_create(mails)
    from tandemwerk.notifications.jobs import mails_send  # jobs → services is the one way round

    for start in range(0, len(made), MAILS_A_JOB):
        enqueue(mails_send, mail_pks=[mail.pk for mail in made[start : start + MAILS_A_JOB]])
    return len(made)
