"""`make bench`: the engine beside naive code, in one run. Prints medians with their spread."""

import argparse
import platform
import statistics
import sys
import time
from collections.abc import Callable

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


def main(arguments: list[str]) -> int:
    """Print the table for all sizes."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="the smallest size only")
    options = parser.parse_args(arguments)
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {ROUNDS} rounds each")
    head = f"{'people':13} {'Tandemwerk: score + assign':32} {'naive: pair by pair, greedy':32}"
    print(f"{head} {'ratio':>7}   ours / naive")
    for size in SIZES[:1] if options.quick else SIZES:
        print(row(*size, seed=options.seed), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
