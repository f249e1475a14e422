"""Synthetic people as CSV, in the form programmes send their lists: read back without loss."""

import csv
from collections.abc import Iterable
from functools import cache
from typing import TextIO

from ..catalogue import topics
from ..languages import language_name
from ..profiles import Mentor, Person, Role
from ..weeks import HOURS_PER_DAY
from . import stock
from .people import declared, people

GROUP_COLUMN = "Angabe zur Gruppe (freiwillig)"
DELIMITER = ";"

_BEFORE = (
    "Nummer", "Name", "E-Mail", "Funktion", "Branche", "Standort", "Team", "Führungskraft",
    "Berufsjahre", "Sprachen", "Themen", "Format", "Verfügbarkeit",
)  # fmt: skip
_AFTER = ("Motivation", "Wünsche", *(item.upper() for item in stock.ITEMS), GROUP_COLUMN)
_FORMATS = {
    frozenset[str](): "",
    frozenset({"online"}): "online",
    frozenset({"on_site"}): "vor Ort",
    frozenset({"online", "on_site"}): "beides",
}
_DAYS = (*stock.DAYS, "So")
_DAY = (1 << HOURS_PER_DAY) - 1


def header(role: Role) -> tuple[str, ...]:
    """The headings of a role's list."""
    return (*_BEFORE, *(("Plätze",) if role is Role.MENTOR else ()), *_AFTER)


def write_people(out: TextIO, role: Role, count: int, seed: int) -> None:
    """Write so many people of a role; memory stays flat.

    out: opened with newline="" and, for Excel, encoding="utf-8-sig".
    """
    writer = csv.writer(out, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerow(header(role))
    writer.writerows(_lines(people(role, count, seed), declared(count, seed, role)))


def _lines(persons: Iterable[Person], groups: Iterable[str]) -> Iterable[list[str]]:
    for person, group in zip(persons, groups, strict=True):
        yield line_of(person, group)


def line_of(person: Person, group: str = "") -> list[str]:
    """A person's cells in the order of `header`; `load_population` reads the same person."""
    years = person.experience_years
    cells = [
        person.id,
        person.name,
        person.email,
        person.function,
        person.industry,
        person.site,
        person.team,
        person.reports_to,
        "" if years is None else f"{years:g}".replace(".", ","),
        _languages(person.languages),
        ", ".join([_topic(slug) for slug in person.topics]),
        _FORMATS[person.formats],
        _week(person.week),
    ]
    if isinstance(person, Mentor):
        cells.append(str(person.seats))
    cells += (person.text, ", ".join(person.wishes))
    cells += [str(person.values.get(item, "")) for item in stock.ITEMS]
    cells.append(group)
    return cells


@cache
def _languages(codes: frozenset[str]) -> str:
    # German first, as people write it.
    ordered = sorted(codes, key=lambda code: (code != "de", code))
    return ", ".join(language_name(code, "de") for code in ordered)


@cache
def _topic(slug: str) -> str:
    return topics()[slug].name["de"]


def _week(week: int) -> str:
    parts = []
    day = 0
    while week:
        if hours := week & _DAY:
            parts.append(f"{_DAYS[day]} {_hours(hours)}")
        week >>= HOURS_PER_DAY
        day += 1
    return "; ".join(parts)


@cache
def _hours(hours: int) -> str:
    """The spans of a day: "9–12, 17–20"."""
    spans, hour = [], 0
    while hours >> hour:
        if hours >> hour & 1:
            start = hour
            while hours >> hour & 1:
                hour += 1
            spans.append(f"{start}–{hour}")
        hour += 1
    return ", ".join(spans)
