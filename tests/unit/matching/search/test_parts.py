"""The parts of a search, each by its own law."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.matching import Criteria, Mentee, Mentor, ProfileError, rank, score, topics
from tandemwerk.matching.encoding import Vocabulary, encode_people
from tandemwerk.matching.search import Population, candidates, ordering, queries, topk
from tandemwerk.matching.search.columns import WORD, words_of
from tandemwerk.matching.search.dictionaries import Answers, number_rows
from tandemwerk.matching.search.index import Index
from tandemwerk.matching.search.pairings import pairings_of

from ..people import mentee, mentor
from .strategies import many

keys = st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 2)), max_size=30)


def listed(mentees: list[Mentee], population: Population, k: int) -> Iterator[list[str]]:
    found = candidates(mentees, population, k=k)
    for start, end in zip(found.indptr, found.indptr[1:], strict=False):
        yield [population[int(number)].id for number in found.numbers[start:end]]


@given(first=keys, second=keys)
def test_equal_answers_have_equal_numbers_that_lead_back_to_them(first, second):
    answers: Answers[tuple[int, ...]] = Answers()
    for rows in (first, second):
        numbers = number_rows(answers, np.array(rows, dtype=np.int64).reshape(-1, 2).T)
        assert [answers.keys[number] for number in numbers] == rows
    assert sorted(answers.keys) == sorted({*first, *second})


def test_topic_bits_name_who_offers_a_topic_of_the_catalogue_or_of_their_own():
    slugs = (*tuple(topics())[:3], "our-own-topic", "another")
    people = [
        mentor(f"o{i}", topics=[topic for every, topic in enumerate(slugs, 1) if not i % every])
        for i in range(WORD + 9)
    ]
    vocabulary = Vocabulary()
    index = Index(vocabulary)
    index.extend(encode_people(people, vocabulary), np.arange(len(people)))
    for slug in slugs:
        code = vocabulary.topics[slug]
        bits = index.topic_bits(code)
        there = [bool(int(bits[i // WORD]) >> i % WORD & 1) for i in range(len(people))]
        assert there == [slug in person.topics for person in people]


def test_columns_hold_two_hundred_bytes_a_mentor_and_an_eighth_more_room():
    population = Population(many(Mentor, 4000, 1))
    assert 150 < population.nbytes / len(population) < 200 * 9 / 8 + 1


def test_mentors_beyond_the_room_between_two_ids_are_numbered_anew(monkeypatch):
    monkeypatch.setattr(ordering, "MERGE", 3)
    people = [mentor(name) for name in "mczaybxdw"]
    population = Population(people[:2])
    for person in people[2:]:
        population.add(person)
    best = rank(mentee(), population, k=len(people))
    assert [found.mentor.id for found in best] == sorted(person.id for person in people)


def test_tables_that_are_let_go_are_made_again(monkeypatch):
    population, asking = Population(many(Mentor, 80, 1)), many(Mentee, 20, 2)
    once = list(listed(asking, population, 5))
    monkeypatch.setattr(queries, "KEPT", 1)
    assert list(listed(asking, population, 5)) == once


def test_a_mentor_with_the_mentees_address_is_that_mentee_an_id_alike_is_not():
    people = [
        mentor("same", email="Kim@Example.org"),
        mentor("kim@example.org", email="other@example.org"),
        mentor("no-address"),
    ]
    asking = mentee("kim", email="kim@example.org ")
    allowed = ~np.isnan(score([asking], people).total[0])
    (found,) = listed([asking], Population(people), 3)
    assert sorted(found) == sorted(m.id for m, may in zip(people, allowed, strict=True) if may)
    assert sorted(found) == ["kim@example.org", "no-address"]


def test_a_mentee_twice_in_a_cohort_is_an_error_that_names_both_rows():
    with pytest.raises(ProfileError) as caught:
        candidates([mentee(), mentee("kim"), mentee()], Population([mentor()]))
    assert caught.value.code == "person_twice"
    assert caught.value.params["rows"] == [0, 2]


def test_a_search_among_nobody_finds_nobody():
    population, asking = Population(), mentee()
    people = encode_people([asking], population.index.vocabulary)
    eligible = population.bits(None)
    pairing = next(pairings_of([asking], population, eligible))
    result = population.searcher(Criteria()).best(people, 0, pairing, eligible, 3)
    assert len(result.numbers) == len(result.totals) == 0
    assert result.looked.eligible == 0
    assert words_of(0) == len(eligible)


def test_bounds_for_everybody_start_where_enough_mentors_reach(monkeypatch):
    monkeypatch.setattr(topk, "FEW", 0.0)
    monkeypatch.setattr(topk, "FIRST_WORDS", 1)
    wanted = Criteria(weights={"topics": 0})
    population, asking = Population(many(Mentor, 3 * WORD, 1)), many(Mentee, 1, 2)[0]
    everyone = rank(asking, population, wanted, 3 * WORD)
    assert rank(asking, population, wanted, 2) == everyone[:2]
    assert topk._first_cut(np.array([3, 1, 2], np.float32), 2) == 2
    assert topk._first_cut(np.array([3, 1, 2], np.float32), 3) == -np.inf
