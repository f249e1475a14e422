"""Beside two programs people use for mentoring, on their own ground: their rules, their input.

mentor-match scores pairs by rules and assigns with the Hungarian method; `matching` plays the
resident-hospital game. Both are asked for exactly what they offer; ours gets the same scores.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from bench.instances import sparse, store
from bench.measure import Figures, take_turns
from bench.peers import OURS, peer
from bench.results import Comparison

SIZES = (100, 300, 1000)
K = 20


def people(size: int, *, seed: int) -> dict[str, np.ndarray]:
    """Grade, organisation and profession of as many mentors as mentees."""
    chance = np.random.default_rng(seed)
    return {
        "mentee_grade": chance.integers(0, 8, size=size),
        "mentor_grade": chance.integers(2, 12, size=size),
        "mentee_organisation": chance.integers(0, 12, size=size),
        "mentor_organisation": chance.integers(0, 12, size=size),
        "mentee_profession": chance.integers(0, 9, size=size),
        "mentor_profession": chance.integers(0, 9, size=size),
    }


def lines(folder: Path, *, repeats: int, largest: int, seed: int) -> Iterator[str | Comparison]:
    """The table, row by row."""
    yield "| problem | program | seconds, median (spread) | ours is faster by | people | total |"
    yield "|---|---|---|---|---|---|"
    for size in (size for size in SIZES if size <= largest):
        path = store(folder, "people", **people(size, seed=seed))
        case = f"{size:,} × {size:,}, rules of mentor-match"
        yield from _rows(case, path, "mentor_match", repeats)
        problem = sparse(size, K, seats_per_mentee=1.5, seed=seed)
        path = store(folder, "stable", **problem)
        yield from _rows(f"{size:,} × {K}, stable", path, "matching", repeats)


def _rows(title: str, path: Path, theirs: str, repeats: int) -> Iterator[str | Comparison]:
    mine = {"mentor_match": "tandemwerk_rules", "matching": "tandemwerk_stable"}[theirs]
    with ExitStack() as stack:
        peers = [
            stack.enter_context(peer(OURS, OURS)),
            stack.enter_context(peer(theirs, theirs.replace("_", "-"))),
        ]
        found = take_turns(peers, str(path), repeats=repeats, solvers={OURS: mine})
    path.unlink()
    yield Comparison.of(title, found, _reached(found))
    ours = found[OURS]
    for name, figures in found.items():
        if isinstance(figures, str) or isinstance(ours, str):
            yield f"| {title} | {name} | {figures} | | | |"
            continue
        ratio = "" if name == OURS else f"**{figures.median / ours.median:.0f} ×**"
        yield f"| {title} | {name} | {figures} | {ratio} | {figures.people} | {_total(figures)} |"


def _reached(found: Mapping[str, Figures | str]) -> str:
    """People and total of everybody: quicker is worth little with a worse result."""
    return "; ".join(
        f"{name} {figures.people:,} pairs, total {_total(figures)}"
        for name, figures in found.items()
        if isinstance(figures, Figures)
    )


def _total(figures: Figures) -> str:
    return f"{figures.total / 1e6:,.2f}"
