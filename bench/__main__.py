"""`make bench`: the engine beside its peers, in one run on one machine.

    python -m bench [SECTION …]     measure, print, and keep the figures in .bench/results.json
    python -m bench --quick         small sizes, two repeats, kept apart: to see it work
    python -m bench --giant         only what has a million people, each once
    python -m bench table           the kept figures as a table; --write: into the docs

Every figure is the median of repeats in which the solvers take turns; only ratios of one run
compare.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench import (
    assignments,
    changes,
    click_to_board,
    cohorts,
    mentoring,
    objectives,
    scoring,
    search,
    table,
)
from bench.results import (
    QUICK_RESULTS,
    RESULTS,
    Comparison,
    Section,
    keep,
    load,
    machine,
    today,
)

REPEATS, QUICK_REPEATS = 5, 2
LARGEST, QUICK, GIANT = 100_000, 1000, 1_000_000
BOARD, QUICK_BOARD = 2000, 60
TABLE = "table"

Lines = Iterator[str | Comparison]


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked: repeats a solver, sizes, seed, and where problems may lie."""

    repeats: int
    smallest: int
    largest: int
    board: int
    seed: int
    folder: Path


SECTIONS: Mapping[str, tuple[str, Callable[[Options], Lines]]] = {
    "cohorts": (
        "From people to pairs, beside naive code",
        lambda o: cohorts.lines(repeats=o.repeats, largest=o.largest, seed=o.seed),
    ),
    "mentoring": (
        "Beside programs for mentoring, by their own rules",
        lambda o: mentoring.lines(
            o.folder, repeats=o.repeats, largest=min(o.largest, 1000), seed=o.seed
        ),
    ),
    "assignments": (
        "Assignment, exact and proven",
        lambda o: assignments.lines(
            o.folder, repeats=o.repeats, smallest=o.smallest, largest=o.largest, seed=o.seed
        ),
    ),
    "changes": (
        "One participant changes",
        lambda o: changes.lines(repeats=o.repeats, largest=o.largest, seed=o.seed),
    ),
    "search": (
        "The best ten of many, exactly",
        lambda o: search.lines(
            o.folder, repeats=o.repeats, smallest=o.smallest, largest=o.largest, seed=o.seed
        ),
    ),
    "scoring": (
        "Scoring all pairs",
        lambda o: scoring.lines(repeats=o.repeats, largest=o.largest, seed=o.seed),
    ),
    "objectives": (
        "All objectives on the same people",
        lambda o: objectives.lines(repeats=o.repeats, largest=o.largest, seed=o.seed),
    ),
    "click_to_board": (
        "From the click to the board",
        lambda o: click_to_board.lines(o.folder, repeats=o.repeats, size=o.board),
    ),
}
HAS_GIANT = ("assignments", "search")
GIANT_KEPT, GIANT_TITLE = "_giant", ", with a million people"
HAS_TABLE = ("mentoring", "assignments", "search")  # print rows of their own


def measure(name: str, asked: Options, path: Path, kept: str) -> None:
    """Measure a section, print it as it comes, and keep its comparisons in `path` as `kept`."""
    title, lines = SECTIONS[name]
    if kept.endswith(GIANT_KEPT):
        title += GIANT_TITLE
    print(f"\n## {title}\n", flush=True)
    before, found = os.getloadavg()[0], []
    for line in lines(asked):
        if isinstance(line, Comparison):
            found.append(line)
        if name not in HAS_TABLE or not isinstance(line, Comparison):
            print(line, flush=True)
    load_then = (round(before, 1), round(os.getloadavg()[0], 1))
    keep(path, kept, Section(title, today(), machine(), load_then, tuple(found)))


def in_order(found: Mapping[str, Section]) -> dict[str, Section]:
    """Kept sections in the order of SECTIONS, each followed by what it has of a million people."""
    names = [name + kept for name in SECTIONS for kept in ("", GIANT_KEPT)]
    return {name: found[name] for name in names if name in found}


def main(arguments: list[str]) -> int:
    """Measure the chosen sections, or show what was kept of a measurement."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument(
        "section", nargs="*", choices=[*SECTIONS, TABLE, []], help="all if none is named"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeats", type=int)
    parser.add_argument("--largest", type=int, default=LARGEST, help="people, at the most")
    parser.add_argument("--quick", action="store_true", help="small sizes only, kept apart")
    parser.add_argument("--giant", action="store_true", help="a million people, each once")
    parser.add_argument("--write", action="store_true", help="with table: into the docs")
    options = parser.parse_args(arguments)
    path = QUICK_RESULTS if options.quick else RESULTS
    if TABLE in options.section:
        if not path.exists():
            parser.error("nothing is measured yet: python -m bench")
        return table.main(in_order(load(path)), write=options.write)
    largest = GIANT if options.giant else options.largest
    print(f"Measured on {machine()}, load {os.getloadavg()[0]:.1f} at the start.", flush=True)
    with tempfile.TemporaryDirectory(prefix="tandemwerk-bench-") as folder:
        asked = Options(
            options.repeats or (QUICK_REPEATS if options.quick else REPEATS),
            GIANT if options.giant else 0,
            min(options.largest, QUICK) if options.quick else largest,
            QUICK_BOARD if options.quick else BOARD,
            options.seed,
            Path(folder),
        )
        for name in options.section or (HAS_GIANT if options.giant else SECTIONS):
            kept = name + GIANT_KEPT if options.giant else name
            measure(name, asked, path, kept)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
