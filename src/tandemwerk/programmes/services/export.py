"""Lists of a cohort's people for spreadsheets: the same columns that an import reads."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import get_language
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from tandemwerk.matching.catalogue import topics
from tandemwerk.matching.tables import defused
from tandemwerk.people.enums import MeetingFormat, TopicKind
from tandemwerk.people.languages import language_name
from tandemwerk.people.models import Profile
from tandemwerk.people.vocabulary import vocabulary
from tandemwerk.people.week import hours_from_hex
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.models import Participation
from tandemwerk.programmes.rules import may_see_profile
from tandemwerk.programmes.selectors.topics import hidden_topics
from tandemwerk.programmes.services.import_columns import VALUES, Column, columns_for

DAYS = {
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
FORMATS = {
    "de": {"both": "beides", "online": "online", "on_site": "vor Ort"},
    "en": {"both": "both", "online": "online", "on_site": "on site"},
}


def export_columns(role: Role) -> list[Column]:
    """What an import reads, without the name in one column and people's own questionnaire."""
    return [
        column
        for column in columns_for(role)
        if column.key != "name" and not column.key.startswith(VALUES)
    ]


def export_rows(people: Iterable[Participation], role: Role) -> Iterator[list[str]]:
    """Heading and one row per person, in the active language, made harmless for spreadsheets.

    People come with account, profile, topics and languages. What the coordinator may not see yet
    stays empty. No query of its own.
    """
    columns = export_columns(role)
    yield [str(column.label) for column in columns]
    for person in people:
        values = _values(person, role)
        yield [defused(values.get(column.key, "")) for column in columns]


def export_csv(people: Iterable[Participation], role: Role) -> bytes:
    """CSV as Excel opens it by a double click: UTF-8 with BOM; semicolons in German."""
    return csv_bytes(export_rows(people, role))


def csv_bytes(rows: Iterable[Iterable[object]]) -> bytes:
    """Rows as CSV; texts that people wrote must be defused before. None is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if _language() == "de" else ",")
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def export_xlsx(people: Iterable[Participation], role: Role) -> bytes:
    """The same as a workbook. About 3 s for 10,000 people."""
    return book(export_rows(people, role), title=str(role.label))


def book(rows: Iterable[list[str]], *, title: str) -> bytes:
    """A workbook with one sheet of texts, the first row as its heading."""
    workbook = Workbook(write_only=True)
    # Excel refuses a colon in the name of a sheet.
    sheet = workbook.create_sheet(title.replace(":", "")[:30])
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        sheet.append([_cell(sheet, text, is_heading=number == 0) for text in row])
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def _cell(sheet: Any, text: str, *, is_heading: bool) -> WriteOnlyCell:
    # Control characters can't stand in a workbook.
    cell = WriteOnlyCell(sheet, value="".join(c for c in text if c >= " " or c in "\n\t"))
    cell.data_type = "s"  # text, whatever it begins with
    if is_heading:
        cell.font = Font(bold=True)
    return cell


def _values(person: Participation, role: Role) -> dict[str, str]:
    user = person.user
    values = {"email": user.email, "seats": str(person.seats)}
    if not may_see_profile(person):
        return values
    values |= {
        "title": user.title,
        "first_name": user.given_name,
        "last_name": user.family_name,
    }
    profile: Profile | None = getattr(user, "profile", None)
    if profile is None:
        return values
    return values | _profile(profile, role, hidden_topics(person.cohort.programme))


def _profile(profile: Profile, role: Role, hidden: frozenset[str]) -> dict[str, str]:
    language = _language()
    kind = TopicKind.OFFERED if role == Role.MENTOR else TopicKind.WANTED
    rows = [topic.topic for topic in profile.topics.all() if topic.kind == kind]
    chosen = [slug for slug in rows if slug not in hidden]
    years = profile.experience_years
    return {
        "position": profile.position,
        "function": _word(vocabulary().functions.words.get(profile.function), language),
        "industry": _word(vocabulary().industries.words.get(profile.industry), language),
        "team": profile.team,
        "site": profile.site,
        "reports_to": profile.reports_to_email,
        "experience_years": "" if years is None else _number(float(years), language),
        "topics": "; ".join(topics()[slug].name[language] for slug in chosen if slug in topics()),
        "languages": ", ".join(_language_name(spoken.code) for spoken in profile.languages.all()),
        "formats": FORMATS[language][MeetingFormat(profile.meeting_format)],
        "availability": week_text(profile.week, language),
        "text": profile.about,
    }


def week_text(week: str, language: str) -> str:
    """A stored week as an import reads it: "Di 14-18, Do 9-12 13-17"; empty when not answered."""
    by_day: dict[int, list[tuple[int, int]]] = {}
    for hour in hours_from_hex(week):
        spans = by_day.setdefault(hour // 24, [])
        start = hour % 24
        if spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], start + 1)
        else:
            spans.append((start, start + 1))
    return ", ".join(
        f"{DAYS[language][day]} " + " ".join(f"{start}-{end}" for start, end in spans)
        for day, spans in sorted(by_day.items())
    )


def _language_name(code: str) -> str:
    name = language_name(code, _language())
    known = vocabulary().languages.find(name)
    return name if "," not in name and known and known.key == code else code


def _word(word: Any, language: str) -> str:
    return str(word.name[language]) if word else ""


def _number(value: float, language: str) -> str:
    text = f"{value:g}"
    return text.replace(".", ",") if language == "de" else text


def _language() -> str:
    return "de" if (get_language() or "").startswith("de") else "en"
