"""Seats, places and pairs are whole numbers, or an error that says which one is none."""

import math
from datetime import date

import numpy as np
import pytest

from tandemwerk.matching import (
    OBJECTIVES,
    CapacityError,
    LiveAssignment,
    LockError,
    MatchingError,
    ObjectiveError,
    ScoresError,
    assign,
    assign_groups,
    assignment_of,
    error_text,
    rematch,
)

from .instances import market_of_rows

FITS = np.array([[0.9, 0.8], [0.7, 0.1]])


def told(error: MatchingError) -> tuple[str, dict[str, object]]:
    for language in ("de", "en"):
        text = error_text(error, language)
        assert not text.startswith(("Das hat nicht geklappt", "This did not work"))
    return error.code, dict(error.params)


@pytest.mark.parametrize(
    "seats",
    [
        [1.0, 1.0],
        np.array([1, 1], dtype=np.uint64),
        np.array([1, 1], dtype=object),
        np.ma.array([1, 1]),
        (1, 2**63 - 1),
    ],
)
def test_whole_seats_of_any_type_count(seats: object) -> None:
    assert assign(FITS, seats).pairs == [(0, 1), (1, 0)]  # type: ignore[arg-type]  # any type


@pytest.mark.parametrize(
    ("seats", "value"),
    [
        ([1, 0.5], 0.5),
        ([1, math.inf], math.inf),
        ([1, 2.0**63], 2.0**63),
        ([1, 10**30], 10**30),
        (np.array([1, "2"], dtype=object), "2"),
        ([1, None], None),
        ([1, [2]], [2]),
        (np.array([1, 2**64 - 1], dtype=np.uint64), 2**64 - 1),
    ],
)
def test_seats_that_are_no_whole_number_name_column_and_value(seats: object, value: object) -> None:
    with pytest.raises(CapacityError) as caught:
        assign(FITS, seats)  # type: ignore[arg-type]  # wrong on purpose
    assert told(caught.value) == ("seats_not_whole", {"column": 1, "value": value})


@pytest.mark.parametrize("seats", [[True, False], np.ma.array([1, 1], mask=[True, False])])
def test_yes_and_hidden_are_no_seats(seats: object) -> None:
    with pytest.raises(CapacityError) as caught:
        assign(FITS, seats)  # type: ignore[arg-type]  # wrong on purpose
    assert told(caught.value)[0] == "seats_not_whole"


@pytest.mark.parametrize(
    "pairs",
    [[(0.5, 0)], [("0", "0")], [(math.nan, 0)], [(0, 0, 0)], [3], [(True, False)], [(2**70, 0)], 7],
)
@pytest.mark.parametrize("kind", ["fixed", "forbidden"])
def test_pairs_that_are_no_places_are_refused(pairs: object, kind: str) -> None:
    with pytest.raises(LockError) as caught:
        assign(FITS, [1, 1], **{kind: pairs})  # type: ignore[arg-type]  # wrong on purpose
    assert told(caught.value)[0] == "pair_not_places"


def test_pairs_may_be_an_array() -> None:
    assert assign(FITS, [1, 1], fixed=np.array([[0, 0]])).pairs == [(0, 0), (1, 1)]  # type: ignore[arg-type]  # rows of an array are pairs


@pytest.mark.parametrize("value", [0.5, math.nan, "0"])
def test_mentors_of_people_are_whole_numbers(value: object) -> None:
    for call in (
        lambda: assignment_of(FITS, [0, value], [1, 1]),  # type: ignore[list-item]  # wrong
        lambda: rematch(FITS, np.array([-1, value], dtype=object), [1, 1]),
    ):
        with pytest.raises(ScoresError) as caught:
            call()
        assert told(caught.value)[0] == "mentor_of_not_whole"
    assert assignment_of(FITS, [0.0, -1.0], [1, 1]).pairs == [(0, 0)]  # type: ignore[list-item]  # as pandas writes


def test_endless_seats_can_be_rematched() -> None:
    again = rematch(FITS, [1, 0], [2**62, 2**62])
    assert again.kept == (0, 1)
    assert again.bonus == pytest.approx(3 * 0.8 + 1)


def test_hidden_cells_are_not_allowed() -> None:
    hidden = np.ma.array(FITS, mask=[[True, False], [False, False]])
    assert assign(hidden, [1, 1]).pairs == [(0, 1), (1, 0)]
    assert assign(hidden[:, :1], [1]).pairs == [(1, 0)]


