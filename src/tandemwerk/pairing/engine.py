"""The bridge to `matching`: from stored inputs to scores, pairs and reasons, and back again.

Nothing here reads rows; a run is given as its stored values, so the same values give the same
result wherever they are calculated. What is kept between calls: see `kept`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tandemwerk.matching import (
    ENGINE_VERSION,
    OBJECTIVES,
    UNMATCHED,
    Assignment,
    Certificate,
    Criteria,
    Mentee,
    Mentor,
    Scores,
    assign,
    blocking_pairs,
    explain,
    inputs_digest,
    rematch,
    score,
    topics,
    verify,
    why_not,
    why_unmatched,
)
from tandemwerk.matching.compiled import one_process_at_a_time
from tandemwerk.matching.compiled import warm_up as compiled_warm_up
from tandemwerk.matching.scorer import Stopped as Stopped  # handed on
from tandemwerk.pairing.enums import Objective, RunStage
from tandemwerk.pairing.stored import Pair, RunInputs

# Scores of this many pairs fit into memory at a time (about 20 bytes a pair).
LARGEST_RUN = 25_000_000

Enter = Callable[[RunStage], None]
Ask = Callable[[], bool]
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
    enter: Enter = lambda stage: None,
    should_stop: Ask = lambda: False,
) -> Result:
    """Score and assign; deterministic. Locks that a rule forbids by now are not kept.

    enter: told which stage begins. should_stop: asked between the stages and, about every 50 ms,
    while scoring and solving. Raises Stopped once it says yes, and MatchingError.
    """
    enter(RunStage.SCORING)
    scores = scores_made(inputs, criteria, should_stop)
    if should_stop():
        raise Stopped
    enter(RunStage.ASSIGNING)
    assignment = solve(scores, inputs, objective=objective, seed=seed, should_stop=should_stop)
    return Result(
        scores=scores,
        assignment=assignment,
        fits=scores.total.astype(np.float32),
        blocked=scores.blocked,
        locks=assignment.fixed,
    )


def scores_made(
    inputs: RunInputs, criteria: Mapping[str, object], should_stop: Ask | None = None
) -> Scores:
    """Scores of everybody. Their fits are float32 numbers, so what is stored is what is solved.

    Raises Stopped once `should_stop` says yes; what was calculated is thrown away.
    """
    rules = Criteria.from_dict(criteria)
    return score(inputs.mentees, inputs.mentors, rules, should_stop=should_stop)


def solve(
    scores: Scores,
    inputs: RunInputs,
    *,
    objective: str,
    seed: int,
    should_stop: Ask = lambda: False,
) -> Assignment:
    """The assignment for one objective, with the locks a rule does not forbid by now.

    Where the inputs hold previous pairs, the best whole keeps as many of them as it can; the other
    objectives take no notice of them. Raises Stopped instead of handing out what a stopped solver
    had found so far.
    """
    locks = [pair for pair in inputs.locks if not np.isnan(scores.total[pair])]
    found: Assignment
    if inputs.previous is not None and objective == Objective.TOTAL:
        found = rematch(
            scores,
            inputs.previous,
            fixed=locks,
            forbidden=inputs.forbidden,
            floor=inputs.floor,
            seed=seed,
            should_stop=should_stop,
        ).assignment
    else:
        found = assign(
            scores,
            objective=objective,
            fixed=locks,
            forbidden=inputs.forbidden,
            floor=inputs.floor,
            seed=seed,
            should_stop=should_stop,
        )
    if should_stop():
        raise Stopped
    return found


def digest_of(
    inputs: RunInputs, *, criteria: Mapping[str, object], seed: int, objective: str
) -> str:
    """SHA-256 over all that decides the result: people, rules, criteria, seed, engine."""

    def ids(pairs: tuple[Pair, ...]) -> list[tuple[str, str]]:
        return [(inputs.mentees[row].id, inputs.mentors[column].id) for row, column in pairs]

    before = None
    if inputs.previous is not None:
        so_far = enumerate(inputs.previous)
        before = ids(tuple((row, column) for row, column in so_far if column != UNMATCHED))

    return inputs_digest(
        inputs.mentees,
        inputs.mentors,
        Criteria.from_dict(criteria),
        fixed=ids(inputs.locks),
        forbidden=ids(inputs.forbidden),
        floor=inputs.floor,
        previous=before,
        objective=objective,
        seed=seed,
    )


def kept_pairs(inputs: RunInputs, assignment: Assignment) -> dict[str, Any]:
    """What became of the previous pairs whose people are both still here, as JSON values.

    kept, changed (another mentor), lost (nobody now), gained (had nobody); total_lost: what that
    costs against the best whole. Empty where pairs of before did not count.
    """
    if inputs.previous is None:
        return {}
    so_far, now = np.array(inputs.previous, dtype=np.int64), assignment.mentor_of
    had, has, same = so_far != UNMATCHED, now != UNMATCHED, so_far == now
    lost = 0.0 if assignment.price is None else assignment.price.total_lost
    return {
        "kept": int((had & same).sum()),
        "changed": int((had & has & ~same).sum()),
        "lost": int((had & ~has).sum()),
        "gained": int((~had & has).sum()),
        "total_lost": max(0.0, lost),
    }


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


def warm_up() -> None:
    """Run everything once on a handful of people, so that every compiled loop is there."""
    with one_process_at_a_time():
        compiled_warm_up()
        inputs = _handful()
        for objective in OBJECTIVES:
            result = calculate(inputs, criteria=_ANY, seed=0, objective=objective)
            blocking_pairs(result.scores, result.assignment)
            why_not(result.scores, result.assignment, 0, 13)
            pair_reasons(result.scores, 0, 13)


def warm_up_answers() -> None:
    """Have the loops that answer questions about a calculated run: "why not …?", "check again".

    Cost: about half a second if they are compiled; waits for a process that is compiling them.
    """
    with one_process_at_a_time():
        scores = scores_made(_handful(), _ANY)
        mentees, mentors = scores.total.shape
        # All with the first mentor: wrong, but written down and not calculated.
        made = Assignment(
            mentor_of=np.zeros(mentees, dtype=np.int64),
            total=0.0,
            upper_bound=0.0,
            gap=0.0,
            objective="total",
            seconds=0.0,
            capacity=np.full(mentors, mentees),
            floor=None,
            fixed=frozenset(),
            forbidden=frozenset(),
            seed=0,
            certificate=Certificate(prices=np.zeros(mentors), lift=0.0, mentees=None, mentors=None),
        )
        why_not(scores, made, 0, mentors - 1)
        verify(scores.total, made.capacity, made)


def _handful() -> RunInputs:
    """A few people who answered everything, as inputs of a run."""
    chance = np.random.default_rng(0)
    slugs = sorted(topics())

    def answers(at: int) -> dict[str, Any]:
        return {
            "id": str(at),
            "topics": tuple(slugs[at : at + 3]),
            "languages": frozenset({"de"}),
            "experience_years": float(at % 20),
            "values": {"item": 1 + at % 5},
            "week": int(chance.integers(1, 1 << 60)),
            "formats": frozenset({"online"}),
            "text": f"Text {slugs[at]}",
        }

    return RunInputs(
        mentees=tuple(Mentee(**answers(at)) for at in range(24)),
        mentors=tuple(Mentor(**answers(at), seats=1 + at % 2) for at in range(30, 44)),
        mentee_ids=tuple(range(24)),
        mentor_ids=tuple(range(30, 44)),
    )


_ANY = Criteria().to_dict()
