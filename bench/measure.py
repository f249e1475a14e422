"""Repeats that take turns, and what they say: medians with spread, and ratios of one run."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.peers import Peer, PeerError


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one solver on one problem. seconds: of each repeat; mib: peak beyond the loaded input.

    total: in millionths. gap: what it has proven to be missing at most, None if it proves nothing.
    """

    seconds: tuple[float, ...]
    people: int
    total: int
    mib: float
    gap: float | None = None

    @property
    def median(self) -> float:
        """Seconds of the middle repeat."""
        return statistics.median(self.seconds)

    def __str__(self) -> str:
        return shown(self.seconds)


def shown(seconds: Sequence[float]) -> str:
    """Median and spread in a handy unit: 1.23 s (1.2-1.4)."""
    median = statistics.median(seconds)
    unit, factor = ("s", 1.0) if median >= 1 else ("ms", 1000.0)
    low, high = min(seconds) * factor, max(seconds) * factor
    spread = f" ({_digits(low)}-{_digits(high)})" if len(seconds) > 1 else ""
    return f"{_digits(median * factor)} {unit}{spread}"


def _digits(number: float) -> str:
    """Three digits that count, and never a power of ten."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def in_turns(
    works: Mapping[str, Callable[[], object]], *, repeats: int
) -> dict[str, tuple[float, ...]]:
    """Seconds of each work once per round; one round before does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _round in range(repeats + 1):
        for name, work in works.items():
            started = time.perf_counter()
            work()
            seconds[name].append(time.perf_counter() - started)
    return {name: tuple(found[1:]) for name, found in seconds.items()}


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
            found[-1].get("gap"),
        )
        for name, found in answers.items()
    }
