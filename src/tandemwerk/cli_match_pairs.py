"""Pairs that `tandemwerk match` is given: those of before, those to keep, those that must not be.

A file of pairs has the columns mentee_id and mentor_id, so a file written before will do.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .cli_told import Language, table_told
from .matching import LockError, MatchingError, Mentee, Mentor, TableError
from .matching.tables import Table

MENTEE, MENTOR = "mentee_id", "mentor_id"
Ids = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Given:
    """Pairs of (mentee id, mentor id) with the row of the file that names them."""

    file: str = ""
    rows: Mapping[Ids, int] = field(default_factory=dict)

    def placed(self, mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> list[tuple[int, int]]:
        """The pairs as (row, column) of the scores."""
        row = {mentee.id: place for place, mentee in enumerate(mentees)}
        column = {mentor.id: place for place, mentor in enumerate(mentors)}
        return [(row[mentee], column[mentor]) for mentee, mentor in self.rows]


def column_of(table: Table, name: str, file: str) -> int:
    """The place of a column, without regard to case. Raises TableError("column_unknown")."""
    wanted = name.strip().casefold()
    for place, heading in enumerate(table.header):
        if heading.casefold() == wanted:
            return place
    known = ", ".join(filter(None, table.header))
    raise TableError("column_unknown", file=file, column=name, known=known)


def previous_pairs(path: Path, language: Language) -> dict[str, str]:
    """Mentee id -> mentor id of pairs written before. Raises OSError and TableError."""
    found: dict[str, str] = {}
    first: dict[str, int] = {}
    for number, (mentee, mentor) in _pairs(path, language):
        _once(path.name, number, mentee, first)
        found[mentee], first[mentee] = mentor, number
    return found


def locked_pairs(
    path: Path,
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    forbidden: Given,
    language: Language,
) -> Given:
    """Pairs to keep. Raises OSError, and TableError naming row and column: pair_incomplete,
    pair_person_unknown, person_twice, pair_forbidden, pair_without_seat."""
    file, first, found = path.name, dict[str, int](), dict[Ids, int]()
    seats = {mentor.id: mentor.seats for mentor in mentors}
    taken = Counter[str]()
    for number, (mentee, mentor) in _known(path, mentees, mentors, language):
        _once(file, number, mentee, first)
        if (mentee, mentor) in forbidden.rows:
            raise TableError(
                "pair_forbidden", file=file, row=number, column=MENTOR, mentee=mentee,
                mentor=mentor, other=forbidden.file, other_row=forbidden.rows[mentee, mentor],
            )  # fmt: skip
        taken[mentor] += 1
        if taken[mentor] > seats[mentor]:
            raise TableError(
                "pair_without_seat", file=file, row=number, column=MENTOR, person=mentor,
                seats=seats[mentor],
            )  # fmt: skip
        first[mentee] = found[mentee, mentor] = number
    return Given(file, found)


def forbidden_pairs(
    path: Path, mentees: Sequence[Mentee], mentors: Sequence[Mentor], language: Language
) -> Given:
    """Pairs that must not be. Raises OSError, TableError (pair_incomplete, pair_person_unknown)."""
    known = _known(path, mentees, mentors, language)
    return Given(path.name, {pair: number for number, pair in known})


def named(
    error: LockError, locked: Given, mentees: Sequence[Mentee], mentors: Sequence[Mentor]
) -> MatchingError:
    """The engine's word about a locked pair, with the row of the file."""
    row, column = error.params["row"], error.params["column"]
    assert isinstance(row, int) and isinstance(column, int)  # noqa: S101, PT018  # as LockError has
    pair = mentees[row].id, mentors[column].id
    return TableError(
        "pair_against_rule", file=locked.file, row=locked.rows[pair], column=MENTOR,
        mentee=pair[0], mentor=pair[1],
    )  # fmt: skip


def _pairs(path: Path, language: Language) -> Iterator[tuple[int, Ids]]:
    table = table_told(path, language)
    mentee, mentor = (column_of(table, name, path.name) for name in (MENTEE, MENTOR))
    for number, row in zip(table.numbers, table.rows, strict=True):
        yield number, (row[mentee], row[mentor])


def _known(
    path: Path, mentees: Sequence[Mentee], mentors: Sequence[Mentor], language: Language
) -> Iterator[tuple[int, Ids]]:
    sides = {MENTEE: {m.id for m in mentees}, MENTOR: {m.id for m in mentors}}
    for number, pair in _pairs(path, language):
        for (column, known), person in zip(sides.items(), pair, strict=True):
            place = {"file": path.name, "row": number, "column": column}
            if not person:
                raise TableError("pair_incomplete", **place)
            if person not in known:
                raise TableError("pair_person_unknown", **place, person=person)
        yield number, pair


def _once(file: str, number: int, mentee: str, first: Mapping[str, int]) -> None:
    if mentee in first:
        raise TableError(
            "person_twice", file=file, row=number, column=MENTEE, person=mentee,
            first=first[mentee],
        )  # fmt: skip
