"""A CSV file of meetings -> `Meetings`, or an error that names row and column."""

import math
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..errors import TableError
from ..tables import Table, read_table
from .meetings import Dropped, Feature, Floats, Meetings, Pairs
from .protected import is_protected

NEEDED = ("a", "b", "group", "outcome_a", "outcome_b")
PRIOR = "prior"
_OUTCOME = re.compile(r"([01])([.,]0+)?")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_GERMAN = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+")
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
# From this share of numbers on, a column holds numbers and anything else in it is a mistake.
MOSTLY = 0.9
# Squares of larger numbers would not be finite.
LARGEST = 1e100


def load_meetings(path: str | Path) -> Meetings:
    """Read `a, b, group, outcome_a, outcome_b`, features `a_<name>`, `b_<name>`, and `prior`.

    An empty outcome beside a 0 was not asked for. An empty feature cell is a missing answer. A
    feature is numeric if its answers are numbers.
    The same two people in the same group given twice with the sides exchanged (mirrored) are one
    meeting, the first row's; the two rows must agree. Protected columns are left out before
    anything is read of them; other columns are ignored; both are named in `dropped`.

    Raises OSError; TableError as `read_table` and with `row` and `column`: column_needed,
    feature_one_sided, meetings_missing, cell_needed, outcome_not_0_or_1, meets_self, meets_twice,
    mirror_disagrees, number_unreadable, number_not_finite_in_file, prior_not_0_to_1.
    """
    path = Path(path)
    return meetings_of(read_table(path.read_bytes(), path.name), path.name)


def meetings_of(table: Table, filename: str) -> Meetings:
    """The meetings of a table; see `load_meetings`."""
    return _Reader(table, filename).meetings()


