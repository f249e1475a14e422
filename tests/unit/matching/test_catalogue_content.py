"""The shipped topic catalogue as content: complete, unambiguous and connected.

Reads the file itself, not through the loader, so that the loader cannot repair what it reads
(it makes relations symmetric and lets the first topic keep a doubled synonym).
"""

import re
import tomllib
from collections import Counter, defaultdict
from importlib import resources
from typing import Any

import pytest

from tandemwerk.matching.catalogue import find_topic, fold, parse_catalogue

LANGUAGES = ("de", "en")
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LEAST_TOPICS = 170

TEXT = resources.files("tandemwerk.matching.catalogue").joinpath("topics.toml").read_text("utf-8")
CONTENT: dict[str, Any] = tomllib.loads(TEXT)
AREAS: list[dict[str, Any]] = CONTENT["area"]
TOPICS: list[dict[str, Any]] = CONTENT["topic"]
by_topic = pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic["slug"])


def bare(text: str) -> str:
    """Folded further than the loader does: no spaces, "ü", "ue" and "u" are one letter."""
    folded = fold(text).replace(" ", "")
    return folded.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def test_the_catalogue_is_large_and_grouped() -> None:
    assert len(TOPICS) >= LEAST_TOPICS
    assert 10 <= len(AREAS) <= 14
    sizes = Counter(topic["area"] for topic in TOPICS)
    assert set(sizes) == {area["slug"] for area in AREAS}
    assert min(sizes.values()) >= 8


def test_slugs_are_unique_kebab_case() -> None:
    for rows in (AREAS, TOPICS):
        slugs = [row["slug"] for row in rows]
        assert len(set(slugs)) == len(slugs)
        assert [slug for slug in slugs if not KEBAB.fullmatch(slug)] == []


def test_every_area_has_a_name_in_both_languages() -> None:
    assert [a["slug"] for a in AREAS if not all(a["name"].get(c) for c in LANGUAGES)] == []


@by_topic
def test_topic_is_complete_in_both_languages(topic: dict[str, Any]) -> None:
    assert set(topic) == {"slug", "area", "name", "synonyms", "related"}
    assert set(topic["name"]) == set(topic["synonyms"]) == set(LANGUAGES)
    for language in LANGUAGES:
        words = [topic["name"][language], *topic["synonyms"][language]]
        assert 2 <= len(words) - 1 <= 6
        assert all(word == word.strip() and fold(word) for word in words)
        assert len({bare(word) for word in words}) == len(words), "a word is there twice"


def test_no_two_topics_share_a_name() -> None:
    for language in LANGUAGES:
        names = Counter(bare(topic["name"][language]) for topic in TOPICS)
        assert [name for name, count in names.items() if count > 1] == []


def test_no_word_is_claimed_by_two_topics() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for topic in TOPICS:
        owners[bare(topic["slug"])].add(topic["slug"])
        for language in LANGUAGES:
            for word in (topic["name"][language], *topic["synonyms"][language]):
                owners[bare(word)].add(topic["slug"])
    assert {word: slugs for word, slugs in owners.items() if len(slugs) > 1} == {}


def test_relations_exist_and_are_mutual() -> None:
    related = {topic["slug"]: topic["related"] for topic in TOPICS}
    for slug, others in related.items():
        assert others, f"{slug} has no neighbour"
        assert len(set(others)) == len(others)
        assert slug not in others
        assert [other for other in others if slug not in related.get(other, [])] == []


@by_topic
def test_every_word_leads_to_its_topic(topic: dict[str, Any]) -> None:
    for language in LANGUAGES:
        for word in (topic["name"][language], *topic["synonyms"][language]):
            found = find_topic(word)
            assert found is not None
            assert found.slug == topic["slug"]


def test_the_loader_reads_what_the_file_says() -> None:
    areas, topics = parse_catalogue(TEXT)
    assert list(areas) == [area["slug"] for area in AREAS]
    assert {slug: set(topic.related) for slug, topic in topics.items()} == {
        topic["slug"]: set(topic["related"]) for topic in TOPICS
    }


@pytest.mark.parametrize("text", ["Promotion", "promotion"])
def test_a_word_that_means_two_things_is_not_guessed(text: str) -> None:
    # German: a doctorate. English: moving up. Whoever typed it has to choose.
    assert find_topic(text) is None


def test_words_can_stand_in_a_list() -> None:
    words = {w for t in TOPICS for c in LANGUAGES for w in (t["name"][c], *t["synonyms"][c])}
    assert [word for word in words if re.search(r"[,;|\n]", word)] == []
