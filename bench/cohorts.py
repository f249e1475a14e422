"""The engine beside naive code, people in, pairs out. Medians with their spread."""

import statistics
import time
from collections.abc import Callable, Iterator

import numpy as np

from bench.naive import match
from bench.people import population
from tandemwerk.matching import assign, score

ROUNDS = 5
SIZES = ((60, 45), (300, 200), (1000, 700))


def measure(work: Callable[[], object]) -> list[float]:
    """Seconds of five rounds; one round before them does not count."""
    work()
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return seconds


def shown(seconds: list[float]) -> str:
    """Median and spread in milliseconds."""
    low, middle, high = (1000 * f(seconds) for f in (min, statistics.median, max))
    return f"{middle:9.1f} ms ({low:.1f}-{high:.1f})"


def row(mentees: int, mentors: int, *, seed: int) -> str:
    """One line of the table: times, their ratio, and how much fit the exact way gains."""
    people = population(mentees, mentors, seed=seed)
    scores = score(*people)
    ours = measure(lambda: assign(score(*people)))
    theirs = measure(lambda: match(*people))
    best = assign(scores)
    greedy = match(*people)
    reached = sum(float(np.nan_to_num(scores.total[pair])) for pair in greedy.items())
    ratio = statistics.median(theirs) / statistics.median(ours)
    return (
        f"{mentees:5} x {mentors:<5} {shown(ours):32} {shown(theirs):32} {ratio:6.1f}x   "
        f"{len(best.pairs)} / {len(greedy)} pairs, fit {best.total:.1f} / {reached:.1f}"
    )


def lines(*, largest: int, seed: int) -> Iterator[str]:
    """The table for all sizes."""
    yield f"Tandemwerk: score + assign; naive: pair by pair, greedy; {ROUNDS} rounds each."
    yield ""
    for mentees, mentors in (size for size in SIZES if size[0] <= largest):
        yield row(mentees, mentors, seed=seed)
