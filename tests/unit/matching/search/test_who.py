"""Who is who: one person in two roles, people who leave, people named twice."""

import pytest

from tandemwerk.matching import Mentor, ProfileError, rank
from tandemwerk.matching.search import Population, candidates
from tandemwerk.matching.search.ordering import Ordering

from ..people import mentee, mentor
from .strategies import many


def test_nobody_is_their_own_mentor_whatever_the_id():
    """The same mail is the same person; an id that reads like somebody's mail is another."""
    people = [
        mentor("me-again", email="Anna@Example.org"),
        mentor("anna@example.org", email="another@example.org"),
        mentor("free"),
    ]
    asking = mentee("anna", email="anna@example.org")
    for population in (people, Population(people)):
        found = rank(asking, population)
        assert {r.mentor.id for r in found} == {"anna@example.org", "free"}


def test_a_mentee_named_twice_is_an_error_that_says_where():
    asking = [mentee("a"), mentee("b"), mentee("a")]
    with pytest.raises(ProfileError) as caught:
        candidates(asking, Population([mentor()]))
    assert caught.value.code == "person_twice"
    assert caught.value.params["rows"] == [0, 2]


def test_whoever_leaves_frees_their_number_for_the_last():
    population = Population([mentor("a"), mentor("b"), mentor("c")])
    population.remove("c")
    assert [population.number_of(name) for name in "ab"] == [0, 1]
    population.remove("a")
    assert [m.id for m in population] == ["b"]
    assert population.number_of("b") == 0


def test_memory_held_is_some_190_bytes_a_mentor():
    population = Population(many(Mentor, 6400, 1))
    # Sixteen more for a second word of answers: here are 20 questionnaire items.
    assert population.nbytes / 6400 - 16 <= 190


def test_ids_find_their_place_among_those_who_left():
    ordering = Ordering()
    ordering.add("m")
    ordering.remove("m")
    for name in ("m", "a", "z", "b", "y"):
        ordering.add(name)
    for name in ("a", "z", "b"):
        ordering.remove(name)
    for name in ("0", "zz", "b", "c"):
        ordering.add(name)
    left = ["0", "b", "c", "m", "y", "zz"]
    assert sorted(left, key=ordering.__getitem__) == left
