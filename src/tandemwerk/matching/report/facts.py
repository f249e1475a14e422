"""Everything a report tells, calculated once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..advice import why_unmatched
from ..assignment import OBJECTIVES, Assignment, Rematch
from ..digest import inputs_digest
from ..fairness import FairnessReport, SwapTest, fairness_report, swap_test
from ..reasons import Reason
from ..scoring import Scores
from .sentences import Proof, check


@dataclass(frozen=True, slots=True)
class Declared:
    """What people declared about one attribute, for statistics only.

    mentees: by row, None = nothing. everybody: id -> value of both sides, for the swap test.
    """

    attribute: str
    mentees: Sequence[str | None]
    everybody: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """A run and what is said about it. unmatched: row and reason. rematch: if it was one."""

    scores: Scores
    assignment: Assignment
    fairness: FairnessReport
    proof: Proof
    unmatched: tuple[tuple[int, Reason], ...]
    swap: SwapTest | None
    rematch: Rematch | None
    digest: str

    @property
    def fits(self) -> tuple[float, ...]:
        """The fit of every pair, in the order of `assignment.pairs`."""
        return tuple(float(self.scores.total[pair]) for pair in self.assignment.pairs)


def facts_of(
    scores: Scores,
    assignment: Assignment,
    declared: Declared | None = None,
    *,
    rematch: Rematch | None = None,
) -> Facts:
    """Calculate a report: fairness with all objectives, the check, why unmatched, the swap test.

    Cost: a run per objective; with declared groups, two more of scoring and assigning.
    """
    groups = {declared.attribute: declared.mentees} if declared else None
    swap = None
    if declared and len(set(declared.everybody.values())) > 1:
        swap = swap_test(scores, assignment, declared.attribute, declared.everybody)
    return Facts(
        scores=scores,
        assignment=assignment,
        fairness=fairness_report(scores, assignment, groups, compare=OBJECTIVES),
        proof=check(scores, assignment, kept=rematch is not None),
        unmatched=tuple(
            (row, why_unmatched(scores, assignment, row)) for row in assignment.unmatched
        ),
        swap=swap,
        rematch=rematch,
        digest=inputs_digest(scores.mentees, scores.mentors, scores.criteria, seed=assignment.seed),
    )
