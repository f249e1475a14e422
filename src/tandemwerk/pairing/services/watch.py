"""Between a calculation and the people who wait for it: how far it is, and whether to stop."""

import time
from collections.abc import Callable
from datetime import datetime

from tandemwerk.pairing.engine import Stopped
from tandemwerk.pairing.enums import RunStage, RunState
from tandemwerk.pairing.models import MatchRun

PROGRESS = {
    RunStage.READING: 5,
    RunStage.SCORING: 20,
    RunStage.ASSIGNING: 45,
    RunStage.EXPLAINING: 80,
}
ASK_EVERY = 0.2  # seconds


class Watch:
    """Follows one calculation, begun at `started_at`.

    A run that was stopped, put aside, started anew or taken over by another worker is not ours
    any more. Each look and each word is one short query outside a transaction, so nobody waits.
    """

    def __init__(
        self, run_pk: int, started_at: datetime, tick: Callable[[], float] = time.monotonic
    ) -> None:
        self._ours = MatchRun.objects.filter(
            pk=run_pk, state=RunState.RUNNING, started_at=started_at
        )
        self._tick = tick
        self._asked_at = tick()
        self._is_over = False

    def enter(self, stage: RunStage) -> None:
        """Say that a stage begins. Raises Stopped if the run is not ours any more."""
        if not self._ours.update(stage=stage, progress=PROGRESS[stage]):
            raise Stopped

    def should_stop(self) -> bool:
        """Asked as often as one likes; looks at the run five times a second."""
        now = self._tick()
        if not self._is_over and now - self._asked_at >= ASK_EVERY:
            self._asked_at = now
            self._is_over = not self._ours.exists()
        return self._is_over

    def check(self) -> None:
        """Raises Stopped if `should_stop`."""
        if self.should_stop():
            raise Stopped
