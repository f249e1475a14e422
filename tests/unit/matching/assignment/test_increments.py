"""After every change the kept assignment is as good as one solved anew."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.matching import LiveAssignment, MatchingError, Mentee, Mentor, score
from tandemwerk.matching.assignment.exact import solve_total

from ..people import mentee, mentor
from .instances import crowd, market_of_rows

MENTORS = 5
FITS = st.sampled_from([0.0, 1.0, 2.0]) | st.floats(-1, 1) | st.just(4000.0)
ROWS = st.dictionaries(st.integers(0, MENTORS - 1), FITS).map(
    lambda row: (list(row), list(row.values()))
)
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("add"), ROWS),
        st.tuples(st.just("remove"), st.integers(0, 99)),
        st.tuples(st.just("change"), st.integers(0, 99), ROWS),
        st.tuples(st.just("seats"), st.integers(0, MENTORS - 1), st.integers(0, 4)),
    ),
    max_size=25,
)


def check(live: LiveAssignment) -> None:
    market, numbers = live.market()
    solution = solve_total(market)
    hit = np.repeat(solution.mentor_of, np.diff(market.indptr)) == market.columns
    chosen = live.mentor_of
    matched = chosen[chosen >= 0]
    assert len(matched) == (solution.mentor_of >= 0).sum()
    assert live.total == pytest.approx(market.fits[hit].sum(), abs=1e-7)
    assert (np.bincount(matched, minlength=market.mentors) <= live.seats).all()
    assert set(np.flatnonzero(chosen >= 0)) <= set(numbers)
    own = np.repeat(chosen[numbers], np.diff(market.indptr)) == market.columns
    assert own.sum() == len(matched)


@settings(max_examples=100)
@given(
    rows=st.lists(ROWS, max_size=8),
    seats=st.lists(st.integers(0, 3), min_size=MENTORS, max_size=MENTORS),
    changes=CHANGES,
)
def test_any_row_of_changes_equals_solving_anew(
    rows: list[tuple[list[int], list[float]]], seats: list[int], changes: list[tuple]
) -> None:
    live = LiveAssignment(market_of_rows(rows, seats))
    present = list(range(len(rows)))
    for kind, *what in changes:
        if kind == "add":
            present.append(live.add(*what[0]))
        elif kind == "seats":
            live.set_seats(*what)
        elif present and kind == "remove":
            live.remove(present.pop(what[0] % len(present)))
        elif present:
            live.change(present[what[0] % len(present)], *what[1])
        check(live)


def test_a_crowded_cohort_stays_best_through_many_changes() -> None:
    matrix, seats = crowd(300, 120, 8, seed=9)
    live = LiveAssignment.of(matrix, seats)
    numbers = np.random.default_rng(0)
    for step in range(400):
        row, other = numbers.integers(0, 300, 2)
        here = slice(matrix.indptr[other], matrix.indptr[other + 1])
        live.change(int(row), matrix.indices[here], matrix.data[here])
        live.set_seats(int(numbers.integers(120)), int(numbers.integers(4)))
        if step % 80 == 0:
            check(live)
    check(live)


def test_people_come_with_the_seats_of_their_profiles() -> None:
    left: list[Mentee] = [mentee("a"), mentee("b")]
    right: list[Mentor] = [mentor("c", seats=1)]
    live = LiveAssignment.of(score(left, right))
    assert (live.mentor_of >= 0).sum() == 1
    live.set_seats(0, 2)
    assert list(live.mentor_of) == [0, 0]


@pytest.mark.parametrize(
    ("change", "code", "params"),
    [
        (lambda a: a.remove(7), "mentee_unknown", {"row": 7}),
        (lambda a: a.change(-1, [], []), "mentee_unknown", {"row": -1}),
        (lambda a: a.add([0, 0], [1.0, 1.0]), "score_twice", {"row": 1, "column": 0}),
        (lambda a: a.add([3], [1.0]), "score_outside", {"row": 1, "column": 3}),
        (lambda a: a.add([0], [np.inf]), "score_infinite", {"row": 1, "column": 0}),
        (lambda a: a.add([0, 1], [1.0]), "scores_shape", {"row": 1}),
        (lambda a: a.set_seats(2, 1), "mentor_outside", {"column": 2}),
        (lambda a: a.set_seats(0, -1), "seats_negative", {"column": 0, "value": -1}),
    ],
)
def test_wrong_changes_are_refused_and_change_nothing(
    change: object, code: str, params: dict[str, object]
) -> None:
    live = LiveAssignment(market_of_rows([([0, 1], [1.0, 2.0])], [1, 1]))
    with pytest.raises(MatchingError) as caught:
        change(live)  # type: ignore[operator]  # a lambda from the table
    assert caught.value.code == code
    assert params.items() <= caught.value.params.items()
    assert list(live.mentor_of) == [1]


def test_everything_needed_is_compiled_ahead() -> None:
    from tandemwerk.matching.compiled import warm_up

    warm_up()
