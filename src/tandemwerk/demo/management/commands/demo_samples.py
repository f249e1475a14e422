"""`demo_samples FOLDER`: the sample lists as CSV and XLSX files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tandemwerk.demo.errors import SampleExists
from tandemwerk.demo.services.samples import samples_write


class Command(BaseCommand):
    help = "Writes the sample lists of mentees and mentors, as CSV and for Excel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="Where to; made if it is new.")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            files = samples_write(folder=folder.expanduser())
        except SampleExists as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{folder}: {error.strerror}") from error
        for file in files:
            self.stdout.write(str(file))
