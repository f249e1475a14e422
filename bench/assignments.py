"""Assignment beside the peers: dense and sparse, loose and tight, every optimum compared."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from bench.instances import dense, even, sparse, store
from bench.measure import Figures, take_turns
from bench.peers import OURS, peer
from bench.results import Comparison

DENSE_SIZES = (500, 1000, 2000, 5000, 10_000)
SPARSE = ((10_000, 20), (10_000, 50), (100_000, 20), (100_000, 50), (1_000_000, 20))
SEATS = {"loose": 1.5, "tight": 1.0, "scarce": 0.85}
EVEN = "no seat to spare"
SOLVERS = "solvers"
# Beyond these sizes a peer needs minutes a call, and more than one would wait for.
LARGEST = {"scipy_dense": 5000, "scipy_sparse": 10_000, "ortools_dense": 1000}
# Minutes per call: once is enough to see the order of magnitude.
LONG_FROM, REPEATS_LONG = 1_000_000, 1
# From here on memory is a question too.
MEMORY_FROM = 100_000


def lines(
    folder: Path, *, repeats: int, largest: int, seed: int, smallest: int = 0
) -> Iterator[str | Comparison]:
    """The table, row by row."""
    yield "| problem | solver | seconds, median (spread) | ours is faster by | people | total |"
    yield "|---|---|---|---|---|---|"
    for size in (size for size in DENSE_SIZES if smallest <= size <= largest):
        for kind in ("random", "structured"):
            path = store(folder, "dense", dense=dense(size, kind=kind, seed=seed))
            names = ["lapjv", "lapx", "scipy_dense", "ortools_dense"]
            yield from _rows(f"{size:,} × {size:,} {kind}", path, names, size, repeats)
    for mentees, k in (entry for entry in SPARSE if smallest <= entry[0] <= largest):
        for kind in (*SEATS, EVEN):
            arrays = (
                even(mentees, k, seed=seed)
                if kind == EVEN
                else sparse(mentees, k, seats_per_mentee=SEATS[kind], seed=seed)
            )
            path = store(folder, "sparse", **arrays)
            rounds = REPEATS_LONG if mentees >= LONG_FROM else repeats
            names = ["ortools_flow", "scipy_sparse"]
            yield from _rows(f"{mentees:,} × {k} {kind}", path, names, mentees, rounds)


def _rows(
    title: str, path: Path, names: Sequence[str], size: int, repeats: int
) -> Iterator[str | Comparison]:
    names = [name for name in names if size <= LARGEST.get(name, size)]
    with ExitStack() as stack:
        peers = [stack.enter_context(peer(OURS, OURS))]
        peers += [stack.enter_context(peer(name, SOLVERS)) for name in names]
        found = take_turns(peers, str(path), repeats=repeats)
    path.unlink()
    yield Comparison.of(title, found, _note(found, size))
    ours = found[OURS]
    for name in (OURS, *names):
        figures = found[name]
        if isinstance(figures, str) or isinstance(ours, str):
            yield f"| {title} | {name} | {figures} | | | |"
            continue
        yield (
            f"| {title} | {name} | {figures}, {figures.mib:.0f} MiB "
            f"| {_ratio(name, ours, figures)} | {figures.people:,} | {_total(ours, figures)} |"
        )


def _note(found: Mapping[str, Figures | str], size: int) -> str:
    """Who reached what; of large problems also our people, gap and memory beyond the input."""
    said, ours = _agreement(found), found[OURS]
    if size < MEMORY_FROM or isinstance(ours, str):
        return said
    memory = ", ".join(
        f"{name} {figures.mib:,.0f} MiB"
        for name, figures in found.items()
        if isinstance(figures, Figures)
    )
    return f"{ours.people:,} people, gap {ours.gap or 0.0:.1g}; {said}; beyond the input {memory}"


def _agreement(found: Mapping[str, Figures | str]) -> str:
    reached = {(f.people, f.total) for f in found.values() if isinstance(f, Figures)}
    return "all reach the same optimum" if len(reached) == 1 else "not all reach the same optimum"


def _ratio(name: str, ours: Figures, theirs: Figures) -> str:
    return "" if name == OURS else f"**{theirs.median / ours.median:.1f} ×**"


def _total(ours: Figures, figures: Figures) -> str:
    if (figures.people, figures.total) == (ours.people, ours.total):
        return f"{figures.total / 1e6:,.6f}"
    return f"{figures.total / 1e6:,.6f} (differs)"
