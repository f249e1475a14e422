import io
import zipfile

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tandemwerk.programmes import errors
from tandemwerk.programmes.services import import_files
from tandemwerk.programmes.services.import_files import sheet_read

HEADER = ["E-Mail", "Vorname", "Nachname"]
ROWS = [["lena@example.org", "Lena", "Hofmann"], ["jonas@example.org", "Jonas", "Şahin-Łuk"]]


def csv_bytes(delimiter=";", encoding="utf-8", newline="\r\n"):
    return newline.join(delimiter.join(row) for row in [HEADER, *ROWS]).encode(encoding)


def xlsx_bytes(*rows, title="Liste", hidden=False):
    book = Workbook()
    if hidden:
        book.active.append(["secret"])
        book.active.sheet_state = "hidden"
        sheet = book.create_sheet(title)
    else:
        sheet = book.active
    for row in rows:
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_in_every_form_excel_writes(delimiter, encoding):
    sheet = sheet_read(csv_bytes(delimiter, encoding))
    assert list(sheet.header) == HEADER
    assert [list(row) for row in sheet.rows] == ROWS
    assert sheet.numbers == (2, 3)
    assert sheet.delimiter == delimiter


def test_csv_of_an_old_windows():
    data = "E-Mail;Name\r\njürgen@example.org;Jürgen Weiß\r\n".encode("cp1252")
    assert sheet_read(data).rows[0][1] == "Jürgen Weiß"


def test_workbook_gives_what_people_see():
    data = xlsx_bytes(
        ["E-Mail", "Jahre", "Plätze", "Text"],
        [None, None, None, None],
        ["a@example.org", 12.5, 2.0, "'-erstens"],
        ["b@example.org", None, True, "=1+1"],
    )
    sheet = sheet_read(data)
    assert sheet.numbers == (3, 4)
    assert sheet.rows[0] == ("a@example.org", "12.5", "2", "-erstens")
    # A formula without a stored result has no value; the formula itself is never text.
    assert sheet.rows[1] == ("b@example.org", "", "1", "")
    assert (sheet.delimiter, sheet.encoding) == ("", "")


def test_hidden_sheets_are_passed_over():
    assert sheet_read(xlsx_bytes(HEADER, ROWS[0], hidden=True)).header == tuple(HEADER)


def test_the_content_decides_not_the_name():
    assert sheet_read(xlsx_bytes(HEADER, ROWS[0]), file_name="list.csv").rows
    assert sheet_read(csv_bytes(), file_name="list.xlsx").rows


def zipped(**entries):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return target.getvalue()


def bomb():
    return zipped(
        xl__workbook_xml="<workbook/>",
        xl__a_xml=b"\0" * 90_000_000,
        xl__b_xml=b"\0" * 90_000_000,
    )


