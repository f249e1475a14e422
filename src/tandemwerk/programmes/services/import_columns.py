"""The columns of a list of people: what they are called, and what their cells mean."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, pgettext_lazy

from tandemwerk.matching.catalogue import find_topic, fold
from tandemwerk.matching.tables import REPEATABLE, CellError, guess_columns, parse_cell
from tandemwerk.matching.tables.cells import split_list
from tandemwerk.people.enums import MeetingFormat, TopicKind
from tandemwerk.people.models import Profile, User
from tandemwerk.people.questionnaire import questionnaire
from tandemwerk.people.services.profile import MAX_LANGUAGES, MAX_TOPICS
from tandemwerk.people.vocabulary import vocabulary
from tandemwerk.people.week import hex_from_mask
from tandemwerk.programmes.enums import Role

MOST_SEATS = 20
MOST_YEARS = 60
LONGEST_LIST = 600  # characters of a cell with topics or languages


@dataclass(frozen=True, slots=True)
class Column:
    """One thing a list can say about a person; `label` is also the heading of exports."""

    key: str
    label: str | Promise
    roles: frozenset[Role] = frozenset(Role)
    is_needed: bool = False

    @property
    def may_repeat(self) -> bool:
        """May several columns of a list say it?"""
        return self.key in REPEATABLE


VALUES = "values."  # prefix of the columns with answers to the questionnaire


def _theme(heading: str, key: str) -> str:
    theme = questionnaire().items[key].theme
    return f"{heading}: {theme['de' if (get_language() or '').startswith('de') else 'en']}"


_theme_lazy = lazy(_theme, str)

MENTORS = frozenset({Role.MENTOR})
COLUMNS: Mapping[str, Column] = {
    column.key: column
    for column in (
        Column("email", pgettext_lazy("column", "Mail address"), is_needed=True),
        Column("title", pgettext_lazy("column", "Title")),
        Column("first_name", pgettext_lazy("column", "Given name")),
        Column("last_name", pgettext_lazy("column", "Family name")),
        Column("name", pgettext_lazy("column", "Name (given and family name in one column)")),
        Column("position", pgettext_lazy("column", "Position")),
        Column("function", pgettext_lazy("column", "Function")),
        Column("industry", pgettext_lazy("column", "Industry")),
        Column("team", pgettext_lazy("column", "Team")),
        Column("site", pgettext_lazy("column", "Place")),
        Column("reports_to", pgettext_lazy("column", "Line manager’s mail address")),
        Column("experience_years", pgettext_lazy("column", "Years of experience")),
        Column("topics", pgettext_lazy("column", "Topics")),
        Column("languages", pgettext_lazy("column", "Languages")),
        Column("formats", pgettext_lazy("column", "Format")),
        Column("availability", pgettext_lazy("column", "Availability")),
        Column(
            "seats", pgettext_lazy("column", "Places for mentees"), roles=frozenset({Role.MENTOR})
        ),
        Column("text", pgettext_lazy("column", "About me and what I hope for")),
        *(
            Column(VALUES + key, _theme_lazy(heading, key))
            for heading, key in questionnaire().columns().items()
        ),
    )
}
# Headings the general guess does not know, folded.
OWN_HEADINGS: Mapping[str, str] = {
    **dict.fromkeys(
        ("titel", "title", "akademischer titel", "akad titel", "academic title"), "title"
    ),
    **{fold(heading): VALUES + key for heading, key in questionnaire().columns().items()},
    **dict.fromkeys(("speaks", "spricht"), "languages"),
    **dict.fromkeys(("can help with", "kann helfen bei"), "topics"),
    **dict.fromkeys(("free slots", "freie termine"), "availability"),
    **dict.fromkeys(("meets", "trifft sich"), "formats"),
    **dict.fromkeys(("titel position",), "position"),
    **dict.fromkeys(("position", "jobtitel", "job title", "stelle"), "position"),
    **dict.fromkeys(("about me and what i hope for", "ueber mich und was ich mir erhoffe"), "text"),
    **dict.fromkeys(("plaetze fuer mentees", "places for mentees"), "seats"),
    **dict.fromkeys(("line managers mail address", "mailadresse der fuehrungskraft"), "reports_to"),
}
TITLES = frozenset(
    ["dr", "dres", "prof", "dipl", "ing", "mag", "med", "phil", "rer", "nat", "pol", "oec", "jur"]
)

BARE = frozenset({"Dr", "Prof"})  # titles people write without a full stop


def columns_for(role: Role) -> list[Column]:
    """What a list of people in this role may contain, in the order of exports."""
    return [column for column in COLUMNS.values() if role in column.roles]


def columns_guess(header: Sequence[str], role: Role) -> dict[str, str]:
    """Column index (as text) → key, as far as the headings can be understood. Pure."""
    found: dict[int, str] = {}
    for index, heading in enumerate(header):
        key = OWN_HEADINGS.get(fold(heading))
        if key and key not in found.values():
            found[index] = key
    rest = ["" if index in found else heading for index, heading in enumerate(header)]
    for index, key in guess_columns(rest).items():
        taken = key in found.values() and key not in REPEATABLE
        if index not in found and key in COLUMNS and not taken:
            found[index] = key
    # "Position" alone names what somebody does; that is what matching can use.
    keys = set(found.values())
    usable = {
        index: "function" if key == "position" and "function" not in keys else key
        for index, key in sorted(found.items())
        if role in COLUMNS[key].roles
    }
    return {str(index): key for index, key in usable.items()}


@dataclass(slots=True)
class Parsed:
    """A row understood: values as JSON, problems as {"field", "code", "params"}."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)

    def error(self, key: str, code: str, **params: Any) -> None:
        self.errors.append({"field": key, "code": code, "params": params})

    def warn(self, key: str, code: str, **params: Any) -> None:
        self.warnings.append({"field": key, "code": code, "params": params})


