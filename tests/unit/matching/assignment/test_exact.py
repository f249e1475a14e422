"""The best total, from every door: equal to other solvers, proven, and honest when stopped."""

import math
import time
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment, linprog
from scipy.sparse import csr_array, vstack
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from tandemwerk.matching import Assignment, LockError, assign, verify
from tandemwerk.matching.assignment import prepare
from tandemwerk.matching.assignment.exact import solve_total
from tandemwerk.matching.assignment.kernels_cover import take_better
from tandemwerk.matching.assignment.market import market_of_dense
from tandemwerk.matching.assignment.prepare import Task
from tandemwerk.matching.assignment.state import Solution

from .instances import best_by_scipy, crowd, matrices, sparse_of


def prove(scores: object, seats: np.ndarray, result: Assignment) -> None:
    verdict = verify(scores, seats, result)
    assert verdict.feasible
    assert verdict.most in (True, None)
    assert 0 <= verdict.gap <= 1e-8
    assert 0 <= result.gap <= 1e-8
    assert verdict.total == pytest.approx(result.total, abs=1e-9)
    assert verdict.upper_bound == pytest.approx(result.upper_bound, abs=1e-8)


@settings(max_examples=200)
@given(instance=matrices(), seed=st.integers(0, 3))
def test_dense_small_and_sparse_equal_another_solver_and_are_proven(
    instance: tuple[np.ndarray, np.ndarray], seed: int
) -> None:
    fits, seats = instance
    most, total = best_by_scipy(fits, seats)
    sparse = sparse_of(fits)
    with pytest.MonkeyPatch.context() as patch:
        results = [(fits, assign(fits, seats, seed=seed)), (sparse, assign(sparse, seats))]
        patch.setattr(prepare, "CELLS", 0)
        results.append((fits, assign(fits, seats, seed=seed)))
    for scores, result in results:
        assert (len(result.pairs), result.total) == (most, pytest.approx(total, abs=1e-8))
        prove(scores, seats, result)


@settings(max_examples=100)
@given(instance=matrices(12), data=st.data())
def test_locks_bans_and_floor_hold_in_the_dense_search_too(
    instance: tuple[np.ndarray, np.ndarray], data: st.DataObject
) -> None:
    fits, seats = instance
    allowed = [(int(r), int(c)) for r, c in np.argwhere(~np.isnan(fits)) if seats[c] > 0]
    fixed = [data.draw(st.sampled_from(allowed))] if allowed else []
    cells = st.tuples(st.integers(0, len(fits) - 1), st.integers(0, fits.shape[1] - 1))
    banned = [p for p in data.draw(st.lists(cells, max_size=4)) if p not in fixed]
    floor = data.draw(st.none() | st.sampled_from([0.3, 1.0]))
    with pytest.MonkeyPatch.context() as patch:
        small = assign(fits, seats, fixed=fixed, forbidden=banned, floor=floor)
        patch.setattr(prepare, "CELLS", 0)
        large = assign(fits, seats, fixed=fixed, forbidden=banned, floor=floor)
    assert len(small.pairs) == len(large.pairs)
    assert small.total == pytest.approx(large.total, abs=1e-8)
    assert set(fixed) <= set(large.pairs)
    prove(fits, seats, large)


@settings(max_examples=100)
@given(instance=matrices(10))
def test_a_free_number_of_people_never_totals_less_and_leaves_out_what_costs(
    instance: tuple[np.ndarray, np.ndarray],
) -> None:
    fits, seats = instance
    free = assign(fits, seats, cardinality="free")
    prove(fits, seats, free)
    assert free.total >= assign(fits, seats).total - 1e-9
    assert all(fits[pair] >= 0 for pair in free.pairs)
    # Pairs that would only cost are as good as not there.
    worth = np.where(fits > 0, fits, np.nan)
    padded = np.hstack([worth, np.zeros((len(fits), 1))])
    assert free.total == pytest.approx(
        best_by_scipy(padded, np.append(seats, len(fits)))[1], abs=1e-8
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepare, "CELLS", 0)
        dense = assign(fits, seats, cardinality="free")
    assert dense.total == pytest.approx(free.total, abs=1e-8)
    prove(fits, seats, dense)


@settings(max_examples=50)
@given(instance=matrices(12), data=st.data())
def test_a_better_fit_never_lowers_the_total_and_order_never_matters(
    instance: tuple[np.ndarray, np.ndarray], data: st.DataObject
) -> None:
    fits, seats = instance
    before = assign(fits, seats)
    better = fits.copy()
    better[data.draw(st.integers(0, len(fits) - 1))] += 0.5
    assert assign(better, seats).total >= before.total - 1e-9
    rows = np.array(data.draw(st.permutations(range(len(fits)))))
    columns = np.array(data.draw(st.permutations(range(fits.shape[1]))))
    mixed = assign(fits[rows][:, columns], seats[columns])
    assert len(mixed.pairs) == len(before.pairs)
    assert mixed.total == pytest.approx(before.total, abs=1e-9)


