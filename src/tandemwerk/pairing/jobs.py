"""Jobs of pairing."""

from datetime import timedelta

from django.utils import timezone

from tandemwerk.core.jobs import job, periodic, warm_up, warm_up_pages
from tandemwerk.pairing import engine
from tandemwerk.pairing.services.calculation import run_calculate
from tandemwerk.pairing.services.runs import discarded_prune
from tandemwerk.pairing.services.trade_off import trade_off_calculate

KEPT_AFTER_DISCARDING = timedelta(days=30)


@job
def match_run_calculate(*, run_pk: int) -> None:
    """Calculate one run; nothing happens if it is not waiting any more."""
    run_calculate(run_pk=run_pk, clock=timezone.now)


@job
def match_run_weigh(*, run_pk: int) -> None:
    """Set the objectives side by side for a calculated run; nothing happens a second time."""
    trade_off_calculate(run_pk=run_pk)


@warm_up
def engine_warm_up() -> None:
    """Compile the engine's loops, or load what an earlier start has compiled.

    Half a minute to a minute once on a machine and version, then a second or two per process.
    """
    engine.warm_up()


@warm_up_pages
def answers_warm_up() -> None:
    """Load the loops behind a board's questions; about half a second when a worker compiled them.

    A worker that starts beside this process compiles first, and this waits for it.
    """
    engine.warm_up_answers()


@periodic(every=timedelta(hours=24))
@job
def runs_prune() -> None:
    """Remove discarded, failed and stopped runs, with the profiles they hold, after 30 days."""
    discarded_prune(before=timezone.now() - KEPT_AFTER_DISCARDING)
