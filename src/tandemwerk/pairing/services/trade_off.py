"""All objectives on the scores of one run, so that a coordinator sees what each would cost."""

from typing import Any

from tandemwerk.core.jobs import enqueue
from tandemwerk.matching import swap_test
from tandemwerk.pairing.engine import Stopped, solve
from tandemwerk.pairing.enums import Objective, RunState
from tandemwerk.pairing.figures import Figures, figures_of
from tandemwerk.pairing.kept import scores_of, stored_of
from tandemwerk.pairing.models import MatchRun
from tandemwerk.pairing.selectors.visible import BLOBS
from tandemwerk.pairing.services.watch import Question

LOOKED_AT = [RunState.READY, RunState.PUBLISHED]


def trade_off_calculate(*, run_pk: int) -> None:
    """Work out the figures of every objective that are not there yet, and store each at once.

    Safe to run twice. Stops between two looks if the run was put aside, and makes way for a run
    that somebody waits for: the rest is handed over once more, behind it. Two queries an
    objective; no transaction is open while it is calculated.
    Cost: the slowest is "fair"; 2,000 × 2,000 takes seconds, so the board does not wait for it.
    """
    ours = MatchRun.objects.filter(pk=run_pk, state__in=LOOKED_AT)
    run = ours.defer(*BLOBS).first()
    if run is None or not run.mentee_ids:  # a person in it asked to be forgotten
        return
    somebody_waits = MatchRun.objects.filter(state=RunState.QUEUED)
    should_stop = Question(lambda: somebody_waits.exists() or not ours.exists())
    try:
        # The run's own first: its board is looked at already.
        for objective in sorted(Objective, key=lambda name: name != run.objective):
            if objective not in run.trade_off:
                run.trade_off[objective.value] = _figures(run, objective, should_stop)
                ours.update(trade_off=run.trade_off)
        if not run.swap_test:
            ours.update(swap_test=_swapped(run))
    except Stopped:
        from tandemwerk.pairing.jobs import match_run_weigh  # jobs → services is the one way round

        enqueue(match_run_weigh, run_pk=run_pk)


def _figures(run: MatchRun, objective: Objective, should_stop: Question) -> Figures:
    stored, scores = stored_of(run), scores_of(run)
    if objective == run.objective:
        return figures_of(scores, stored.assignment)
    found = solve(
        scores, stored.inputs, objective=objective, seed=run.seed, should_stop=should_stop
    )
    return figures_of(scores, found)


def _swapped(run: MatchRun) -> dict[str, Any]:
    """Give every second person another value of something the engine must not know, and look.

    Profiles hold no protected attribute, so it is a made-up one, which this engine has no way to
    read: it can only fail once somebody lets the engine read attributes. The report says so.
    """
    stored, scores = stored_of(run), scores_of(run)
    people = (*stored.inputs.mentees, *stored.inputs.mentors)
    values = {person.id: ("one", "other")[at % 2] for at, person in enumerate(people)}
    return swap_test(scores, stored.assignment, "protected", values).to_dict()
