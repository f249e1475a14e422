"""What each objective gives and costs on a synthetic cohort: the figures of docs/explanation.

    python -m bench.objectives [--mentees 600] [--seats 0.95] [--choices 20] [--seed 1]

Profiles are drawn (topics by popularity, languages, years, answers, free hours, formats and
wishes), scored by the engine with its default criteria and matched by every objective. `--seats`
is the number of seats per mentee; with `--choices` every mentee may only have so many mentors, the
best fitting, as where people choose from a list. Times are CPU seconds without compiling.
"""

import argparse
import time
from collections.abc import Iterator
from functools import partial

import numpy as np

from bench.measure import in_turns
from bench.results import Comparison
from tandemwerk.matching import (
    OBJECTIVES,
    Assignment,
    Mentee,
    Mentor,
    Scores,
    assign,
    assign_groups,
    compare_objectives,
    rematch,
    score,
    topics,
    why_not,
)

FUNCTIONS = ("IT", "HR", "Sales", "Finance", "Research", "Production")
INDUSTRIES = ("Bank", "Health", "Energy", "Retail")
LANGUAGES = (("de",), ("de", "en"), ("de", "en"), ("en",), ("de", "en", "tr"), ("de", "fr"))


def people(kind: type, prefix: str, number: int, other: str, numbers: np.random.Generator) -> list:
    slugs = list(topics())
    liking = 1 / np.arange(3, len(slugs) + 3)
    mentors = kind is Mentor
    found = []
    for place in range(number):
        hours = numbers.choice(60, int(numbers.integers(4, 14)), replace=False)
        fields = {
            "id": f"{prefix}{place}",
            "topics": tuple(numbers.choice(slugs, 4, replace=False, p=liking / liking.sum())),
            "languages": frozenset(LANGUAGES[numbers.integers(len(LANGUAGES))]),
            "experience_years": float(numbers.gamma(3, 6 if mentors else 2)),
            "function": str(numbers.choice(FUNCTIONS)),
            "industry": str(numbers.choice(INDUSTRIES)),
            "values": {f"q{item}": int(numbers.integers(1, 6)) for item in range(8)},
            "week": sum(1 << (24 * int(h // 12) + 7 + int(h % 12)) for h in hours),
            "formats": frozenset(numbers.choice(["online", "on_site"], 2)),
            "site": str(numbers.choice(["Köln", "Bonn", "Berlin"])),
            "team": str(numbers.integers(number // 8 + 1)),
            "wishes": tuple(f"{other}{w}" for w in numbers.choice(50, 2, replace=False))
            if numbers.random() < 0.1
            else (),
        }
        found.append(kind(**fields, **({"seats": int(numbers.integers(1, 5))} if mentors else {})))
    return found


def cohort(mentees: int, seats: float, seed: int) -> Scores:
    numbers = np.random.default_rng(seed)
    mentors = people(Mentor, "o", mentees, "e", numbers)
    # As many mentors as it takes to have the wanted number of seats.
    enough = int(np.searchsorted(np.cumsum([m.seats for m in mentors]), seats * mentees)) + 1
    return score(people(Mentee, "e", mentees, "o", numbers), mentors[:enough])


def lines(*, repeats: int, largest: int, seed: int) -> Iterator[str | Comparison]:
    """Seconds of every objective on the same fits, with places for nineteen mentees in twenty."""
    mentees = min(600, largest)
    fits = cohort(mentees, 0.95, seed)
    scores, seats = fits.total, np.array([mentor.seats for mentor in fits.mentors])
    works = {o: partial(assign, scores, seats, objective=o) for o in OBJECTIVES}
    yield f"{mentees} mentees, {len(seats)} mentors, {seats.sum()} seats."
    for objective, seconds in in_turns(works, repeats=repeats).items():
        found = works[objective]()
        note = f"{len(found.pairs)} pairs, fit {found.total:.2f}"
        yield Comparison(f"{mentees} × {len(seats)}, objective {objective}", seconds, note=note)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mentees", type=int, default=600)
    parser.add_argument("--seats", type=float, default=0.95)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--choices", type=int, default=0)
    options = parser.parse_args()
    compare_objectives(np.eye(3), assign(np.eye(3), [1, 1, 1]))  # compile
    scores = cohort(options.mentees, options.seats, options.seed)
    fits = scores.total.copy()
    if options.choices:
        fits[np.argsort(np.argsort(-np.nan_to_num(fits, nan=-1))) >= options.choices] = np.nan
    seats = np.array([mentor.seats for mentor in scores.mentors])
    best = assign(fits, seats)
    print(f"{fits.shape[0]} mentees, {fits.shape[1]} mentors, {seats.sum()} seats,", end=" ")
    print(f"{np.isfinite(fits).mean():.0%} of the pairs allowed")
    objectives(fits, best)
    answers(fits, best)
    changes(fits, best)
    groups(scores.total[:200, :30])


def objectives(fits: np.ndarray, best: Assignment) -> None:
    print("objective  matched  unmatched  total   mean   worst  most per mentor  idle  CPU s")
    for objective in OBJECTIVES:
        start = time.process_time()
        result = assign(fits, best.capacity, objective=objective)
        seconds = time.process_time() - start
        row = compare_objectives(fits, best, [objective])[-1]
        load = result.capacity - result.seats_left()
        print(
            f"{objective:9}  {row.matched:7}  {row.unmatched:9}  {row.total:6.2f}  {row.mean:.3f}"
            f"  {row.worst:.3f}  {row.most_load:15}  {int((load == 0).sum()):4}  {seconds:.3f}"
        )
    worst = compare_objectives(fits, best, ["fair"])[-1].worst
    floor = assign(fits, best.capacity, floor=worst)
    print(f"total above fair's worst fit: {len(floor.pairs)} matched, {floor.total:.2f}")


def answers(fits: np.ndarray, best: Assignment) -> None:
    numbers = np.random.default_rng(0)
    times = []
    for row, column in numbers.choice(np.argwhere(~np.isnan(fits)), 51).tolist():
        start = time.process_time()
        why_not(fits, best, row, column)
        times.append(1e3 * (time.process_time() - start))
    print(f"why not: median {np.median(times[1:]):.1f} ms, most {max(times[1:]):.1f} ms")


def changes(fits: np.ndarray, best: Assignment) -> None:
    left = best.capacity.copy()
    left[np.argsort(-left, kind="stable")[:3]] = 0
    for keep in ("most", 0.05, 0.0):
        again = rematch(fits, best.mentor_of, left, keep=keep)
        print(
            f"three mentors leave, keep={keep}: {len(again.changed)} get another, "
            f"{len(again.lost)} none, total {again.assignment.total:.2f}"
        )


def groups(fits: np.ndarray) -> None:
    found = assign_groups(fits, (4, 8))
    print(
        f"groups of 4 to 8, {fits.shape[0]} mentees, {fits.shape[1]} mentors: {found.people} people"
        f" in {len(found.members)}, total {found.total:.2f}, gap {found.gap:.2f},"
        f" {found.seconds:.1f} s"
    )


if __name__ == "__main__":
    main()
