"""All objectives on the scores of one run, so that a coordinator sees what each would cost."""

from tandemwerk.pairing.engine import Stopped, solve
from tandemwerk.pairing.enums import Objective, RunState
from tandemwerk.pairing.figures import figures_of
from tandemwerk.pairing.kept import scores_of, stored_of
from tandemwerk.pairing.models import MatchRun
from tandemwerk.pairing.selectors.visible import BLOBS

LOOKED_AT = [RunState.READY, RunState.PUBLISHED]


def trade_off_calculate(*, run_pk: int) -> None:
    """Work out the figures of every objective that are not there yet, and store each at once.

    Safe to run twice. Stops between two objectives if the run was put aside. Two queries an
    objective; no transaction is open while it is calculated.
    Cost: the slowest is "fair"; 2,000 × 2,000 takes seconds, so the board does not wait for it.
    """
    run = MatchRun.objects.filter(pk=run_pk, state__in=LOOKED_AT).defer(*BLOBS).first()
    if run is None or not run.mentee_ids:  # a person in it asked to be forgotten
        return
    asked = MatchRun.objects.filter(pk=run_pk, state__in=LOOKED_AT)
    # The run's own first: it is on the board already.
    for objective in sorted(Objective, key=lambda name: name != run.objective):
        if objective in run.trade_off:
            continue
        stored, scores = stored_of(run), scores_of(run)
        try:
            found = (
                stored.assignment
                if objective == run.objective
                else solve(
                    scores,
                    stored.inputs,
                    objective=objective,
                    seed=run.seed,
                    should_stop=lambda: not asked.exists(),
                )
            )
        except Stopped:
            return
        run.trade_off[objective.value] = figures_of(scores, found)
        asked.update(trade_off=run.trade_off)
