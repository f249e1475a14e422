"""Repeats that take turns, and what they say: medians with spread, and ratios of one run."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.peers import Peer, PeerError


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one solver on one problem. seconds: of each repeat; mib: peak beyond the loaded input."""

    seconds: tuple[float, ...]
    people: int
    total: int
    mib: float

    @property
    def median(self) -> float:
        """Seconds of the middle repeat."""
        return statistics.median(self.seconds)

    def __str__(self) -> str:
        unit, factor = ("s", 1.0) if self.median >= 1 else ("ms", 1000.0)
        low, high = min(self.seconds) * factor, max(self.seconds) * factor
        return f"{self.median * factor:.3g} {unit} ({low:.3g}-{high:.3g})"


def take_turns(
    peers: Sequence[Peer], problem: str, *, repeats: int, solvers: Mapping[str, str] | None = None
) -> dict[str, Figures | str]:
    """Each peer once per round, so that a busy moment of the machine hits all; one round before.

    A peer that fails keeps its words instead of figures and drops out; the others go on.
    """
    answers: dict[str, list[Mapping[str, Any]]] = {}
    failed: dict[str, Figures | str] = {}
    loaded: dict[str, float] = {}
    for peer in peers:
        try:
            solver = (solvers or {}).get(peer.name, peer.name)
            loaded[peer.name] = peer.ask(load=problem, solver=solver)["mib"]
            peer.ask(run=True)
        except PeerError as error:
            failed[peer.name] = str(error)
    for _round in range(repeats):
        for peer in peers:
            if peer.name not in failed:
                answers.setdefault(peer.name, []).append(peer.ask(run=True))
    return failed | {
        name: Figures(
            tuple(answer["seconds"] for answer in found),
            found[-1]["people"],
            found[-1]["total"],
            found[-1]["mib"] - loaded[name],
        )
        for name, found in answers.items()
    }
