"""Answers for the coordinator: why unmatched, who else, and what a change by hand would do."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..assignment import UNMATCHED, Assignment
from ..errors import MatchingError
from ..reasons import Reason
from ..rules import Rule
from ..scoring import Scores


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another mentor for a mentee. seats_left: free after the assignment, >= 0."""

    mentor: int
    score: float
    seats_left: int

    @property
    def is_free(self) -> bool:
        """True if the mentor can take one more without anyone moving."""
        return self.seats_left > 0


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change by hand does to the whole; nothing has been changed yet.

    mentor_of: per mentee after the change. worst: lowest fit of a pair (None without any pair).
    problems: codes of what forbids it, empty if it may be done: "no_seat_left", "locked", or
    "blocked_<rule>". The totals count a pair that is not allowed as if it were.
    """

    mentor_of: tuple[int, ...]
    total_before: float
    total_after: float
    worst_before: float | None
    worst_after: float | None
    unmatched_before: int
    unmatched_after: int
    problems: tuple[str, ...]

    @property
    def total_change(self) -> float:
        """Total after minus total before."""
        return self.total_after - self.total_before

    @property
    def unmatched_change(self) -> int:
        """How many more people are without a mentor (negative: fewer)."""
        return self.unmatched_after - self.unmatched_before

    @property
    def is_possible(self) -> bool:
        """True if no rule, lock or seat speaks against it."""
        return not self.problems


def why_unmatched(scores: Scores, assignment: Assignment, mentee_index: int) -> Reason:
    """Why this mentee has no mentor, as the strongest single reason.

    Raises MatchingError("person_matched") if they have one. Cost: O(mentors).
    """
    row = mentee_index
    if assignment.mentor_of[row] != UNMATCHED:
        raise MatchingError("person_matched", row=row, column=int(assignment.mentor_of[row]))
    rules = _rules(scores, assignment, row)
    fits = scores.total[row]
    allowed = rules == Rule.ALLOWED
    if not allowed.any():
        return _ruled_out(rules)
    best = int(np.nanargmax(np.where(allowed, fits, -1)))
    floor = assignment.floor
    if floor is not None and fits[best] < floor:
        params = {"mentor": scores.mentors[best].id, "best": float(fits[best]), "floor": floor}
        return Reason("unmatched_below_floor", params)
    suited = allowed if floor is None else allowed & (np.nan_to_num(fits, nan=-1) >= floor)
    free = suited & (assignment.seats_left() > 0)
    if free.any():
        return Reason("unmatched_seat_free", {"mentors": int(free.sum())})
    return Reason("unmatched_all_full", {"mentors": int(suited.sum())})


def _rules(scores: Scores, assignment: Assignment, row: int) -> NDArray[np.int8]:
    """Rules of a row, with the pairs forbidden for this assignment."""
    rules: NDArray[np.int8] = scores.blocked[row].copy()
    rules[[c for r, c in assignment.forbidden if r == row]] = Rule.FORBIDDEN
    return rules


def _ruled_out(rules: NDArray[np.int8]) -> Reason:
    counts = Counter(Rule(int(code)) for code in rules)
    if Rule.NO_SEAT in counts:
        return Reason("unmatched_all_full", {"mentors": counts[Rule.NO_SEAT]})
    if len(counts) == 1:
        (rule,) = counts
        return Reason(f"unmatched_{rule.name.lower()}", {"mentors": counts[rule]})
    ranked = {rule.name.lower(): number for rule, number in sorted(counts.items())}
    return Reason("unmatched_rules", {"rules": ranked})


def alternatives(
    scores: Scores, assignment: Assignment, mentee_index: int, k: int = 5
) -> list[Alternative]:
    """The best allowed mentors other than the current one, best first; equals by column."""
    row = mentee_index
    allowed = _rules(scores, assignment, row) == Rule.ALLOWED
    current = int(assignment.mentor_of[row])
    if current != UNMATCHED:
        allowed[current] = False
    columns = np.flatnonzero(allowed)
    ranked = columns[np.argsort(-scores.total[row, columns], kind="stable")][:k]
    left = assignment.seats_left()
    return [Alternative(int(c), float(scores.total[row, c]), max(0, int(left[c]))) for c in ranked]


def move_effect(
    scores: Scores, assignment: Assignment, mentee_index: int, mentor_index: int | None
) -> Effect:
    """The effect of giving a mentee this mentor, or none. IndexError outside the matrix."""
    to = UNMATCHED if mentor_index is None else mentor_index
    return _effect(scores, assignment, {mentee_index: to})


def swap_effect(scores: Scores, assignment: Assignment, first: int, second: int) -> Effect:
    """The effect of two mentees exchanging their mentors; one of them may have none."""
    mentor_of = assignment.mentor_of
    return _effect(
        scores, assignment, {first: int(mentor_of[second]), second: int(mentor_of[first])}
    )


def _effect(scores: Scores, assignment: Assignment, changes: dict[int, int]) -> Effect:
    before = assignment.mentor_of
    after = before.copy()
    problems: dict[str, None] = {}
    moved = {row: to for row, to in changes.items() if before[row] != to}
    for row, to in moved.items():
        after[row] = to
        if (row, int(before[row])) in assignment.fixed:
            problems["locked"] = None
        if to != UNMATCHED:
            rule = Rule(int(_rules(scores, assignment, row)[to]))
            if rule not in (Rule.ALLOWED, Rule.NO_SEAT):
                problems[f"blocked_{rule.name.lower()}"] = None
    load_before = np.bincount(before[before != UNMATCHED], minlength=len(assignment.capacity))
    load = np.bincount(after[after != UNMATCHED], minlength=len(assignment.capacity))
    # Moving someone away from a mentor who had too many already is never held against the move.
    if ((load > assignment.capacity) & (load > load_before)).any():
        problems["no_seat_left"] = None
    fits_before, fits_after = _fits(scores, before), _fits(scores, after)
    return Effect(
        mentor_of=tuple(int(column) for column in after),
        total_before=float(fits_before.sum()),
        total_after=float(fits_after.sum()),
        worst_before=float(fits_before.min()) if len(fits_before) else None,
        worst_after=float(fits_after.min()) if len(fits_after) else None,
        unmatched_before=int((before == UNMATCHED).sum()),
        unmatched_after=int((after == UNMATCHED).sum()),
        problems=tuple(problems),
    )


def _fits(scores: Scores, mentor_of: NDArray[np.int64]) -> NDArray[np.float64]:
    rows = np.flatnonzero(mentor_of != UNMATCHED)
    fits = scores.total[rows, mentor_of[rows]]
    for place in np.flatnonzero(np.isnan(fits)):
        fits[place] = scores.full_total(int(rows[place]), int(mentor_of[rows[place]]))
    return fits