class _Reader:
    def __init__(self, table: Table, filename: str) -> None:
        self.table, self.file = table, filename
        self.place = {name.casefold(): number for number, name in enumerate(table.header)}

    def meetings(self) -> Meetings:
        for name in NEEDED:
            if name not in self.place:
                raise self._error("column_needed", 1, name)
        names, dropped = self._features()
        if not self.table.rows:
            raise self._error("meetings_missing", 2, "a")
        ids = [[self._needed(row, name) for name in NEEDED[:3]] for row in range(self._count)]
        outcomes = [self._outcomes(row) for row in range(self._count)]
        kept = self._merged(ids, outcomes)
        features = tuple(self._feature(name, kept) for name in names)
        pairs = Pairs(
            tuple(ids[row][0] for row in kept),
            tuple(ids[row][1] for row in kept),
            features,
            self._prior(kept) if PRIOR in self.place else None,
        )
        return Meetings(
            pairs,
            tuple(ids[row][2] for row in kept),
            np.array([outcomes[row][0] for row in kept]),
            np.array([outcomes[row][1] for row in kept]),
            tuple(dropped),
            self._count - len(kept),
        )

    @property
    def _count(self) -> int:
        return len(self.table.rows)

    def _features(self) -> tuple[list[str], list[Dropped]]:
        """Names that may count, each on both sides, and what is left out."""
        names: dict[str, None] = {}
        dropped: dict[Dropped, None] = {}
        for heading in self.table.header:
            key = heading.casefold()
            if not heading or key in NEEDED or key == PRIOR:
                continue
            name = heading[2:]
            if key[:2] not in {"a_", "b_"} or not name:
                reason = "protected" if is_protected(heading) else "not_a_feature"
                dropped[Dropped(heading, reason)] = None  # type: ignore[arg-type]  # one of both
            elif is_protected(name):
                dropped[Dropped(name, "protected")] = None
            else:
                other = ("b_" if key[:2] == "a_" else "a_") + name.casefold()
                if other not in self.place:
                    raise TableError(
                        "feature_one_sided", file=self.file, row=1, column=heading, other=other
                    )
                if key[:2] == "a_":
                    names[name] = None
        return list(names), list(dropped)

    def _cell(self, row: int, name: str) -> str:
        return self.table.rows[row][self.place[name.casefold()]]

    def _error(self, code: str, number: int, column: str, **more: object) -> TableError:
        return TableError(code, file=self.file, row=number, column=column, **more)

    def _needed(self, row: int, name: str) -> str:
        cell = self._cell(row, name)
        if not cell:
            raise self._error("cell_needed", self.table.numbers[row], name)
        return cell

    def _outcomes(self, row: int) -> tuple[float, float]:
        """Both answers; beside a no, the other side may not have been asked (empty: NaN)."""
        found = []
        for name, other in (("outcome_a", "outcome_b"), ("outcome_b", "outcome_a")):
            cell = self._cell(row, name)
            answer, beside = _OUTCOME.fullmatch(cell), _OUTCOME.fullmatch(self._cell(row, other))
            unasked = not cell and beside is not None and beside[1] == "0"
            if answer is None and not unasked:
                number = self.table.numbers[row]
                raise self._error("outcome_not_0_or_1", number, name, value=cell[:40])
            found.append(float(answer[1]) if answer else math.nan)
        return found[0], found[1]

    def _merged(
        self, ids: Sequence[Sequence[str]], outcomes: Sequence[tuple[float, float]]
    ) -> list[int]:
        """Rows to keep: every meeting once."""
        kept: list[int] = []
        seen: dict[tuple[str, str, str], int] = {}
        mirrored: set[int] = set()
        for row, (a, b, group) in enumerate(ids):
            number = self.table.numbers[row]
            if a == b:
                raise self._error("meets_self", number, "b", person=a)
            first = seen.setdefault((group, min(a, b), max(a, b)), row)
            if first == row:
                kept.append(row)
                continue
            before = self.table.numbers[first]
            if ids[first][0] == a or first in mirrored:
                raise self._error("meets_twice", number, "b", a=a, b=b, first=before)
            if not np.array_equal(outcomes[first], outcomes[row][::-1], equal_nan=True):
                raise self._error("mirror_disagrees", number, "outcome_a", first=before)
            mirrored.add(first)
        return kept

    def _feature(self, name: str, rows: Sequence[int]) -> Feature:
        cells = {side: [self._cell(row, f"{side}_{name}") for row in rows] for side in ("a", "b")}
        known = [cell for side in cells.values() for cell in side if cell]
        numbers = sum(_number(cell) is not None for cell in known)
        if known and numbers < MOSTLY * len(known):
            words = {side: np.array(side_cells, object) for side, side_cells in cells.items()}
            return Feature(name, words["a"], words["b"])
        values = {
            side: np.array([
                self._number(row, f"{side}_{name}", cell)
                for row, cell in zip(rows, side_cells, strict=True)
            ], np.float64)
            for side, side_cells in cells.items()
        }  # fmt: skip
        return Feature(name, values["a"], values["b"])

    def _number(self, row: int, column: str, cell: str) -> float:
        value = _number(cell) if cell else math.nan
        number = self.table.numbers[row]
        if value is None:
            raise self._error("number_unreadable", number, column, value=cell[:40])
        if cell and not abs(value) <= LARGEST:
            raise self._error("number_not_finite_in_file", number, column, value=cell[:40])
        return value

    def _prior(self, rows: Sequence[int]) -> Floats:
        values = []
        for row in rows:
            value = _number(self._cell(row, PRIOR))
            if value is None or not 0 <= value <= 1:
                raise self._error(
                    "prior_not_0_to_1", self.table.numbers[row], PRIOR,
                    value=self._cell(row, PRIOR)[:40],
                )  # fmt: skip
            values.append(value)
        return np.array(values)


def _number(cell: str) -> float | None:
    """1.5, 1,5, 12,345.67 and 12.345,67; nan and inf are numbers here, and refused later."""
    if _GROUPED.fullmatch(cell):
        return float(cell.replace(",", ""))
    if _GERMAN.fullmatch(cell):
        return float(cell.replace(".", "").replace(",", "."))
    if _NUMBER.fullmatch(cell) or _NOT_FINITE.fullmatch(cell):
        return float(cell)
    return None