def row_parse(cells: Sequence[str], mapping: Mapping[str, str], role: Role) -> Parsed:
    """Understand one row. No query.

    Values: texts; experience_years and seats numbers; topics and languages lists; formats a
    MeetingFormat; availability a stored week; values.* answers from 1 to 5. An empty cell gives no
    value: it changes nothing.
    """
    parsed = Parsed()
    for key, text in _cells_by_key(cells, mapping).items():
        if role in COLUMNS[key].roles and text:
            parser = _answer if key.startswith(VALUES) else PARSERS.get(key, _plain)
            parser(parsed, key, text, role)
    _settle_name(parsed)
    if "email" not in parsed.values and not any(e["field"] == "email" for e in parsed.errors):
        parsed.error("email", "email_missing")
    values = parsed.values
    if values.get("reports_to") and values["reports_to"] == values.get("email"):
        del values["reports_to"]
        parsed.warn("reports_to", "manager_is_self")
    return parsed


def _cells_by_key(cells: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Text per key; several columns of a repeatable key are joined."""
    found: dict[str, str] = {}
    for index, key in mapping.items():
        text = cells[int(index)].strip() if int(index) < len(cells) else ""
        if text:
            joint = "\n" if key == "text" else "; "
            found[key] = f"{found[key]}{joint}{text}" if key in found else text
    return found


def _plain(parsed: Parsed, key: str, text: str, role: Role) -> None:
    """Words for a field of a certain length; a leading formula sign is no part of a name."""
    words = " ".join(text.split()).lstrip("=+@ ")
    longest = LENGTHS[key]
    if len(words) > longest:
        parsed.error(key, "too_long", most=longest, length=len(words))
    elif words:
        parsed.values[key] = words


def _text(parsed: Parsed, key: str, text: str, role: Role) -> None:
    if len(text) > LENGTHS[key]:
        parsed.error(key, "too_long", most=LENGTHS[key], length=len(text))
    else:
        parsed.values[key] = text.replace("\r\n", "\n")


def _email(parsed: Parsed, key: str, text: str, role: Role) -> None:
    email = text.removeprefix("mailto:").strip().lower()
    try:
        validate_email(email)
        if len(email) > 254 or not email.isprintable():
            raise ValidationError("length")
    except ValidationError:
        if key == "email":
            parsed.error(key, "email_invalid", value=text[:80])
        else:
            parsed.warn(key, "manager_no_email", value=text[:80])
    else:
        parsed.values[key] = email


def _function(parsed: Parsed, key: str, text: str, role: Role) -> None:
    """A word of the list, or else at least the person's position in their own words."""
    word = vocabulary().functions.find(text)
    if word:
        parsed.values[key] = word.key
    elif len(text) <= LENGTHS["position"] and "position" not in parsed.values:
        _plain(parsed, "position", text, role)
    else:
        parsed.warn(key, "word_unknown", value=text[:80])


def _industry(parsed: Parsed, key: str, text: str, role: Role) -> None:
    word = vocabulary().industries.find(text)
    if word:
        parsed.values[key] = word.key
    else:
        parsed.warn(key, "word_unknown", value=text[:80])


def _years(parsed: Parsed, key: str, text: str, role: Role) -> None:
    years = parse_cell(key, text[:300])
    if isinstance(years, CellError) or not isinstance(years, (int, float)):
        parsed.error(key, "years_unreadable", value=text[:80])
    elif not 0 <= years <= MOST_YEARS:
        parsed.error(key, "years_out_of_range", value=text[:80], most=MOST_YEARS)
    else:
        parsed.values[key] = round(float(years), 1)


def _seats(parsed: Parsed, key: str, text: str, role: Role) -> None:
    seats = parse_cell(key, text[:300])
    if isinstance(seats, int) and 1 <= seats <= MOST_SEATS:
        parsed.values[key] = seats
    else:
        parsed.error(key, "seats_unreadable", value=text[:80], most=MOST_SEATS)


def _topics(parsed: Parsed, key: str, text: str, role: Role) -> None:
    if len(text) > LONGEST_LIST:
        parsed.error(key, "too_long", most=LONGEST_LIST, length=len(text))
        return
    whole = _topic(text)
    entries = [text] if whole else split_list(text)
    found = list(dict.fromkeys(slug for entry in entries if (slug := _topic(entry))))
    unknown = [entry for entry in entries if not _topic(entry)]
    if unknown:
        parsed.warn(key, "topics_unknown", value=", ".join(unknown)[:160])
    most = MAX_TOPICS[TopicKind.OFFERED if role == Role.MENTOR else TopicKind.WANTED]
    if len(found) > most:
        parsed.warn(key, "topics_too_many", most=most, count=len(found))
    if found:
        parsed.values[key] = found[:most]


@lru_cache(maxsize=8192)
def _topic(text: str) -> str:
    """Slug of a topic or "". Cached: a misspelt one costs 10 ms, and lists repeat themselves."""
    topic = find_topic(text)
    return topic.slug if topic else ""


LANGUAGE_BREAKS = re.compile(r"[,;|/+&\n\r•·]+|\b(?:und|and|sowie|oder|or)\b", re.IGNORECASE)


def _languages(parsed: Parsed, key: str, text: str, role: Role) -> None:
    entries = [entry.strip() for entry in LANGUAGE_BREAKS.split(text[:LONGEST_LIST])]
    codes = {entry: _language(entry) for entry in entries if entry}
    unknown = [entry for entry, code in codes.items() if not code]
    if unknown:
        parsed.warn(key, "languages_unknown", value=", ".join(unknown)[:160])
    found = list(dict.fromkeys(code for code in codes.values() if code))[:MAX_LANGUAGES]
    if found:
        parsed.values[key] = found


def _language(entry: str) -> str | None:
    """By the vocabulary of profiles; the engine knows further spellings ("français")."""
    known = vocabulary().languages
    word = known.find(entry)
    if word is None:
        codes = parse_cell("languages", entry)
        word = known.find(next(iter(codes), "")) if isinstance(codes, frozenset) else None
    return word.key if word else None


def _answer(parsed: Parsed, key: str, text: str, role: Role) -> None:
    answer = parse_cell(VALUES, text[:300])
    if isinstance(answer, int):
        parsed.values[key] = answer
    else:
        parsed.error(key, "answer_unreadable", value=text[:80])


def _formats(parsed: Parsed, key: str, text: str, role: Role) -> None:
    formats = parse_cell(key, text[:300])
    if isinstance(formats, CellError) or not formats:
        parsed.error(key, "formats_unknown", value=text[:80])
    elif formats == frozenset({"online", "on_site"}):
        parsed.values[key] = str(MeetingFormat.BOTH)
    else:
        parsed.values[key] = next(iter(formats))  # type: ignore[arg-type]  # a frozenset of words


def _availability(parsed: Parsed, key: str, text: str, role: Role) -> None:
    mask = parse_cell(key, text[:1000])
    if isinstance(mask, int):
        parsed.values[key] = hex_from_mask(mask)
    else:
        part = mask.params.get("part", "") if isinstance(mask, CellError) else ""
        parsed.error(key, "availability_unreadable", value=str(part)[:80])


def _settle_name(parsed: Parsed) -> None:
    """Split a full name, take titles out of the given name, and insist on a name."""
    values = parsed.values
    whole = values.pop("name", "")
    if whole and "," in whole and "last_name" not in values:
        last, _comma, first = whole.partition(",")
        values.setdefault("first_name", first.strip())
        values["last_name"] = last.strip()
    elif whole:
        words = whole.split()
        if "last_name" not in values:
            values["last_name"] = words.pop()
        values.setdefault("first_name", " ".join(words))
    title, first = _without_title(values.get("first_name", ""))
    if title and "title" not in values and len(title) <= LENGTHS["title"]:
        values["title"] = title
        values["first_name"] = first
    for key in ("first_name", "last_name"):
        if not values.get(key):
            values.pop(key, None)
        elif len(values[key]) > LENGTHS[key]:
            parsed.error(key, "too_long", most=LENGTHS[key], length=len(values[key]))
    has_error = any(e["field"] in {"first_name", "last_name", "name"} for e in parsed.errors)
    if "first_name" not in values and "last_name" not in values and not has_error:
        parsed.error("last_name", "name_missing")


def _without_title(text: str) -> tuple[str, str]:
    """("Dr. rer. nat.", "Petra") of "Dr. rer. nat. Petra"."""
    words = text.split()
    count = 0
    while count < len(words) - 1 and _is_title(words[count]):
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _is_title(word: str) -> bool:
    return all(part in TITLES for part in fold(word).split()) and ("." in word or word in BARE)


def _length(model: type[User] | type[Profile], name: str) -> int:
    return int(getattr(model._meta.get_field(name), "max_length", None) or 0)


LENGTHS: Mapping[str, int] = {
    "title": _length(User, "title"),
    "first_name": _length(User, "given_name"),
    "last_name": _length(User, "family_name"),
    "name": _length(User, "given_name") + _length(User, "family_name"),
    "position": _length(Profile, "position"),
    "site": _length(Profile, "site"),
    "team": _length(Profile, "team"),
    "text": _length(Profile, "about"),
}
Parser = Callable[[Parsed, str, str, Role], None]
PARSERS: Mapping[str, Parser] = {
    "email": _email,
    "reports_to": _email,
    "function": _function,
    "industry": _industry,
    "experience_years": _years,
    "seats": _seats,
    "topics": _topics,
    "languages": _languages,
    "formats": _formats,
    "availability": _availability,
    "text": _text,
}
