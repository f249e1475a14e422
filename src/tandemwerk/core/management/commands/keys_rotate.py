"""`keys_rotate`: a new master key, and everything sealed brought under it, while people work."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tandemwerk.core.crypto import SealBroken, master_key_file
from tandemwerk.core.key_file import KeysInUse, NoMoreVersions, keys_locked, read_keys
from tandemwerk.core.rotation import (
    GRACE,
    NeverSettles,
    RowBroken,
    key_renew,
    keys_retire,
    reseal_all,
)
from tandemwerk.core.sealed import inner_keys_renew


class Command(BaseCommand):
    help = "Adds a master key and brings everything sealed under it. Can be killed and repeated."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--resume", action="store_true", help="Add no key; only finish what is unfinished."
        )
        parser.add_argument(
            "--rooms", action="store_true", help="Give every room and every case a new key, too."
        )
        parser.add_argument(
            "--retire",
            action="store_true",
            help="Add no key; finish, then drop master keys that nothing needs any more.",
        )
        parser.add_argument(
            "--at-once",
            action="store_true",
            help="With --retire: don't wait. Only while web server and worker are stopped.",
        )

    def handle(self, **options: Any) -> None:
        path = master_key_file()
        read_keys(path)
        try:
            with keys_locked(path):
                self._rotate(options)
        except KeysInUse as error:
            raise CommandError("Another keys_rotate is running.") from error
        except NoMoreVersions as error:
            raise CommandError("All 255 versions are used. Run keys_rotate --retire.") from error
        except NeverSettles as error:
            raise CommandError(
                f"{error}: values under an old key keep coming. Do all processes read {path}?"
            ) from error
        except (RowBroken, SealBroken) as error:
            raise CommandError(
                f"{error}. Nothing was skipped; put the missing key back."
            ) from error

    def _rotate(self, options: dict[str, Any]) -> None:
        say = self.stdout.write
        if not options["resume"] and not options["retire"]:
            key_renew(say)
        count = reseal_all(say)
        if options["rooms"]:
            inner_keys_renew(say)
        if options["retire"]:
            grace = timedelta(0) if options["at_once"] else GRACE
            keys_retire(say, now=timezone.now(), grace=grace)
        versions = ", ".join(map(str, sorted(read_keys(master_key_file()))))
        say(f"{count:,} rows resealed. Keys in the file: {versions}")