@pytest.mark.parametrize(
    "scores",
    [
        np.array([[1j, 2]]),
        np.array([["2020-01-01", "NaT"]], dtype="M8[D]"),
        np.array([["0.1", "0.2"]]),
        np.array([[date(2020, 1, 1), 1]], dtype=object),
    ],
)
def test_what_is_no_number_is_no_fit(scores: np.ndarray) -> None:
    with pytest.raises(ScoresError) as caught:
        assign(scores, [1, 1])
    assert told(caught.value)[0] == "scores_not_numbers"


def test_none_is_not_allowed_and_fits_too_large_to_add_are_refused() -> None:
    assert assign(np.array([[None, 1]], dtype=object), [1, 1]).pairs == [(0, 1)]
    with pytest.raises(ScoresError) as caught:
        assign(np.full((3, 2), 1.7e308), [1, 2])
    assert told(caught.value)[0] == "scores_too_large"


@pytest.mark.parametrize("limit", [math.nan, -1, "5", True])
def test_a_time_limit_is_a_number_of_seconds(limit: object) -> None:
    for call in (
        lambda: assign(FITS, [1, 1], time_limit=limit),  # type: ignore[arg-type]  # wrong on purpose
        lambda: rematch(FITS, [0, 1], [1, 1], time_limit=limit),  # type: ignore[arg-type]  # wrong on purpose
        lambda: assign_groups(FITS, (0, 2), time_limit=limit),  # type: ignore[arg-type]  # wrong on purpose
    ):
        with pytest.raises(ObjectiveError) as caught:
            call()
        assert told(caught.value)[0] == "time_limit_unusable"


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_endless_time_is_enough(objective: str) -> None:
    assert assign(FITS, [1, 1], objective=objective, time_limit=math.inf).pairs
    assert rematch(FITS, [0, 1], [1, 1], time_limit=60).kept


def test_a_floor_is_a_number() -> None:
    with pytest.raises(ScoresError) as caught:
        assign(FITS, [1, 1], floor="x")  # type: ignore[arg-type]  # wrong on purpose
    assert told(caught.value)[0] == "floor_not_finite"


def live() -> LiveAssignment:
    return LiveAssignment(market_of_rows([([0, 1], [0.9, 0.8]), ([0], [0.7])], [1, 1]))


def test_nan_is_a_pair_that_is_not_allowed_in_a_live_assignment_too() -> None:
    here = live()
    here.change(0, [0.0, 1.0], [math.nan, 0.5])  # type: ignore[list-item]  # whole floats are columns
    assert here.mentor_of.tolist() == [1, 0]
    here.set_seats(1, np.int64(0))  # type: ignore[arg-type]  # as arrays hold them
    assert here.mentor_of.tolist() == [-1, 0]


@pytest.mark.parametrize(
    ("columns", "fits", "code"),
    [
        ([0.9, 1.9], [0.4, 0.5], "column_not_whole"),
        ([math.nan], [0.4], "column_not_whole"),
        ([2**32], [0.4], "score_outside"),
        ([0], ["0.4"], "scores_not_numbers"),
        ([[0]], [[0.4]], "scores_shape"),
        ([0], [math.inf], "score_infinite"),
    ],
)
def test_a_change_names_what_is_wrong(columns: list, fits: list, code: str) -> None:
    here = live()
    with pytest.raises(ScoresError) as caught:
        here.change(0, columns, fits)
    assert told(caught.value)[0] == code
    assert here.mentor_of.tolist() == [1, 0]


@pytest.mark.parametrize(("column", "seats"), [(0, 2.5), (0, math.nan), (0.0, 1), (0, 2**63)])
def test_seats_of_a_live_assignment_are_whole(column: object, seats: object) -> None:
    with pytest.raises(CapacityError) as caught:
        live().set_seats(column, seats)  # type: ignore[arg-type]  # wrong on purpose
    assert told(caught.value)[0] == "seats_not_whole"
    with pytest.raises(LockError):
        live().remove(0.5)  # type: ignore[arg-type]  # wrong on purpose


def test_group_sizes_are_whole() -> None:
    for sizes in ((0.5, 2), [(0, 2), (1, 2.5)]):
        with pytest.raises(CapacityError) as caught:
            assign_groups(FITS, sizes)  # type: ignore[arg-type]  # wrong on purpose
        assert told(caught.value)[0] == "seats_not_whole"
    assert assign_groups(FITS, (0.0, 2.0)).members  # type: ignore[arg-type]  # whole floats
