"""`outbox`: which mails wait or could not be sent."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from tandemwerk.core.jobs import enqueue
from tandemwerk.notifications.enums import MailState
from tandemwerk.notifications.jobs import mail_send
from tandemwerk.notifications.models import OutboxMail


class Command(BaseCommand):
    help = "Lists mails that wait or failed; --retry sends the failed ones again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retry", action="store_true", help="Send failed mails once more.")

    def handle(self, *, retry: bool, **options: Any) -> None:
        for mail in OutboxMail.objects.exclude(state=MailState.SENT).order_by("pk").iterator():
            self.stdout.write(
                f"{mail.pk}\t{mail.state}\t{mail.created_at:%Y-%m-%d %H:%M}\t{mail.kind}"
                f"\t{mail.attempts} attempts"
            )
        if retry:
            self.stdout.write(f"{self._retry()} mails are sent again.")

    @transaction.atomic
    def _retry(self) -> int:
        failed = OutboxMail.objects.select_for_update().filter(state=MailState.FAILED)
        pks = list(failed.values_list("pk", flat=True))
        OutboxMail.objects.filter(pk__in=pks).update(state=MailState.WAITING)
        for pk in pks:
            enqueue(mail_send, mail_pk=pk)
        return len(pks)
