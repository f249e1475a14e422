"""Platt's calibration: two numbers that make probabilities mean what they say.

Fitted on groups the model had not seen, with a prior at "change nothing", so that a few groups
cannot bend it.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np
from scipy.special import expit, logit

from .meetings import Floats

# Precision around "change nothing". Answers of one person belong together, so a slope from
# thousands of answers is still known only to about a tenth.
_PRIOR = 40.0
_MOST_STEPS = 50
_CONVERGED = 1e-8
_EDGE = 1e-4


@dataclass(frozen=True, slots=True)
class Platt:
    """logit p = shift + slope · log-odds."""

    shift: float = 0.0
    slope: float = 1.0

    def __call__(self, odds: Floats) -> Floats:
        """Calibrated probabilities of log-odds."""
        return cast("Floats", np.clip(expit(self.shift + self.slope * odds), _EDGE, 1 - _EDGE))


def platt(odds: Floats, answers: Floats) -> Platt:
    """Fit shift and slope; slopes below 0 become 0: a model turned round is no model.

    The shift is judged at the middle of the odds, so that doubts about the slope do not move
    everybody.
    """
    middle = float(odds.mean())
    columns = np.column_stack([np.ones_like(odds), odds - middle])
    theta = np.zeros(2)  # change of shift and slope
    step, steps = np.ones(2), 0
    while np.abs(step).max() >= _CONVERGED and steps < _MOST_STEPS:
        expected = expit(odds + columns @ theta)
        slope = columns.T @ (answers - expected) - _PRIOR * theta
        weights = expected * (1 - expected)
        curvature = (columns * weights[:, None]).T @ columns + _PRIOR * np.eye(2)
        step = np.linalg.solve(curvature, slope)
        theta, steps = theta + step, steps + 1
    if theta[1] < -1:
        rate = (answers.sum() + 1) / (len(answers) + 2)
        return Platt(float(logit(rate)), 0.0)
    return Platt(float(theta[0] - theta[1] * middle), float(1 + theta[1]))


def product_odds(a: Floats, b: Floats) -> Floats:
    """Log-odds of the product of two probabilities."""
    both = a * b
    return np.log(both) - np.log1p(-both)
