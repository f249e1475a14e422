"""`data_register`: print the register of personal data as Markdown."""

from typing import Any

from django.core.management.base import BaseCommand

from tandemwerk.core.data_register import as_markdown


class Command(BaseCommand):
    help = "Prints the data register (docs/reference/data-register.md)."

    def handle(self, **options: Any) -> None:
        self.stdout.write(as_markdown(), ending="")
