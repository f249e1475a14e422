"""People as columns."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.matching import Mentee, topics
from tandemwerk.matching.encoding import ONLINE, Vocabulary, encode_people

from .people import mentee, mentees, mentor


@given(people=mentees(0, 6))
def test_columns_say_what_the_people_said(people: list[Mentee]) -> None:
    vocabulary = Vocabulary()
    found = encode_people(people, vocabulary)
    assert len(found) == len(people)
    assert found.ids == tuple(person.id for person in people)
    slugs = {number: slug for slug, number in vocabulary.topics.items()}
    codes = {number: code for code, number in vocabulary.languages.items()}
    for place, person in enumerate(people):
        numbers = found.topics[found.topic_start[place] : found.topic_start[place + 1]]
        assert tuple(slugs[int(number)] for number in numbers) == person.topics
        spoken = {codes[bit] for bit in range(64) if int(found.languages[0, place]) >> bit & 1}
        assert spoken == person.languages
        week = sum(int(word) << 64 * place for place, word in enumerate(found.week[:, place]))
        assert week == person.week
        assert bool(found.formats[place] & ONLINE) == ("online" in person.formats)
        assert found.has_text[place] == bool(person.text.strip())
        years = found.years[place]
        assert np.isnan(years) if person.experience_years is None else years >= 0
        for item, value in person.values.items():
            shift = 4 * vocabulary.items[item]
            assert int(found.levels[0, place]) >> shift & 15 == (1 << value - 1) - 1
            assert int(found.answered[0, place]) >> shift & 15 == 15
        assert int(found.answered[0, place]).bit_count() == 4 * len(person.values)


@given(people=mentees(1, 6), data=st.data())
def test_nobodys_columns_depend_on_who_else_is_there(
    people: list[Mentee], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(people))))
    vocabulary = Vocabulary()
    whole = encode_people(people, vocabulary)
    mixed = encode_people([people[place] for place in order], vocabulary)
    for name in ("industry", "function", "team", "site", "formats", "has_text", "signature"):
        assert np.array_equal(getattr(mixed, name), getattr(whole, name)[order])
    for name in ("languages", "levels", "answered", "week"):
        assert np.array_equal(getattr(mixed, name), getattr(whole, name)[:, order])


def test_numbers_of_the_catalogue_are_fixed_and_words_are_compared_loosely() -> None:
    vocabulary = Vocabulary()
    assert [vocabulary.topics[slug] for slug in sorted(topics())] == list(range(len(topics())))
    people = [mentee(site=" Köln"), mentee("b", site="köln "), mentee("c", site=" "), mentee("d")]
    assert encode_people(people, vocabulary).site.tolist() == [1, 1, 0, 0]
    assert encode_people([mentor(seats=3), mentor("b", seats=0)], vocabulary).seats.tolist() == [
        3,
        0,
    ]


def test_columns_can_be_written_to() -> None:
    found = encode_people([mentee(languages=frozenset({"de"}))], Vocabulary())
    arrays = [value for value in vars_of(found) if isinstance(value, np.ndarray)]
    assert all(array.flags.writeable and array.flags.c_contiguous for array in arrays)


def vars_of(people: object) -> list[object]:
    """The columns of People, which has slots."""
    return [getattr(people, name) for name in people.__slots__]  # type: ignore[attr-defined]  # a dataclass with slots
