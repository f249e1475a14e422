"""Jobs of the mail outbox."""

import logging
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from tandemwerk.core.jobs import job, periodic, retry
from tandemwerk.notifications.enums import MailState
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.notifications.services.mail import mail_deliver

logger = logging.getLogger(__name__)
KEPT_AFTER_SENDING = timedelta(days=30)
# Longer than all pauses between attempts together: whoever waits longer was forgotten.
FORGOTTEN_AFTER = timedelta(hours=3)
SWEPT_AT_ONCE = 500


@job
def mail_send(*, mail_pk: int, attempt: int = 0) -> None:
    """Send one mail if it still waits; try again with growing pauses, then give up visibly."""
    mail = OutboxMail.objects.filter(pk=mail_pk, state=MailState.WAITING).first()
    if mail is None:
        return
    OutboxMail.objects.filter(pk=mail.pk).update(attempts=F("attempts") + 1)
    try:
        mail_deliver(mail=mail, now=timezone.now())
    except OSError as error:  # smtplib's errors are OSErrors
        logger.warning("mail %s not sent: %s", mail.pk, type(error).__name__)
        if not retry(mail_send, attempt=attempt, mail_pk=mail_pk):
            OutboxMail.objects.filter(pk=mail.pk).update(state=MailState.FAILED)
    except ValueError as error:
        # An address or subject that can't be written as a mail gets no better by waiting, and must
        # not stop the mails behind it.
        logger.warning("mail %s can't be sent: %s", mail.pk, type(error).__name__)
        OutboxMail.objects.filter(pk=mail.pk).update(state=MailState.FAILED)


@job
def mails_send(*, mail_pks: list[int]) -> None:
    """Send many mails one after the other; each is retried by itself."""
    for pk in mail_pks:
        mail_send.call(mail_pk=pk)


@periodic(every=timedelta(hours=1))
@job
def mail_sweep() -> None:
    """Send what still waits though every attempt should be over: its job was lost. Two queries."""
    long_ago = timezone.now() - FORGOTTEN_AFTER
    forgotten = OutboxMail.objects.filter(state=MailState.WAITING, created_at__lt=long_ago)
    pks = list(forgotten.order_by("pk").values_list("pk", flat=True)[:SWEPT_AT_ONCE])
    if pks:
        mails_send.enqueue(mail_pks=pks)


@periodic(every=timedelta(hours=6))
@job
def mail_prune() -> None:
    """Remove mails 30 days after they were sent. One query."""
    OutboxMail.objects.filter(
        state=MailState.SENT, sent_at__lt=timezone.now() - KEPT_AFTER_SENDING
    ).delete()
