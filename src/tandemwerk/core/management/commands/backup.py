"""`backup FILE`: a consistent copy of the database while the product runs. Keys stay outside."""

import os
import subprocess
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

PARTIAL = ".tandemwerk-partial"  # so that nobody else's files are taken for ours
STALE_SECONDS = 24 * 60 * 60


class Command(BaseCommand):
    help = "Writes a consistent copy of the database; keep the folder keys/ elsewhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="A file that doesn't exist yet.")

    def handle(self, *, file: Path, **options: Any) -> None:
        if file.exists():
            raise CommandError(f"{file} exists already. Please name a new file.")
        if not file.parent.is_dir():
            raise CommandError(f"There is no folder {file.parent}.")
        for stale in file.parent.glob(f"*{PARTIAL}"):
            self._remove_stale(stale)
        partial = file.with_name(f"{file.name}{PARTIAL}")
        partial.unlink(missing_ok=True)
        # Readable by its owner alone from the first byte on, whatever the umask says.
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            self._write(partial)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        partial.replace(file)
        self.stdout.write(f"{file}: {file.stat().st_size:,} bytes")

    def _write(self, partial: Path) -> None:
        if connection.vendor == "sqlite":
            self._sqlite(partial)
        else:
            self._postgresql(partial)

    def _remove_stale(self, file: Path) -> None:
        """What a backup that was killed left behind, once nobody can be writing it any more."""
        if time.time() - file.stat().st_mtime > STALE_SECONDS:
            file.unlink(missing_ok=True)
            self.stdout.write(f"{file}: removed, left by a backup that was interrupted")

    @staticmethod
    def _sqlite(file: Path) -> None:
        """VACUUM INTO takes a snapshot; copying the file of a running database would break it."""
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])

    @staticmethod
    def _postgresql(file: Path) -> None:
        settings = connection.settings_dict
        command = ["pg_dump", "--format=custom", f"--file={file}", settings["NAME"]]
        names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
        env = os.environ | {k: str(settings[v]) for k, v in names.items() if settings[v]}
        try:
            subprocess.run(command, env=env, check=True)  # noqa: S603 - fixed program, no shell
        except FileNotFoundError as error:
            raise CommandError("pg_dump is missing; install postgresql-client.") from error
        except subprocess.CalledProcessError as error:
            raise CommandError("pg_dump failed; nothing was kept.") from error
