"""An assignment over short lists is one over all pairs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.matching import CapacityError, Criteria, Mentee, Mentor, assign, score, topics
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
