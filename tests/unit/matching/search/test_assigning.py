"""An assignment over short lists is one over all pairs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.matching import (
    CapacityError,
    Criteria,
    LockError,
    Mentee,
    Mentor,
    assign,
    score,
    topics,
)
from tandemwerk.matching.scorer import Stopped
from tandemwerk.matching.search import Population, assign_population
from tandemwerk.matching.search.assigning import proof_of

from ..people import mentee, mentees, mentor, mentors
from .strategies import criteria, many

TOPIC = tuple(topics())[:1]


@settings(max_examples=80)
@given(
    mentees=mentees(most=8),
    mentors=mentors(most=8),
    wanted=criteria(),
    floor=st.none() | st.sampled_from([0.3, 0.5]),
    cardinality=st.sampled_from(["most", "free"]),
)
def test_as_many_people_and_as_high_a_total_as_over_all_pairs(
    mentees, mentors, wanted, floor, cardinality
):
    scores = score(mentees, mentors, wanted)
    best = assign(scores, floor=floor, cardinality=cardinality)
    made = assign_population(
        mentees, Population(mentors), wanted, k=1, floor=floor, cardinality=cardinality
    ).assignment
    assert made.total == pytest.approx(best.total, abs=1e-6)
    if cardinality == "most":
        assert len(made.pairs) == len(best.pairs)
    for row, column in made.pairs:
        assert scores.total[row, column] >= (floor or 0)
    load = np.bincount([c for _, c in made.pairs], minlength=len(mentors))
    assert (load <= [m.seats for m in mentors]).all()


@pytest.mark.parametrize("seats", [1, 2])
def test_lists_of_two_widen_until_the_certificate_holds_for_all_pairs(seats):
    mentees, mentors = many(Mentee, 120, 1), many(Mentor, 120 // seats, 2)
    capacity = np.full(len(mentors), seats)
    people = [replace(m, seats=seats) for m in mentors]
    wanted = Criteria()
    best = assign(score(mentees, people, wanted), capacity)
    made = assign_population(mentees, Population(people), wanted, k=2)
    assert len(made.assignment.pairs) == len(best.pairs)
    assert made.assignment.total == pytest.approx(best.total, abs=1e-6)
    assert made.assignment.gap <= 1e-6
    assert made.widened.any()
    assert made.rounds > 1


def test_pruning_that_would_leave_someone_without_a_mentor_is_found():
    """Three want the same two; the third mentor is on nobody's list of two."""
    people = [
        mentor("a", topics=TOPIC),
        mentor("b", topics=TOPIC),
        mentor("c"),
    ]
    asking = [mentee(name, topics=TOPIC) for name in "xyz"]
    made = assign_population(asking, Population(people), k=2)
    assert len(made.assignment.pairs) == 3
    assert made.widened.any()


def test_capacity_of_another_length_is_an_error():
    with pytest.raises(CapacityError) as caught:
        assign_population([mentee()], Population([mentor()]), capacity=np.array([1, 2]))
    assert caught.value.code == "capacity_shape"


def test_a_capacity_of_the_own_seats_changes_nothing_and_one_of_none_empties_a_mentor():
    mentees, mentors = many(Mentee, 30, 1), many(Mentor, 40, 2)
    seats = np.array([m.seats for m in mentors])
    population = Population(mentors)
    plain = assign_population(mentees, population).assignment
    assert assign_population(mentees, population, capacity=seats).assignment.pairs == plain.pairs
    closed = seats.copy()
    taken = plain.pairs[0][1]
    closed[taken] = 0
    without = assign_population(mentees, population, capacity=closed).assignment
    assert taken not in {column for _, column in without.pairs}


def test_only_an_assignment_with_a_certificate_proves_anything():
    made = assign(np.array([[0.5]]), np.array([1]))
    assert proof_of(made) is made.certificate
    with pytest.raises(ValueError, match="certificate"):
        proof_of(replace(made, certificate=None))


def answered(call):
    """What comes back, or the code of the lock that was refused."""
    try:
        return call(), None
    except LockError as error:
        return None, error.code


