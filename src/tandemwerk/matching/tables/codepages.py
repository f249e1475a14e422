"""Which single-byte code page a file is in: Windows, the old Macintosh or DOS.

Every byte means something in each of them, so only the result tells: the right code page gives
letters where words have letters, the wrong one capitals, symbols and lines inside words.
"""

import re
from collections.abc import Callable, Mapping, Sequence
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
# Letters and signs as UTF-8 writes them: Latin, Greek, Cyrillic, and everything of three bytes on.
# In a code page they would be Ã¶, Ä‚ or â€“, which nobody writes; É“ and ß“ do occur, so they count
# for nothing.
_UTF8 = re.compile(
    rb"[\xc2-\xc5\xce-\xd1][\x80-\xbf]"
    rb"|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
# If more of the characters than this stand where no letter does, it is another code page.
_MOSTLY = 0.25
# How usual ÿ, ð and þ are, and less: those are more often stray bytes than letters.
_RARE = 0.3

# How usual a letter is in the lists we get: German first, then its neighbours.
_USUAL: Mapping[str, float] = {
    **dict.fromkeys("äöüß", 1.0),
    **dict.fromkeys("éèêàâçîïôûëœæ", 0.9),
    **dict.fromkeys("áíóúñåøšžý", 0.8),
    **dict.fromkeys("ãõìòù", 0.6),
    **dict.fromkeys("ðþÿ", 0.3),
}
_VOWELS = frozenset("aeiouyäöüéèêàâîïôûùëœæáíóúãõåøìòýÿ")
# Vowels that follow another one: Noël, Benoît, María, Saône, geändert. Umlauts do so after e and qu
# only.
_AFTER_VOWELS = frozenset("ëïîéèáíóúàãõìùôâ")
# Vowels that end a word: née, là, Menü, così, Åbø, Zoë.
_AT_THE_END = frozenset("äüéèêàùáíóúýãåøìòë")
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


def looks_like_utf8(data: bytes) -> bool:
    """Whether bytes that are not UTF-8 as a whole hold characters that only UTF-8 writes so."""
    return _UTF8.search(data) is not None


def code_page_text(data: bytes) -> tuple[str, str] | None:
    """The text and its code page; None where no code page gives words.

    Windows-1252 needs no plausibility beyond not being mostly nonsense, which is what Polish,
    Russian or Japanese code pages read as Windows-1252 are. The others must have clearly more of
    it, and what Windows reads as a German letter never speaks for them.
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
            if not _is_nonsense(text, places, seen):
                best = sum(seen) + _CLEARLY * len(seen), text, name
            continue
        if windows is not None:
            seen = [
                min(it, _UNLIKELY) if windows[place] in _GERMAN else it
                for it, place in zip(seen, places, strict=True)
            ]
        score = sum(seen)
        if score <= len(seen) / 2:
            continue
        if best is None or score > best[0]:
            best = score, text, name
    return best and best[1:]


def _is_nonsense(text: str, places: Sequence[int], seen: Sequence[float]) -> bool:
    """Whether too many characters stand where none of the languages puts them.

    German letters count as right however they stand, and so does a sign that touches no letter.
    A single odd one may be of a word we don't know (Théâtre, 1ère), unless it is as rare as ÿ.
    """
    odd, allowed = 0, 1.0
    for place, it in zip(places, seen, strict=True):
        beside = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
        letters = any(mark.isalpha() for mark in beside)
        if it <= _UNLIKELY and letters and text[place] not in _GERMAN:
            odd += 1
            allowed = min(allowed, float(_USUAL.get(text[place].lower(), 0.0) > _RARE))
    return odd > max(allowed, _MOSTLY * len(seen))


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
    if before + mark == "éâ":
        return after.isalpha()  # Théâtre
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
