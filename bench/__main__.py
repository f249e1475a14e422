"""`make bench`: the engine beside its peers, in one run on one machine.

`python -m bench SECTION …` measures some sections, `--quick` small sizes only. Every figure is the
median of repeats in which the solvers take turns; only ratios of one run compare.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy

from bench import assignments, cohorts, mentoring, search

REPEATS = 5
QUICK = 1000


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked: repeats a solver, largest size, seed, and where problems may lie."""

    repeats: int
    largest: int
    seed: int
    folder: Path


SECTIONS: Mapping[str, tuple[str, Callable[[Options], Iterator[str]]]] = {
    "cohorts": (
        "From people to pairs, beside naive code",
        lambda o: cohorts.lines(largest=o.largest, seed=o.seed),
    ),
    "mentoring": (
        "Beside programs for mentoring, by their own rules",
        lambda o: mentoring.lines(
            o.folder, repeats=o.repeats, largest=min(o.largest, 1000), seed=o.seed
        ),
    ),
    "search": (
        "The best ten of many, exactly",
        lambda o: search.lines(repeats=o.repeats, largest=o.largest, seed=o.seed),
    ),
    "assignments": (
        "Assignment, exact and proven",
        lambda o: assignments.lines(o.folder, repeats=o.repeats, largest=o.largest, seed=o.seed),
    ),
}


def machine() -> str:
    """One line about where and with what this was measured."""
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} processors, {platform.machine()}, load {load:.1f} at the start, "
        f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}"
    )


def main(arguments: list[str]) -> int:
    """Print the tables of the chosen sections."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("section", nargs="*", choices=[*SECTIONS, []], help="all if none is named")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=REPEATS)
    parser.add_argument("--largest", type=int, default=1_000_000, help="mentees, at the most")
    parser.add_argument("--quick", action="store_true", help="small sizes only")
    options = parser.parse_args(arguments)
    print(f"Measured on {machine()}.", flush=True)
    with tempfile.TemporaryDirectory(prefix="tandemwerk-bench-") as folder:
        asked = Options(
            options.repeats,
            min(options.largest, QUICK) if options.quick else options.largest,
            options.seed,
            Path(folder),
        )
        for name in options.section or SECTIONS:
            title, lines = SECTIONS[name]
            print(f"\n## {title}\n", flush=True)
            for line in lines(asked):
                print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
