"""Stable, fair and balanced against brute force on small cases."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
import pytest
import scipy.sparse
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.matching import (
    Assignment,
    Mentee,
    Mentor,
    ObjectiveError,
    ScoresError,
    Wishes,
    assign,
    assignment_of,
    balance_bound,
    blocking_pairs,
    score,
    wishes_of,
)
from tandemwerk.matching.assignment import verify
from tandemwerk.matching.assignment.exact import solve_total
from tandemwerk.matching.assignment.fair import fair
from tandemwerk.matching.assignment.prepare import prepare
from tandemwerk.matching.assignment.state import Clock

from .people import mentee, mentees, mentor, mentors

NAN = float("nan")
OTHERS = ("stable", "fair", "balanced")


@st.composite
def problems(draw: st.DrawFn) -> tuple[np.ndarray, list[int]]:
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    fit = st.sampled_from([NAN, 0.0, 0.25, 0.5, 1.0])
    if draw(st.booleans()):
        fit |= st.floats(-1, 2)
    cells = draw(st.lists(fit, min_size=rows * columns, max_size=rows * columns))
    seats = draw(st.lists(st.integers(0, 3), min_size=columns, max_size=columns))
    return np.array(cells).reshape(rows, columns), seats


def every_assignment(fits: np.ndarray, seats: Sequence[int]) -> Iterator[tuple[int, ...]]:
    for chosen in product(range(-1, fits.shape[1]), repeat=fits.shape[0]):
        load = Counter(column for column in chosen if column >= 0)
        if all(load[c] <= seats[c] for c in load) and not np.isnan(fits_of(fits, chosen)).any():
            yield chosen


def fits_of(fits: np.ndarray, chosen: Sequence[int]) -> list[float]:
    return [float(fits[row, column]) for row, column in enumerate(chosen) if column >= 0]


def check(result: Assignment, fits: np.ndarray, seats: Sequence[int]) -> None:
    """Allowed, within the seats, and the price is the distance to the best total."""
    verdict = verify(fits, seats, result)
    assert verdict.feasible
    assert verdict.upper_bound == pytest.approx(result.upper_bound, abs=1e-9)
    best = assign(fits, seats, fixed=result.fixed, seed=result.seed)
    price = result.price
    assert price is not None
    assert best.price is None
    assert price.people == len(best.pairs)
    assert price.people_lost == len(best.pairs) - len(result.pairs) >= 0
    assert price.total == pytest.approx(best.total, abs=1e-9)
    assert price.total_lost == pytest.approx(best.total - result.total, abs=1e-9)
    assert price.total_lost >= -1e-9 or price.people_lost
    assert fits_of(fits, price.best.tolist()) == pytest.approx(fits_of(fits, best.mentor_of))


def blocking_by_force(
    fits: np.ndarray,
    seats: Sequence[int],
    result: Assignment,
    view: np.ndarray | None = None,
    wishes: Wishes | None = None,
) -> list[tuple[int, int]]:
    """The definition, pair by pair, in plain Python."""
    other, wishes = fits if view is None else view, wishes or Wishes()

    def liking(person: int, counterpart: int, side: dict, values: np.ndarray) -> tuple[float, ...]:
        favourites = list(side.get(person, ()))
        rank = favourites.index(counterpart) if counterpart in favourites else math.inf
        place = (person, counterpart) if values is fits else (counterpart, person)
        return (-rank, float(values[place]))

    found = []
    chosen = result.mentor_of.tolist()
    for row, column in np.argwhere(~np.isnan(fits)).tolist():
        if chosen[row] == column:
            continue
        here = liking(row, column, dict(wishes.mentees), fits)
        if chosen[row] >= 0 and liking(row, chosen[row], dict(wishes.mentees), fits) >= here:
            continue
        values = other.copy()  # another object than `fits`, so that `liking` turns the place
        held = [r for r, c in enumerate(chosen) if c == column]
        there = liking(column, row, dict(wishes.mentors), values)
        worse = [r for r in held if liking(column, r, dict(wishes.mentors), values) < there]
        if len(held) < seats[column] or worse:
            found.append((row, column))
    return found


@settings(max_examples=200)
@given(problem=problems(), seed=st.integers(0, 3), data=st.data())
def test_stable_has_no_blocking_pair_also_with_ties_two_views_and_wishes(
    problem: tuple[np.ndarray, list[int]], seed: int, data: st.DataObject
) -> None:
    fits, seats = problem
    steps = st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=fits.size, max_size=fits.size)
    view = np.array(data.draw(steps)).reshape(fits.shape)
    wishes = Wishes(
        mentees={0: data.draw(st.permutations(range(fits.shape[1])))[:2]},
        mentors={0: data.draw(st.permutations(range(fits.shape[0])))[:2]},
    )
    plain = assign(fits, seats, objective="stable", seed=seed)
    check(plain, fits, seats)
    assert blocking_pairs(fits, plain) == blocking_by_force(fits, seats, plain) == []
    both = assign(fits, seats, objective="stable", seed=seed, mentor_scores=view, wishes=wishes)
    check(both, fits, seats)
    assert blocking_pairs(fits, both, mentor_scores=view, wishes=wishes) == []
    assert blocking_by_force(fits, seats, both, view, wishes) == []


@settings(max_examples=200)
@given(problem=problems(), data=st.data())
def test_blocking_pairs_are_found_in_any_assignment(
    problem: tuple[np.ndarray, list[int]], data: st.DataObject
) -> None:
    fits, seats = problem
    every = list(every_assignment(fits, seats))
    chosen = data.draw(st.sampled_from(every))
    wishes = Wishes(mentees={0: [0]}, mentors={0: [0]})
    result = assignment_of(fits, chosen, seats)
    assert blocking_pairs(fits, result) == blocking_by_force(fits, seats, result)
    assert blocking_pairs(fits, result, wishes=wishes) == blocking_by_force(
        fits, seats, result, None, wishes
    )


@pytest.mark.parametrize("steps", [3, 1000])
@pytest.mark.parametrize("seats", [1, 3, 40])
def test_stable_holds_when_people_go_far_down_their_lists(steps: int, seats: int) -> None:
    numbers = np.random.default_rng(seats)
    popular = numbers.random(30)
    fits = np.round((numbers.random((90, 30)) + 3 * popular) * steps) / steps
    fits[numbers.random(fits.shape) < 0.2] = NAN
    view = np.round(numbers.random(fits.shape) * steps)
    room = [seats] * 30
    for options in ({}, {"mentor_scores": view}):
        result = assign(fits, room, objective="stable", **options)
        check(result, fits, room)
        assert blocking_pairs(fits, result, **options) == []
        assert blocking_by_force(fits, room, result, options.get("mentor_scores")) == []


def test_stable_may_leave_more_people_out_and_says_so() -> None:
    fits = np.array([[0.9, 0.8], [0.7, NAN]])
    result = assign(fits, [1, 1], objective="stable")
    assert result.pairs == [(0, 0)]
    assert result.price is not None
    assert (result.price.people, result.price.people_lost) == (2, 1)
    assert result.price.total_lost == pytest.approx(0.8 + 0.7 - 0.9)
    assert result.price.worst_lost == pytest.approx(0.7 - 0.9)


def test_a_favourite_comes_first_in_a_stable_assignment() -> None:
    fits = np.array([[0.9, 0.2], [0.8, 0.1]])
    wishes = Wishes(mentees={0: [1]}, mentors={1: [0]})
    result = assign(fits, [1, 1], objective="stable", wishes=wishes)
    assert result.pairs == [(0, 1), (1, 0)]
    assert assign(fits, [1, 1], objective="stable").pairs == [(0, 0), (1, 1)]


def test_stable_reads_both_views_and_the_wishes_of_the_profiles() -> None:
    left = [mentee("mia", wishes=("kim", "gone"), topics=("hiring",)), mentee("ben")]
    right = [mentor("tom", topics=("hiring",)), mentor("kim", wishes=("mia",))]
    scores = score(left, right)
    assert wishes_of(scores) == Wishes(mentees={0: [1], 1: []}, mentors={0: [], 1: [0]})
    result = assign(scores, objective="stable")
    assert result.pairs == [(0, 1), (1, 0)]
    assert blocking_pairs(scores, result) == []
    assert blocking_pairs(scores, assign(scores, objective="stable", wishes=Wishes()))


@settings(max_examples=50)
@given(left=mentees(2), right=mentors(2), data=st.data(), seed=st.integers(0, 9))
def test_every_objective_gives_the_same_people_the_same_mentors_in_any_order(
    left: list[Mentee], right: list[Mentor], data: st.DataObject, seed: int
) -> None:
    mixed_left = data.draw(st.permutations(left))
    mixed_right = data.draw(st.permutations(right))

    def pairs(one: list[Mentee], two: list[Mentor], objective: str) -> set[tuple[str, str]]:
        result = assign(score(one, two), seed=seed, objective=objective)
        return {(one[r].id, two[c].id) for r, c in result.pairs}

    for objective in OTHERS:
        first, second = pairs(left, right, objective), pairs(mixed_left, mixed_right, objective)
        assert first == second
    scores = score(left, right)
    assert blocking_pairs(scores, assign(scores, seed=seed, objective="stable")) == []


@settings(max_examples=300)
@given(problem=problems(), seed=st.integers(0, 3))
def test_fair_is_leximin_among_all_assignments_of_most_people(
    problem: tuple[np.ndarray, list[int]], seed: int
) -> None:
    fits, seats = problem
    result = assign(fits, seats, objective="fair", seed=seed)
    check(result, fits, seats)
    made = sorted(fits_of(fits, result.mentor_of))
    best = max(
        (len(kept), kept)
        for c in every_assignment(fits, seats)
        for kept in [sorted(fits_of(fits, c))]
    )
    assert (len(made), made) == best


@settings(max_examples=200)
@given(problem=problems(), spread=st.sampled_from([0.0, 0.05, 0.3, 2.0]), data=st.data())
def test_balanced_has_the_best_value_and_proves_it(
    problem: tuple[np.ndarray, list[int]], spread: float, data: st.DataObject
) -> None:
    fits, seats = problem
    free = [tuple(map(int, p)) for p in np.argwhere(~np.isnan(fits)) if seats[p[1]] > 0]
    locks = data.draw(st.lists(st.sampled_from(free), max_size=1)) if free else []
    result = assign(fits, seats, objective="balanced", spread=spread, fixed=locks)
    check(result, fits, seats)

    def value(chosen: Sequence[int]) -> float:
        load = Counter(c for c in chosen if c >= 0)
        return sum(fits_of(fits, chosen)) - spread * sum(n * (n - 1) / 2 for n in load.values())

    best = max(
        (sum(c >= 0 for c in chosen), value(chosen))
        for chosen in every_assignment(fits, seats)
        if all(chosen[row] == column for row, column in locks)
    )
    assert result.balance is not None
    assert len(result.pairs) == best[0]
    assert value(result.mentor_of.tolist()) == pytest.approx(best[1], abs=1e-9)
    assert result.balance.value == pytest.approx(best[1], abs=1e-9)
    assert result.balance.upper_bound == pytest.approx(best[1], abs=1e-9)
    assert balance_bound(fits, result) == (result.balance.value, result.balance.upper_bound)


def test_balanced_spreads_the_work_for_a_little_fit() -> None:
    fits = np.array([[0.9, 0.88], [0.9, 0.88]])
    assert assign(fits, [2, 2]).pairs == [(0, 0), (1, 0)]
    spread = assign(fits, [2, 2], objective="balanced", spread=0.03)
    assert sorted(c for _, c in spread.pairs) == [0, 1]
    assert assign(fits, [2, 2], objective="balanced", spread=0.01).total == pytest.approx(1.8)
    with pytest.raises(ValueError, match="no balance"):
        balance_bound(fits, assign(fits, [2, 2]))


def test_balanced_may_leave_the_number_of_people_free() -> None:
    fits = np.array([[0.9], [0.1]])
    assert assign(fits, [2], objective="balanced", spread=0.5).unmatched == []
    free = assign(fits, [2], objective="balanced", spread=0.5, cardinality="free")
    assert free.pairs == [(0, 0)]
    assert free.balance is not None
    assert free.balance.upper_bound == pytest.approx(0.9)


@pytest.mark.parametrize("objective", OTHERS)
def test_locks_bans_and_the_floor_hold_in_every_objective(objective: str) -> None:
    fits = np.array([[0.9, 0.2, 0.8], [0.8, 0.3, 0.7], [0.6, 0.1, 0.65], [0.2, 0.3, 0.1]])
    result = assign(
        fits, [1, 2, 1], objective=objective, fixed=[(0, 1)], forbidden=[(1, 0)], floor=0.25
    )
    assert (0, 1) in result.pairs
    assert (1, 0) not in result.pairs
    assert result.pairs == [(0, 1), (1, 2), (2, 0), (3, 1)]
    verdict = verify(fits, [1, 2, 1], result)
    assert verdict.feasible
    assert verdict.most
    assert blocking_pairs(fits, result) == []
    full = assign(fits, [1, 0, 0], objective=objective, fixed=[(0, 0)])
    assert full.pairs == [(0, 0)]
    assert assign(np.full((2, 2), NAN), [1, 1], objective=objective).pairs == []


@pytest.mark.parametrize("objective", OTHERS)
def test_sparse_scores_give_what_the_dense_give(objective: str) -> None:
    dense = np.random.default_rng(1).random((12, 6))
    dense[dense < 0.4] = NAN
    known = ~np.isnan(dense)
    sparse = scipy.sparse.csr_array(np.where(known, dense, 0))
    seats = [2] * 6
    one, two = (assign(s, seats, objective=objective) for s in (dense, sparse))
    assert one.mentor_of.tolist() == two.mentor_of.tolist()
    assert blocking_pairs(sparse, two) == blocking_pairs(dense, one)


@pytest.mark.parametrize(("rows", "columns", "seats"), [(60, 20, 2), (40, 25, 2), (50, 50, 1)])
@pytest.mark.parametrize("levels", [2, 4, 7])
def test_fair_is_leximin_beyond_what_can_be_enumerated(
    rows: int, columns: int, seats: int, levels: int
) -> None:
    """With few levels, whole weights that outweigh all higher levels together say the same."""
    numbers = np.random.default_rng(rows + levels)
    fits = numbers.integers(0, levels, (rows, columns)).astype(float)
    fits[numbers.random(fits.shape) < 0.8] = NAN
    room = [seats] * columns
    heavy = -((rows + 1.0) ** (levels - 1 - fits))
    assert np.nansum(-heavy) < 2**53  # whole numbers, added exactly
    found = [
        sorted(fits_of(fits, result.mentor_of))
        for result in (assign(fits, room, objective="fair"), assign(heavy, room))
    ]
    assert found[0] == found[1]


def test_fair_stopped_early_says_how_far_it_came() -> None:
    fits = np.random.default_rng(3).random((200, 200))
    done = assign(fits, [1] * 200, objective="fair")
    assert done.settled is None
    assert assign(fits, [1] * 200, objective="fair", time_limit=0).settled == fits.min()
    task = prepare(fits, [1] * 200, fixed=(), forbidden=(), floor=None, seed=0)
    looks = iter([False, False])
    best = solve_total(task.part).mentor_of
    chosen, settled = fair(task.part, best, Clock(should_stop=lambda: next(looks, True)))
    assert settled is not None
    made, least = (sorted(fits_of(fits, m)) for m in (task.placed(chosen), done.mentor_of))
    assert fits.min() < settled < max(made)
    assert [fit for fit in made if fit < settled] == [fit for fit in least if fit < settled]
    assert made > sorted(fits_of(fits, task.placed(best)))


HALF = np.array([[0.1, NAN], [NAN, 0.2]])
WRONG = [
    ({"objective": "stable", "mentor_scores": np.zeros((1, 2))}, "mentor_scores_shape"),
    ({"objective": "stable", "mentor_scores": HALF}, "mentor_score_missing"),
    ({"objective": "stable", "wishes": Wishes(mentees={0: [2]})}, "wish_outside"),
    ({"objective": "stable", "wishes": Wishes(mentors={2: [0]})}, "wish_outside"),
    ({"objective": "stable", "wishes": Wishes(mentors={0: [1, 1]})}, "wish_twice"),
    ({"objective": "stable", "cardinality": "free"}, "cardinality_unfit"),
    ({"objective": "fair", "cardinality": "free"}, "cardinality_unfit"),
    ({"objective": "fair", "wishes": Wishes()}, "views_unused"),
    ({"mentor_scores": np.zeros((2, 2))}, "views_unused"),
    ({"objective": "balanced", "spread": NAN}, "spread_unusable"),
    ({"objective": "balanced", "spread": -0.1}, "spread_unusable"),
]  # fmt: skip


@pytest.mark.parametrize(("options", "code"), WRONG)
def test_options_that_do_not_suit_are_named(options: dict, code: str) -> None:
    with pytest.raises((ObjectiveError, ScoresError)) as caught:
        assign(np.array([[0.5, 0.1], [NAN, 0.6]]), [1, 1], **options)
    assert caught.value.code == code
    if code.startswith(("wish", "mentor_score_")):
        assert {"row", "column"} <= set(caught.value.params)
