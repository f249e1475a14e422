"""What a pair would cost, against solving anew with the pair fixed."""

import json
from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
import pytest
import scipy.sparse
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.matching import (
    Assignment,
    LockError,
    MatchingError,
    Mentee,
    Mentor,
    WhyNot,
    assign,
    assignment_of,
    score,
    why_not,
    why_not_text,
)

from .people import mentee, mentees, mentor, mentors
from .test_objectives import problems

NAN = float("nan")


def check(fits: np.ndarray, seats: Sequence[int], start: Assignment, answer: WhyNot) -> None:
    """The cost is that of the optimum with the pair fixed, and the moves lead to it."""
    pair = (answer.mentee, answer.mentor)
    forced = assign(
        fits, seats, fixed=[*start.fixed, pair], forbidden=start.forbidden - {pair},
        floor=start.floor, cardinality=start.cardinality,
    )  # fmt: skip
    before = start.mentor_of if start.price is None else start.price.best
    people = int((before >= 0).sum())
    total = start.total if start.price is None else start.price.total
    if start.cardinality == "most":  # "free" may leave a pair without any fit made or unmade
        assert answer.people_lost == people - len(forced.pairs)
    assert answer.cost == pytest.approx(total - forced.total, abs=1e-9)
    after = before.copy()
    for move in answer.moves:
        assert after[move.mentee] == move.before != move.after
        after[move.mentee] = move.after
    assert after[answer.mentee] == answer.mentor
    changed = assignment_of(fits, after, seats, fixed=start.fixed)
    assert (changed.seats_left() >= 0).all()
    assert all(changed.mentor_of[row] == column for row, column in start.fixed)
    assert changed.total == pytest.approx(forced.total, abs=1e-9)
    assert answer.leaves == tuple(
        int(row) for m in answer.moves for row in [m.mentee] if after[row] < 0
    )


@settings(max_examples=300)
@given(problem=problems(), data=st.data())
def test_the_cost_is_what_a_new_run_with_the_pair_fixed_loses(
    problem: tuple[np.ndarray, list[int]], data: st.DataObject
) -> None:
    fits, seats = problem
    allowed = [tuple(map(int, p)) for p in np.argwhere(~np.isnan(fits)) if seats[p[1]] > 0]
    locks = data.draw(st.lists(st.sampled_from(allowed), max_size=1)) if allowed else []
    bans = data.draw(st.lists(st.sampled_from(allowed), max_size=2)) if allowed else []
    start = assign(
        fits, seats,
        fixed=locks,
        forbidden=[ban for ban in bans if ban not in locks],
        floor=data.draw(st.sampled_from([None, 0.25])),
        cardinality=data.draw(st.sampled_from(["most", "free"])),
        objective=data.draw(st.sampled_from(["total", "balanced"])),
    )  # fmt: skip
    sparse = scipy.sparse.csr_array(np.nan_to_num(np.where(np.isnan(fits), 0, 1)).astype(float))
    sparse.data = fits[~np.isnan(fits)]
    for row in range(fits.shape[0]):
        for column in range(fits.shape[1]):
            answer = why_not(fits, start, row, column)
            locked = dict(locks).get(row, column) != column
            full = seats[column] <= sum(c == column and r != row for r, c in locks)
            assert answer.problems.count("locked") == locked
            assert answer.problems.count("no_seat_left") == full
            assert not answer.is_bound
            if np.isnan(fits[row, column]) or locked or full:
                assert answer.cost is answer.people_lost is None
                assert answer.moves == ()
            else:
                check(fits, seats, start, answer)
            if sparse.nnz:
                again = why_not(sparse, start, row, column)
                assert replace(again, fit=None) == replace(answer, fit=None)


@settings(max_examples=60)
@given(left=mentees(2), right=mentors(2), data=st.data())
def test_people_and_pairs_made_by_hand_get_the_same_answer(
    left: list[Mentee], right: list[Mentor], data: st.DataObject
) -> None:
    scores = score(left, right)
    best = assign(scores)
    hand = assignment_of(scores, [-1] * len(left))
    row = data.draw(st.integers(0, len(left) - 1))
    column = data.draw(st.integers(0, len(right) - 1))
    one, two = why_not(scores, best, row, column), why_not(scores, hand, row, column, best=best)
    three = why_not(scores, hand, row, column)
    assert one.explanation is not None
    assert (one.from_best, two.from_best, three.from_best) == (False, True, True)
    assert one.fit == pytest.approx(scores.full_total(row, column))
    assert two == three == replace(one, is_pair=False, from_best=True)
    assert bool(scores.blocked[row, column]) == bool(one.problems)


