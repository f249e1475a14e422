"""The bilingual topic catalogue: what people are mentored on, with synonyms and relations.

The content lives in `topics.toml` beside this module and is read once per process.
"""

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from ..errors import CatalogueError

LANGUAGES = ("de", "en")
# Below this similarity (difflib ratio) a misspelt topic is reported instead of guessed.
CLOSE_ENOUGH = 0.85
# Shorter words are too easily another word, longer ones are sentences.
MIN_CLOSE_LENGTH, MAX_CLOSE_LENGTH = 5, 60

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_NOT_WORD = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Area:
    """A group of topics, for lists and filters. `name` maps "de" and "en" to words."""

    slug: str
    name: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. `synonyms` maps "de" and "en" to words; `related` is symmetric by loading."""

    slug: str
    area: str
    name: Mapping[str, str] = field(hash=False)
    synonyms: Mapping[str, tuple[str, ...]] = field(hash=False)
    related: frozenset[str]


def fold(text: str) -> str:
    """Lower-case ASCII words with single spaces: "Führung (Team)" -> "fuehrung team"."""
    plain = text.casefold().translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode("ascii")
    return _NOT_WORD.sub(" ", plain).strip()


def _compact(text: str) -> str:
    return fold(text).replace(" ", "")


def parse_catalogue(text: str) -> tuple[Mapping[str, Area], Mapping[str, Topic]]:
    """Areas and topics of a catalogue file, in file order.

    Raises CatalogueError for a slug used twice, an unknown area, an unknown related topic or a
    missing name.
    """
    data: dict[str, Any] = tomllib.loads(text)
    areas: dict[str, Area] = {}
    for row in data.get("area", []):
        slug = row["slug"]
        if slug in areas:
            raise CatalogueError("area_twice", area=slug)
        areas[slug] = Area(slug, MappingProxyType(_names(slug, row)))
    rows: dict[str, dict[str, Any]] = {}
    related: dict[str, set[str]] = {}
    for row in data.get("topic", []):
        slug = row["slug"]
        if slug in rows:
            raise CatalogueError("topic_twice", slug=slug)
        if row["area"] not in areas:
            raise CatalogueError("area_unknown", slug=slug, area=row["area"])
        rows[slug] = row
        related[slug] = set()
    for slug, row in rows.items():
        for other in row.get("related", []):
            if other not in rows or other == slug:
                raise CatalogueError("related_unknown", slug=slug, related=other)
            related[slug].add(other)
            related[other].add(slug)
    found = {slug: _topic(row, related[slug]) for slug, row in rows.items()}
    return MappingProxyType(areas), MappingProxyType(found)


def _names(slug: str, row: Mapping[str, Any]) -> dict[str, str]:
    names = {language: str(row.get("name", {}).get(language, "")) for language in LANGUAGES}
    if not all(names.values()):
        raise CatalogueError("name_missing", slug=slug)
    return names


def _topic(row: Mapping[str, Any], related: set[str]) -> Topic:
    synonyms = row.get("synonyms", {})
    return Topic(
        slug=row["slug"],
        area=row["area"],
        name=MappingProxyType(_names(row["slug"], row)),
        synonyms=MappingProxyType(
            {language: tuple(synonyms.get(language, ())) for language in LANGUAGES}
        ),
        related=frozenset(related),
    )


@cache
def _loaded() -> tuple[Mapping[str, Area], Mapping[str, Topic]]:
    file = resources.files(__package__).joinpath("topics.toml")
    return parse_catalogue(file.read_text(encoding="utf-8"))


def topics() -> Mapping[str, Topic]:
    """All topics by slug, in the catalogue's order. Read once per process."""
    return _loaded()[1]


def areas() -> Mapping[str, Area]:
    """All areas by slug, in the catalogue's order. Read once per process."""
    return _loaded()[0]


def phrases(topic: Topic, language: str | None = None) -> tuple[str, ...]:
    """Folded names and synonyms of a topic, in one language or both, without doubles."""
    chosen = LANGUAGES if language is None else (language,)
    words = [w for code in chosen for w in (topic.name[code], *topic.synonyms[code])]
    return tuple(dict.fromkeys(folded for word in words if (folded := fold(word))))


@cache
def _index(language: str | None) -> Mapping[str, str]:
    """Compact phrase -> slug. Slugs and names beat synonyms; the first topic keeps it."""
    found: dict[str, str] = {}
    for slug in topics():
        found.setdefault(_compact(slug), slug)
    for slug, topic in topics().items():
        for code in LANGUAGES if language is None else (language,):
            found.setdefault(_compact(topic.name[code]), slug)
    for slug, topic in topics().items():
        for phrase in phrases(topic, language):
            found.setdefault(_compact(phrase), slug)
    return found


def find_topic(text: str, language: str | None = None) -> Topic | None:
    """The topic someone means: by slug, name or synonym, then by a close spelling.

    Case, umlauts ("ue" for "ü"), hyphens, punctuation and spaces don't matter. None if nothing is
    close. Cost: a dictionary look-up; the first time a text is not found, some 10 ms to compare
    it with every phrase.
    """
    wanted = _compact(text)
    if not wanted:
        return None
    slug = _index(language).get(wanted) or _closest(wanted, language)
    return topics()[slug] if slug else None


def known_topic(text: str, language: str | None = None) -> Topic | None:
    """As `find_topic`, without close spellings: a dictionary look-up."""
    slug = _index(language).get(_compact(text))
    return topics()[slug] if slug else None


@lru_cache(maxsize=1 << 14)
def _closest(wanted: str, language: str | None) -> str | None:
    if not MIN_CLOSE_LENGTH <= len(wanted) <= MAX_CLOSE_LENGTH:
        return None
    index = _index(language)
    close = difflib.get_close_matches(wanted, index, n=1, cutoff=CLOSE_ENOUGH)
    return index[close[0]] if close else None
