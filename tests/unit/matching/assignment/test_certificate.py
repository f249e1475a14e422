"""`verify` believes nobody: damaged pairs, prices or covers do not pass."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tandemwerk.matching import (
    Assignment,
    CapacityError,
    ScoresError,
    assign,
    assignment_of,
    verify,
)

from .instances import crowd, sparse_of

FITS = np.array([[0.9, 0.8, np.nan], [0.8, 0.1, np.nan], [0.7, 0.2, 0.3]])
SEATS = np.array([1, 1, 1])


@pytest.fixture
def best() -> Assignment:
    return assign(FITS, SEATS)


def test_what_assign_says_is_what_verify_finds(best: Assignment) -> None:
    for scores in (FITS, sparse_of(FITS)):
        verdict = verify(scores, SEATS, best)
        assert verdict.feasible
        assert verdict.most
        assert verdict.gap <= 1e-12
        assert verdict.total == pytest.approx(1.9)


def damaged(best: Assignment, **changes: object) -> Assignment:
    assert best.certificate is not None
    return replace(best, certificate=replace(best.certificate, **changes))


@pytest.mark.parametrize("pairs", [[0, 0, 2], [2, 0, 1], [1, 0, 5]])
def test_pairs_that_cannot_be_are_not_feasible(best: Assignment, pairs: list[int]) -> None:
    verdict = verify(FITS, SEATS, replace(best, mentor_of=np.array(pairs)))
    assert not verdict.feasible
    assert verdict.upper_bound == math.inf


def test_other_pairs_show_their_gap(best: Assignment) -> None:
    worse = verify(FITS, SEATS, replace(best, mentor_of=np.array([0, 1, 2])))
    assert worse.feasible
    assert worse.gap == pytest.approx(0.6)
    fewer = verify(FITS, SEATS, replace(best, mentor_of=np.array([0, -1, 2])))
    assert fewer.feasible
    assert not fewer.most


def test_wrong_prices_prove_nothing(best: Assignment) -> None:
    assert best.certificate is not None
    prices = best.certificate.prices
    assert verify(FITS, SEATS, damaged(best, prices=prices + 1)).gap > 0.1
    assert verify(FITS, SEATS, damaged(best, prices=prices - 2)).upper_bound == math.inf
    assert verify(FITS, SEATS, damaged(best, lift=-1.0)).upper_bound == math.inf
    assert verify(FITS, SEATS, damaged(best, lift=9.0)).gap >= 0


def test_a_cover_that_misses_a_pair_or_is_too_large_proves_nothing(best: Assignment) -> None:
    nothing, everything = np.zeros(3, dtype=bool), np.ones(3, dtype=bool)
    assert not verify(FITS, SEATS, damaged(best, mentees=nothing, mentors=nothing)).most
    assert not verify(FITS, SEATS, damaged(best, mentees=everything, mentors=everything)).most


def test_locks_bans_and_the_floor_are_part_of_the_instance() -> None:
    result = assign(FITS, SEATS, fixed=[(1, 1)], forbidden=[(0, 0)], floor=0.25)
    assert result.pairs == [(1, 1), (2, 0)] or result.pairs == [(1, 1), (2, 2)]
    assert verify(FITS, SEATS, result).feasible
    assert not verify(FITS, SEATS, replace(result, fixed=frozenset({(1, 0)}))).feasible
    assert not verify(FITS, SEATS, replace(result, forbidden=frozenset({(2, 0)}))).feasible
    assert not verify(FITS, SEATS, replace(result, floor=0.95)).feasible


def test_without_a_certificate_there_is_nothing_to_verify() -> None:
    with pytest.raises(ValueError, match="no certificate"):
        verify(FITS, SEATS, assignment_of(FITS, [0, 1, 2], SEATS))


def test_large_inputs_are_read_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tandemwerk.matching.assignment.certificate._BLOCK", 7)
    matrix, seats = crowd(60, 20, 5, seed=1)
    verdict = verify(matrix, seats, assign(matrix, seats))
    assert verdict.feasible
    assert verdict.most
    assert verdict.gap <= 1e-9
    empty = sparse_of(np.full((3, 2), np.nan))
    assert verify(empty, [1, 1], assign(empty, [1, 1])).most


@pytest.mark.parametrize("lift", [1e12, 1e15, 1e16, 1e17, 1e300])
def test_a_huge_lift_proves_nothing_too_much(best: Assignment, lift: float) -> None:
    worse = replace(damaged(best, lift=lift), mentor_of=np.array([0, 1, 2]))
    assert verify(FITS, SEATS, worse).gap >= 0.6
    assert verify(FITS, SEATS, damaged(best, lift=lift)).gap >= 0


def test_numbers_that_are_none_prove_nothing(best: Assignment) -> None:
    assert best.certificate is not None
    prices = best.certificate.prices
    for changes in (
        {"lift": math.nan},
        {"lift": math.inf},
        {"prices": np.full(3, math.nan)},
        {"prices": prices[:2]},
    ):
        assert verify(FITS, SEATS, damaged(best, **changes)).upper_bound == math.inf
    large = replace(best, mentor_of=np.array([0, 1, 2]))
    assert verify(np.full((3, 3), 1.7e308), SEATS, large).gap == math.inf


def test_the_instance_may_be_given_apart_from_what_the_assignment_names(best: Assignment) -> None:
    assert verify(FITS, SEATS, best, floor=None).feasible
    assert not verify(FITS, SEATS, best, floor=0.5).feasible
    assert not verify(FITS, SEATS, best, forbidden=best.pairs[:1]).feasible
    assert not verify(FITS, SEATS, best, fixed=[(2, 0)]).feasible
    locked = assign(FITS, SEATS, fixed=[(2, 2)], floor=0.5)
    assert verify(FITS, SEATS, locked, fixed=[(2, 2)], forbidden=(), floor=0.5).gap <= 1e-9


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([0, 1], "mentor_of_shape"),
        ([0, 1.5, 2], "mentor_of_not_whole"),
        ([0, 1, math.nan], "mentor_of_not_whole"),
        (["0", "1", "2"], "mentor_of_not_whole"),
    ],
)
def test_pairs_that_are_none_are_an_error(best: Assignment, pairs: list, code: str) -> None:
    with pytest.raises(ScoresError) as caught:
        verify(FITS, SEATS, replace(best, mentor_of=np.array(pairs)))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("seats", "code"), [([1, 1], "capacity_shape"), ([1, 0.5, 1], "seats_not_whole")]
)
def test_seats_that_are_none_are_an_error(best: Assignment, seats: list, code: str) -> None:
    with pytest.raises(CapacityError) as caught:
        verify(FITS, seats, best)
    assert caught.value.code == code


def test_places_below_nobody_are_not_feasible_and_seats_may_be_endless(best: Assignment) -> None:
    assert not verify(FITS, SEATS, replace(best, mentor_of=np.array([-2, 0, 2]))).feasible
    endless = [2**63 - 1] * 3
    verdict = verify(FITS, endless, assign(FITS, endless))
    assert verdict.most
    assert verdict.gap <= 1e-9