def test_ranks_count_who_fits_better_on_either_side() -> None:
    fits = np.array([[0.9, 0.5, 0.5], [0.2, 0.6, NAN], [NAN, 0.7, 0.1]])
    answer = why_not(fits, assign(fits, [1, 1, 1]), 0, 1)
    assert (answer.mentee_rank, answer.mentee_choices) == (2, 3)
    assert (answer.mentor_rank, answer.mentor_choices) == (3, 3)
    assert not answer.is_pair
    nothing = why_not(fits, assign(fits, [1, 1, 1], forbidden=[(0, 2)]), 2, 0)
    assert (nothing.mentee_rank, nothing.mentee_choices) == (None, 2)
    assert (nothing.fit, nothing.cost, nothing.explanation) == (None, None, None)


def test_someone_is_named_who_would_be_left_without_a_mentor() -> None:
    fits = np.array([[0.9, 0.5], [0.8, NAN]])
    start = assign(fits, [1, 1])
    assert start.pairs == [(0, 1), (1, 0)]
    answer = why_not(fits, start, 0, 0)
    assert answer.leaves == (1,)
    assert answer.people_lost == 1
    assert answer.cost == pytest.approx(0.5 + 0.8 - 0.9)
    assert [(m.mentee, m.before, m.after) for m in answer.moves] == [(0, 1, 0), (1, 0, -1)]


def test_rules_bans_and_the_floor_are_named() -> None:
    scores = score(
        [mentee("mia", reports_to="kim"), mentee("ben")], [mentor("tom"), mentor("kim", seats=0)]
    )
    assert why_not(scores, assign(scores), 0, 1).problems == (
        "blocked_reporting_line", "no_seat_left",
    )  # fmt: skip
    assert why_not(scores, assign(scores), 1, 1).problems == ("no_seat_left",)
    fits = np.array([[0.9, 0.1], [0.8, 0.7]])
    start = assign(fits, [1, 1], forbidden=[(0, 0)], floor=0.3)
    assert start.pairs == [(1, 0)]
    assert why_not(fits, start, 0, 0).problems == ("blocked_forbidden",)
    assert why_not(fits, start, 0, 1).problems == ("below_floor",)
    assert why_not(fits, start, 0, 1).people_lost == -1
    for place in ((2, 0), (0, 2), (-1, 0)):
        with pytest.raises(LockError) as caught:
            why_not(fits, start, *place)
        assert caught.value.code == "pair_outside"


def test_a_run_stopped_early_gives_a_bound_that_is_none_too_high() -> None:
    numbers = np.random.default_rng(5)
    fits = numbers.random((30, 30))
    early, full = assign(fits, [1] * 30, time_limit=0), assign(fits, [1] * 30)
    assert early.gap > 0
    for row, column in ((0, 0), (3, 7), (20, 11)):
        answer = why_not(fits, early, row, column)
        assert answer.is_bound
        assert answer.cost is not None
        assert answer.moves == ()
        exact = why_not(fits, full, row, column)
        assert not exact.is_bound
    stable = assign(fits, [1] * 30, objective="stable")
    assert not why_not(fits, stable, 0, 0).is_bound
    assert why_not(fits, stable, 0, 0).from_best


def names(prefix: str, many: int) -> list[str]:
    return [f"{prefix}{place}" for place in range(many)]


def test_the_cost_is_told_with_who_loses_their_mentor() -> None:
    fits = np.array([[0.9, 0.5], [0.8, NAN]])
    answer = why_not(fits, assign(fits, [1, 1]), 0, 0)
    assert why_not_text(answer, "de", ["Mia", "Ben"], ["Tom", "Kim"]) == [
        "Tom steht für Mia auf Platz 1 von 2, Mia für Tom auf Platz 1 von 2.",
        "Mia mit Tom würde den Durchgang 0,40 Passung kosten und Ben ohne Mentor:in lassen.",
    ]
    assert why_not_text(answer, "en", ["Mia", "Ben"], ["Tom", "Kim"])[1] == (
        "Mia with Tom would cost the cohort 0.40 of fit and leave Ben without a mentor."
    )
    best = why_not(fits, assign(fits, [1, 1]), 0, 1)
    assert why_not_text(best, "en", ["Mia", "Ben"], ["Tom", "Kim"])[1] == (
        "Mia and Kim are a pair in the best assignment."
    )
    with pytest.raises(MatchingError):
        why_not_text(best, "fr", ["Mia", "Ben"], ["Tom", "Kim"])


