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


class Question:
    """May be asked as often as one likes: it looks five times a second, and a yes stays a yes."""

    def __init__(
        self, look: Callable[[], bool], tick: Callable[[], float] = time.monotonic
    ) -> None:
        self._look, self._tick = look, tick
        self._looked_at = tick()
        self._is_yes = False

    def __call__(self) -> bool:
        now = self._tick()
        if not self._is_yes and now - self._looked_at >= ASK_EVERY:
            self._looked_at = now
            self._is_yes = self._look()
        return self._is_yes


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
        self.should_stop = Question(lambda: not self._ours.exists(), tick)

    def enter(self, stage: RunStage) -> None:
        """Say that a stage begins. Raises Stopped if the run is not ours any more."""
        if not self._ours.update(stage=stage, progress=PROGRESS[stage]):
            raise Stopped

    def check(self) -> None:
        """Raises Stopped if `should_stop`."""
        if self.should_stop():
            raise Stopped
