"""Two one-sided logistic models fitted together, and again without some of the groups, fast.

Side a: logit P(a says yes) = X_a · (s + d), side b: X_b · (s - d). `s` is what both sides have in
common, `d` how they differ; both are pulled to zero, `d` more strongly: what makes people say yes
is much the same on both sides, and what is learned on one side helps the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve, cholesky, solve_triangular
from scipy.special import expit

from .meetings import Floats

# Prior variance of the whole linear predictor, in squared logits, and how much more strongly other
# things are pulled to zero: the difference of both sides, and what concerns both people at once.
# Mixed by what they achieve on held-out groups.
SIGNALS = (0.08, 0.25, 0.8)
PULLS = ((1.0, 1.0), (4.0, 1.0), (4.0, 8.0))
_INTERCEPT = 1e-3  # precision; it keeps a side with hardly any yes finite
_CONVERGED = 1e-5
_MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class Strength:
    """How freely the model may learn: see SIGNALS and PULLS."""

    signal: float
    contrast: float
    together: float


STRENGTHS = tuple(Strength(signal, *pulls) for pulls in PULLS for signal in SIGNALS)


@dataclass(frozen=True, eq=False)
class Problem:
    """Both sides' designs (rows, columns) and answers, with the group number of each row.

    An answer that was never asked for is NaN and counts for nothing.
    plain: how many columns, from the left, hold the answers of one person (`Design.plain`).
    """

    x_a: Floats
    x_b: Floats
    y_a: Floats
    y_b: Floats
    group: NDArray[np.intp]
    plain: int

    @cached_property
    def count(self) -> int:
        """Number of groups."""
        return int(self.group.max()) + 1

    @cached_property
    def known_a(self) -> Floats:
        """1 where a answered, else 0."""
        return (~np.isnan(self.y_a)).astype(np.float64)

    @cached_property
    def known_b(self) -> Floats:
        """1 where b answered, else 0."""
        return (~np.isnan(self.y_b)).astype(np.float64)

    @cached_property
    def both(self) -> Floats:
        """1 where both said yes."""
        return np.where((self.y_a == 1) & (self.y_b == 1), 1.0, 0.0)

    def slope(self, eta_a: Floats, eta_b: Floats, rows: Floats | float = 1.0) -> Floats:
        """Slope of the likelihood in the coefficients of both sides; rows: how much each counts."""
        rest_a = self.known_a * (np.nan_to_num(self.y_a) - expit(eta_a))
        rest_b = self.known_b * (np.nan_to_num(self.y_b) - expit(eta_b))
        return np.concatenate([self.x_a.T @ (rows * rest_a), self.x_b.T @ (rows * rest_b)])

    def precision(self, strength: Strength) -> Floats:
        """Prior precision of (a's, b's) coefficients: (2 columns, 2 columns)."""
        columns = self.x_a.shape[1]
        common = np.full(columns, max(columns - 1, 1) / strength.signal)
        common[self.plain :] *= strength.together
        differ = common * strength.contrast
        common[0] = differ[0] = _INTERCEPT
        same, cross = np.diag((common + differ) / 2), np.diag((common - differ) / 2)
        return np.block([[same, cross], [cross, same]])

    def eta(self, beta: Floats, rows: NDArray[np.intp] | slice) -> tuple[Floats, Floats]:
        """Linear predictors of both sides."""
        half = len(beta) // 2
        return self.x_a[rows] @ beta[:half], self.x_b[rows] @ beta[half:]


class Fits:
    """All fits of one strength: with every group, and cheaply without some of them.

    The curvature of the full fit, less what the groups left out add to it, is so close to that of
    the smaller fit that three or four steps reach its exact optimum; no answer of a left-out
    group has any influence on the result (the tolerance is 1e-5 per coefficient).
    Memory: (2 columns)² numbers and as many for each block of groups.
    """

    def __init__(self, problem: Problem, strength: Strength) -> None:
        self.problem = problem
        self.prior = problem.precision(strength)
        self.beta = self._newton()
        eta_a, eta_b = problem.eta(self.beta, slice(None))
        self._w_a = problem.known_a * _weights(eta_a)
        self._w_b = problem.known_b * _weights(eta_b)
        self._parts: dict[int, tuple[Floats, Floats]] = {}
        self._whole = (
            _gram(problem.x_a, self._w_a),
            _gram(problem.x_b, self._w_b),
        )

    def without(self, groups: Iterable[int]) -> Floats:
        """Coefficients as if these groups had never met."""
        problem, out = self.problem, list(groups)
        rows = (~np.isin(problem.group, out)).astype(np.float64)
        a, b = self._whole[0].copy(), self._whole[1].copy()
        for group in out:
            part = self._part(group)
            a -= part[0]
            b -= part[1]
        factor = cho_factor(_curvature(a, b, self.prior))
        beta = self.beta.copy()
        step, steps = np.ones(1), 0
        while np.abs(step).max() >= _CONVERGED and steps < _MOST_STEPS:
            eta_a, eta_b = problem.eta(beta, slice(None))
            slope = problem.slope(eta_a, eta_b, rows)
            step = cho_solve(factor, slope - self.prior @ beta)
            beta += step
            steps += 1
        return beta

    def draws(self, count: int, generator: np.random.Generator) -> Floats:
        """How the coefficients may deviate: draws from the posterior, (count, 2 columns).

        The normal curve with the curvature at the optimum (Laplace). It is as wide as the prior
        where the answers say nothing, so what was shrunk away for want of data is in it.
        """
        factor = cholesky(_curvature(*self._whole, self.prior))
        normal = generator.standard_normal((len(factor), count))
        return cast("Floats", solve_triangular(factor, normal).T)

    def _part(self, group: int) -> tuple[Floats, Floats]:
        """A group's share of the curvature, kept: it is asked for many times."""
        if group not in self._parts:
            rows = np.flatnonzero(self.problem.group == group)
            self._parts[group] = (
                _gram(self.problem.x_a[rows], self._w_a[rows]),
                _gram(self.problem.x_b[rows], self._w_b[rows]),
            )
        return self._parts[group]

    def _newton(self) -> Floats:
        problem = self.problem
        columns = problem.x_a.shape[1]
        beta = np.zeros(2 * columns)
        step, steps = np.ones(1), 0
        while np.abs(step).max() >= _CONVERGED and steps < _MOST_STEPS:
            eta_a, eta_b = problem.eta(beta, slice(None))
            slope = problem.slope(eta_a, eta_b)
            curvature = _curvature(
                _gram(problem.x_a, problem.known_a * _weights(eta_a)),
                _gram(problem.x_b, problem.known_b * _weights(eta_b)),
                self.prior,
            )
            step = cho_solve(cho_factor(curvature), slope - self.prior @ beta)
            beta += step
            steps += 1
        return beta


def _weights(eta: Floats) -> Floats:
    probability = expit(eta)
    return cast("Floats", probability * (1 - probability))


def _gram(x: Floats, weights: Floats) -> Floats:
    return (x * weights[:, None]).T @ x


def _curvature(a: Floats, b: Floats, prior: Floats) -> Floats:
    half = len(a)
    whole = prior.copy()
    whole[:half, :half] += a
    whole[half:, half:] += b
    return whole