@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("structured", [False, True])
def test_a_large_dense_square_equals_scipy(ties: bool, structured: bool, gaps: bool) -> None:
    numbers = np.random.default_rng(3)
    fits = numbers.random((300, 300))
    if structured:
        fits = fits / 10 + numbers.normal(size=(300, 4)) @ numbers.normal(size=(4, 300))
        fits += numbers.random(300)
    if ties:
        fits = np.floor(fits * 4)
    row, column = linear_sum_assignment(fits, maximize=True)
    if gaps:
        fits[row, column[::-1]] = np.nan
        row, column = linear_sum_assignment(np.nan_to_num(fits, nan=-1e6), maximize=True)
    result = assign(fits, np.ones(300, dtype=np.int64))
    assert len(result.pairs) == 300
    assert result.total == pytest.approx(fits[row, column].sum(), abs=1e-8)
    prove(fits, np.ones(300, dtype=np.int64), result)


def test_people_only_the_far_end_of_a_matrix_can_seat_are_seated() -> None:
    # Everybody likes the first 100 mentors best; who gets the others matters little.
    numbers = np.random.default_rng(5)
    fits = numbers.random((260, 260)) / 100
    fits[:, :100] += 10
    fits[:200, 150:] = np.nan
    seats = np.ones(260, dtype=np.int64)
    result = assign(fits, seats)
    assert (len(result.pairs), result.total) == (
        best_by_scipy(fits, seats)[0],
        pytest.approx(best_by_scipy(fits, seats)[1], abs=1e-8),
    )
    prove(fits, seats, result)


def test_a_long_chain_of_costly_moves_is_made_if_it_seats_one_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # 30 mentors whom all like best are needed by 30 mentees who know nobody else. The others
    # would each have to leave their own mentor for the next one, whom nobody would look at.
    monkeypatch.setattr(prepare, "CELLS", 0)
    chain, wanted = 60, 30
    fits = np.full((chain + 1 + wanted, wanted + chain + 1), np.nan)
    fits[:, :wanted] = 10.0
    steps = np.arange(chain)
    fits[steps, wanted + steps] = 9.0
    fits[steps, wanted + steps + 1] = 0.0
    fits[chain, wanted] = 9.0
    seats = np.ones(fits.shape[1], dtype=np.int64)
    result = assign(fits, seats)
    assert result.unmatched == []
    assert result.total == pytest.approx(best_by_scipy(fits, seats)[1])
    prove(fits, seats, result)


def test_locks_in_sparse_scores_need_an_allowed_pair() -> None:
    matrix = csr_array(np.array([[0.5, 0.0], [0.4, 0.6]]))
    result = assign(matrix, [1, 1], fixed=[(1, 0)])
    assert (result.pairs, result.total) == ([(1, 0)], 0.4)
    with pytest.raises(LockError, match="lock_not_allowed"):
        assign(matrix, [1, 1], fixed=[(0, 1)])


def test_a_sparse_market_with_one_seat_each_equals_scipy() -> None:
    numbers = np.random.default_rng(1)
    columns = np.stack([numbers.choice(900, 12, replace=False) for _ in range(600)])
    matrix = csr_array(
        (numbers.random(7200) + 0.1, columns.ravel(), np.arange(601) * 12), shape=(600, 900)
    )
    row, column = min_weight_full_bipartite_matching(matrix, maximize=True)
    result = assign(matrix, np.ones(900, dtype=np.int64))
    assert result.total == pytest.approx(matrix[row, column].sum(), abs=1e-9)
    prove(matrix, np.ones(900, dtype=np.int64), result)


def test_a_crowded_market_equals_a_linear_program() -> None:
    matrix, seats = crowd(1200, 500, 10, seed=2)
    result = assign(matrix, seats)
    rows, edges = np.repeat(np.arange(1200), 10), np.arange(12000)
    one = csr_array((np.ones(12000), (rows, edges)), shape=(1200, 12000))
    places = csr_array((np.ones(12000), (matrix.indices, edges)), shape=(500, 12000))
    found = linprog(
        -(matrix.data + 1000), A_ub=vstack([one, places]),
        b_ub=np.concatenate([np.ones(1200), seats]), bounds=(0, 1), method="highs",
    )  # fmt: skip
    people = round(found.x.sum())
    assert 0 < len(result.unmatched) == 1200 - people
    assert result.total == pytest.approx(-found.fun - 1000 * people, abs=1e-5)
    prove(matrix, seats, result)
    assert result.certificate is not None
    assert result.certificate.lift > 0


def stop_after(times: int) -> Callable[[], bool]:
    asked = iter(range(10**9))
    return lambda: next(asked) >= times


