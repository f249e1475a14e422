"""How good probabilities are: ranking, honesty, and how sure we are of the figure itself."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .meetings import Floats

BINS = 10
DRAWS = 400
LEVEL = 0.9
NAMES = ("auc", "log_loss", "brier", "ece")
_EDGE = 1e-12


@dataclass(frozen=True, slots=True)
class Quality:
    """auc, log_loss, brier, ece, and a 90 % interval of each from drawing whole groups.

    auc: chance that a yes ranks above a no, ties half; NaN if there is only one kind of answer.
    ece: mean gap between said and seen over 10 equally wide steps of probability, weighted by
    their pairs.
    """

    values: tuple[float, float, float, float]
    intervals: tuple[tuple[float, float], ...]

    def to_dict(self) -> dict[str, object]:
        """{"auc": 0.6, "auc_interval": [0.5, 0.7], ...}; what is not defined is None."""
        result: dict[str, object] = {
            name: _plain(value) for name, value in zip(NAMES, self.values, strict=True)
        }
        for name, (low, high) in zip(NAMES, self.intervals, strict=True):
            result[f"{name}_interval"] = [_plain(low), _plain(high)]
        return result

    def __getattr__(self, name: str) -> float:
        if name not in NAMES:
            raise AttributeError(name)
        return self.values[NAMES.index(name)]


@dataclass(frozen=True, slots=True)
class Step:
    """Pairs whose probability lies in one step: how many, what was said, what was seen."""

    low: float
    high: float
    count: int
    said: float
    seen: float


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 6)


def quality(
    answers: Floats,
    probabilities: Floats,
    group: NDArray[np.intp],
    *,
    seed: int,
    constant: bool = False,
) -> Quality:
    """Measure, and draw groups with replacement DRAWS times for the intervals.

    constant: the same probability for everyone within a group ranks nobody, so its AUC is 0.5 by
    definition; otherwise the tiny differences between the groups held out would count as a rank.
    """
    measure = _Measure(answers, probabilities, constant=constant)
    draws = np.random.default_rng(seed)
    count = int(group.max()) + 1
    drawn = np.array(
        [
            measure(np.bincount(draws.integers(0, count, count), minlength=count)[group])
            for _ in range(DRAWS)
        ]
    )
    values = measure(np.ones(len(answers), np.intp))
    tail = (1 - LEVEL) / 2
    intervals = []
    for value, column in zip(values, drawn.T, strict=True):
        known = column[~np.isnan(column)]
        low, high = np.quantile(known, [tail, 1 - tail]) if len(known) else (np.nan, np.nan)
        # Drawing groups twice makes gaps look larger, so an ece may lie below all its draws.
        intervals.append((float(np.fmin(low, value)), float(np.fmax(high, value))))
    return Quality(values, tuple(intervals))


class _Measure:
    """The four figures for any number of times each row counts; sorts only once."""

    def __init__(self, answers: Floats, probabilities: Floats, *, constant: bool) -> None:
        order = np.argsort(probabilities, kind="stable")
        self.order, self.constant = order, constant
        self.answers = answers[order]
        self.said = np.clip(probabilities[order], _EDGE, 1 - _EDGE)
        self.ties = np.flatnonzero(np.diff(self.said, prepend=-1.0))
        self.loss = -np.log(np.where(self.answers == 1, self.said, 1 - self.said))
        self.square = (self.said - self.answers) ** 2
        self.bin = _bin(self.said)

    def __call__(self, times: NDArray[np.intp]) -> tuple[float, float, float, float]:
        weight = times[self.order].astype(np.float64)
        whole = weight.sum()
        gaps = np.bincount(self.bin, weight * (self.said - self.answers), BINS)
        return (
            self._auc(weight),
            float(weight @ self.loss / whole),
            float(weight @ self.square / whole),
            float(np.abs(gaps).sum() / whole),
        )

    def _auc(self, weight: Floats) -> float:
        yes = np.add.reduceat(weight * self.answers, self.ties)
        no = np.add.reduceat(weight * (1 - self.answers), self.ties)
        if not yes.sum() or not no.sum():
            return float("nan")
        if self.constant:
            return 0.5
        below = np.cumsum(no) - no
        return float(yes @ (below + no / 2) / (yes.sum() * no.sum()))


def _bin(said: Floats) -> NDArray[np.intp]:
    return np.minimum((said * BINS).astype(np.intp), BINS - 1)


def reliability(answers: Floats, probabilities: Floats) -> tuple[Step, ...]:
    """The steps of probability that hold any pairs, lowest first."""
    place = _bin(probabilities)
    steps = []
    for number in range(BINS):
        here = place == number
        if here.any():
            said, seen = float(probabilities[here].mean()), float(answers[here].mean())
            steps.append(Step(number / BINS, (number + 1) / BINS, int(here.sum()), said, seen))
    return tuple(steps)


def log_loss(answers: Floats, probabilities: Floats) -> float:
    """Mean log-loss."""
    said = np.clip(probabilities, _EDGE, 1 - _EDGE)
    return float(-np.mean(np.log(np.where(answers == 1, said, 1 - said))))
