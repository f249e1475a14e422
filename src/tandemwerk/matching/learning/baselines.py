"""What the model must beat, measured in the same run on the same held-out groups.

scikit-learn is imported here only when a baseline is asked for.
"""

from collections.abc import Callable, Iterator
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from .meetings import Floats

STRENGTHS = (0.001, 0.01, 0.1, 1.0)
_FOLDS = 4
Rows = NDArray[np.intp]
Maker = Callable[[], Any]


def constant(answers: Floats, folds: Rows) -> Floats:
    """The share of yes among all other groups."""
    said = np.empty(len(answers))
    for held, rest in _held(folds):
        said[held] = (answers[rest].sum() + 1) / (len(rest) + 2)
    return said


def logistic(features: Floats, answers: Floats, folds: Rows) -> Floats:
    """L2-regularised logistic regression on the answers of both people.

    Its strength is chosen on all groups, those held out included: that favours the baseline.
    """
    from sklearn.linear_model import LogisticRegression

    few = folds % min(_FOLDS, int(folds.max()) + 1)

    def maker(strength: float) -> Maker:
        return lambda: LogisticRegression(C=strength, max_iter=500, tol=1e-3)

    losses = []
    for strength in STRENGTHS:
        said = _out_of_fold(maker(strength), features, answers, few)
        losses.append(-np.log(np.where(answers == 1, said, 1 - said)).mean())
    best = STRENGTHS[int(np.argmin(losses))]
    return _out_of_fold(maker(best), features, answers, folds)


def boosting(features: Floats, answers: Floats, folds: Rows, *, seed: int) -> Floats:
    """Gradient boosting over small trees, with shrinkage as usual for data of this size."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    def maker() -> Any:
        return HistGradientBoostingClassifier(
            learning_rate=0.1,
            max_iter=40,
            max_leaf_nodes=8,
            min_samples_leaf=20,
            max_bins=32,
            early_stopping=False,
            random_state=seed,
        )

    return _out_of_fold(maker, features, answers, folds)


def _out_of_fold(make: Maker, features: Floats, answers: Floats, folds: Rows) -> Floats:
    from threadpoolctl import threadpool_limits

    said = np.empty(len(answers))
    for held, rest in _held(folds):
        # Nothing to tell people apart by, or only one kind of answer: the rate is all there is.
        if not features.shape[1] or answers[rest].min() == answers[rest].max():
            said[held] = (answers[rest].sum() + 1) / (len(rest) + 2)
            continue
        # On little data, threads wait for each other longer than they calculate.
        with threadpool_limits(1):
            model = make().fit(features[rest], answers[rest])
        said[held] = model.predict_proba(features[held])[:, 1]
    return cast("Floats", np.clip(said, 1e-4, 1 - 1e-4))


def _held(folds: Rows) -> Iterator[tuple[Rows, Rows]]:
    for fold in range(int(folds.max()) + 1):
        yield np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
