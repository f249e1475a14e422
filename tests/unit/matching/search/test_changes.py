"""A population that was changed equals one built anew."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.matching import Criteria, Mentee, Mentor, ProfileError, rank
from tandemwerk.matching.search import Population
from tandemwerk.matching.search.ordering import MERGE, Ordering

from ..people import mentor, mentors
from .strategies import many

CHANGES = st.lists(
    st.tuples(st.sampled_from(["add", "update", "remove"]), st.integers(0, 99)), max_size=40
)


def searched(population: Population, people: list[Mentee]) -> list[list[tuple[str, float]]]:
    return [[(r.mentor.id, r.score) for r in rank(p, population, k=5)] for p in people]


@settings(max_examples=60)
@given(changes=CHANGES, start=mentors(least=0, most=4), more=mentors(least=8, most=8))
def test_changes_one_by_one_equal_building_anew(changes, start, more):
    population, there = Population(start), {m.id: m for m in start}
    spare = {m.id: m for m in more}
    for change, which in changes:
        names = sorted(there)
        absent = sorted(set(spare) - set(there))
        if change == "add" and absent:
            name = absent[which % len(absent)]
            there[name] = spare[name]
            assert population[population.add(spare[name])].id == name
        elif change == "update" and names:
            name = names[which % len(names)]
            other = more[which % len(more)]
            fields = {slot: getattr(other, slot) for slot in ("topics", "values", "text", "wishes")}
            there[name] = mentor(name, seats=other.seats, reports_to=other.reports_to, **fields)
            population.update(there[name])
        elif change == "remove" and names:
            name = names[which % len(names)]
            del there[name]
            population.remove(name)
    assert {m.id: m for m in population} == there
    anew = Population(there.values())
    assert len(population) == len(anew)
    people = many(Mentee, 4, 5)
    people.append(Mentee(id="o1", reports_to="o2", topics=("our-own-topic",)))
    people.append(Mentee(id="e0", wishes=("o3", "o0")))
    assert searched(population, people) == searched(anew, people)


def test_changes_among_many_equal_building_anew():
    people, asking = many(Mentor, 700, 6), many(Mentee, 10, 7)
    population = Population(people[:400])
    for person in people[400:]:
        population.add(person)
    for person in people[100:200]:
        population.remove(person.id)
    changed = many(Mentor, 90, 8)
    for person in changed:
        population.update(person)
    there = {p.id: p for p in (*people[:100], *people[200:])} | {p.id: p for p in changed}
    assert {p.id: p for p in population} == there
    assert searched(population, asking) == searched(Population(there.values()), asking)


def test_a_population_that_was_searched_and_then_grew_finds_the_newcomers():
    people, asking = many(Mentor, 700, 6), many(Mentee, 10, 7)
    population = Population(people[:40])
    searched(population, asking)
    for person in people[40:]:
        population.add(person)
    assert searched(population, asking) == searched(Population(people), asking)


def test_a_pickled_population_finds_the_same():
    population, asking = Population(many(Mentor, 300, 1)), many(Mentee, 5, 2)
    copy = pickle.loads(pickle.dumps(population))
    assert searched(copy, asking) == searched(population, asking)


def test_unknown_and_doubled_people_are_errors():
    population = Population([mentor("a")])
    for act in (lambda: population.update(mentor("b")), lambda: population.remove("b")):
        with pytest.raises(ProfileError) as caught:
            act()
        assert caught.value.code == "person_unknown"
    for act in (lambda: population.add(mentor("a")), lambda: Population([mentor("a")] * 2)):
        with pytest.raises(ProfileError) as caught:
            act()
        assert caught.value.code == "person_twice"
    assert [m.id for m in population] == ["a"]


@given(st.lists(st.text(min_size=1, max_size=3), unique=True, max_size=60), st.integers(0, 60))
def test_numbers_ascend_with_ids_however_they_came(names, first):
    ordering = Ordering(names[:first])
    for name in names[first:]:
        ordering.add(name)
    for name in names[::3]:
        ordering.remove(name)
    left = sorted(set(names) - set(names[::3]))
    assert [n for _, n in sorted((ordering[name], name) for name in left)] == left
    for name in names[::3]:
        ordering.add(name)
    assert [n for _, n in sorted((ordering[name], name) for name in names)] == sorted(names)


def test_numbers_are_given_anew_when_there_is_no_room_between():
    ordering, renumbered = Ordering(["a", "b"]), 0
    for count in range(1, 2 * MERGE):
        renumbered += ordering.add("a" + "0" * (2 * MERGE - count))
    assert renumbered
    assert ordering["a"] < ordering["a0"] < ordering["a00"] < ordering["b"]


def test_criteria_are_not_mixed_up_between_searches():
    population, asking = Population(many(Mentor, 50, 1)), many(Mentee, 1, 2)[0]
    first, second = Criteria(), Criteria(weights={"topics": 0})
    once = rank(asking, population, first), rank(asking, population, second)
    assert (rank(asking, population, first), rank(asking, population, second)) == once
