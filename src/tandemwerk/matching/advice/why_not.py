"""Why two people are not a pair: reasons, ranks, and what the cohort would pay for them.

The counterfactual is exact: the best assignment in which these two are a pair, against the best
one there is (most people first, then the total). The prices of the stored certificate turn it
into one shortest path: who gives up a seat, who moves into it, who is left without. That takes
milliseconds where a new run would take a second.
"""

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from ..assignment import UNMATCHED, Assignment, assign
from ..assignment.checks import ScoresLike, shape_of
from ..assignment.market import Floats, Longs
from ..errors import LockError
from ..reasons import Explanation, explain
from ..rules import Rule
from ..scoring import Scores
from .kernels_why import FREE_SEAT, FROM_OUTSIDE, LOCKED, Residual, cheapest_way

# Below this share of the total a gap is rounding.
_ROUNDING = 1e-9
# What of an answer is JSON as it is.
_PLAIN = (
    "mentee", "mentor", "is_pair", "fit", "mentee_rank", "mentee_choices", "mentor_rank",
    "mentor_choices", "cost", "people_lost", "is_bound", "from_best",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Move:
    """One mentee's change: mentor before and after, -1 = none."""

    mentee: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What there is to say about a pair; mentee and mentor are places in the matrix.

    fit: of the pair; None if it is not allowed and not known. mentee_rank: 1 = of all mentors
    allowed for this mentee, no other fits better; of mentee_choices; None if not allowed.
    mentor_rank, mentor_choices: the same seen from the mentor. explanation: None for a bare matrix.
    problems: what forbids it as things stand: "blocked_<rule>", "below_floor", "locked" (the
    mentee is fixed to somebody else), "no_seat_left" (all seats are fixed).
    cost: total fit the cohort would lose; people_lost: how many more would have no mentor. None
    if rules, locks or seats make the pair impossible. moves: everyone who would change, these two
    first; leaves: mentees who would lose their mentor for none. Moves start from the assignment
    if it has the best total, else from the assignment that has (`from_best`).
    is_bound: the run was stopped early, so `cost` is only a lower bound, a lost person counted as
    the certificate's lift, and the moves are not known.
    """

    mentee: int
    mentor: int
    is_pair: bool
    fit: float | None
    mentee_rank: int | None
    mentee_choices: int
    mentor_rank: int | None
    mentor_choices: int
    explanation: Explanation | None
    problems: tuple[str, ...]
    cost: float | None
    people_lost: int | None
    moves: tuple[Move, ...]
    leaves: tuple[int, ...]
    is_bound: bool
    from_best: bool

    def to_dict(self) -> dict[str, object]:
        """JSON form: numbers, texts and lists under these names; reasons as `Reason.to_dict`."""
        told = {name: getattr(self, name) for name in _PLAIN}
        said = self.explanation
        parts = ("reasons", "differences", "neutral")
        return told | {
            "problems": list(self.problems),
            "leaves": list(self.leaves),
            "moves": [asdict(move) for move in self.moves],
            "explanation": None
            if said is None
            else {part: [reason.to_dict() for reason in getattr(said, part)] for part in parts}
            | {
                "total": said.total,
                "blocked": None if said.blocked is None else said.blocked.to_dict(),
            },
        }


def why_not(
    scores: ScoresLike,
    assignment: Assignment,
    mentee_index: int,
    mentor_index: int,
    *,
    best: Assignment | None = None,
) -> WhyNot:
    """Why these two are not a pair, and what making them one would cost the cohort.

    scores: as given to `assign`. best: an assignment of the same people with a certificate, used
    if `assignment` has none (pairs made by hand); without it the best total is solved first.
    Locked pairs, forbidden pairs and the floor are those of the assignment with the certificate.
    Raises LockError("pair_outside") for a place outside the matrix.
    Cost: a few milliseconds at 2,000 × 2,000; O(pairs) at most.
    """
    shape = shape_of(scores)
    row, column = mentee_index, mentor_index
    if not (0 <= row < shape[0] and 0 <= column < shape[1]):
        raise LockError("pair_outside", row=row, column=column, shape=list(shape))
    proven = assignment if best is None or assignment.certificate is not None else best
    if proven.certificate is None:
        proven = assign(
            scores, assignment.capacity, fixed=assignment.fixed,
            forbidden=assignment.forbidden, floor=assignment.floor,
        )  # fmt: skip
    fits = _Fits(scores, proven)
    fit = fits.of(row, column)
    chosen = proven.mentor_of if proven.price is None else proven.price.best
    problems = _problems(scores, proven, fits, row, column)
    way = _way(proven, fits, chosen, problems, row, column)
    mine, theirs = fits.row(row), fits.column(column)
    if fit is None and isinstance(scores, Scores):
        fit = scores.full_total(row, column)
    return WhyNot(
        mentee=row,
        mentor=column,
        is_pair=int(assignment.mentor_of[row]) == column,
        fit=fit,
        mentee_rank=_rank(mine, column),
        mentee_choices=int((~np.isnan(mine)).sum()),
        mentor_rank=_rank(theirs, row),
        mentor_choices=int((~np.isnan(theirs)).sum()),
        explanation=explain(scores, row, column) if isinstance(scores, Scores) else None,
        problems=problems,
        cost=way.cost,
        people_lost=way.people_lost,
        moves=way.moves,
        leaves=tuple(move.mentee for move in way.moves if move.after == UNMATCHED),
        is_bound=way.is_bound,
        from_best=proven is not assignment or proven.price is not None,
    )


@dataclass(frozen=True, slots=True)
class _Way:
    cost: float | None
    people_lost: int | None
    moves: tuple[Move, ...] = ()
    is_bound: bool = False


class _Fits:
    """The matrix in whichever form, as rows, columns and single cells; no copy of a dense one."""

    def __init__(self, scores: ScoresLike, proven: Assignment) -> None:
        matrix: Any = scores.total if isinstance(scores, Scores) else scores
        self.shape = shape_of(scores)
        self.floor = -np.inf if proven.floor is None else proven.floor
        codes = sorted(r * self.shape[1] + c for r, c in proven.forbidden)
        self.banned = np.array(codes, dtype=np.int64)
        self.indptr: Longs
        if hasattr(matrix, "indptr"):
            self.indptr = np.asarray(matrix.indptr, dtype=np.int64)
            self.columns = np.asarray(matrix.indices, dtype=np.int32)
            self.values = np.asarray(matrix.data, dtype=np.float64)
        else:
            self.indptr = np.arange(self.shape[0] + 1, dtype=np.int64) * self.shape[1]
            self.columns = np.empty(0, dtype=np.int32)
            self.values = np.ascontiguousarray(matrix, dtype=np.float64).ravel()

    def of(self, row: int, column: int) -> float | None:
        """The fit of a pair, None where a rule forbids it."""
        here = slice(self.indptr[row], self.indptr[row + 1])
        if len(self.columns):
            found = self.values[here][self.columns[here] == column]
        else:
            found = self.values[here][column : column + 1]
        return None if not len(found) or np.isnan(found[0]) else float(found[0])

    def row(self, row: int) -> Floats:
        """Fits with every mentor, NaN where not allowed."""
        return self._open(self._row(row), row * self.shape[1] + np.arange(self.shape[1]))

    def column(self, column: int) -> Floats:
        """Fits with every mentee, NaN where not allowed."""
        if len(self.columns):
            found = np.full(self.shape[0], np.nan)
            places = np.flatnonzero(self.columns == column)
            rows = np.searchsorted(self.indptr, places, side="right") - 1
            found[rows] = self.values[places]
        else:
            found = self.values[column :: self.shape[1]].copy()
        return self._open(found, np.arange(self.shape[0]) * self.shape[1] + column)

    def of_pairs(self, mentor_of: Longs) -> Floats:
        """The fit of everyone's pair, NaN without one."""
        made = np.full(self.shape[0], np.nan)
        if len(self.columns):
            hit = np.flatnonzero(np.repeat(mentor_of, np.diff(self.indptr)) == self.columns)
            made[np.searchsorted(self.indptr, hit, side="right") - 1] = self.values[hit]
        else:
            rows = np.flatnonzero(mentor_of != UNMATCHED)
            made[rows] = self.values[rows * self.shape[1] + mentor_of[rows]]
        return made

    def _row(self, row: int) -> Floats:
        here = slice(self.indptr[row], self.indptr[row + 1])
        if not len(self.columns):
            return self.values[here].copy()
        found = np.full(self.shape[1], np.nan)
        found[self.columns[here]] = self.values[here]
        return found

    def _open(self, found: Floats, codes: Longs) -> Floats:
        found[(found < self.floor) | np.isin(codes, self.banned)] = np.nan
        return found


def _rank(fits: Floats, place: int) -> int | None:
    return None if np.isnan(fits[place]) else 1 + int((fits > fits[place]).sum())


def _problems(
    scores: ScoresLike, proven: Assignment, fits: _Fits, row: int, column: int
) -> tuple[str, ...]:
    found = []
    fit = fits.of(row, column)
    if isinstance(scores, Scores) and scores.blocked[row, column] not in (
        Rule.ALLOWED,
        Rule.NO_SEAT,
    ):
        found.append(f"blocked_{Rule(int(scores.blocked[row, column])).name.lower()}")
    elif (row, column) in proven.forbidden:
        found.append("blocked_forbidden")
    if fit is not None and fit < fits.floor and (row, column) not in proven.fixed:
        found.append("below_floor")
    fixed = dict(proven.fixed)
    if fixed.get(row, column) != column:
        found.append("locked")
    others = sum(1 for mentee, mentor in proven.fixed if mentor == column and mentee != row)
    if proven.capacity[column] <= others:
        found.append("no_seat_left")
    return tuple(found)


def _way(
    proven: Assignment, fits: _Fits, chosen: Longs, problems: tuple[str, ...], row: int, column: int
) -> _Way:
    """What it takes from the best assignment to the best one with this pair."""
    fit, proof = fits.of(row, column), proven.certificate
    if chosen[row] == column:
        return _Way(0.0, 0)
    if fit is None or proof is None or not {"locked", "no_seat_left"}.isdisjoint(problems):
        return _Way(None, None)
    extra = 0 if proven.price is None else proven.price.people_lost
    total = proven.total if proven.price is None else proven.price.total
    gap = proven.upper_bound - proof.lift * extra - total
    if gap > _ROUNDING * (1 + abs(total)):
        gains = fits.row(row) + proof.lift - proof.prices
        gain = max(0.0, float(np.nanmax(gains, initial=0.0)))
        bound = gain + float(proof.prices[column]) - fit - proof.lift - gap
        return _Way(max(0.0, bound), None, is_bound=True)
    made = fits.of_pairs(chosen)
    via = np.empty(fits.shape[1] + 1, dtype=np.int64)
    residual = _residual(proven, fits, chosen, made)
    target = cheapest_way(residual, row, column, via)
    moves = [Move(row, int(chosen[row]), column), *_moves(chosen, via, target, column)]
    pairs = [(m.mentee, m.after) for m in moves if m.after != UNMATCHED]
    after = [fits.of(mentee, mentor) or 0.0 for mentee, mentor in pairs]
    before = [float(made[m.mentee]) for m in moves if m.before != UNMATCHED]
    cost = math.fsum(before) - math.fsum(after)
    return _Way(cost, len(before) - len(after), tuple(moves))


def _residual(proven: Assignment, fits: _Fits, chosen: Longs, made: Floats) -> Residual:
    proof = proven.certificate
    assert proof is not None  # noqa: S101  # for the type checker; asked by the caller
    mentees, mentors = fits.shape
    mate, room = chosen.copy(), proven.capacity.copy()
    for row, column in proven.fixed:
        mate[row] = LOCKED
        room[column] -= 1
    counted = proof.mentees is not None and proof.mentors is not None
    return Residual(
        indptr=fits.indptr,
        columns=fits.columns,
        fits=fits.values,
        floor=fits.floor,
        banned=fits.banned,
        mate=mate,
        mate_fit=made,
        room=room,
        price=proof.prices,
        price_cover=np.asarray(proof.mentors if counted else np.zeros(mentors), dtype=np.int64),
        row_cover=np.asarray(proof.mentees if counted else np.zeros(mentees), dtype=np.int64),
        pair_cover=int(counted),
        lift=proof.lift,
    )


def _moves(chosen: Longs, via: Longs, target: int, column: int) -> list[Move]:
    """The way read from its end, told from its beginning."""
    outside = len(via) - 1
    found: list[Move] = []
    at = target
    while at != column:
        by = int(via[at])
        if by >= 0:
            before = int(chosen[by])
            found.append(Move(by, before, UNMATCHED if at == outside else at))
            at = outside if before == UNMATCHED else before
        elif by == FROM_OUTSIDE:
            at = outside
        else:
            at = FREE_SEAT - by
    return found[::-1]
