"""The bridge to `matching`: from stored inputs to scores, pairs and reasons, and back again.

Nothing here reads rows; a run is given as its stored values, so the same values give the same
result wherever they are calculated.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tandemwerk.matching import (
    ENGINE_VERSION,
    Assignment,
    Criteria,
    Scores,
    assign,
    explain,
    inputs_digest,
    score,
    why_unmatched,
)
from tandemwerk.pairing.models import MatchRun
from tandemwerk.pairing.stored import Pair, RunInputs, decode_inputs

# Scores of this many pairs fit into memory at a time (about 50 bytes a pair).
LARGEST_RUN = 25_000_000
# Scores of the boards at work are kept, as long as they are small (about 50 MB each).
KEPT_RUNS, KEPT_PAIRS = 4, 1_000_000

Progress = Callable[[int], None]
engine_version = f"matching {ENGINE_VERSION}"


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What a calculation gives. fits: float32, NaN = not allowed; blocked: int8, the rules."""

    scores: Scores
    assignment: Assignment
    fits: NDArray[np.float32]
    blocked: NDArray[np.int8]
    locks: frozenset[Pair]

    @property
    def mentor_of(self) -> list[int]:
        """Mentor column per mentee row, -1 = none."""
        return [int(column) for column in self.assignment.mentor_of]


def calculate(
    inputs: RunInputs,
    *,
    criteria: Mapping[str, object],
    seed: int,
    objective: str,
    progress: Progress = lambda per_cent: None,
) -> Result:
    """Score and assign; deterministic. Locks that a rule forbids by now are not kept.

    `progress` is called with 60 and 80 per cent. Raises MatchingError.
    """
    scores = score(inputs.mentees, inputs.mentors, Criteria.from_dict(criteria))
    progress(60)
    locks = [pair for pair in inputs.locks if not np.isnan(scores.total[pair])]
    assignment = assign(
        scores, objective=objective, fixed=locks, forbidden=inputs.forbidden, seed=seed
    )
    progress(80)
    return Result(
        scores=scores,
        assignment=assignment,
        fits=scores.total.astype(np.float32),
        blocked=scores.blocked,
        locks=frozenset(locks),
    )


def digest_of(
    inputs: RunInputs, *, criteria: Mapping[str, object], seed: int, objective: str
) -> str:
    """SHA-256 over all that decides the result: people, rules, criteria, seed, engine."""

    def ids(pairs: tuple[Pair, ...]) -> list[tuple[str, str]]:
        return [(inputs.mentees[row].id, inputs.mentors[column].id) for row, column in pairs]

    return inputs_digest(
        inputs.mentees,
        inputs.mentors,
        Criteria.from_dict(criteria),
        fixed=ids(inputs.locks),
        forbidden=ids(inputs.forbidden),
        objective=objective,
        seed=seed,
    )


def pair_reasons(scores: Scores, row: int, column: int) -> dict[str, Any]:
    """Reasons, differences and open questions of a pair as JSON values (codes, params, points)."""
    explanation = explain(scores, row, column)
    return {
        "reasons": [reason.to_dict() for reason in explanation.reasons],
        "differences": [reason.to_dict() for reason in explanation.differences],
        "neutral": [reason.to_dict() for reason in explanation.neutral],
    }


def unmatched_reason(result: Result, row: int) -> dict[str, Any]:
    """Why this mentee got nobody, as JSON values."""
    return why_unmatched(result.scores, result.assignment, row).to_dict()


_kept: OrderedDict[tuple[int, str], Scores] = OrderedDict()
_lock = Lock()


def scores_of(run: MatchRun) -> Scores:
    """All scores of a calculated run, from its stored inputs.

    The last few small runs are kept in memory, so only the first act on a board pays (500 × 500:
    about 0.4 s). Inputs never change after the calculation, so nothing can go stale.
    """
    key = (run.pk, run.inputs_digest)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    inputs = decode_inputs(run.inputs)
    scores = score(inputs.mentees, inputs.mentors, Criteria.from_dict(run.criteria))
    if scores.total.size <= KEPT_PAIRS:
        with _lock:
            _kept[key] = scores
            while len(_kept) > KEPT_RUNS:
                _kept.popitem(last=False)
    return scores
