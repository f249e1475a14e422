"""Groups and re-matching against brute force on small cases."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.matching import (
    CapacityError,
    LockError,
    MatchingError,
    ObjectiveError,
    ScoresError,
    assign,
    assign_groups,
    rematch,
)

from .test_objectives import every_assignment, fits_of, problems

NAN = float("nan")


@settings(max_examples=120)
@given(problem=problems(), data=st.data())
def test_groups_are_the_best_of_all_that_are_large_enough(
    problem: tuple[np.ndarray, list[int]], data: st.DataObject
) -> None:
    fits, largest = problem
    sizes = [(data.draw(st.integers(0, most)), most) for most in largest]
    allowed = [tuple(map(int, p)) for p in np.argwhere(~np.isnan(fits)) if largest[p[1]] > 0]
    locks = data.draw(st.lists(st.sampled_from(allowed), max_size=1)) if allowed else []
    choices = []
    for chosen in every_assignment(fits, largest):
        load = Counter(c for c in chosen if c >= 0)
        if all(load[c] >= sizes[c][0] for c in load) and all(chosen[r] == c for r, c in locks):
            choices.append((len(list(load.elements())), sum(fits_of(fits, chosen))))
    if not choices:
        with pytest.raises(LockError) as caught:
            assign_groups(fits, sizes, fixed=locks)
        assert (caught.value.code, caught.value.params["column"]) == (
            "group_impossible", locks[0][1],
        )  # fmt: skip
        return
    result = assign_groups(fits, sizes, fixed=locks)
    best = max(choices)
    assert result.people == result.people_bound == best[0]
    assert result.total == pytest.approx(best[1], abs=1e-6)
    assert result.proven
    assert 0 <= result.gap <= 1e-5
    for column, rows in result.members.items():
        assert sizes[column][0] <= len(rows) <= sizes[column][1]
        assert all(result.mentor_of[row] == column for row in rows)
        assert not np.isnan(fits[list(rows), column]).any()
    assert sum(map(len, result.members.values())) == result.people
    assert all(result.mentor_of[row] == column for row, column in locks)


def test_a_group_that_would_be_too_small_does_not_come_about() -> None:
    fits = np.array([[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.3, 0.2]])
    assert assign_groups(fits, (2, 3)).members == {0: (0, 1), 1: (2, 3)}
    assert assign_groups(fits, (3, 3)).people == 3
    assert assign_groups(fits, (3, 4)).members == {0: (0, 1, 2, 3)}
    assert assign_groups(fits, [(2, 0), (1, 4)]).members == {1: (0, 1, 2, 3)}
    assert assign_groups(np.full((2, 2), NAN), (1, 2)).members == {}


def test_out_of_time_gives_what_there_is_with_an_honest_bound() -> None:
    numbers = np.random.default_rng(4)
    fits = numbers.random((60, 12))
    fits[numbers.random(fits.shape) < 0.5] = NAN
    hurried = assign_groups(fits, (4, 6), time_limit=0.0)
    patient = assign_groups(fits, (4, 6))
    assert patient.proven
    assert hurried.people_bound >= patient.people >= hurried.people
    assert hurried.upper_bound >= hurried.total
    if hurried.people == patient.people:
        assert hurried.upper_bound >= patient.total - 1e-9


@pytest.mark.parametrize(
    ("times", "first_run"), [(0, 0.0), (1, 0.005), (2, 0.005), (3, 0.005), (8, 0.005), (30, 0.0)]
)
def test_groups_stopped_early_are_groups_with_an_honest_bound(
    times: int, first_run: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Runs this short are cut off, so that there is something to ask between; without any time
    # no run finds anything, on the fastest machine either.
    monkeypatch.setattr("tandemwerk.matching.assignment.groups._FIRST_RUN", first_run)
    numbers = np.random.default_rng(4)
    fits = numbers.random((60, 12))
    fits[numbers.random(fits.shape) < 0.5] = NAN
    fits[0, 3] = 0.5
    asked = iter(range(10**9))
    early = assign_groups(fits, (4, 6), fixed=[(0, 3)], should_stop=lambda: next(asked) >= times)
    best = assign_groups(fits, (4, 6), fixed=[(0, 3)])
    assert best.proven
    assert early.people <= best.people <= early.people_bound
    assert early.total <= early.upper_bound
    assert early.gap == early.upper_bound - early.total
    assert early.mentor_of[0] == 3
    assert all(4 <= len(rows) <= 6 for rows in early.members.values())
    if early.people == best.people:
        assert early.total <= best.total + 1e-9 <= early.upper_bound + 2e-6
    if times == 0:
        assert set(early.members) == {3}
        assert not early.proven


def test_who_could_stop_but_does_not_gets_the_same_groups() -> None:
    numbers = np.random.default_rng(4)
    fits = numbers.random((60, 12))
    fits[numbers.random(fits.shape) < 0.5] = NAN
    one, other = assign_groups(fits, (4, 6)), assign_groups(fits, (4, 6), should_stop=lambda: False)
    assert other.proven
    assert (other.people, other.total) == (one.people, pytest.approx(one.total, abs=1e-6))


WRONG_SIZES = [
    ({"sizes": (3, 2)}, "group_size_wrong"),
    ({"sizes": (-1, 2)}, "group_size_wrong"),
    ({"sizes": [(1, 2)]}, "group_sizes_shape"),
    ({"sizes": (0.5, 2)}, "seats_not_whole"),
    ({"sizes": (3, 3), "fixed": [(0, 0)]}, "group_impossible"),
]


@pytest.mark.parametrize(("options", "code"), WRONG_SIZES)
def test_wrong_sizes_are_named(options: dict, code: str) -> None:
    with pytest.raises((CapacityError, LockError)) as caught:
        assign_groups(np.ones((2, 2)), **options)
    assert caught.value.code == code


@settings(max_examples=200)
@given(problem=problems(), data=st.data())
def test_rematch_keeps_as_many_pairs_as_can_be_and_weighs_them_otherwise(
    problem: tuple[np.ndarray, list[int]], data: st.DataObject
) -> None:
    fits, seats = problem
    rows, columns = fits.shape
    previous = data.draw(st.lists(st.integers(-1, columns - 1), min_size=rows, max_size=rows))
    bonus = data.draw(st.sampled_from([0.0, 0.1, 0.6]))

    def kept(chosen: Sequence[int]) -> int:
        return sum(c == p >= 0 for c, p in zip(chosen, previous, strict=True))

    every = [
        (sum(c >= 0 for c in chosen), kept(chosen), sum(fits_of(fits, chosen)))
        for chosen in every_assignment(fits, seats)
    ]
    most = rematch(fits, previous, seats)
    best = max(every)
    made = most.assignment.mentor_of.tolist()
    assert (len(most.assignment.pairs), len(most.kept)) == best[:2] == (best[0], kept(made))
    assert most.assignment.total == pytest.approx(best[2], abs=1e-9)
    assert most.assignment.price is not None
    assert most.assignment.price.total == pytest.approx(assign(fits, seats).total, abs=1e-9)

    weighed = rematch(fits, previous, seats, keep=bonus)
    people, value = max((n, total + bonus * k) for n, k, total in every)
    chosen = weighed.assignment.mentor_of.tolist()
    assert len(weighed.assignment.pairs) == people
    assert weighed.assignment.total + bonus * kept(chosen) == pytest.approx(value, abs=1e-9)
    for result in (most, weighed):
        now = result.assignment.mentor_of.tolist()
        had = {row for row in range(rows) if previous[row] >= 0}
        assert {*result.kept, *result.changed, *result.lost} == had
        assert all(now[row] == previous[row] for row in result.kept)
        assert all(now[row] not in (-1, previous[row]) for row in result.changed)
        assert all(now[row] == -1 for row in result.lost)
        assert set(result.gained) == {row for row in range(rows) if now[row] >= 0} - had


def test_one_newcomer_moves_nobody_who_need_not_move() -> None:
    fits = np.array([[0.90, 0.91, 0.1], [0.91, 0.90, 0.1], [0.5, 0.5, 0.4]])
    result = rematch(fits, [0, 1, -1], [1, 1, 1])
    assert (result.kept, result.changed, result.gained) == ((0, 1), (), (2,))
    free = rematch(fits, [0, 1, -1], [1, 1, 1], keep=0.001)
    assert free.changed == (0, 1)
    fixed = rematch(fits, [0, 1, -1], [1, 1, 1], keep=0.001, fixed=[(0, 0)])
    assert fixed.kept == (0, 1)
    assert rematch(np.full((1, 1), NAN), [0], [1]).lost == (0,)


@pytest.mark.parametrize("keep", [-1, NAN, float("inf"), "some"])
def test_a_wrong_keep_is_named(keep: float | str) -> None:
    with pytest.raises(ObjectiveError) as caught:
        rematch(np.ones((2, 2)), [0, 1], [1, 1], keep=keep)
    assert caught.value.code == "keep_unusable"


def test_a_wrong_previous_is_named() -> None:
    for previous, code in (([0], "mentor_of_shape"), ([0, 2], "mentor_of_outside")):
        with pytest.raises(ScoresError) as caught:
            rematch(np.ones((2, 2)), previous, [1, 1])
        assert caught.value.code == code
    assert issubclass(ScoresError, MatchingError)


def test_a_rematch_stopped_early_still_seats_everybody() -> None:
    fits = np.random.default_rng(2).random((30, 12))
    previous = np.arange(30) % 12
    early = rematch(fits, previous, [3] * 12, should_stop=lambda: True)
    assert early.assignment.unmatched == []
    assert early.assignment.upper_bound >= assign(fits, [3] * 12).total - 1e-9
    assert rematch(fits, previous, [3] * 12, time_limit=0.0).assignment.unmatched == []
