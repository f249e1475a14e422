"""A checked list for people: its rows in words, and the errors as a file."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tandemwerk.matching.tables import defused
from tandemwerk.programmes.models import ImportBatch, ImportRow
from tandemwerk.programmes.services.export import book
from tandemwerk.programmes.services.import_columns import COLUMNS
from tandemwerk.programmes.services.import_problems import problem_line, problem_text


def row_lines(rows: Iterable[ImportRow], batch: ImportBatch) -> list[dict[str, Any]]:
    """Rows for the preview: who, what happens, what is wrong. No query of its own."""
    return [
        {
            "row": row,
            "name": _name(row, batch),
            "email": _cell(row, batch, "email"),
            "errors": [_problem(problem) for problem in row.errors],
            "warnings": [_problem(problem) for problem in row.warnings],
        }
        for row in rows
    ]


def _problem(problem: dict[str, Any]) -> dict[str, str]:
    return {"column": str(COLUMNS[problem["field"]].label), "text": problem_text(problem)}


def _name(row: ImportRow, batch: ImportBatch) -> str:
    """As understood, else as in the file."""
    known = [row.values.get(key, "") for key in ("title", "first_name", "last_name")]
    raw = [_cell(row, batch, key) for key in ("first_name", "last_name", "name")]
    return " ".join(filter(None, known)) or " ".join(filter(None, raw))


def _cell(row: ImportRow, batch: ImportBatch, key: str) -> str:
    index = next((int(i) for i, mapped in batch.mapping.items() if mapped == key), -1)
    return row.cells[index] if 0 <= index < len(row.cells) else ""


def error_list(rows: Iterable[ImportRow], batch: ImportBatch) -> bytes:
    """CSV of the rows that stay behind, ready to be corrected and uploaded again."""
    text = io.StringIO(newline="")
    delimiter = ";" if (get_language() or "").startswith("de") else ","
    csv.writer(text, delimiter=delimiter).writerows(_error_rows(rows, batch))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def error_book(rows: Iterable[ImportRow], batch: ImportBatch) -> bytes:
    """The same as a workbook."""
    return book(_error_rows(rows, batch), title=_("What is wrong"))


def _error_rows(rows: Iterable[ImportRow], batch: ImportBatch) -> Iterator[list[str]]:
    """Heading and rows as in the file, made harmless for spreadsheets, with what is wrong."""
    yield [*map(defused, batch.header), _("Row"), _("What is wrong")]
    for row in rows:
        wrong = " ".join(problem_line(problem) for problem in row.errors)
        yield [*map(defused, row.cells), str(row.number), defused(wrong)]
