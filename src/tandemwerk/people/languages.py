"""The languages people can name as theirs, with their names in the reader's language."""

from collections.abc import Set
from functools import cache

from tandemwerk.matching.catalogue import fold
from tandemwerk.people.vocabulary import vocabulary

# The most asked for come first; the rest follows by name.
FIRST = ("de", "en", "tr", "ar", "uk", "ru", "pl", "fr", "es", "it")


def language_codes() -> Set[str]:
    """ISO 639-1 codes that profiles may hold."""
    return vocabulary().languages.words.keys()


def language_name(code: str, reader: str) -> str:
    """Name of a language for a reader ("de" or "en"); the code itself if it is unknown."""
    word = vocabulary().languages.words.get(code)
    return word.name["de" if reader.startswith("de") else "en"] if word else code


@cache
def language_choices(reader: str) -> list[tuple[str, str]]:
    """Code and name in the reader's language: the frequent ones first, then by alphabet."""
    names = dict(vocabulary().languages.choices(reader))
    rest = sorted((c for c in names if c not in FIRST), key=lambda code: fold(names[code]))
    return [(code, names[code]) for code in (*FIRST, *rest)]
