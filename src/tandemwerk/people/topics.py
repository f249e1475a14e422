"""Finding topics of the catalogue by what people type, in their language. Pure, no database."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Final

from tandemwerk.matching.catalogue import Topic, areas, find_topic, fold, phrases, topics
from tandemwerk.people.enums import TopicKind

MOST = 12
MAX_TOPICS: Final = {TopicKind.WANTED: 5, TopicKind.OFFERED: 8}


def search_topics(text: str, *, language: str, without: Collection[str] = ()) -> list[Topic]:
    """Topics that fit the words, best first: name, then synonym, then a close spelling.

    Looks in both languages, names in the reader's language first. At most twelve; every word must
    occur. Cost: one pass over the catalogue (about a millisecond).
    """
    words = fold(text).split()
    if not words:
        return []
    ranked = [
        (rank, row.topic)
        for row in _folded(language)
        if row.topic.slug not in without and (rank := row.rank(words)) is not None
    ]
    found = [topic for _rank, topic in sorted(ranked, key=lambda hit: hit[0])][:MOST]
    if not found and (close := find_topic(text)) is not None and close.slug not in without:
        return [close]
    return found


@dataclass(frozen=True, slots=True)
class _Folded:
    """What a topic is found by, folded once per process and language."""

    topic: Topic
    name: str
    beginnings: tuple[str, ...]
    own: tuple[str, ...]
    other: tuple[str, ...]

    def rank(self, words: list[str]) -> int | None:
        """0 best … 3, None for no hit."""
        if all(any(part.startswith(word) for part in self.beginnings) for word in words):
            return 0
        if all(word in self.name for word in words):
            return 1
        for rank, texts in ((2, self.own), (3, self.other)):
            if any(all(word in text for word in words) for text in texts):
                return rank
        return None


@cache
def _folded(language: str) -> tuple[_Folded, ...]:
    rows = []
    for topic in topics().values():
        name = fold(topic.name[language])
        beginnings = tuple(name.split())
        rows.append(_Folded(topic, name, beginnings, phrases(topic, language), phrases(topic)))
    return tuple(rows)


def suggested_topics(chosen: Collection[str], *, hidden: Collection[str] = ()) -> list[Topic]:
    """What to offer before anybody typed: neighbours of the chosen, then each area's first.

    `hidden` topics are never offered.
    """
    known = {slug: topic for slug, topic in topics().items() if slug not in hidden}
    near = [
        known[slug]
        for choice in chosen
        if choice in known
        for slug in sorted(known[choice].related)
        if slug in known
    ]
    firsts: dict[str, Topic] = {}
    for topic in known.values():
        firsts.setdefault(topic.area, topic)
    unique = {topic.slug: topic for topic in (*near, *firsts.values())}
    return [topic for slug, topic in unique.items() if slug not in chosen][:MOST]


def topics_of_area(area: str, *, without: Collection[str] = ()) -> list[Topic]:
    """All topics of an area in the catalogue's order; none for an unknown area."""
    if area not in areas():
        return []
    return [t for t in topics().values() if t.area == area and t.slug not in without]
