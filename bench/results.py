"""What a measurement leaves behind: comparisons of one run, kept as JSON in .bench/."""

import json
import os
import platform
import statistics
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import scipy

from bench.measure import Figures, shown
from bench.peers import HOME, OURS

RESULTS, QUICK_RESULTS = HOME / "results.json", HOME / "quick.json"
FORMAT = 1
GIB = 1 << 30

Times = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One problem and everybody's seconds, repeat by repeat, of one run.

    peers: programs that solve the same; words instead of seconds say why there are none. floors:
    work that cannot be avoided, so the engine's time is a multiple of it. note: what else to know.
    """

    case: str
    ours: Times
    peers: Mapping[str, Times | str] = field(default_factory=dict)
    floors: Mapping[str, Times] = field(default_factory=dict)
    note: str = ""

    @classmethod
    def of(cls, case: str, found: Mapping[str, Figures | str], note: str = "") -> "Comparison":
        """From `measure.take_turns`; without times of our own there is nothing to compare."""
        times = {n: f if isinstance(f, str) else f.seconds for n, f in found.items()}
        ours = times.pop(OURS)
        if isinstance(ours, str):
            return cls(case, (), times, note=ours)
        return cls(case, ours, times, note=note)

    @property
    def median(self) -> float:
        """Seconds of our middle repeat."""
        return statistics.median(self.ours)

    def ratio(self, name: str) -> float | None:
        """A peer's median by ours (above 1: we are faster), or ours by a floor's."""
        other = self.floors.get(name) or self.peers.get(name)
        if not self.ours or not other or isinstance(other, str):
            return None
        ratio = statistics.median(other) / self.median
        return 1 / ratio if name in self.floors else ratio

    @property
    def fastest(self) -> tuple[str, float] | None:
        """The quickest peer and its ratio."""
        ratios = {n: r for n in self.peers if (r := self.ratio(n)) is not None}
        return min(ratios.items(), key=lambda entry: entry[1]) if ratios else None

    def __str__(self) -> str:
        note = f" ({self.note})" if self.note else ""
        said = [f"{self.case}: {shown(self.ours) + note if self.ours else self.note}"]
        for name, times in {**self.peers, **self.floors}.items():
            ratio = self.ratio(name)
            unit = "× the floor" if name in self.floors else "× as fast"
            said.append(
                f"{name} {times}"
                if isinstance(times, str)
                else f"{name} {shown(times)}{f', {ratio:.2f} {unit}' if ratio else ''}"
            )
        return "; ".join(said)


@dataclass(frozen=True, slots=True)
class Section:
    """One section of one run. load: of the machine at start and end, in waiting processes."""

    title: str
    day: str
    machine: str
    load: tuple[float, float]
    comparisons: tuple[Comparison, ...]


def machine() -> str:
    """What it was measured on and with, in general words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB, "
        f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}"
    )


def today() -> str:
    """The date of a measurement."""
    return datetime.now(tz=UTC).date().isoformat()


def keep(path: Path, name: str, section: Section) -> None:
    """Put a section into the file in place of an earlier measurement; the others stay."""
    sections = {**load(path), name: section} if path.exists() else {name: section}
    path.parent.mkdir(exist_ok=True)
    data = {"format": FORMAT, "sections": {n: asdict(s) for n, s in sections.items()}}
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load(path: Path) -> dict[str, Section]:
    """The sections of a file in their order. Raises ValueError for another format."""
    data = json.loads(path.read_text(encoding="utf-8"))
    if data.get("format") != FORMAT:
        raise ValueError(f"{path.name} has another format; measure again")
    return {name: _section(entry) for name, entry in data["sections"].items()}


def _section(entry: Mapping[str, Any]) -> Section:
    return Section(
        title=entry["title"],
        day=entry["day"],
        machine=entry["machine"],
        load=(entry["load"][0], entry["load"][1]),
        comparisons=tuple(
            Comparison(
                case=found["case"],
                ours=tuple(found["ours"]),
                peers={n: t if isinstance(t, str) else tuple(t) for n, t in found["peers"].items()},
                floors={n: tuple(t) for n, t in found["floors"].items()},
                note=found["note"],
            )
            for found in entry["comparisons"]
        ),
    )
