import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.matching.catalogue import areas, topics
from tandemwerk.people.topics import MOST, search_topics, suggested_topics, topics_of_area

some_slugs = st.sets(st.sampled_from(sorted(topics())), max_size=8)


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_topic_is_found_by_its_own_name(language):
    for topic in topics().values():
        found = search_topics(topic.name[language], language=language)
        assert topic.slug in [hit.slug for hit in found], topic.slug


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_synonym_finds_its_topic_or_a_full_list(language):
    for topic in topics().values():
        for word in topic.synonyms[language]:
            found = [hit.slug for hit in search_topics(word, language=language)]
            assert topic.slug in found or len(found) == MOST, (topic.slug, word)


def test_the_other_language_works_too():
    german = search_topics("job change", language="de") or search_topics(
        "leadership", language="de"
    )
    assert german


def test_a_slip_of_the_pen_is_forgiven():
    name = next(iter(topics().values())).name["de"]
    assert search_topics(name[:-1] + "x", language="de")


@settings(deadline=None)  # the close spelling of a long text takes its time on a busy machine
@given(st.text(max_size=80), some_slugs)
def test_a_search_never_breaks_and_never_offers_what_is_chosen(text, chosen):
    found = [topic.slug for topic in search_topics(text, language="de", without=chosen)]
    assert len(found) == len(set(found)) <= MOST
    assert not chosen & set(found)


@given(some_slugs)
def test_suggestions_are_new_and_begin_near_what_is_chosen(chosen):
    found = [topic.slug for topic in suggested_topics(sorted(chosen))]
    assert len(found) == len(set(found)) == MOST
    assert not chosen & set(found)


def test_areas_can_be_looked_through():
    assert sum(len(topics_of_area(area)) for area in areas()) == len(topics())
    assert topics_of_area("nowhere") == []
