"""Columns that must never count: protected attributes, known by their names in both languages.

The names follow the General Equal Treatment Act and Article 9 GDPR: sex and gender, age, origin,
race, nationality and mother tongue, religion and belief, disability and health, orientation,
family, politics and trade union. The name of a column says what it holds; a protected attribute
under a name that hides it can't be found here, so whoever makes the file answers for it.
"""

import re
import unicodedata

# The whole name is one of these words.
_NAMES = frozenset({"from", "woher", "orientation", "orientierung"})
# A word of the name (split at _ - . space, digits and aBc) is one of these.
_WORD_LIST = """
    sex gender geschlecht male female man woman mann frau maennlich weiblich divers nonbinary
    anrede salutation pronoun pronouns pronomen geschl
    age ages alter birth birthday birthdate birthyear dob yob jahrgang geboren lebensalter
    race races samerace imprace rasse hautfarbe skin ethnic ethnicity ethnie ethnisch
    origin herkunft nation nationality nationalitaet citizenship staatsangehoerigkeit
    migration migrant migrationshintergrund birthplace geburtsort geburtsland homeland heimatland
    abstammung ancestry mothertongue muttersprache accent akzent
    religion religious religioes religionszugehoerigkeit samerelig imprelig relig faith glaube
    konfession denomination belief beliefs church kirche weltanschauung islam muslim jewish jew
    christian hindu
    disability disabled handicap behinderung behindert schwerbehindert schwerbehinderung gdb
    health gesundheit illness krankheit diagnosis diagnose pregnant pregnancy schwanger
    schwangerschaft
    sexuality sexualitaet lgbt lgbtq lgbtqi queer gay lesbian homosexual
    marital married familienstand verheiratet children kinder kids parent parents eltern
    elternschaft
    political politics partei politik union gewerkschaft
"""
_WORDS = frozenset(_WORD_LIST.split())
# The name contains one of these roots, whatever is put around it (religionen, Altersgruppe).
_ROOTS = (
    "gender", "geschlecht", "geburt", "altersgruppe", "agegroup", "ethni", "nationalit",
    "staatsang", "herkunft", "relig", "konfession", "disab", "behinder", "sexual", "migrations",
    "muttersprach", "hautfarb", "familienstand", "schwanger", "weltanschau", "gewerkschaft",
)  # fmt: skip
_PARTS = re.compile(r"[^a-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def is_protected(name: str) -> bool:
    """Whether a feature of this name (without a_ or b_) may never count."""
    plain = unicodedata.normalize("NFKC", _CAMEL.sub("_", name)).casefold().translate(_UMLAUTS)
    plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    words = [word for word in _PARTS.split(plain) if word]
    joined = "".join(words)
    return (
        joined in _NAMES
        or joined in _WORDS
        or not _WORDS.isdisjoint(words)
        or any(root in joined for root in _ROOTS)
    )
