import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.matching import Rule
from tandemwerk.pairing import errors
from tandemwerk.pairing.plans import (
    Board,
    effect_of,
    plan_assign,
    plan_forbid,
    plan_swap,
    plan_unassign,
)

NAN = np.nan
ANNA, BEN, CEM = 1, 2, 3
ROSA, SVEN, TINA = 11, 12, 13
FITS = np.array([[0.9, 0.4, 0.3], [0.8, 0.7, NAN], [0.6, 0.5, 0.2]], dtype=np.float32)
BLOCKED = np.array([[0, 0, 0], [0, 0, 4], [0, 0, 0]], dtype=np.int8)


def board(**changes) -> Board:
    values = {
        "fits": FITS,
        "blocked": BLOCKED,
        "rows": {ANNA: 0, BEN: 1, CEM: 2},
        "columns": {ROSA: 0, SVEN: 1, TINA: 2},
        "mentor_of": {ANNA: ROSA, BEN: SVEN, CEM: None},
        "seats": {ROSA: 1, SVEN: 2, TINA: 1},
        "names": {ANNA: "Anna", BEN: "Ben", CEM: "Cem", ROSA: "Rosa", SVEN: "Sven", TINA: "Tina"},
        "rule_text": lambda rule: rule.name,
    }
    return Board(**{**values, **changes})


def test_assign_takes_a_free_seat_and_says_the_effect():
    plan = plan_assign(board(), CEM, SVEN)
    assert plan.changes == {CEM: SVEN}
    assert plan.effect.total_before == pytest.approx(1.6)
    assert plan.effect.total_after == pytest.approx(2.1)
    assert (plan.effect.worst_before, plan.effect.worst_after) == pytest.approx((0.7, 0.5))
    assert (plan.effect.unmatched_before, plan.effect.unmatched_after) == (1, 0)


def test_swap_with_somebody_who_has_nobody():
    plan = plan_swap(board(), CEM, ANNA)
    assert plan.changes == {CEM: ROSA, ANNA: None}
    assert plan.effect.unmatched_after == 1


def test_last_pair_taken_away_leaves_no_worst_fit():
    alone = board(mentor_of={ANNA: ROSA, BEN: None, CEM: None})
    assert plan_unassign(alone, ANNA).effect.worst_after is None


def test_forbid_with_an_alternative_at_once():
    plan = plan_forbid(board(), ANNA, ROSA, instead=TINA)
    assert plan.changes == {ANNA: TINA}
    assert plan.forbids == (ANNA, ROSA)


def test_forbid_without_an_alternative_leaves_nobody():
    plan = plan_forbid(board(), ANNA, ROSA)
    assert plan.changes == {ANNA: None}
    assert plan.effect.unmatched_after == plan.effect.unmatched_before + 1


def test_forbid_of_a_pair_that_is_not_one_moves_nobody():
    assert plan_forbid(board(), ANNA, TINA).changes == {}


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda: plan_assign(board(), CEM, ROSA), errors.MentorFull),
        (lambda: plan_assign(board(), BEN, TINA), errors.PairNotAllowed),
        (lambda: plan_assign(board(), ANNA, ROSA), errors.NoChange),
        (lambda: plan_assign(board(), ANNA, 99), errors.NotOnBoard),
        (lambda: plan_assign(board(), 99, ROSA), errors.NotOnBoard),
        (lambda: plan_assign(board(locked=frozenset({ANNA})), ANNA, TINA), errors.PairLocked),
        (lambda: plan_swap(board(locked=frozenset({BEN})), ANNA, BEN), errors.PairLocked),
        (
            lambda: plan_swap(board(forbidden=frozenset({(BEN, ROSA)})), ANNA, BEN),
            errors.PairNotTogether,
        ),
        (
            lambda: plan_swap(board(known=frozenset({(BEN, ROSA)})), ANNA, BEN),
            errors.PairKnownAlready,
        ),
        (lambda: plan_swap(board(), ANNA, ANNA), errors.NoChange),
        (lambda: plan_unassign(board(), CEM), errors.NoChange),
        (lambda: plan_forbid(board(), ANNA, ROSA, instead=ROSA), errors.PairNotTogether),
        (
            lambda: plan_forbid(board(forbidden=frozenset({(ANNA, ROSA)})), ANNA, ROSA),
            errors.NoChange,
        ),
        (lambda: plan_forbid(board(seats={TINA: 0}), ANNA, ROSA, instead=TINA), errors.MentorFull),
    ],
)
def test_refusals_are_named(act, error):
    with pytest.raises(error) as refused:
        act()
    assert str(refused.value)


