"""Moves on the board as plain values: what would change, whether it may, what it does to the whole.

Pure: a `Board` is a picture of one run; a plan is checked against it and says its effect. Services
load the picture and carry the plan out. People are participation ids.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from tandemwerk.matching import Rule
from tandemwerk.pairing.enums import MoveKind
from tandemwerk.pairing.errors import (
    MentorFull,
    NoChange,
    NotOnBoard,
    PairKnownAlready,
    PairLocked,
    PairNotAllowed,
    PairNotTogether,
)

Pair = tuple[int, int]


class Matrix(Protocol):
    """A NumPy array, or something that reads one at the first look."""

    def __getitem__(self, place: Any, /) -> Any: ...


@dataclass(frozen=True, eq=False)
class Board:
    """A run at one moment.

    fits: mentees × mentors, float32 in [0, 1], NaN = not allowed; blocked: the rules behind NaN.
    rows, columns: participation id → place. mentor_of: mentor or None per mentee. seats: how many
    mentees of this run each mentor can take now. forbidden: (mentee, mentor) not to be together,
    by a coordinator; known: those proposed to each other before. names: for the errors.
    """

    fits: Matrix
    blocked: Matrix
    rows: Mapping[int, int]
    columns: Mapping[int, int]
    mentor_of: Mapping[int, int | None]
    seats: Mapping[int, int]
    locked: frozenset[int] = frozenset()
    forbidden: frozenset[Pair] = frozenset()
    known: frozenset[Pair] = frozenset()
    names: Mapping[int, str] = field(default_factory=dict)
    rule_text: Callable[[Rule], str] = str

    @cached_property
    def load(self) -> Counter[int]:
        """Mentees per mentor in this run."""
        return Counter(mentor for mentor in self.mentor_of.values() if mentor is not None)

    @cached_property
    def mentees_by_mentor(self) -> Mapping[int, list[int]]:
        """Mentees with each mentor, in board order."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for mentee, mentor in self.mentor_of.items():
            if mentor is not None:
                found[mentor].append(mentee)
        return found

    @cached_property
    def fit_now(self) -> Mapping[int, float]:
        """Fit of every pair by mentee, weakest first; 0 for a pair that a rule forbids."""
        fits = {
            mentee: self.fit(mentee, mentor) or 0.0
            for mentee, mentor in self.mentor_of.items()
            if mentor is not None
        }
        return dict(sorted(fits.items(), key=lambda entry: entry[1]))

    @cached_property
    def total(self) -> float:
        """Sum of the fits of all pairs."""
        return sum(self.fit_now.values())

    def free_seats(self, mentor: int) -> int:
        """Seats of the mentor that nobody in this run has; never below 0."""
        return max(0, self.seats.get(mentor, 0) - self.load[mentor])

    def mentees_of(self, mentor: int) -> list[int]:
        """Mentees with this mentor, in board order."""
        return list(self.mentees_by_mentor.get(mentor, ()))

    def fit(self, mentee: int, mentor: int) -> float | None:
        """Fit in [0, 1]; None if a rule forbids the pair."""
        value = float(self.fits[self.rows[mentee], self.columns[mentor]])
        return None if np.isnan(value) else value

    def rule(self, mentee: int, mentor: int) -> Rule:
        """The hard rule that forbids the pair, or Rule.ALLOWED; without the coordinator's bans."""
        return Rule(int(self.blocked[self.rows[mentee], self.columns[mentor]]))

    def is_possible(self, mentee: int, mentor: int) -> bool:
        """May these two be together at all? Says nothing about seats."""
        pair = (mentee, mentor)
        return (
            self.fit(mentee, mentor) is not None
            and pair not in self.forbidden
            and pair not in self.known
        )

    def ranked(self, mentee: int) -> list[int]:
        """All mentors this mentee may have, except the present one; best fit first."""
        fits = self.fits[self.rows[mentee]]
        order = np.argsort(-np.nan_to_num(fits, nan=-1.0), kind="stable")
        mentors = list(self.columns)
        now = self.mentor_of[mentee]
        return [
            mentors[column]
            for column in order
            if mentors[column] != now and self.is_possible(mentee, mentors[column])
        ]


@dataclass(frozen=True, slots=True)
class Effect:
    """The whole before and after. total: sum of all fits; worst: lowest fit, None without pairs."""

    total_before: float
    total_after: float
    worst_before: float | None
    worst_after: float | None
    unmatched_before: int
    unmatched_after: int


@dataclass(frozen=True, slots=True)
class Plan:
    """One move: the mentees it touches with their new mentors, and its effect."""

    kind: MoveKind
    changes: Mapping[int, int | None]
    effect: Effect
    mentee: int
    other: int | None = None  # the second mentee of a swap
    mentor: int | None = None  # the mentor named in the request
    forbids: Pair | None = None


