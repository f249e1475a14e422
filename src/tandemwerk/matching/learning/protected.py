"""Columns that must never count: protected attributes, known by their names in both languages.

The names follow the General Equal Treatment Act and Article 9 GDPR: sex and gender, age, origin,
race, nationality and mother tongue, religion and belief, disability and health, orientation,
family, politics and trade union. The name of a column says what it holds; a protected attribute
under a name that hides it can't be found here, so whoever makes the file answers for it.
"""

import re
import unicodedata
from collections.abc import Mapping

# The whole name is one of these words.
_NAMES = frozenset({"from", "woher", "orientation", "orientierung", "trans"})
# A word of the name (split at _ - . space, digits and aBc) is one of these.
_WORD_LIST = """
    sex gender geschlecht male female man woman mann frau maennlich weiblich divers nonbinary
    nichtbinaer enby intersex transgender transsexuell transident sexe
    anrede salutation pronoun pronouns pronomen geschl
    age ages alter birth birthday birthdate birthyear dob yob geb gebdat gebdatum gebjahr
    jahrgang geboren lebensalter
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
    orientations bisexual bisexuell heterosexual heterosexuell schwul lesbisch asexual
    marital married familienstand verheiratet children kinder kids parent parents eltern
    elternschaft elternteil alleinerziehend mother father mutter vater
    wheelchair rollstuhl deaf gehoerlos veteran veterans
    political politics partei politik union gewerkschaft
"""
_WORDS = frozenset(_WORD_LIST.split())
# The name contains one of these roots, whatever is put around it (religionen, Altersgruppe).
_ROOTS = (
    "gender", "geschlecht", "geburt", "altersgruppe", "agegroup", "ethni", "nationalit",
    "staatsang", "herkunft", "relig", "konfession", "disab", "behinder", "sexual", "sexuell",
    "transperson", "migrations",
    "nichtbinaer", "nonbinary", "elternteil", "parteizugehoerig", "parteimitglied", "wheelchair",
    "rollstuhl", "veteran", "muttersprach", "hautfarb", "familienstand", "schwanger",
    "weltanschau", "gewerkschaft",
)  # fmt: skip
# Words that speak of a thing where one of these stands beside them: the age of a company, health
# as a field of work.
_THINGS: Mapping[str, frozenset[str]] = {
    "age": frozenset({"company", "firm", "startup", "business", "product", "project"}),
    "alter": frozenset({"firma", "firmen", "unternehmen", "unternehmens", "projekt"}),
    "health": frozenset({"care", "field", "sector", "industry", "branche"}),
    "gesundheit": frozenset({"branche", "sektor", "feld"}),
}
_NOTHING: frozenset[str] = frozenset()
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
        or any(word in _WORDS and _THINGS.get(word, _NOTHING).isdisjoint(words) for word in words)
        or any(root in joined for root in _ROOTS)
    )
