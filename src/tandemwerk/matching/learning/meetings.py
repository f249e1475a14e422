"""What is learned from: pairs of people who met, what was known before, and what both said after.

A meeting is one row. `outcome_a` is whether a would meet b again, `outcome_b` whether b would
meet a again. A *match* is a meeting after which both said yes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..errors import LearningError

Floats = NDArray[np.float64]
Words = NDArray[np.object_]
Reason = Literal["protected", "empty", "constant", "not_a_feature"]


@dataclass(frozen=True, slots=True, eq=False)
class Feature:
    """One question both sides answered before they met.

    a, b: one value per pair. Numbers are float64 with NaN for a missing answer; categories are
    str with "" for a missing answer.
    """

    name: str
    a: Floats | Words
    b: Floats | Words

    @property
    def numeric(self) -> bool:
        """Whether the answers are numbers."""
        return self.a.dtype.kind == "f"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A column that does not count, and why."""

    name: str
    reason: Reason


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of people and what is known before they meet.

    a, b: ids; the same id is the same person in every row and on both sides. prior: float64 in
    [0, 1], the rule score of each pair, or None where there is none.
    """

    a: tuple[str, ...]
    b: tuple[str, ...]
    features: tuple[Feature, ...] = ()
    prior: Floats | None = None

    def __post_init__(self) -> None:
        count = len(self.a)
        arrays = [(f.name, side) for f in self.features for side in (f.a, f.b)]
        if self.prior is not None:
            arrays.append(("prior", self.prior))
        for name, array in [("b", self.b), *arrays]:
            if len(array) != count:
                raise LearningError("lengths_differ", column=name, rows=count, found=len(array))
        for name, array in arrays:
            if array.dtype.kind == "f" and np.isinf(array).any():
                row = int(np.flatnonzero(np.isinf(array))[0])
                raise LearningError("number_not_finite", row=row, column=name)
        if self.prior is not None:
            wrong = np.flatnonzero(~((self.prior >= 0) & (self.prior <= 1)))
            if len(wrong):
                raise LearningError("prior_out_of_range", row=int(wrong[0]), column="prior")

    def __len__(self) -> int:
        return len(self.a)

    def take(self, rows: Sequence[int] | NDArray[np.intp]) -> "Pairs":
        """These rows only, in this order."""
        index = np.asarray(rows, np.intp)
        return Pairs(
            tuple(self.a[i] for i in index),
            tuple(self.b[i] for i in index),
            tuple(Feature(f.name, f.a[index], f.b[index]) for f in self.features),
            None if self.prior is None else self.prior[index],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Meetings:
    """Pairs that met, in which group, and both answers (float64, 0 or 1).

    Where the first no ends a meeting, the other side is not asked any more: its answer may then be
    NaN. Such a meeting teaches the side that answered and counts as one without a match.
    Rows of one group (a cohort, an evening) are in the order in which people met, as far as it is
    known; only the `sequential` figures of an evaluation look at the order. dropped: columns that
    do not count. mirrored: how many meetings were given twice, once from each side.
    Raises LearningError naming the (zero-based) row: outcome_not_binary, pair_with_self,
    pair_twice, lengths_differ.
    """

    pairs: Pairs
    group: tuple[str, ...]
    outcome_a: Floats
    outcome_b: Floats
    dropped: tuple[Dropped, ...] = ()
    mirrored: int = 0

    def __post_init__(self) -> None:
        count = len(self.pairs)
        sides = (("outcome_a", self.outcome_a), ("outcome_b", self.outcome_b))
        if len(self.group) != count:
            raise LearningError("lengths_differ", column="group", rows=count, found=len(self.group))
        for place, (name, outcome) in enumerate(sides):
            if len(outcome) != count:
                raise LearningError("lengths_differ", column=name, rows=count, found=len(outcome))
            other = sides[1 - place][1] if len(sides[1 - place][1]) == count else outcome
            wrong = np.flatnonzero(
                (outcome != 0) & (outcome != 1) & ~(np.isnan(outcome) & (other == 0))
            )
            if len(wrong):
                row = int(wrong[0])
                raise LearningError("outcome_not_binary", row=row, column=name, value=outcome[row])
        seen: dict[tuple[str, str, str], int] = {}
        for row, (group, a, b) in enumerate(
            zip(self.group, self.pairs.a, self.pairs.b, strict=True)
        ):
            if a == b:
                raise LearningError("pair_with_self", row=row, column="b", person=a)
            first = seen.setdefault((group, min(a, b), max(a, b)), row)
            if first != row:
                raise LearningError("pair_twice", row=row, column="b", first=first, a=a, b=b)

    def __len__(self) -> int:
        return len(self.pairs)

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups, in order of first appearance."""
        return tuple(dict.fromkeys(self.group))

    @property
    def both(self) -> Floats:
        """1 where both said yes; a meeting that ended with the first no is 0."""
        return np.where((self.outcome_a == 1) & (self.outcome_b == 1), 1.0, 0.0)


def usable(meetings: Meetings) -> Meetings:
    """Without features that may not or cannot count; `dropped` names them.

    Protected attributes (`is_protected`), questions nobody answered, and answers that are all the
    same. An answer is the same if every person has it or left the question empty.
    """
    from .protected import is_protected

    kept: list[Feature] = []
    dropped = list(meetings.dropped)
    for feature in meetings.pairs.features:
        values = np.concatenate([feature.a, feature.b])
        known = values[~np.isnan(values)] if feature.numeric else values[values != ""]
        if is_protected(feature.name):
            dropped.append(Dropped(feature.name, "protected"))
        elif not len(known):
            dropped.append(Dropped(feature.name, "empty"))
        elif len(set(known.tolist())) == 1 and len(known) == len(values):
            dropped.append(Dropped(feature.name, "constant"))
        else:
            kept.append(feature)
    return replace(
        meetings, pairs=replace(meetings.pairs, features=tuple(kept)), dropped=tuple(dropped)
    )
