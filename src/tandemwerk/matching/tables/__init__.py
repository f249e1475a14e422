"""Tables that people make with spreadsheets: read, guess the columns, understand the cells."""

from .cells import CellError, parse_cell, parse_topics
from .columns import FIELDS, REPEATABLE, guess_columns
from .formulas import defused, undefused
from .reading import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Table, read_table

__all__ = [
    "FIELDS",
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "REPEATABLE",
    "CellError",
    "Table",
    "defused",
    "guess_columns",
    "parse_cell",
    "parse_topics",
    "read_table",
    "undefused",
]
