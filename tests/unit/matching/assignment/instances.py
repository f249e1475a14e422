"""Markets to solve: random, tied, crowded, and their optimum from SciPy."""

import math

import numpy as np
import scipy.sparse
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from tandemwerk.matching.assignment.market import Market


def market_of_rows(
    rows: list[tuple[list[int], list[float]]], seats: list[int] | np.ndarray
) -> Market:
    indptr = np.cumsum([0, *(len(columns) for columns, _ in rows)]).astype(np.int64)
    columns = np.array([c for part, _ in rows for c in part], dtype=np.int32)
    fits = np.array([f for _, part in rows for f in part], dtype=np.float64)
    return Market(indptr, columns, fits, np.asarray(seats, dtype=np.int64))


@st.composite
def matrices(draw: st.DrawFn, most: int = 24) -> tuple[np.ndarray, np.ndarray]:
    """Fits with NaN and seats: with and without ties, sparse and full, scarce and plenty."""
    numbers = np.random.default_rng(draw(st.integers(0, 2**32)))
    shape = draw(st.tuples(st.integers(1, most), st.integers(1, most)))
    fits = numbers.random(shape)
    if draw(st.booleans()):
        fits = np.floor(fits * draw(st.integers(1, 5)))
    if draw(st.booleans()):
        fits += 2 * numbers.random(shape[1])
    if draw(st.booleans()):
        fits = fits * 100 - 50
    fits[numbers.random(shape) < draw(st.sampled_from([0.0, 0.3, 0.7, 0.9]))] = np.nan
    return fits, numbers.integers(0, draw(st.sampled_from([2, 3, 6])), shape[1])


def sparse_of(fits: np.ndarray) -> scipy.sparse.csr_array:
    """The allowed cells as CSR, zeros stored."""
    row, column = np.nonzero(~np.isnan(fits))
    indptr = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=len(fits)))))
    return scipy.sparse.csr_array((fits[row, column], column, indptr), shape=fits.shape)


def best_by_scipy(fits: np.ndarray, seats: np.ndarray) -> tuple[int, float]:
    """(most matched, best total), from a solver that is not ours."""
    allowed = ~np.isnan(fits)
    places = np.repeat(np.arange(len(seats)), seats)
    if not allowed.any() or not len(places):
        return 0, 0.0
    best, worst = np.nanmax(fits), np.nanmin(fits)
    penalty = (min(len(fits), len(places)) + 1) * (best - worst) + 1
    row, place = linear_sum_assignment(
        np.where(allowed, best - np.nan_to_num(fits), penalty)[:, places]
    )
    made = fits[row, places[place]]
    return int((~np.isnan(made)).sum()), math.fsum(made[~np.isnan(made)])


def crowd(rows: int, mentors: int, k: int, seed: int) -> tuple[scipy.sparse.csr_array, np.ndarray]:
    """Mentees who all want the popular ones; about as many seats as mentees."""
    numbers = np.random.default_rng(seed)
    popular = np.exp(1.1 * numbers.normal(size=mentors))
    popular /= popular.sum()
    columns = np.stack([numbers.choice(mentors, k, replace=False, p=popular) for _ in range(rows)])
    fits = numbers.random((rows, k)) + 0.1 * np.log(popular)[columns]
    matrix = scipy.sparse.csr_array(
        (fits.ravel(), columns.ravel(), np.arange(rows + 1) * k), shape=(rows, mentors)
    )
    return matrix, numbers.poisson(rows / mentors - 1, mentors) + 1
