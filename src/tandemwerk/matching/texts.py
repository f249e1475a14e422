"""Catalogue topics that a free text names word by word: what reasons tell people about.

How near two texts are is another matter, see `signatures`: that also counts what is only similar.
"""

from functools import cache, lru_cache

from .catalogue import phrases, topics
from .signatures import SHORTEST_WORD
from .stopwords import STOP_WORDS

LONGEST_PHRASE = 5  # words

_ENDINGS = ("ership", "ungen", "ings", "ung", "ing", "en", "er", "es", "em", "s", "e", "n")


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Cut one common German or English ending; keeps at least four characters."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@cache
def _phrase_index() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First stem -> (stems of the whole phrase, slug), longest phrases first."""
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for slug, topic in topics().items():
        for phrase in phrases(topic):
            stems = tuple(stem(word) for word in phrase.split())
            # Abbreviations are too often ordinary words ("IT", "MAG") to be found in a sentence.
            if len(stems) == 1 and len(stems[0]) < SHORTEST_WORD:
                continue
            if len(stems) <= LONGEST_PHRASE and not set(stems) <= STOP_WORDS:
                found.setdefault(stems[0], {}).setdefault(stems, slug)
    return {
        first: tuple(sorted(entries.items(), key=lambda entry: (-len(entry[0]), entry[0])))
        for first, entries in found.items()
    }


def named_topics(folded: str) -> tuple[str, ...]:
    """Slugs of the catalogue topics a folded text names, in the order of first mention."""
    index = _phrase_index()
    stems = tuple(stem(word) for word in folded.split())
    found: dict[str, None] = {}
    for position, first in enumerate(stems):
        for phrase, slug in index.get(first, ()):
            if stems[position : position + len(phrase)] == phrase:
                found.setdefault(slug)
    return tuple(found)
