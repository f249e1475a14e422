"""What a change by hand would do, before it is done. Writes nothing."""

from tandemwerk.pairing.enums import RunState
from tandemwerk.pairing.errors import RunNotReady
from tandemwerk.pairing.models import MatchRun
from tandemwerk.pairing.plans import Plan
from tandemwerk.pairing.selectors.state import Loaded, board_load
from tandemwerk.pairing.services.moves import Order, plan_of


def move_preview(*, run: MatchRun, order: Order) -> tuple[Loaded, Plan]:
    """The board and the plan with its effect on the whole. Queries of `board_load`.

    Raises what carrying it out would raise, so nobody is offered what is refused afterwards.
    """
    if run.state != RunState.READY:
        raise RunNotReady(state=run.get_state_display())
    loaded = board_load(run)
    return loaded, plan_of(loaded, order)