def test_refusal_names_people_and_rule():
    with pytest.raises(errors.PairNotAllowed) as refused:
        plan_assign(board(), BEN, TINA)
    assert refused.value.params == {"mentee": "Ben", "mentor": "Tina", "reason": "SAME_TEAM"}
    assert board().rule(BEN, TINA) is Rule.SAME_TEAM


def test_mentor_with_too_many_may_keep_but_not_gain():
    crowded = board(mentor_of={ANNA: ROSA, BEN: ROSA, CEM: SVEN}, seats={ROSA: 1, SVEN: 1})
    assert plan_swap(crowded, ANNA, CEM).changes == {ANNA: SVEN, CEM: ROSA}
    with pytest.raises(errors.MentorFull):
        plan_assign(crowded, CEM, ROSA)


def test_alternatives_are_ranked_and_only_possible_ones():
    assert board().ranked(BEN) == [ROSA]
    assert board(forbidden=frozenset({(CEM, ROSA)})).ranked(CEM) == [SVEN, TINA]
    assert board().free_seats(SVEN) == 1
    assert board().mentees_of(ROSA) == [ANNA]


@st.composite
def boards(draw):
    mentees, mentors = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    cells = st.floats(0, 1, width=32) | st.just(NAN)
    fits = np.array(
        draw(st.lists(cells, min_size=mentees * mentors, max_size=mentees * mentors)),
        dtype=np.float32,
    ).reshape(mentees, mentors)
    columns = {100 + column: column for column in range(mentors)}
    seats = {mentor: draw(st.integers(0, 2)) for mentor in columns}
    left, mentor_of = dict(seats), {}
    for row in range(mentees):
        able = [m for m, c in columns.items() if left[m] and not np.isnan(fits[row, c])]
        mentor_of[row] = draw(st.sampled_from([None, *able]))
        if mentor_of[row] is not None:
            left[mentor_of[row]] -= 1
    return Board(
        fits=fits,
        blocked=np.where(np.isnan(fits), Rule.SAME_TEAM, 0).astype(np.int8),
        rows={row: row for row in range(mentees)},
        columns=columns,
        mentor_of=mentor_of,
        seats=seats,
    )


@given(boards(), st.data())
def test_no_plan_exceeds_seats_or_breaks_a_rule(board, data):
    mentee = data.draw(st.sampled_from(list(board.mentor_of)))
    other = data.draw(st.sampled_from(list(board.mentor_of)))
    mentor = data.draw(st.sampled_from(list(board.columns)))
    act = data.draw(
        st.sampled_from(
            [
                lambda: plan_assign(board, mentee, mentor),
                lambda: plan_swap(board, mentee, other),
                lambda: plan_unassign(board, mentee),
                lambda: plan_forbid(board, mentee, mentor),
            ]
        )
    )
    try:
        plan = act()
    except errors.DomainError:
        return
    after = {**board.mentor_of, **plan.changes}
    for taken in board.columns:
        assert list(after.values()).count(taken) <= board.seats[taken]
    for row, theirs in after.items():
        assert theirs is None or board.fit(row, theirs) is not None
    effect = effect_of(board, plan.changes)
    assert effect == plan.effect
    assert effect.total_after == pytest.approx(
        sum(board.fit(row, theirs) for row, theirs in after.items() if theirs is not None)
    )
