"""The bridge to `matching.learning`: from the reasons of pairs to meetings, a model, an estimate.

Nothing here reads rows. What is known of a pair before it meets is taken from the reasons that were
stored with it when it was suggested: they add up to the score, so the fit by each criterion can be
had back exactly, as it was then. A profile that was changed after the meeting cannot look back, and
no stored profile is needed, so nothing is lost when one is deleted.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from tandemwerk.matching import ENGINE_VERSION, Criterion
from tandemwerk.matching.learning import (
    ChemistryModel,
    Evaluation,
    Feature,
    Meetings,
    Pairs,
    Step,
    evaluate,
    learn,
    usable,
)
from tandemwerk.matching.learning.model import FORMAT

KINDS = ("reasons", "differences", "neutral")
SMALLEST_STEP = 7  # meetings behind each point of the picture
Reasons = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Had:
    """A chemistry meeting that took place, and what both said; None: not asked any more.

    cohort, mentee, mentor: numbers of the cohort and the participations. Somebody who takes part
    in two cohorts counts as two people, so that nothing is known of anybody beyond one cohort.
    """

    cohort: int
    mentee: int
    mentor: int
    score: float
    reasons: Reasons
    mentee_yes: bool | None
    mentor_yes: bool | None


@dataclass(frozen=True, slots=True)
class Learned:
    """Plain values to store; `shortage` as of the model."""

    shortage: str
    meetings: int
    groups: int
    model: dict[str, Any]
    evaluation: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Estimate:
    """Chance that both want to go on, and where it lies with 90 %."""

    probability: float
    low: float
    high: float


def fits_in(reasons: Reasons) -> dict[Criterion, float]:
    """The fit in [0, 1] by each criterion that counted, from the points a pair's reasons name."""
    points: dict[Criterion, float] = {}
    possible: dict[Criterion, float] = {}
    for entry in (entry for kind in KINDS for entry in reasons.get(kind, ())):
        if entry.get("criterion"):
            criterion = Criterion(entry["criterion"])
            points[criterion] = points.get(criterion, 0.0) + entry["points"]
            possible[criterion] = possible.get(criterion, 0.0) + entry["possible"]
    return {
        criterion: min(max(points[criterion] / whole, 0.0), 1.0)
        for criterion, whole in possible.items()
        if whole > 0
    }


def meetings_of(had: Sequence[Had]) -> Meetings:
    """Meetings in the given order; a criterion that did not count for a pair is not answered.

    Two people who met twice in a cohort count by their latest meeting.
    """
    latest = {(entry.cohort, entry.mentee, entry.mentor): entry for entry in had}
    rows = list(latest.values())
    return Meetings(
        _pairs(
            tuple(f"mentee {row.mentee}" for row in rows),
            tuple(f"mentor {row.mentor}" for row in rows),
            [fits_in(row.reasons) for row in rows],
            [row.score for row in rows],
        ),
        tuple(str(row.cohort) for row in rows),
        np.array([_answer(row.mentee_yes) for row in rows], np.float64),
        np.array([_answer(row.mentor_yes) for row in rows], np.float64),
    )


def digest_of(meetings: Meetings) -> str:
    """SHA-256 over everything that is learned from, and the engine."""
    pairs = meetings.pairs
    told = [
        ENGINE_VERSION,
        FORMAT,
        pairs.a,
        pairs.b,
        meetings.group,
        *([feature.name, feature.a.tolist()] for feature in pairs.features),
        [] if pairs.prior is None else pairs.prior.tolist(),
        meetings.outcome_a.tolist(),
        meetings.outcome_b.tolist(),
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def learned_from(meetings: Meetings) -> Learned:
    """Learn and hold out each cohort in turn; the same meetings give the same values.

    With too little data only the counts are told. About a second for some hundred meetings.
    """
    kept = usable(meetings)
    model = learn(kept)
    if model.shortage:
        return Learned(model.shortage, model.pairs, model.groups, {}, {})
    evaluation = evaluate(kept, baselines=())
    return Learned(
        "",
        model.pairs,
        model.groups,
        cast("dict[str, Any]", model.without_people().to_dict()),
        _plain(evaluation, float(meetings.both.mean())),
    )


def estimate(stored: Mapping[str, Any], reasons: Reasons, score: float) -> Estimate | None:
    """What a stored model says about a pair of people it knows nothing else about.

    None for a model that another version stored: it is learned anew with the next day.
    """
    if stored.get("format") != FORMAT:
        return None
    model = ChemistryModel.from_dict(stored)
    said = model.predict(_pairs(("mentee",), ("mentor",), [fits_in(reasons)], [score]))
    return Estimate(float(said.probability[0]), float(said.low[0]), float(said.high[0]))


def _answer(yes: bool | None) -> float:
    return float("nan") if yes is None else float(yes)


def _pairs(
    a: tuple[str, ...],
    b: tuple[str, ...],
    fits: Sequence[Mapping[Criterion, float]],
    scores: Sequence[float],
) -> Pairs:
    features = []
    for criterion in Criterion:
        known = np.array([fit.get(criterion, np.nan) for fit in fits], np.float64)
        features.append(Feature(f"fit_{criterion}", known, known))
    return Pairs(a, b, tuple(features), np.clip(np.array(scores, np.float64), 0.0, 1.0))


def _plain(evaluation: Evaluation, rate: float) -> dict[str, Any]:
    """Figures of both together; what one side said is not told apart."""
    return {
        "rate": round(rate, 6),
        "match": evaluation.figures.match.to_dict(),
        "constant": evaluation.baselines["constant"].match.to_dict(),
        "steps": [
            {
                "low": step.low,
                "high": step.high,
                "count": step.count,
                "said": round(step.said, 6),
                "seen": round(step.seen, 6),
            }
            for step in merged(evaluation.match_steps)
        ],
    }


def merged(steps: Sequence[Step], least: int = SMALLEST_STEP) -> list[Step]:
    """Steps joined with the next until each holds `least` meetings; the last with the one before.

    Nothing is left out, so nothing can be worked out from the rest.
    """
    found: list[Step] = []
    for step in steps:
        if found and found[-1].count < least:
            found[-1] = _joined(found[-1], step)
        else:
            found.append(step)
    if len(found) > 1 and found[-1].count < least:
        last = found.pop()
        found[-1] = _joined(found[-1], last)
    return found


def _joined(one: Step, two: Step) -> Step:
    count = one.count + two.count
    said = (one.count * one.said + two.count * two.said) / count
    seen = (one.count * one.seen + two.count * two.seen) / count
    return Step(one.low, two.high, count, said, seen)
