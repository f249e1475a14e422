"""From the engine's own pairs to meetings, so that a programme can learn from its tandems.

The features are the fits per criterion, which hold no protected attribute; the rule score is the
prior. Nothing here looks at a person's room: it takes the two answers to "would you meet again".
"""

from collections.abc import Sequence

import numpy as np

from ..errors import LearningError
from ..scoring import Scores
from .meetings import Feature, Meetings, Pairs


def chemistry_features(scores: Scores, pairs: Sequence[tuple[int, int]]) -> Pairs:
    """Pairs (row, column) of `scores` as pairs to learn from or to ask about; a is the mentee.

    Each counted criterion is a feature named fit_<criterion>, the same for both sides; `view` is
    each side's own weighted fit. prior: the total without hard rules.
    Raises LearningError (pair_unknown) for a place outside the matrix.
    """
    shape = scores.total.shape
    for place, (row, column) in enumerate(pairs):
        if not (0 <= row < shape[0] and 0 <= column < shape[1]):
            raise LearningError("pair_unknown", row=place, pair=(row, column))
    rows = np.array([row for row, _ in pairs], np.intp)
    columns = np.array([column for _, column in pairs], np.intp)
    features = []
    for criterion, fit in scores.parts.items():
        fits = fit[rows, columns].astype(np.float64)
        features.append(Feature(f"fit_{criterion}", fits, fits))
    features.append(
        Feature(
            "view",
            scores.mentee_fit[rows, columns].astype(np.float64),
            scores.mentor_fit[rows, columns].astype(np.float64),
        )
    )
    prior = np.array([scores.full_total(row, column) for row, column in pairs])
    return Pairs(
        tuple(scores.mentees[row].id for row in rows),
        tuple(scores.mentors[column].id for column in columns),
        tuple(features),
        np.clip(prior, 0.0, 1.0),
    )


def chemistry_meetings(
    scores: Scores,
    pairs: Sequence[tuple[int, int]],
    group: Sequence[str],
    answers: Sequence[tuple[bool, bool]],
) -> Meetings:
    """Meetings of the engine's pairs: which cohort, and whether (mentee, mentor) would meet again.

    Raises LearningError (pair_unknown, lengths_differ, pair_twice).
    """
    return Meetings(
        chemistry_features(scores, pairs),
        tuple(group),
        np.array([float(mentee) for mentee, _ in answers]),
        np.array([float(mentor) for _, mentor in answers]),
    )


def joined(parts: Sequence[Meetings]) -> Meetings:
    """Meetings of several cohorts as one; all must have the same features.

    Raises LearningError (feature_missing) naming a feature that one of them lacks.
    """
    names = [f.name for f in parts[0].pairs.features]
    for part in parts:
        for name in {f.name for f in part.pairs.features} ^ set(names):
            raise LearningError("feature_missing", column=name)
        if (part.pairs.prior is None) != (parts[0].pairs.prior is None):
            raise LearningError("feature_missing", column="prior")
    by_name = [{f.name: f for f in part.pairs.features} for part in parts]
    priors = [part.pairs.prior for part in parts if part.pairs.prior is not None]
    return Meetings(
        Pairs(
            tuple(person for part in parts for person in part.pairs.a),
            tuple(person for part in parts for person in part.pairs.b),
            tuple(
                Feature(
                    name,
                    np.concatenate([known[name].a for known in by_name]),
                    np.concatenate([known[name].b for known in by_name]),
                )
                for name in names
            ),
            np.concatenate(priors) if priors else None,
        ),
        tuple(group for part in parts for group in part.group),
        np.concatenate([part.outcome_a for part in parts]),
        np.concatenate([part.outcome_b for part in parts]),
        tuple(dict.fromkeys(entry for part in parts for entry in part.dropped)),
        sum(part.mirrored for part in parts),
    )
