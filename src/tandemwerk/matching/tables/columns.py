"""Which column is what: guessed from German and English headings."""

import re
from collections.abc import Mapping, Sequence

from ..catalogue import fold

# Field -> headings, folded (see `catalogue.fold`), the most usual first.
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": (
        "id", "person id", "nummer", "nr", "personalnummer", "teilnehmernummer", "mitarbeiter id",
        "employee id", "employee no", "personal nr", "staff number", "participant id", "number",
        "kennung", "mentee id", "mentor id",
    ),
    "first_name": ("vorname", "first name", "given name", "firstname", "forename", "rufname"),
    "last_name": ("nachname", "familienname", "last name", "surname", "family name", "lastname"),
    "name": ("name", "vor und nachname", "vorname nachname", "full name", "fullname", "person",
             "vollstaendiger name"),
    "email": ("e mail", "email", "mail", "e mail adresse", "emailadresse", "mailadresse",
              "email address", "e mail address", "mail address"),
    "topics": (
        "themen", "thema", "topics", "topic", "wunschthemen", "themenwuensche", "mentoring themen",
        "mentoringthemen", "anliegen", "schwerpunkte", "schwerpunkt", "angebotene themen",
        "gesuchte themen", "ziele", "goals", "interests", "expertise", "kompetenzen", "skills",
        "topics wanted", "topics offered", "wanted topics", "offered topics", "areas of interest",
        "areas of expertise", "subjects", "can help with", "kann helfen bei", "needs help with",
    ),
    "languages": ("sprachen", "sprache", "speaks", "spricht", "languages", "language",
                  "sprachkenntnisse",                  "spoken languages"),
    "experience_years": (
        "berufserfahrung", "jahre", "berufsjahre", "erfahrung", "experience", "years", "seniority",
        "years of experience", "experience years", "work experience", "jahre berufserfahrung",
        "jahre erfahrung", "berufserfahrung in jahren", "erfahrung in jahren", "dienstjahre",
    ),
    "function": ("funktion", "bereich", "fachbereich", "function", "job function", "position",
                 "arbeitsbereich", "taetigkeitsfeld", "jobtitel", "job title", "field",
                 "fachrichtung", "beruf", "profession", "occupation"),
    "industry": ("branche", "industry", "sector", "wirtschaftszweig", "sektor"),
    "site": ("standort", "ort", "site", "location", "stadt", "city", "office", "dienstort",
             "wohnort", "buero", "place", "niederlassung"),
    "formats": ("format", "meets", "formate", "formats", "treffen", "art der treffen",
                "meeting format", "online oder vor ort", "praesenz oder online", "treffpunkt",
                "meeting"),
    "availability": ("verfuegbarkeit", "verfuegbar", "zeiten", "zeit", "availability", "available",
                     "freie zeiten", "zeitfenster", "times", "free times", "free slots",
                     "slots", "wann", "when",                     "available times", "termine"),
    "seats": ("plaetze", "platz", "seats", "kapazitaet", "capacity", "anzahl mentees",
              "max mentees", "maximale mentees", "freie plaetze", "number of mentees", "places",
              "anzahl plaetze", "mentees"),
    "team": ("team", "abteilung", "department", "gruppe", "group", "unit", "einheit",
             "organisationseinheit"),
    "reports_to": ("vorgesetzte r", "vorgesetzte", "vorgesetzter", "fuehrungskraft", "manager",
                   "line manager", "supervisor", "reports to", "berichtet an", "teamleitung",
                   "leitung", "chef in", "e mail vorgesetzte r", "manager email", "boss"),
    "text": ("text", "motivation", "ueber mich", "about me", "about", "beschreibung",
             "description", "freitext", "bemerkung", "bemerkungen", "kommentar", "comment",
             "erwartungen", "expectations", "bio", "vorstellung", "notes", "free text",
             "motivation statement", "introduction"),
    "wishes": ("wuensche", "wunsch", "wishes", "wish", "favoriten", "favorit", "favourites",
               "favorites", "wunschmentor in", "wunschmentee", "wunschmentor", "wunschperson",
               "preferred mentor", "preferred mentee", "preferences", "wunschpersonen"),
}  # fmt: skip

FIELDS: tuple[str, ...] = tuple(_HEADINGS)
REPEATABLE = frozenset({"topics", "languages", "wishes", "text"})
VALUES_PREFIX = "values."

_VALUES = re.compile(
    r"^(?:werte?|values?|frage|question|item|stil|style|arbeitsstil)\b\s*(.*)$|^(w\d+)$"
)
_TRAILING_NUMBER = re.compile(r"\s*\d+$")

_EXACT: Mapping[str, str] = {
    heading: field for field, headings in _HEADINGS.items() for heading in headings
}
# A heading inside a longer one ("Ihre Themen für das Programm"); short words would mislead.
_INSIDE: Sequence[tuple[str, str]] = sorted(
    ((heading, field) for heading, field in _EXACT.items() if len(heading) >= 5),
    key=lambda pair: (-len(pair[0]), pair[0]),
)


def guess_columns(header: Sequence[str]) -> dict[int, str]:
    """Column number (from 0) -> field, for every column that is understood.

    Fields are those of FIELDS and "values.<item>" for questionnaire columns ("Werte: Struktur").
    Each field is given once, except REPEATABLE ones ("Thema 1", "Thema 2"). "Name" beside a first
    name is the last name. Columns left out have to be mapped by a person.
    """
    folded = [fold(heading) for heading in header]
    found: dict[int, str] = {}
    for column, heading in enumerate(folded):
        _take(found, column, _exact(heading))
    for column, heading in enumerate(folded):
        if column not in found:
            _take(found, column, _inside(heading))
    fields = set(found.values())
    if "first_name" in fields and "last_name" not in fields:
        for column, field in found.items():
            if field == "name":
                found[column] = "last_name"
    return dict(sorted(found.items()))


def _take(found: dict[int, str], column: int, field: str | None) -> None:
    if field is not None and (field in REPEATABLE or field not in found.values()):
        found[column] = field


def _exact(heading: str) -> str | None:
    if heading in _EXACT:
        return _EXACT[heading]
    questionnaire = _VALUES.match(heading)
    item = (questionnaire[1] or questionnaire[2]) if questionnaire else ""
    if item:
        return VALUES_PREFIX + item.replace(" ", "-")
    unnumbered = _EXACT.get(_TRAILING_NUMBER.sub("", heading))
    return unnumbered if unnumbered in REPEATABLE else None


def _inside(heading: str) -> str | None:
    words = f" {heading} "
    for known, field in _INSIDE:
        if f" {known} " in words:
            return field
    return None
