"""Which single-byte code page a file is in: Windows, the old Macintosh or DOS.

Every byte means something in each of them, so only the result tells: the right code page gives
letters where words have letters, the wrong one capitals, symbols and lines inside words.
"""

import re
from collections.abc import Callable, Mapping
from itertools import islice

# The first one is by far the most frequent.
CODE_PAGES = ("cp1252", "mac_roman", "cp850")

# More of them say nothing new.
_SAMPLE = 2000
# By how much a character must stand better on average than it does in Windows-1252.
_CLEARLY = 0.25
# Their bytes stand for hardly a letter elsewhere: Macintosh ƒ÷‹‰ˆ¸ﬂ, DOS ─Í▄õ÷³▀. However oddly
# they follow each other (initials, typing errors), lists that have them are of Windows.
_GERMAN = frozenset("ÄÖÜäöüß")
_FOREIGN = re.compile(r"[^\x00-\x7f]")

# How usual a letter is in the lists we get: German first, then its neighbours.
_USUAL: Mapping[str, float] = {
    **dict.fromkeys("äöüß", 1.0),
    **dict.fromkeys("éèêàâçîïôûëœæ", 0.9),
    **dict.fromkeys("áíóúñåøšžý", 0.8),
    **dict.fromkeys("ãõìòù", 0.6),
    **dict.fromkeys("ðþÿ", 0.3),
}
_VOWELS = frozenset("aeiouyäöüéèêàâîïôûùëœæáíóúãõåøìòýÿ")
# Vowels that follow another one: Noël, Benoît, María, geändert. Umlauts do so after e and qu only.
_AFTER_VOWELS = frozenset("ëïîéèáíóúàãõìù")
# Vowels that end a word after a consonant: née, là, Menü, così, Åbø.
_AT_THE_END = frozenset("äüéèêàùáíóúýãåøìò")
# Clusters that begin with š or ž: Škoda, Špela, Živa.
_AFTER_CARON = frozenset("klmnprtv")
_QUOTES = frozenset("„“”‚‘’«»‹›")
_SIGNS = _QUOTES | frozenset("–—…€°§®©™·•½¼¾²³µ±×¿¡ªº\xa0")

_LIKELY_SYMBOL, _JOINING, _ATTACHED, _ALONE, _UNLIKELY, _IMPOSSIBLE = (
    0.95,
    0.7,
    0.5,
    0.0,
    -1.0,
    -2.0,
)


def code_page_text(data: bytes) -> tuple[str, str] | None:
    """The text and its code page; None where no code page gives words.

    Windows-1252 needs no plausibility. The others must have clearly more of it, and what Windows
    reads as a German letter never speaks for them.
    Cost: decoding three times, and a look at the first 2,000 letters outside ASCII.
    """
    best: tuple[float, str, str] | None = None
    windows: str | None = None
    for name in CODE_PAGES:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        places = [m.start() for m in islice(_FOREIGN.finditer(text), _SAMPLE)]
        seen = [_plausibility(text, place) for place in places]
        if name == CODE_PAGES[0]:
            windows = text
            best = sum(seen) + _CLEARLY * len(seen), text, name
            continue
        if windows is not None:
            seen = [
                min(it, _UNLIKELY) if windows[place] in _GERMAN else it
                for it, place in zip(seen, places, strict=True)
            ]
        score = sum(seen)
        if score < len(seen) / 2:
            continue
        if best is None or score > best[0]:
            best = score, text, name
    return best and best[1:]


def _plausibility(text: str, place: int) -> float:
    """How well a character outside ASCII stands where it stands, from -2 to 1."""
    mark = text[place]
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if "\u2500" <= mark <= "\u25ff" or "\x80" <= mark <= "\x9f":
        return _IMPOSSIBLE
    if mark.lower() not in _USUAL:
        return _symbol(mark, before, after)
    if before.isdigit() or after.isdigit():
        return _UNLIKELY
    if not (before.isalpha() or after.isalpha()):
        # A word of one letter: the French à, the Czech á; the others are dashes and signs.
        return _ATTACHED if mark in "àÀáó" else _ALONE
    if mark.isupper():
        # Škoda and ŠKODA, not MŠrz
        fits = not before.isalpha() or (before.isupper() and not after.islower())
        fits = fits and _fits(mark, "", after)
    else:
        fits = not (before.isupper() and after.isupper()) and not after.isupper()
        fits = fits and _fits(mark, before, after)
    return _USUAL[mark.lower()] if fits else _UNLIKELY


def _symbol(mark: str, before: str, after: str) -> float:
    if before.isalpha() and after.isalpha():
        # d’été, Schüler·innen, col·legi
        joins = mark == "’" or (mark == "·" and after in "il")
        return _JOINING if joins else _UNLIKELY
    if mark not in _SIGNS:
        return _UNLIKELY
    if mark in _QUOTES or not (before.isalpha() or after.isalpha()):
        return _LIKELY_SYMBOL
    return _ATTACHED


def _fits(mark: str, before: str, after: str) -> bool:
    """Whether vowels and consonants take turns as they do in words."""
    mark, before, after = mark.lower(), before.lower(), after.lower()
    rule = _RULES.get(mark, _vowel if mark in _VOWELS else _consonant)
    return rule(mark, before, after)


def _vowel(mark: str, before: str, after: str) -> bool:
    if mark == "á" and before in _VOWELS and not (before in "iu" and after.isalpha()):
        return False  # Suárez, but what would be Straáe and Weiá is the ß of DOS
    if before in _VOWELS and (mark not in _AFTER_VOWELS or not (before.isascii() or mark == "é")):
        return False
    return after.isalpha() or mark in _AT_THE_END


def _umlaut(mark: str, before: str, after: str) -> bool:
    if (before in _VOWELS and before not in "eu") or (after in _VOWELS and mark + after != "äu"):
        return False
    return after.isalpha() or mark in _AT_THE_END


def _consonant(mark: str, before: str, after: str) -> bool:
    return before in _VOWELS or after in _VOWELS


def _sharp_s(mark: str, before: str, after: str) -> bool:
    return before in _VOWELS


def _caron(mark: str, before: str, after: str) -> bool:
    return before in _VOWELS or after in _VOWELS or (not before.isalpha() and after in _AFTER_CARON)


_RULES: Mapping[str, Callable[[str, str, str], bool]] = {
    **dict.fromkeys("äöü", _umlaut),
    **dict.fromkeys("šž", _caron),
    "ß": _sharp_s,
}