REFUSED = [
    (lambda: b"", errors.FileBlank),
    (lambda: b"\xef\xbb\xbf\r\n;;\r\n", errors.FileBlank),
    (lambda: b"E-Mail;Name\r\n", errors.FileEmpty),
    (lambda: xlsx_bytes(HEADER), errors.FileEmpty),
    (lambda: xlsx_bytes([]), errors.FileBlank),
    (lambda: b"a@example.org;Mia\r\nb@example.org;Tom\r\n", errors.FileHeadingsMissing),
    (lambda: xlsx_bytes(["Mia", "a@example.org"]), errors.FileHeadingsMissing),
    (lambda: b"x" * (import_files.MAX_FILE_BYTES + 1), errors.FileTooLarge),
    (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, errors.FileIsOldExcel),
    (lambda: b"%PDF-1.7 ...", errors.FileIsNotATable),
    (lambda: zipped(word__document_xml="<w/>"), errors.FileIsNotATable),
    (lambda: b"PK\x03\x04 cut off", errors.FileBroken),
    (lambda: xlsx_bytes(HEADER, ROWS[0])[:3000], errors.FileBroken),
    (
        lambda: zipped(xl__workbook_xml="<workbook", **{"[Content_Types]_xml": ""}),
        errors.FileBroken,
    ),
    (bomb, errors.FileUnpacksTooLarge),
    (lambda: b"E-Mail;Name;Name\r\na;b;c\r\n", errors.FileColumnTwice),
    (lambda: xlsx_bytes(["Name", "name"], ["a", "b"]), errors.FileColumnTwice),
    (lambda: b"E-Mail;Name\r\na;b;c\r\n", errors.FileRowTooLong),
    (lambda: xlsx_bytes(["E-Mail"], ["a", "b"]), errors.FileRowTooLong),
    (lambda: b'E-Mail;Name\r\n"a;b\r\n', errors.FileRowUnreadable),
    (lambda: b"E-Mail;Name\r\na\x00;b\r\n", errors.FileEncodingUnknown),
    (lambda: xlsx_bytes([f"c{i}" for i in range(150)], ["a"]), errors.FileTooManyColumns),
    (lambda: ";".join(f"c{i}" for i in range(150)).encode() + b"\na\n", errors.FileTooManyColumns),
    (lambda: b"E-Mail\n" + b"a@example.org\n" * 10_001, errors.FileTooManyRows),
    (lambda: b"E-Mail\n" + b"a" * 32_768, errors.CellTooLong),
]


@pytest.mark.parametrize(("make", "error"), REFUSED)
def test_what_cannot_be_read_is_refused_with_a_reason(make, error):
    with pytest.raises(error) as refused:
        sheet_read(make())
    assert "%(" not in str(refused.value)


def test_limits_are_written_as_the_language_groups_numbers():
    data = b"E-Mail\n" + b"a@example.org\n" * 10_001
    for language, number in (("de", "10.000"), ("en", "10,000")):
        with override(language), pytest.raises(errors.FileTooManyRows) as refused:
            sheet_read(data)
        with override(language):
            assert number in str(refused.value)


def test_a_workbook_that_lies_about_its_size_costs_no_minutes():
    book = Workbook()
    book.active["A1"] = "E-Mail"
    book.active["A2"] = "a@example.org"
    book.active["A1048576"] = "far away"
    target = io.BytesIO()
    book.save(target)
    assert len(sheet_read(target.getvalue()).rows) == 1


def test_ten_thousand_rows_are_welcome():
    sheet = sheet_read(b"E-Mail\n" + b"a@example.org\n" * 10_000)
    assert len(sheet.rows) == 10_000


def read_or_refuse(data):
    try:
        sheet = sheet_read(data)
    except errors.FileRefused:
        return
    assert all(len(row) == len(sheet.header) for row in sheet.rows)
    assert len(sheet.numbers) == len(sheet.rows) > 0
    assert "\0" not in "".join(map("".join, sheet.rows))


@given(st.binary(max_size=2000))
def test_random_bytes_are_read_or_refused(data):
    read_or_refuse(data)


@given(st.text(max_size=500), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_random_text_is_read_or_refused(text, encoding):
    read_or_refuse(text.encode(encoding, "surrogatepass"))


WORKBOOK = xlsx_bytes(HEADER, *ROWS)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255)), max_size=20))
def test_damaged_workbooks_are_read_or_refused(damage):
    data = bytearray(WORKBOOK)
    for place, value in damage:
        data[place] = value
    read_or_refuse(bytes(data))


PARTS = {
    name: zipfile.ZipFile(io.BytesIO(WORKBOOK)).read(name)
    for name in zipfile.ZipFile(io.BytesIO(WORKBOOK)).namelist()
}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.sampled_from(sorted(PARTS)),
    st.one_of(
        st.binary(max_size=200), st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))
    ),
    st.integers(0, 400),
)
def test_workbooks_with_foreign_parts_are_read_or_refused(name, content, place):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for part, original in PARTS.items():
            changed = original[:place] + content + original[place:]
            package.writestr(part, changed if part == name else original)
    read_or_refuse(target.getvalue())
