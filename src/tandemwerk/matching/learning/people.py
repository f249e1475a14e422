"""What people's other meetings say about them: how readily they say yes, how often they hear it.

Both are random effects on the logit scale with mean zero: a person without other meetings is like
everybody (0), and a few meetings move the estimate only a little. So nobody starts behind, and
nobody is carried away by a lucky evening.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from .meetings import Floats

# In squared logits; a popularity of more than 2 logits would decide nearly alone.
_MOST_VARIANCE = 1.0
# Variance of the normal curve that is nearest to the logistic one, in squared logits.
_LOGISTIC = 1.702**2
_FARTHEST = 2.0
_SWEEPS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Two rows per meeting: who answered about whom, the answer less what was expected.

    rater, rated: person numbers; rest: answer - expected probability; weight: p (1 - p).
    """

    rater: NDArray[np.intp]
    rated: NDArray[np.intp]
    rest: Floats
    weight: Floats

    @classmethod
    def of(
        cls,
        people: tuple[NDArray[np.intp], NDArray[np.intp]],
        answers: tuple[Floats, Floats],
        eta: tuple[Floats, Floats],
    ) -> "Ratings":
        """From numbers of (a, b), answers of (a, b) and expectations on the logit scale.

        An answer that is NaN says nothing: its rest and weight are 0.
        """
        expected, said = expit(np.concatenate(eta)), np.concatenate(answers)
        known = ~np.isnan(said)
        return cls(
            np.concatenate(people),
            np.concatenate(people[::-1]),
            np.where(known, said - expected, 0.0),
            np.where(known, expected * (1 - expected), 0.0),
        )


@dataclass(frozen=True, slots=True)
class Spread:
    """Variance between people in saying yes and in hearing it, and between whole groups.

    In squared logits on the scale of odds averaged over people, as the models say them. `stretch`
    (>= 1) leads from there to the odds of one particular pair, which vary more widely.
    """

    saying: float
    hearing: float
    group: float = 0.0

    @property
    def stretch(self) -> float:
        """Odds of a pair whose people are known, per odds averaged over people."""
        return 1 / math.sqrt(1 - (self.saying + self.hearing) / _LOGISTIC)


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """Per person number: effect on saying and hearing yes, and the variance that is left."""

    saying: Floats
    hearing: Floats
    saying_left: Floats
    hearing_left: Floats


def spread_of(ratings: Ratings, people: int, group: NDArray[np.intp]) -> Spread:
    """Variances by moments: two answers of one person deviate together as far as people differ.

    group: of each rating; groups that are all alike show the variance 0.
    """
    return Spread(
        _together(ratings.rater, ratings, people),
        _together(ratings.rated, ratings, people),
        _together(group, ratings, int(group.max()) + 1),
    )


def _together(person: NDArray[np.intp], ratings: Ratings, people: int) -> float:
    def pairs(values: Floats) -> float:
        sums = np.bincount(person, values, people)
        return float((sums**2).sum() - (values**2).sum())

    shared = pairs(ratings.weight)
    if shared <= 0:
        return 0.0
    return float(np.clip(pairs(ratings.rest) / shared, 0.0, _MOST_VARIANCE))


def effects_of(ratings: Ratings, spread: Spread, people: int) -> Effects:
    """Shrunken estimates by alternating between both kinds; O(ratings), 12 sweeps."""
    rater, rated = ratings.rater, ratings.rated
    seen_saying = np.bincount(rater, ratings.weight, people).astype(np.float64)
    seen_hearing = np.bincount(rated, ratings.weight, people).astype(np.float64)
    left_saying = _left(seen_saying, spread.saying)
    left_hearing = _left(seen_hearing, spread.hearing)
    saying, hearing = np.zeros(people), np.zeros(people)
    for _ in range(_SWEEPS):
        rest = ratings.rest - ratings.weight * hearing[rated]
        saying = _bounded(left_saying * np.bincount(rater, rest, people))
        rest = ratings.rest - ratings.weight * saying[rater]
        hearing = _bounded(left_hearing * np.bincount(rated, rest, people))
    return Effects(saying, hearing, left_saying, left_hearing)


def _left(seen: Floats, variance: float) -> Floats:
    return variance / (1 + variance * seen)


def _bounded(effect: Floats) -> Floats:
    return np.clip(effect, -_FARTHEST, _FARTHEST)


def shifted(eta: Floats, effect: Floats, left: Floats, spread: Spread) -> Floats:
    """Log-odds once something is known of the people: with less left open, they grow clearer.

    eta: averaged over everybody; effect: what is known of these two; left: variance still open.
    For two strangers this is eta itself.
    """
    wide = spread.stretch
    return (eta + effect) * wide / np.sqrt(1 + wide**2 * left / _LOGISTIC)