def test_what_forbids_a_pair_is_told_in_both_languages() -> None:
    scores = score(
        [mentee("mia", reports_to="kim"), mentee("ben")], [mentor("tom"), mentor("kim", seats=0)]
    )
    people = (["Mia", "Ben"], ["Tom", "Kim"])
    assert why_not_text(why_not(scores, assign(scores), 0, 1), "de", *people) == [
        "Nicht möglich: eine Person führt die andere.",
        "Alle Plätze von Kim sind festgelegt oder es gibt keine.",
    ]
    locked = why_not(scores, assign(scores, fixed=[(0, 0)], capacity=[2, 1]), 0, 1)
    assert "Mia is fixed to somebody else." in why_not_text(locked, "en", *people)
    fits = np.array([[0.9, 0.1], [0.8, 0.7]])
    start = assign(fits, [1, 1], floor=0.3)
    said = why_not_text(why_not(fits, start, 0, 1), "en", *people)
    assert said[0] == "The fit is below the floor."
    assert said[1:] == [
        "Mia with Kim would cost the cohort 0.70 of fit.",
        "These would change: Ben to Tom.",
    ]


def test_many_moves_are_told_shortly_and_a_gain_as_a_gain() -> None:
    chain = np.full((6, 6), NAN)
    for place in range(6):
        chain[place, place] = 0.9
        chain[place, (place + 1) % 6] = 0.899
    answer = why_not(chain, assign(chain, [1] * 6), 0, 1)
    assert len(answer.moves) == 6
    said = why_not_text(answer, "en", names("e", 6), names("o", 6))
    assert said[1:] == [
        "e0 with o1 would cost the cohort 0.01 of fit.",
        "These would change: e1 to o2, e2 to o3, e3 to o4, and 2 more.",
    ]
    equal = np.full((2, 2), 0.5)
    start = assign(equal, [1, 1])
    other = 1 - int(start.mentor_of[0])
    said = why_not_text(why_not(equal, start, 0, other), "de", ["A", "B"], ["C", "D"])
    assert said[1].endswith("würde den Durchgang keine Passung kosten.")
    banned = np.array([[0.9, 0.1], [0.2, 0.3]])
    start = assign(banned, [1, 1], forbidden=[(0, 0)])
    said = why_not_text(why_not(banned, start, 0, 0), "de", ["A", "B"], ["C", "D"])
    assert said == [
        "Nicht möglich: dieses Paar ist ausgeschlossen.",
        "A mit C würde dem Durchgang 0,90 Passung bringen.",
        "Dafür würden wechseln: B zu D.",
    ]
    fits = np.random.default_rng(1).random((9, 9))
    early = why_not(fits, assign(fits, [1] * 9, time_limit=0), 0, 0)
    said = why_not_text(early, "en", names("e", 9), names("o", 9))
    assert said[1].startswith("e0 with o0 would cost the cohort at least ")


def test_an_answer_can_be_written_as_json() -> None:
    people = score([mentee("a", team="x"), mentee("b")], [mentor("c", team="x"), mentor("d")])
    start = assign(people)
    for column in (0, 1):
        answer = why_not(people, start, 0, column)
        told = json.loads(json.dumps(answer.to_dict()))
        assert set(told) == {field.name for field in fields(WhyNot)}
        assert (told["fit"], told["mentor"]) == (answer.fit, column)
        assert answer.explanation is not None
        assert told["explanation"]["total"] == answer.explanation.total
        assert (told["explanation"]["blocked"] is None) == (column == 1)
        assert [m["mentee"] for m in told["moves"]] == [m.mentee for m in answer.moves]
    bare = why_not(np.eye(2), assign(np.eye(2), [1, 1]), 0, 1)
    assert json.loads(json.dumps(bare.to_dict()))["explanation"] is None
