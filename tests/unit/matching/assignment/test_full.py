"""Matrices without gaps and one seat each: as good as another solver says, whatever their shape."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from tandemwerk.matching import assign, verify
from tandemwerk.matching.assignment import full, prepare
from tandemwerk.matching.assignment.full import solve_full
from tandemwerk.matching.assignment.state import Clock


def matrix(kind: str, shape: tuple[int, int], seed: int) -> np.ndarray:
    numbers = np.random.default_rng(seed)
    fits = numbers.random(shape)
    if kind == "ties":
        return np.floor(fits * 3)
    if kind == "equal":
        return np.full(shape, -0.5)
    if kind == "products":
        return np.outer(numbers.random(shape[0]), numbers.random(shape[1]))
    return fits * 200 - 100 if kind == "below zero" else fits


KINDS = ("random", "ties", "equal", "products", "below zero")


@settings(max_examples=200)
@given(
    kind=st.sampled_from(KINDS),
    shape=st.tuples(st.integers(1, 90), st.integers(1, 90)),
    square=st.booleans(),
    seed=st.integers(0, 2**32),
)
def test_every_shape_equals_another_solver_and_is_proven(
    kind: str, shape: tuple[int, int], square: bool, seed: int
) -> None:
    fits = matrix(kind, (shape[0], shape[0]) if square else shape, seed)
    seats = np.ones(fits.shape[1], dtype=np.int64)
    row, column = linear_sum_assignment(fits, maximize=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepare, "CELLS", 0)
        result = assign(fits, seats, seed=seed)
    assert len(result.pairs) == min(fits.shape)
    assert result.total == pytest.approx(math.fsum(fits[row, column]), abs=1e-8)
    verdict = verify(fits, seats, result)
    assert verdict.feasible
    assert verdict.most
    assert max(verdict.gap, result.gap) <= 1e-8
    assert verdict.upper_bound == pytest.approx(result.upper_bound, abs=1e-8)


@pytest.mark.parametrize("shape", [(230, 230), (210, 250), (250, 210)])
@pytest.mark.parametrize("kind", ["random", "ties"])
def test_locked_people_and_their_seats_are_left_alone(kind: str, shape: tuple[int, int]) -> None:
    fits = matrix(kind, shape, 1)
    seats = np.ones(shape[1], dtype=np.int64)
    result = assign(fits, seats, fixed=[(3, 7), (200, 0)])
    others = np.delete(np.delete(fits, [3, 200], axis=0), [0, 7], axis=1)
    row, column = linear_sum_assignment(others, maximize=True)
    rest = math.fsum(others[row, column])
    assert result.total == pytest.approx(rest + fits[3, 7] + fits[200, 0], abs=1e-8)
    verdict = verify(fits, seats, result)
    assert verdict.feasible
    assert verdict.most
    assert verdict.gap <= 1e-8


@pytest.mark.parametrize("shape", [(220, 220), (200, 230), (230, 200)])
@pytest.mark.parametrize("times", [0, 1, 3, 12])
def test_stopped_early_everybody_has_a_place_and_the_gap_is_true(
    times: int, shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full, "_SLICE", 2000)
    fits = matrix("products", shape, 2)
    seats = np.ones(shape[1], dtype=np.int64)
    asked = iter(range(10**9))
    early = assign(fits, seats, should_stop=lambda: next(asked) >= times)
    row, column = linear_sum_assignment(fits, maximize=True)
    best = math.fsum(fits[row, column])
    assert len(early.pairs) == min(shape)
    assert early.total <= best + 1e-9
    assert early.upper_bound >= best - 1e-9
    verdict = verify(fits, seats, early)
    assert verdict.feasible
    assert verdict.most
    assert verdict.upper_bound == pytest.approx(early.upper_bound, abs=1e-8)


def test_matrices_in_other_types_and_orders_are_read_as_they_are() -> None:
    fits = np.floor(matrix("random", (210, 210), 3) * 1000)
    seats = np.ones(210, dtype=np.int64)
    expected = assign(fits, seats).mentor_of
    for other in (fits.astype(np.float32), fits.astype(np.int32), np.asfortranarray(fits)):
        assert (assign(other, seats).mentor_of == expected).all()


def test_a_solution_says_that_it_is_proven() -> None:
    fits = matrix("random", (5, 5), 4)
    everyone = np.arange(5)
    assert solve_full(fits, everyone, everyone, fits.max(axis=0), Clock()).proven
    stopped = Clock(should_stop=lambda: True)
    assert not solve_full(fits, everyone, everyone, fits.max(axis=0), stopped).proven
