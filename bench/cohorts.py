"""The engine beside naive code, people in, pairs out. Medians with their spread."""

from collections.abc import Iterator

import numpy as np

from bench.measure import in_turns
from bench.naive import match
from bench.peers import OURS
from bench.people import population
from bench.results import Comparison
from tandemwerk.matching import assign, score

NAIVE = "naive code"
SIZES = ((60, 45), (300, 200), (1000, 700))


def compared(mentees: int, mentors: int, *, repeats: int, seed: int) -> Comparison:
    """Both ways in turn, and how much fit the exact way gains."""
    people = population(mentees, mentors, seed=seed)
    found = in_turns(
        {OURS: lambda: assign(score(*people)), NAIVE: lambda: match(*people)}, repeats=repeats
    )
    scores = score(*people)
    best, greedy = assign(scores), match(*people)
    reached = sum(float(np.nan_to_num(scores.total[pair])) for pair in greedy.items())
    return Comparison(
        f"{mentees:,} × {mentors:,} people to pairs",
        found[OURS],
        {NAIVE: found[NAIVE]},
        note=f"{len(best.pairs)} pairs instead of {len(greedy)}, "
        f"fit {best.total:.1f} instead of {reached:.1f}",
    )


def lines(*, repeats: int, largest: int, seed: int) -> Iterator[str | Comparison]:
    """All sizes."""
    yield "Tandemwerk: score and assign; naive: pair by pair, greedy."
    for mentees, mentors in (size for size in SIZES if size[0] <= largest):
        yield compared(mentees, mentors, repeats=repeats, seed=seed)