@settings(max_examples=60)
@given(
    mentees=mentees(most=7),
    mentors=mentors(most=7),
    wanted=criteria(),
    data=st.data(),
    floor=st.none() | st.sampled_from([0.3, 0.5]),
)
def test_locked_and_forbidden_pairs_as_over_all_pairs(mentees, mentors, wanted, data, floor):
    scores = score(mentees, mentors, wanted)
    pair = st.tuples(st.integers(0, len(mentees) - 1), st.integers(0, len(mentors) - 1))
    locks = data.draw(st.lists(pair, max_size=3))
    banned = data.draw(st.lists(pair, max_size=4))

    def ids(pairs):
        return [(mentees[row].id, mentors[column].id) for row, column in pairs]

    population = Population(mentors)
    given_pairs = {"fixed": ids(locks), "forbidden": ids(banned), "floor": floor}
    best, refused = answered(lambda: assign(scores, fixed=locks, forbidden=banned, floor=floor))
    made, told = answered(
        lambda: assign_population(mentees, population, wanted, k=1, **given_pairs)
    )
    assert told == refused
    if made is None:
        return
    assert made.assignment.total == pytest.approx(best.total, abs=1e-6)
    assert len(made.assignment.pairs) == len(best.pairs)
    assert made.assignment.gap <= 1e-6
    assert made.proven
    assert set(locks) <= set(made.assignment.pairs)
    assert not set(banned) & set(made.assignment.pairs)


@pytest.mark.parametrize("pair", [("nobody", "o0"), ("e0", "nobody")])
def test_a_lock_of_somebody_who_is_not_there_is_an_error(pair):
    with pytest.raises(LockError) as caught:
        assign_population([mentee("e0")], Population([mentor("o0")]), fixed=[pair])
    assert (caught.value.code, caught.value.params["person"]) == ("lock_unknown", "nobody")


def test_a_favourite_without_a_seat_counts_as_in_scoring():
    """Whether wishes count for a mentee must not depend on seats."""
    people = [
        mentor("a", seats=0),
        mentor("b", topics=TOPIC),
        mentor("c", topics=TOPIC, wishes=("x",)),
    ]
    asking = [mentee("x", topics=TOPIC, wishes=("a",)), mentee("y", topics=TOPIC)]
    best = assign(score(asking, people))
    made = assign_population(asking, Population(people), k=1).assignment
    assert made.total == pytest.approx(best.total, abs=1e-6)


def stopped_after(times):
    asked = []

    def should_stop():
        asked.append(1)
        return len(asked) > times

    return should_stop


def test_stopped_before_there_are_lists_nothing_comes_back():
    with pytest.raises(Stopped):
        assign_population([mentee()], Population([mentor()]), should_stop=lambda: True)


@pytest.mark.parametrize("stop", [{"time_limit": 0}, *({"after": n} for n in range(1, 9))])
def test_stopped_early_the_best_so_far_comes_back_with_a_true_gap(stop):
    mentees, mentors = many(Mentee, 120, 1), many(Mentor, 60, 2)
    population = Population([replace(m, seats=2) for m in mentors])
    full = assign_population(mentees, population, k=2)
    if "after" in stop:
        stop = {"should_stop": stopped_after(stop["after"])}
    made = assign_population(mentees, population, k=2, **stop)
    found = made.assignment
    assert found.gap >= 0
    assert len(found.pairs) <= len(full.assignment.pairs)
    load = np.bincount([column for _, column in found.pairs], minlength=60)
    assert (load <= 2).all()
    if len(found.pairs) == len(full.assignment.pairs):
        assert found.upper_bound >= full.assignment.total - 1e-9
    if made.proven:
        assert found.total == pytest.approx(full.assignment.total)
    elif "time_limit" in stop:
        assert made.rounds == 1


def test_without_a_mentor_to_be_had_the_bound_of_a_stopped_search_holds():
    people = [mentor("a", topics=TOPIC, seats=0), mentor("b", topics=TOPIC, seats=0)]
    made = assign_population([mentee("x", topics=TOPIC)], Population(people), k=1, time_limit=0)
    assert (made.assignment.pairs, made.assignment.gap, made.proven) == ([], 0, False)
