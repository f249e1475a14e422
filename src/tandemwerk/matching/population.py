"""People from a CSV file, for the library and the command line."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar, cast

from .errors import TableError
from .profiles import Mentee, Mentor, Person, Role
from .rules import same_key
from .tables import CellError, Table, guess_columns, parse_cell, parse_topics, read_table
from .tables.columns import VALUES_PREFIX
from .weeks import ANY_WEEK, to_utc

PersonKind = TypeVar("PersonKind", Mentee, Mentor)

# Fields that can say who someone is, the surest first.
_NAMING = ("id", "email", "name", "last_name")


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that can't be used. row: as a spreadsheet counts; column: its heading."""

    row: int
    column: str
    error: CellError


def load_population(
    path: str | Path,
    role: Role | str,
    *,
    tz: str = "UTC",
    reference: date = ANY_WEEK,
    ignore: Collection[str] = (),
) -> tuple[Person, ...]:
    """Everyone in a CSV file, as Mentee or Mentor rows in file order.

    Columns are guessed from their headings; unknown ones are ignored. A person's id is the id
    column, else the e-mail, else the name. A topic outside the catalogue stays as its own topic.
    tz, reference: the zone in which free times were written, and the week that decides between
    summer and winter time. ignore: headings of columns that are no part of a profile, such as an
    answer for statistics.

    Raises OSError; TableError for a file that is no table (see `read_table`), has no column
    naming people (columns_missing), names someone twice (person_twice; one e-mail is one
    person), or has cells that can't be read (cells_unreadable: `problems` lists every CellProblem;
    row and column name the first).
    """
    path = Path(path)
    table = read_table(path.read_bytes(), path.name)
    return people_of(table, role, path.name, tz=tz, reference=reference, ignore=ignore)


def people_of(
    table: Table,
    role: Role | str,
    filename: str,
    *,
    tz: str = "UTC",
    reference: date = ANY_WEEK,
    ignore: Collection[str] = (),
) -> tuple[Person, ...]:
    """The people of a table, one per row; see `load_population`."""
    columns = guess_columns(["" if name in ignore else name for name in table.header])
    if not set(_NAMING) & set(columns.values()):
        raise TableError(
            "columns_missing", file=filename, row=1, column="Name", header=list(table.header)
        )
    if not table.rows:
        raise TableError("rows_missing", file=filename, row=2)
    kind = Mentor if Role(role) is Role.MENTOR else Mentee
    people: list[Person] = []
    problems: list[CellProblem] = []
    seen: dict[str, int] = {}
    twice: TableError | None = None
    for number, row in zip(table.numbers, table.rows, strict=True):
        values, wrong = _values(row, columns, table.header, number)
        problems.extend(wrong)
        if wrong:
            continue
        values["week"] = to_utc(cast("int", values.get("week", 0)), tz, reference)
        key = _identity(values)
        if not key:
            empty = CellError("person_nameless")
            problems.append(CellProblem(number, _heading(table, columns), empty))
            continue
        # One address is one person, however it is written, and whatever ids stand beside it.
        mail = same_key(str(values.get("email", "")))
        same = {same_key(key) if "@" in key else key.strip(), mail} - {""}
        known = [name for name in sorted(same) if name in seen]
        if known:
            # Told after the cells: there may be many of those, and all are listed at once.
            heading = _heading(table, columns, "email" if known == [mail] else "")
            twice = twice or TableError(
                "person_twice", file=filename, row=number, column=heading,
                person=values["email"] if known == [mail] else key, first=seen[known[0]],
            )  # fmt: skip
            continue
        seen.update(dict.fromkeys(same, number))
        if kind is Mentee:
            values.pop("seats", None)
        people.append(kind(**{**values, "id": key}))  # type: ignore[arg-type]  # typed by field
    if problems:
        raise TableError(
            "cells_unreadable", file=filename, row=problems[0].row, column=problems[0].column,
            problems=tuple(problems),
        )  # fmt: skip
    if twice:
        raise twice
    return tuple(people)


def resolve_wishes(
    people: Iterable[PersonKind], others: Sequence[Person]
) -> tuple[PersonKind, ...]:
    """Wishes written as e-mail, id or name become ids; what names nobody, or two, is dropped."""
    found = _named(others)
    resolved = []
    for person in people:
        meant = [found.get(same_key(wish), set()) for wish in person.wishes]
        wishes = dict.fromkeys(next(iter(ids)) for ids in meant if len(ids) == 1)
        resolved.append(replace(person, wishes=tuple(wishes)))
    return tuple(resolved)


def unclear_wishes(
    people: Iterable[Person], others: Sequence[Person]
) -> list[tuple[Person, str, int]]:
    """Who wishes for whom in words that `resolve_wishes` drops, and how many people they name."""
    found = _named(others)
    named = ((p, wish, len(found.get(same_key(wish), ()))) for p in people for wish in p.wishes)
    return [entry for entry in named if entry[2] != 1]


def _named(people: Iterable[Person]) -> dict[str, set[str]]:
    """Ids by what people are called: id, e-mail or name."""
    found: dict[str, set[str]] = {}
    for person in people:
        for key in (person.id, person.email, person.name):
            if same_key(key):
                found.setdefault(same_key(key), set()).add(person.id)
    return found


def _values(
    row: Sequence[str], columns: Mapping[int, str], header: Sequence[str], number: int
) -> tuple[dict[str, object], list[CellProblem]]:
    """A row's fields of Person, and its unreadable cells."""
    values: dict[str, object] = {}
    answers: dict[str, int] = {}
    lists: dict[str, list[str]] = {}
    problems: list[CellProblem] = []
    for column, field in columns.items():
        text = row[column]
        if field == "topics":
            known, unknown = parse_topics(text)
            lists.setdefault(field, []).extend((*known, *unknown))
            continue
        value = parse_cell(field, text)
        if isinstance(value, CellError):
            problems.append(CellProblem(number, header[column], value))
        elif field.startswith(VALUES_PREFIX):
            if value is not None:
                answers[field.removeprefix(VALUES_PREFIX)] = cast("int", value)
        elif isinstance(value, (tuple, frozenset)):
            lists.setdefault(field, []).extend(value)
        elif field == "text":
            lists.setdefault(field, []).append(str(value))
        elif field == "availability":
            values["week"] = value
        elif value is not None:
            values[field] = value
    values["values"] = answers
    values["topics"] = tuple(dict.fromkeys(lists.get("topics", ())))
    values["wishes"] = tuple(dict.fromkeys(lists.get("wishes", ())))
    values["languages"] = frozenset(lists.get("languages", ()))
    values["formats"] = frozenset(lists.get("formats", ()))
    values["text"] = "\n".join(filter(None, lists.get("text", ())))
    first, last = str(values.pop("first_name", "")), str(values.pop("last_name", ""))
    values["name"] = values.get("name") or f"{first} {last}".strip()
    return values, problems


def _identity(values: Mapping[str, object]) -> str:
    for field in ("id", "email", "name"):
        if values.get(field):
            return str(values[field])
    return ""


def _heading(table: Table, columns: Mapping[int, str], wanted: str = "") -> str:
    """The heading of the column that identifies people, or of that of a field."""
    naming = [column for column, field in columns.items() if field in _NAMING]
    if wanted:
        naming = [column for column in naming if columns[column] == wanted]
    return table.header[min(naming, key=lambda column: _NAMING.index(columns[column]))]
