"""Names of what profiles choose from, for the apps above."""

from tandemwerk.people.vocabulary import vocabulary


def choice_name(kind: str, key: str, language: str) -> str:
    """The name of a function or industry (`kind`) in "de" or "en"; an unknown key is its own name.

    No query.
    """
    words = vocabulary()
    known = words.functions if kind == "function" else words.industries
    word = known.words.get(key)
    return key if word is None else word.name["de" if language.startswith("de") else "en"]
