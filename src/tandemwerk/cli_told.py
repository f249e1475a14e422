"""What the commands say on stderr about the files they read: nothing is assumed in silence."""

import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from .matching import Person, ScoresError
from .matching.population import unclear_wishes
from .matching.tables import Table, read_table
from .matching.tables.codepages import CODE_PAGES

Language = Literal["de", "en"]

WISHES_SHOWN = 10

_PAGES = {"cp1252": "Windows-1252", "mac_roman": "Macintosh Roman", "cp850": "DOS 850"}
_WORDS = {
    "de": {
        "page": "{file} ist kein UTF-8 und wurde als {page} gelesen. Bitte die Umlaute prüfen.",
        "nobody": "Der Wunsch „{wish}“ von {person} nennt niemanden in der anderen Liste und "
        "zählt nicht.",
        "several": "Der Wunsch „{wish}“ von {person} nennt {count} Personen und zählt nicht. "
        "Bitte ID oder E-Mail angeben.",
        "more": "… und {count} weitere Wünsche, die nicht zählen.",
    },
    "en": {
        "page": "{file} is not UTF-8 and was read as {page}. Please check letters with accents.",
        "nobody": "{person}'s wish “{wish}” names nobody in the other list and does not count.",
        "several": "{person}'s wish “{wish}” names {count} people and does not count. Please give "
        "an ID or e-mail.",
        "more": "… and {count} more wishes that do not count.",
    },
}


def table_told(path: Path, language: Language) -> Table:
    """Read a table; if its code page was a guess, say which. Raises OSError and TableError."""
    table = read_table(path.read_bytes(), path.name)
    if table.encoding in CODE_PAGES:
        _say(_WORDS[language]["page"].format(file=path.name, page=_PAGES[table.encoding]))
    return table


def wishes_told(people: Sequence[Person], others: Sequence[Person], language: Language) -> None:
    """Say which wishes of these people name nobody, or several of the others."""
    words, unclear = _WORDS[language], unclear_wishes(people, others)
    for person, wish, count in unclear[:WISHES_SHOWN]:
        said = words["several" if count else "nobody"]
        _say(said.format(person=person.name or person.id, wish=wish, count=count))
    if len(unclear) > WISHES_SHOWN:
        _say(words["more"].format(count=len(unclear) - WISHES_SHOWN))


def check_floor(floor: float | None) -> None:
    """Raises ScoresError(floor_out_of_range): fits lie between 0 and 1, so nobody would be matched
    above, and everybody as without a floor below."""
    if floor is not None and math.isfinite(floor) and not 0 <= floor <= 1:
        raise ScoresError("floor_out_of_range", floor=floor)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
