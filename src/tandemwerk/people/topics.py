"""Finding topics of the catalogue by what people type, in their language. Pure, no database."""

from collections.abc import Collection

from tandemwerk.matching.catalogue import Topic, areas, find_topic, fold, phrases, topics

MOST = 12


def search_topics(text: str, *, language: str, without: Collection[str] = ()) -> list[Topic]:
    """Topics that fit the words, best first: name, then synonym, then a close spelling.

    Looks in both languages, names in the reader's language first. At most twelve; every word must
    occur. Cost: one pass over the catalogue (about a millisecond).
    """
    words = fold(text).split()
    if not words:
        return []
    ranked = []
    for place, topic in enumerate(topics().values()):
        if topic.slug in without:
            continue
        rank = _rank(topic, words, language)
        if rank is not None:
            ranked.append((rank, place, topic))
    found = [topic for _rank_, _place, topic in sorted(ranked, key=lambda row: row[:2])][:MOST]
    if not found and (close := find_topic(text)) is not None and close.slug not in without:
        return [close]
    return found


def _rank(topic: Topic, words: list[str], language: str) -> int | None:
    name = fold(topic.name[language])
    if all(any(part.startswith(word) for part in name.split()) for word in words):
        return 0
    if all(word in name for word in words):
        return 1
    own = phrases(topic, language)
    if any(all(word in phrase for word in words) for phrase in own):
        return 2
    if any(all(word in phrase for word in words) for phrase in phrases(topic)):
        return 3
    return None


def suggested_topics(chosen: Collection[str]) -> list[Topic]:
    """What to offer before anybody typed: neighbours of the chosen, then each area's first."""
    known = topics()
    near = [
        known[slug]
        for choice in chosen
        if choice in known
        for slug in sorted(known[choice].related)
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
