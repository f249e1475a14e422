"""What an assignment is, and what proves that it is the best."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UNMATCHED = -1

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """Numbers by which anybody can check the result with `verify`, without trusting the solver.

    prices: float64 per mentor, >= 0: what a seat is worth to the others. lift: >= 0, what one
    more pair is worth beyond its fit. For any such numbers no assignment of K pairs has a total
    above  Σ_mentee max(0, max_mentor(fit + lift - price)) + Σ_mentor seats x price - lift x K.
    mentees, mentors: bool per row and column; together they touch every allowed pair, so never
    more people can be matched than len(mentees) + the seats of these mentors (König 1931).
    None where the number of people is free.
    """

    prices: NDArray[np.float64]
    lift: float
    mentees: NDArray[np.bool_] | None
    mentors: NDArray[np.bool_] | None


@dataclass(frozen=True, slots=True, eq=False)
class Price:
    """What another objective than the best total costs the cohort.

    best: int64 per mentee, the pairs with the best total. people, total, worst: matched there,
    sum of their fits, lowest fit (None without any pair). *_lost: that minus what this assignment
    has; `worst_lost` is negative where the weakest pair is better off.
    """

    best: NDArray[np.int64]
    people: int
    total: float
    worst: float | None
    people_lost: int
    total_lost: float
    worst_lost: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Balance:
    """What proves a balanced assignment: see `balanced.balance_bound`.

    spread: what each further mentee of a mentor costs more. value: total fit minus that cost.
    upper_bound: no assignment of as many people has a higher value. prices: float64 per mentor.
    """

    spread: float
    value: float
    upper_bound: float
    prices: NDArray[np.float64]
    lift: float


def price_of(
    made: NDArray[np.float64], best: NDArray[np.int64], best_made: NDArray[np.float64]
) -> Price:
    """The price of pairs with the fits `made` against the pairs `best` with `best_made`."""
    worst = float(best_made.min()) if len(best_made) else None
    least = float(made.min()) if len(made) else None
    return Price(
        best=best,
        people=len(best_made),
        total=math.fsum(best_made),
        worst=worst,
        people_lost=len(best_made) - len(made),
        total_lost=math.fsum(best_made) - math.fsum(made),
        worst_lost=None if worst is None or least is None else worst - least,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """Who is matched with whom.

    mentor_of: int64 per mentee, the mentor's column or -1. total: sum of the fits of all pairs.
    upper_bound: no assignment of as many people can have a higher total. gap: upper_bound - total,
    >= 0; 0 up to rounding where the solver finished. certificate: what proves the bound, None
    where there is none. price: what an objective other than "total" costs, None for "total".
    balance: the proof of a "balanced" one. settled: of a "fair" one that was stopped early, the
    fit below which it is leximin; None = all the way.
    seconds: time of solving. The others: as asked.
    """

    mentor_of: NDArray[np.int64]
    total: float
    upper_bound: float
    gap: float
    objective: str
    seconds: float
    capacity: NDArray[np.int64]
    floor: float | None
    fixed: frozenset[Pair]
    forbidden: frozenset[Pair]
    seed: int
    cardinality: str = "most"
    certificate: Certificate | None = None
    price: Price | None = None
    balance: Balance | None = None
    settled: float | None = None

    @property
    def pairs(self) -> list[Pair]:
        """(mentee row, mentor column) of everyone who is matched, by row."""
        rows = np.flatnonzero(self.mentor_of != UNMATCHED)
        return list(zip(rows.tolist(), self.mentor_of[rows].tolist(), strict=True))

    @property
    def unmatched(self) -> list[int]:
        """Rows of the mentees without a mentor."""
        return [int(row) for row in np.flatnonzero(self.mentor_of == UNMATCHED)]

    def seats_left(self) -> NDArray[np.int64]:
        """Free seats per mentor after this assignment."""
        taken = self.mentor_of[self.mentor_of != UNMATCHED]
        return self.capacity - np.bincount(taken, minlength=len(self.capacity))