@pytest.mark.parametrize("times", [0, 1, 2, 3, 4, 6])
@pytest.mark.parametrize("cardinality", ["most", "free"])
@pytest.mark.parametrize("kind", ["crowd", "dense"])
def test_stopped_early_the_gap_is_true_and_nobody_is_left_out(
    times: int, cardinality: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tandemwerk.matching.assignment.state.SLICE", 3000)
    if kind == "crowd":
        scores, seats = crowd(400, 150, 8, seed=4)
    else:
        scores, seats = np.random.default_rng(6).random((250, 240)), np.ones(240, dtype=np.int64)
        scores[0, 0] = np.nan
    best = assign(scores, seats, cardinality=cardinality)
    early = assign(scores, seats, cardinality=cardinality, should_stop=stop_after(times))
    verdict = verify(scores, seats, early)
    assert verdict.feasible
    assert verdict.upper_bound == pytest.approx(early.upper_bound, abs=1e-6)
    assert early.upper_bound >= best.total - 1e-9
    assert early.total <= best.total + 1e-9
    if cardinality == "most":
        assert len(early.pairs) == len(best.pairs)


def test_a_time_limit_of_nothing_still_seats_everybody() -> None:
    matrix, seats = crowd(400, 150, 8, seed=4)
    early = assign(matrix, seats, time_limit=0.0)
    assert len(early.pairs) == len(assign(matrix, seats).pairs)
    assert verify(matrix, seats, early).most
    nobody = assign(np.full((1, 1), np.nan), [1], time_limit=0.0)
    assert nobody.pairs == []


def test_mentors_without_a_seat_are_priced_out_of_everybodys_reach() -> None:
    market = market_of_dense(np.array([[0.5, 0.9], [0.4, 0.1]]), np.array([2, 2]))
    solution = solve_total(market, np.array([2, 0]))
    assert list(solution.mentor_of) == [0, 0]
    assert solution.prices[1] >= 0.9
    assert solution.mentors is not None
    assert solution.mentors[1]
    assert list(solve_total(market, np.array([2, 0]), cardinality="free").mentor_of) == [0, 0]


def test_the_same_seed_gives_the_same_pairs_of_a_large_matrix() -> None:
    fits = np.floor(np.random.default_rng(8).random((220, 220)) * 3)
    seats = np.ones(220, dtype=np.int64)
    first, again = assign(fits, seats, seed=1), assign(fits, seats, seed=1)
    assert (first.mentor_of == again.mentor_of).all()
    other = assign(fits, seats, seed=2)
    assert other.total == pytest.approx(math.fsum(fits[p] for p in first.pairs))
    assert (first.mentor_of != other.mentor_of).any()


def first_come_total(matrix: csr_array, seats: np.ndarray) -> float:
    """People in order, each with the first mentor of their list who has a seat left."""
    left, total = seats.copy(), 0.0
    for row in range(matrix.shape[0]):
        here = slice(matrix.indptr[row], matrix.indptr[row + 1])
        for column, fit in zip(matrix.indices[here], matrix.data[here], strict=True):
            if left[column]:
                left[column] -= 1
                total += fit
                break
    return total


def test_stopped_at_once_everybody_sits_well_where_they_can() -> None:
    matrix, seats = crowd(500, 400, 8, seed=4)
    matrix.data = np.random.default_rng(5).random(matrix.nnz)
    early = assign(matrix, seats, time_limit=0.0)
    assert early.total > first_come_total(matrix, seats) * 1.2
    moved = assign(matrix, seats, time_limit=0.0, cardinality="free")
    assert moved.total > first_come_total(matrix, seats) * 1.2
    fits = np.random.default_rng(3).random((250, 250))
    dense = assign(fits, np.ones(250, dtype=np.int64), time_limit=0.0)
    assert dense.total > 0.7 * assign(fits, np.ones(250, dtype=np.int64)).total


def test_moves_to_better_free_seats_cost_nobody_a_seat() -> None:
    matrix = csr_array(np.array([[0.1, 0.9, 0.5], [0.2, 0.8, 0.0], [0.3, 0.0, 0.0]]))
    mate, load = np.array([0, -1, -1]), np.array([1, 0, 0])
    seats = np.array([1, 1, 1])
    options = (matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32), matrix.data, seats)
    assert take_better(*options, -np.inf, mate, load) == 2
    assert (mate.tolist(), load.tolist()) == ([1, 0, -1], [1, 1, 0])
    assert take_better(*options, -np.inf, mate, load) == 0


@pytest.mark.parametrize("objective", ["fair", "balanced"])
def test_half_the_time_is_left_for_what_was_asked_for(
    objective: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[float | None] = []

    def noted(task: Task, cardinality: str, deadline: float | None, stop: object) -> Solution:
        given.append(deadline)
        return solve_total(task.part)

    monkeypatch.setattr(Task, "total", noted)
    start = time.perf_counter()
    assign(np.array([[0.5, 0.4]]), [1, 1], objective=objective, time_limit=1000.0)
    assign(np.array([[0.5, 0.4]]), [1, 1], time_limit=1000.0)
    assert given[0] is not None
    assert given[1] is not None
    assert given[0] - start < 600 < given[1] - start
