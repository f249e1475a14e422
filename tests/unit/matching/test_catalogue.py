import pytest

from tandemwerk.matching import CatalogueError, areas, find_topic, topics
from tandemwerk.matching.catalogue import fold, parse_catalogue, phrases

AREA = '[[area]]\nslug = "a"\nname = { de = "A", en = "A" }\n'
TOPIC = '[[topic]]\nslug = "{}"\narea = "a"\nname = {{ de = "D{}", en = "E{}" }}\n'


def test_every_topic_is_found_by_its_names_in_either_language() -> None:
    assert topics()
    for slug, topic in topics().items():
        assert topic.area in areas()
        for name in (slug, topic.name["de"], topic.name["en"], topic.name["de"].upper()):
            assert find_topic(name) is topic


def test_relations_hold_both_ways() -> None:
    for slug, topic in topics().items():
        assert all(slug in topics()[other].related for other in topic.related)


@pytest.mark.parametrize(
    "text", ["Führung", "FUEHRUNG", " führung. ", "first time manager", "first-time-manager"]
)
def test_umlauts_hyphens_and_case_do_not_matter(text: str) -> None:
    found = find_topic(text)
    assert found is not None
    assert found.slug == "first-leadership"


def test_a_close_spelling_is_understood_and_a_far_one_is_not() -> None:
    found = find_topic("Gehaltsverhandlng")
    assert found is not None
    assert found.slug == "salary-negotiation"
    assert find_topic("Quastenflosser") is None
    assert find_topic("x") is None
    assert find_topic("  ") is None


def test_a_language_narrows_the_search() -> None:
    assert find_topic("leadership", "de") is None
    assert find_topic("leadership", "en") is not None


def test_topics_are_hashable_and_have_folded_phrases() -> None:
    topic = topics()["first-leadership"]
    assert topic in set(topics().values())
    assert areas()[topic.area] in set(areas().values())
    assert set(phrases(topic, "de")) <= set(phrases(topic))
    assert fold("Größe: Ärger & Übung!") == "groesse aerger uebung"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (AREA + AREA, "area_twice"),
        (AREA + TOPIC.format("t", 1, 1) * 2, "topic_twice"),
        (TOPIC.format("t", 1, 1), "area_unknown"),
        (AREA + TOPIC.format("t", 1, 1) + 'related = ["u"]\n', "related_unknown"),
        (AREA + TOPIC.format("t", 1, 1) + 'related = ["t"]\n', "related_unknown"),
        ('[[area]]\nslug = "a"\nname = { de = "A" }\n', "name_missing"),
        ('[[area]]\nslug = "a"\n', "name_missing"),
    ],
)
def test_a_catalogue_that_contradicts_itself_is_refused(text: str, code: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue(text)
    assert caught.value.code == code


def test_a_relation_written_once_holds_both_ways() -> None:
    text = AREA + TOPIC.format("t", 1, 1) + 'related = ["u"]\n' + TOPIC.format("u", 2, 2)
    _, found = parse_catalogue(text)
    assert found["u"].related == {"t"}
