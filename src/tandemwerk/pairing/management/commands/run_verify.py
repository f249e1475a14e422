"""`run_verify RUN`: prove that a match run is what its stored inputs give."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tandemwerk.pairing.errors import RunNotRepeatable
from tandemwerk.pairing.models import MatchRun
from tandemwerk.pairing.selectors.check import run_check
from tandemwerk.pairing.services.calculation import run_repeat


class Command(BaseCommand):
    help = "Calculates a stored match run again and compares every byte of the result."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", type=int, help="Number in the address of the board.")

    def handle(self, *, run: int, **options: Any) -> None:
        found = MatchRun.objects.filter(pk=run).exclude(scores=b"").first()
        if found is None:
            raise CommandError(f"There is no calculated run {run}.")
        try:
            digest = run_repeat(found)
        except RunNotRepeatable as error:
            raise CommandError(str(error)) from error
        proof = ""
        if found.proof:
            checked = run_check(found)
            if not checked.is_good:
                raise CommandError(f"The proof of run {run} does not hold: gap {checked.gap:g}.")
            proof = f" Proof checked: gap {checked.gap:.1g} of {checked.total:.4f}."
        self.stdout.write(
            f"Run {run}: {len(found.mentee_ids)} mentees, {len(found.mentor_ids)} mentors, "
            f"{found.engine_version}, inputs {digest}: the same pairs, byte for byte.{proof}"
        )
