"""Seats just enough: everybody finds one, as well as can be, proven, and stoppable."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from tandemwerk.matching import assign, verify
from tandemwerk.matching.assignment import even, exact, state
from tandemwerk.matching.assignment.even import solve_crowded, solve_even
from tandemwerk.matching.assignment.market import Market, market_of_dense
from tandemwerk.matching.assignment.state import Clock, Stopped

from .instances import best_by_scipy, sparse_of


@st.composite
def even_markets(draw: st.DrawFn, most: int = 16) -> tuple[np.ndarray, np.ndarray]:
    """Fits with NaN and seats for everybody, by a hidden choice; sometimes a few seats more."""
    numbers = np.random.default_rng(draw(st.integers(0, 2**32)))
    rows, mentors = draw(st.integers(1, most)), draw(st.integers(1, most))
    fits = numbers.random((rows, mentors))
    if draw(st.booleans()):
        fits = np.floor(fits * draw(st.integers(1, 4)))
    fits = fits * draw(st.sampled_from([1.0, 200.0])) - draw(st.sampled_from([0.0, 0.5, 100.0]))
    hidden = numbers.integers(0, mentors, rows)
    gone = numbers.random(fits.shape) < draw(st.sampled_from([0.0, 0.4, 0.8]))
    gone[np.arange(rows), hidden] = False
    fits[gone] = np.nan
    seats = np.bincount(hidden, minlength=mentors)
    return fits, seats + (numbers.random(mentors) < draw(st.sampled_from([0.0, 0.2, 0.7])))


@settings(max_examples=200)
@given(instance=even_markets())
def test_everybody_is_seated_as_well_as_another_solver_says_and_the_prices_prove_it(
    instance: tuple[np.ndarray, np.ndarray],
) -> None:
    fits, seats = instance
    market = market_of_dense(fits, seats)
    market = market.only(seats[market.columns] > 0)
    solved = solve_even(market, seats, Clock())
    taken = np.bincount(solved.mate, minlength=len(seats))
    own = fits[np.arange(len(fits)), solved.mate]
    assert (taken <= seats).all()
    assert own.sum() == pytest.approx(best_by_scipy(fits, seats)[1], abs=1e-8)
    # Complementary slackness: nobody gains elsewhere, what is free costs nothing.
    assert (solved.price >= 0).all()
    assert (solved.price[taken < seats] == 0).all()
    gains = np.where(seats > 0, fits - solved.price, np.nan)
    assert np.nanmax(gains, axis=1) == pytest.approx(own - solved.price[solved.mate], abs=1e-9)


@settings(max_examples=60)
@given(fits=st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=5, max_size=5))
def test_a_square_is_as_good_as_the_best_of_all_its_orders(fits: list[list[int]]) -> None:
    matrix, seats = np.array(fits, dtype=float), np.ones(5, dtype=np.int64)
    best = max(sum(matrix[r, c] for r, c in enumerate(order)) for order in permutations(range(5)))
    solved = solve_even(market_of_dense(matrix, seats), seats, Clock())
    assert solved.mate_fit.sum() == pytest.approx(best)


@settings(max_examples=100)
@given(instance=even_markets(), newcomers=st.integers(1, 4), seed=st.integers(0, 2**32))
def test_a_few_too_many_leave_the_right_ones_out(
    instance: tuple[np.ndarray, np.ndarray], newcomers: int, seed: int
) -> None:
    # Newcomers may sit anywhere, so that every seat is scarce.
    fits, seats = instance
    numbers = np.random.default_rng(seed)
    fits = np.vstack([np.nan_to_num(fits, nan=0.1), numbers.random((newcomers, len(seats)))])
    seats = np.maximum(seats, seats.sum() == 0)
    out = len(fits) - int(seats.sum())
    if out <= 0:
        seats, out = np.eye(1, len(seats), dtype=np.int64)[0], len(fits) - 1
    market = market_of_dense(fits, seats)
    market = market.only(seats[market.columns] > 0)
    rows, mate, fit, price = solve_crowded(
        market, seats, np.ones(len(fits), dtype=np.bool_), seats > 0, out, Clock()
    )
    assert rows.tolist() == list(range(len(fits)))
    assert (mate < 0).sum() == out
    assert fit[mate >= 0].sum() == pytest.approx(best_by_scipy(fits, seats)[1], abs=1e-8)
    best = np.where(seats > 0, fits - price, -np.inf).max(axis=1)
    assert (best[mate < 0] <= 1e-9).all()
    assert best[mate >= 0] == pytest.approx((fit - price[mate])[mate >= 0], abs=1e-9)
    assert (best[mate >= 0] >= -1e-9).all()


def scattered(
    rows: int, mentors: int, k: int, seed: int, *, extra: int = 0
) -> tuple[csr_array, np.ndarray]:
    """Rows with k candidates each, seats counted from a hidden choice, `extra` seats more."""
    numbers = np.random.default_rng(seed)
    columns = np.stack([numbers.choice(mentors, k, replace=False) for _ in range(rows)])
    seats = np.bincount(columns[:, 0], minlength=mentors)
    seats += np.bincount(numbers.integers(0, mentors, extra), minlength=mentors)
    fits = numbers.random((rows, k))
    matrix = csr_array((fits.ravel(), columns.ravel(), np.arange(rows + 1) * k), (rows, mentors))
    return matrix, seats


def dense_of(matrix: csr_array) -> np.ndarray:
    fits = np.full(matrix.shape, np.nan)
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    fits[row, matrix.indices] = matrix.data
    return fits


@pytest.mark.parametrize("odd", ["just enough", "some free", "some left out", "lonely", "both"])
def test_the_front_door_takes_this_way_and_proves_it(
    odd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    inner = even.solve_even

    def counted(market: Market, seats: np.ndarray, clock: Clock) -> state.State:
        calls.append(market.rows)
        return inner(market, seats, clock)

    monkeypatch.setattr(exact, "_SMALL", 0)
    monkeypatch.setattr(even, "solve_even", counted)
    monkeypatch.setattr(exact, "solve_even", counted)
    matrix, seats = scattered(600, 250, 6, seed=2, extra=8 if odd == "some free" else 0)
    fits = dense_of(matrix)
    if odd == "lonely":
        fits = np.vstack([fits, np.full((2, 250), np.nan)])
    if odd in ("some left out", "both"):
        fits = np.vstack([fits, fits[:3]])
    if odd == "both":
        other, more = scattered(500, 200, 6, seed=3)
        whole = np.full((len(fits) + 500, 450), np.nan)
        whole[: len(fits), :250], whole[len(fits) :, 250:] = fits, dense_of(other)
        fits, seats = whole, np.concatenate((seats, more))
    scores = sparse_of(fits)
    found = assign(scores, seats)
    most, total = best_by_scipy(fits, seats)
    assert calls
    assert (len(found.pairs), found.total) == (most, pytest.approx(total, abs=1e-8))
    verdict = verify(scores, seats, found)
    assert verdict.feasible
    assert verdict.most
    assert verdict.gap <= 1e-8


def test_the_order_of_people_changes_no_total_and_the_same_order_no_pair() -> None:
    matrix, seats = scattered(500, 200, 6, seed=7)
    fits, numbers = dense_of(matrix), np.random.default_rng(1)
    rows, columns = numbers.permutation(500), numbers.permutation(200)
    one, again = assign(matrix, seats), assign(matrix, seats)
    mixed = assign(sparse_of(fits[rows][:, columns]), seats[columns])
    assert one.pairs == again.pairs
    assert mixed.total == pytest.approx(one.total, abs=1e-9)


@pytest.mark.parametrize("times", range(0, 30, 3))
@pytest.mark.parametrize("extra", [0, 8])
def test_stopped_anywhere_everybody_is_seated_and_the_gap_is_true(
    times: int, extra: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "SLICE", 1500)
    matrix, seats = scattered(500, 200, 6, seed=9, extra=extra)
    best = assign(matrix, seats)
    asked = iter(range(10**9))
    early = assign(matrix, seats, should_stop=lambda: next(asked) >= times)
    verdict = verify(matrix, seats, early)
    assert verdict.feasible
    assert len(early.pairs) == 500
    assert early.total - 1e-9 <= best.total <= early.upper_bound + 1e-9
    assert verdict.upper_bound == pytest.approx(early.upper_bound, abs=1e-6)


def test_an_auction_that_bids_too_long_hands_over_and_ends_as_exactly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(state, "SLICE", 50)
    monkeypatch.setattr(even, "_MOST", 0.1)
    matrix, seats = scattered(300, 120, 6, seed=4)
    fits = dense_of(matrix)
    market = market_of_dense(fits, seats)
    market = market.only(seats[market.columns] > 0)
    solved = solve_even(market, seats, Clock())
    assert solved.mate_fit.sum() == pytest.approx(best_by_scipy(fits, seats)[1], abs=1e-8)


def test_time_up_before_it_starts_is_said() -> None:
    market = market_of_dense(np.random.default_rng(1).random((4, 4)), np.ones(4, dtype=np.int64))
    with pytest.raises(Stopped):
        solve_even(market, market.seats, Clock(should_stop=lambda: True))
