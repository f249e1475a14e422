"""Bytes of a CSV file -> a table, whatever delimiter and encoding the spreadsheet wrote."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from ..errors import TableError
from .codepages import code_page_text, looks_like_utf8
from .formulas import undefused

MAX_BYTES = 2_000_000_000
MAX_ROWS = 2_000_000
MAX_COLUMNS = 500
DELIMITERS = (";", ",", "\t", "|")

_SAMPLE_ROWS = 50
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a file begins with that is no text, although its name may end in .csv.
_FOREIGN = ((b"PK\x03\x04", "file_is_spreadsheet"), (b"\xd0\xcf\x11\xe0", "file_is_spreadsheet"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows, every cell trimmed, every row as long as the header.

    numbers: the row number of each row as a spreadsheet shows it (header = 1; empty rows are
    left out but counted).
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    delimiter: str
    encoding: str


def read_table(data: bytes, filename: str, *, most_rows: int | None = None) -> Table:
    """Read CSV bytes: UTF-8 with or without BOM, UTF-16, or the code page of Windows,
    Macintosh or DOS that gives the most plausible words; ; , tab or |.

    `most_rows` (else MAX_ROWS) bounds the work on what strangers send. Cells made harmless by an
    apostrophe get their text back. Raises TableError with `file` and, where known, `row` and
    `column`: file_empty, file_too_large, file_is_spreadsheet, encoding_broken (UTF-8 but for
    single bytes), encoding_unknown, header_missing, column_twice, too_many_columns,
    too_many_rows, row_too_long, row_unreadable.
    """
    if len(data) > MAX_BYTES:
        raise TableError("file_too_large", file=filename, limit=MAX_BYTES, size=len(data))
    for start, code in _FOREIGN:
        if data.startswith(start):
            raise TableError(code, file=filename)
    text, encoding = _decoded(data, filename)
    if not text.strip():
        raise TableError("file_empty", file=filename)
    text, delimiter = _delimited(text)
    most = MAX_ROWS if most_rows is None else most_rows
    return _table(text, delimiter, encoding, filename, most)


def _decoded(data: bytes, filename: str) -> tuple[str, str]:
    guesses = [name for bom, name in _BOMS if data.startswith(bom)]
    if not guesses:
        # Without a BOM, UTF-16 of European text is every second byte zero.
        if data[1:200:2].count(0) > len(data[1:200:2]) // 2:
            guesses = ["utf-16-le"]
        elif data[0:200:2].count(0) > len(data[0:200:2]) // 2:
            guesses = ["utf-16-be"]
        else:
            guesses = ["utf-8"]
    name = guesses[0]
    marked = name == "utf-8-sig"
    if marked:
        data, name = data[len(codecs.BOM_UTF8) :], "utf-8"
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        # What can be read before the first byte that can't tells where that stands.
        before = data[: error.start].decode(name, "ignore")
        if marked or (name == "utf-8" and looks_like_utf8(data)):
            byte = f"0x{data[error.start]:02X}"
            raise _misread("encoding_broken", before, filename, byte=byte) from None
        found = code_page_text(data) if name == "utf-8" else None
        if found is None:
            raise _misread("encoding_unknown", before, filename) from None
        text, name = found
    odd = _CONTROL.search(text)
    if odd:
        raise _misread("encoding_unknown", text[: odd.start()], filename)
    return text, "utf-8-sig" if marked else name


def _misread(code: str, before: str, filename: str, **more: object) -> TableError:
    """The error about the character after this text, with its row and column."""
    text, delimiter = _delimited(before + "\ufffd")
    rows: list[list[str]] = []
    with suppress(csv.Error):
        # Not strict: the text ends in the middle, perhaps of a quotation.
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    header = next((cells for cells in rows if any(cell.strip() for cell in cells)), [])
    place = len(rows[-1]) if rows else 1
    named = header[place - 1].strip() if place <= len(header) else ""
    return TableError(
        code, file=filename, row=max(1, len(rows)), column=named or str(place), **more
    )


def _delimited(text: str) -> tuple[str, str]:
    """The text without Excel's hint, and the delimiter."""
    first, _, rest = text.partition("\n")
    # Excel's own hint about the delimiter is a line of its own, and no row in Excel.
    if first.strip().casefold() in {f"sep={mark}" for mark in DELIMITERS}:
        return rest, first.rstrip("\r\n")[4:5]
    return text, _delimiter(text)


def _delimiter(text: str) -> str:
    """The delimiter under which the rows are most alike in length, then the most columns."""

    def quality(mark: str) -> tuple[float, int]:
        rows: list[list[str]] = []
        # What was read before a broken quotation still tells the delimiter.
        with suppress(csv.Error):
            rows.extend(islice(_reader(text, mark), _SAMPLE_ROWS))
        full = [row for row in rows if any(cell.strip() for cell in row)]
        width = len(full[0]) if full else 0
        if width < 2:
            return 0.0, width
        return sum(len(row) == width for row in full) / len(full), width

    return max(DELIMITERS, key=quality)


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _table(text: str, delimiter: str, encoding: str, filename: str, most: int) -> Table:
    header: tuple[str, ...] = ()
    rows: list[tuple[str, ...]] = []
    numbers: list[int] = []
    number = 0
    try:
        for number, cells in enumerate(_reader(text, delimiter), start=1):
            row = tuple(undefused(cell.strip()) for cell in cells)
            if not any(row):
                continue
            if not header:
                header = _header(row, number, filename)
                continue
            if any(row[len(header) :]):
                raise TableError(
                    "row_too_long", file=filename, row=number, cells=len(row), columns=len(header)
                )
            if len(rows) == most:
                raise TableError("too_many_rows", file=filename, row=number, limit=most)
            rows.append((*row[: len(header)], *("",) * (len(header) - len(row))))
            numbers.append(number)
    except csv.Error as error:
        raise TableError(
            "row_unreadable", file=filename, row=number + 1, detail=str(error)
        ) from error
    return Table(header, tuple(rows), tuple(numbers), delimiter, encoding)


def _header(row: tuple[str, ...], number: int, filename: str) -> tuple[str, ...]:
    width = max(place for place, cell in enumerate(row, start=1) if cell)
    header = row[:width]
    if width > MAX_COLUMNS:
        raise TableError("too_many_columns", file=filename, columns=width, limit=MAX_COLUMNS)
    seen: set[str] = set()
    for name in header:
        if name and name.casefold() in seen:
            raise TableError("column_twice", file=filename, row=number, column=name)
        seen.add(name.casefold())
    return header
