"""Proofs as bytes, figures, the question that stops, and the marks of the picture."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.matching import OBJECTIVES, assign, verify
from tandemwerk.pairing.enums import Objective
from tandemwerk.pairing.objectives import choices
from tandemwerk.pairing.proofs import pack_proof, unpack_assignment
from tandemwerk.pairing.services.watch import Question
from tandemwerk.pairing.stored import is_packed, pack
from tandemwerk.ui.board_whole import SHAPES, Mark


def fits_of(seed: int, rows: int = 6, columns: int = 4):
    numbers = np.random.default_rng(seed)
    fits = numbers.random((rows, columns)).astype(np.float32).astype(np.float64)
    fits[numbers.random((rows, columns)) < 0.2] = np.nan
    return fits


@given(st.integers(0, 10_000), st.sampled_from(OBJECTIVES))
def test_a_stored_proof_proves_as_the_fresh_one(seed, objective):
    fits, seats = fits_of(seed), np.array([1, 2, 0, 1])
    found = assign(fits, seats, objective=objective, seed=seed)
    again = unpack_assignment(
        pack_proof(found),
        mentor_of=found.mentor_of.tolist(),
        seats=seats.tolist(),
        fixed=[],
        forbidden=[],
        total=found.total,
        upper_bound=found.upper_bound,
        objective=objective,
        seed=seed,
    )
    assert verify(fits, seats, again) == verify(fits, seats, found)
    assert (again.price is None) == (found.price is None)
    assert (again.balance is None) == (found.balance is None)
    if found.price is not None:
        assert again.price.best.tolist() == found.price.best.tolist()
        assert again.price.total_lost == found.price.total_lost


def test_a_run_without_proof_has_no_certificate():
    made = unpack_assignment(
        b"", mentor_of=[0], seats=[1], fixed=[], forbidden=[], total=0.5, upper_bound=0.6,
        objective="total", seed=0,
    )  # fmt: skip
    assert made.certificate is None
    assert made.gap == pytest.approx(0.1)


def test_the_same_matrix_is_known_however_it_was_packed():
    fits = fits_of(1).astype(np.float32)
    assert is_packed(pack(fits), fits)
    assert not is_packed(pack(fits), fits[:-1])


def test_a_question_looks_five_times_a_second_and_a_yes_stays():
    now, answers, looked = [0.0], [False, True, False], []

    def look():
        looked.append(now[0])
        return answers[len(looked) - 1]

    should_stop = Question(look, tick=lambda: now[0])
    for at in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.9):
        now[0] = at
        last = should_stop()
    assert looked == [0.2, 0.4]
    assert last


def test_every_objective_of_the_engine_has_its_words_and_its_mark():
    assert set(Objective.values) == set(OBJECTIVES) == set(SHAPES)
    assert [choice.is_chosen for choice in choices("fair")] == [False, False, True, False]
    assert all(choice.what and choice.cost for choice in choices())


@pytest.mark.parametrize("value", OBJECTIVES)
@pytest.mark.parametrize("x", [0, 37.5, 100])
def test_marks_stay_inside_the_picture(value, x):
    corners = [tuple(map(float, p.split(","))) for p in Mark(value, x, 9, True).points.split()]
    assert all(0 <= at <= 240 and 0 <= down <= 62 for at, down in corners)