def plan_assign(board: Board, mentee: int, mentor: int) -> Plan:
    """Give `mentee` a mentor with a free seat.

    Raises NotOnBoard, NoChange, PairLocked, PairNotTogether, PairKnownAlready, PairNotAllowed,
    MentorFull.
    """
    _known(board, mentee, mentor)
    if board.mentor_of[mentee] == mentor:
        raise NoChange
    changes: dict[int, int | None] = {mentee: mentor}
    _check(board, changes)
    return _plan(board, MoveKind.ASSIGN, changes, mentee, mentor=mentor)


def plan_swap(board: Board, mentee: int, other: int) -> Plan:
    """Exchange the mentors of two mentees; one of the two may have none. Errors as `plan_assign`.

    A swap takes no seat, so it is possible even if a mentor has too many.
    """
    _known(board, mentee, other=other)
    theirs, others = board.mentor_of[mentee], board.mentor_of[other]
    if mentee == other or theirs == others:
        raise NoChange
    changes = {mentee: others, other: theirs}
    _check(board, changes)
    return _plan(board, MoveKind.SWAP, changes, mentee, other=other)


def plan_unassign(board: Board, mentee: int) -> Plan:
    """Take the mentor away. Raises NotOnBoard, NoChange, PairLocked."""
    _known(board, mentee)
    if board.mentor_of[mentee] is None:
        raise NoChange
    changes: dict[int, int | None] = {mentee: None}
    _check(board, changes)
    return _plan(board, MoveKind.UNASSIGN, changes, mentee)


def plan_forbid(board: Board, mentee: int, mentor: int, instead: int | None = None) -> Plan:
    """Never together, in this run and the next ones; `instead` is the mentor to have at once.

    Raises NoChange if they are forbidden already, else as `plan_assign`.
    """
    _known(board, mentee, mentor)
    if (mentee, mentor) in board.forbidden:
        raise NoChange
    if instead == mentor:
        raise _not_together(board, mentee, mentor)
    changes: dict[int, int | None] = {}
    if board.mentor_of[mentee] == mentor:
        changes[mentee] = instead
        if instead is not None:
            _known(board, mentee, instead)
        _check(board, changes)
    return _plan(board, MoveKind.FORBID, changes, mentee, mentor=mentor, forbids=(mentee, mentor))


def effect_of(board: Board, changes: Mapping[int, int | None]) -> Effect:
    """What the whole looks like before and after these changes. O(changes), once O(mentees)."""
    now = board.fit_now
    new = [board.fit(pk, to) or 0.0 for pk, to in changes.items() if to is not None]
    gone = [now[mentee] for mentee in changes if mentee in now]
    kept = next((fit for mentee, fit in now.items() if mentee not in changes), None)
    after = [*new, *([] if kept is None else [kept])]
    pairs = len(now) - len(gone) + len(new)
    return Effect(
        total_before=board.total,
        total_after=board.total - sum(gone) + sum(new),
        worst_before=next(iter(now.values()), None),
        worst_after=min(after, default=None),
        unmatched_before=len(board.mentor_of) - len(now),
        unmatched_after=len(board.mentor_of) - pairs,
    )


def _plan(
    board: Board,
    kind: MoveKind,
    changes: Mapping[int, int | None],
    mentee: int,
    *,
    other: int | None = None,
    mentor: int | None = None,
    forbids: Pair | None = None,
) -> Plan:
    return Plan(kind, changes, effect_of(board, changes), mentee, other, mentor, forbids)


def _known(
    board: Board, mentee: int, mentor: int | None = None, *, other: int | None = None
) -> None:
    unknown_mentee = any(m not in board.mentor_of for m in (mentee, other) if m is not None)
    if unknown_mentee or (mentor is not None and mentor not in board.columns):
        raise NotOnBoard


def _check(board: Board, changes: Mapping[int, int | None]) -> None:
    """Locks, rules and seats. A mentor who has too many already may keep or lose, never gain."""
    for mentee in changes:
        if mentee in board.locked:
            raise PairLocked(name=board.names.get(mentee, ""))
    load = Counter(board.load)
    for mentee, mentor in changes.items():
        if (now := board.mentor_of[mentee]) is not None:
            load[now] -= 1
        if mentor is not None:
            _check_pair(board, mentee, mentor)
            load[mentor] += 1
    for mentor, number in load.items():
        if number > board.load[mentor] and number > board.seats.get(mentor, 0):
            raise MentorFull(name=board.names.get(mentor, ""))


def _check_pair(board: Board, mentee: int, mentor: int) -> None:
    names = {"mentee": board.names.get(mentee, ""), "mentor": board.names.get(mentor, "")}
    if (mentee, mentor) in board.known:
        raise PairKnownAlready(**names)
    if (mentee, mentor) in board.forbidden:
        raise _not_together(board, mentee, mentor)
    rule = board.rule(mentee, mentor)
    if rule is not Rule.ALLOWED:
        raise PairNotAllowed(**names, reason=board.rule_text(rule))


def _not_together(board: Board, mentee: int, mentor: int) -> PairNotTogether:
    return PairNotTogether(mentee=board.names.get(mentee, ""), mentor=board.names.get(mentor, ""))
