"""`demo_load`: fill an empty installation with the demo."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tandemwerk.core.errors import DomainError
from tandemwerk.demo.password import ACCOUNTS, keep_password, kept_password, new_password
from tandemwerk.demo.services.load import demo_load


class Command(BaseCommand):
    help = "Loads the demo: one company in the middle of its mentoring year. Once, and only here."

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        data = Path(settings.DATA)
        password = settings.DEMO_PASSWORD or kept_password(data) or new_password()
        try:
            is_new = demo_load(password=password, now=timezone.now())
        except DomainError as error:
            raise CommandError(str(error)) from error
        if is_new:
            keep_password(data, password)
        if verbosity > 0 and is_new:
            self.stdout.write(f"The demo is loaded. All its accounts have the password {password}")
            for account in ACCOUNTS:
                self.stdout.write(f"  {account}")
        elif verbosity > 0:
            self.stdout.write("The demo is there already; nothing was changed.")
