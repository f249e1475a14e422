"""`audit_verify`: prove that the audit chain is complete and unchanged."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tandemwerk.audit.services import AuditBroken, audit_verify


class Command(BaseCommand):
    help = "Checks the audit chain from its first entry to its last."

    def handle(self, **options: Any) -> None:
        try:
            count = audit_verify()
        except AuditBroken as error:
            where = f"at entry {error.args[0]}" if error.args[0] else "at its end"
            raise CommandError(f"The audit chain is broken {where}.") from error
        self.stdout.write(f"{count} entries, unbroken.")
