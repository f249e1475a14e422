import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.matching import TableError
from tandemwerk.matching.tables import (
    FIELDS,
    CellError,
    defused,
    guess_columns,
    parse_cell,
    parse_topics,
    read_table,
    reading,
    undefused,
)
from tandemwerk.matching.weeks import hours_of

ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
words = st.text(st.sampled_from("abcäöüß ,;|\t\"'=\n1"), max_size=8)


def written(rows: list[list[str]], delimiter: str, encoding: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@given(rows=st.lists(st.tuples(words, words, words), min_size=1, max_size=5))
def test_any_delimiter_and_encoding_is_read_back(
    encoding: str, delimiter: str, rows: list[tuple[str, str, str]]
) -> None:
    header = ["Vorname", "Größe", "Fähigkeit"]
    table = read_table(written([header, *map(list, rows)], delimiter, encoding), "x.csv")
    assert table.header == tuple(header)
    assert table.delimiter == delimiter
    kept = [tuple(undefused(cell.strip()) for cell in row) for row in rows]
    assert list(table.rows) == [row for row in kept if any(row)]
    assert table.numbers == tuple(n for n, row in enumerate(kept, start=2) if any(row))


def test_excels_hint_about_the_delimiter_wins_and_is_no_row() -> None:
    table = read_table(b"sep=|\r\na|b\r\n1;2;3|4\r\n", "x.csv")
    assert (table.delimiter, table.header, table.rows) == ("|", ("a", "b"), (("1;2;3", "4"),))


def test_a_single_column_and_short_rows_are_fine() -> None:
    assert read_table(b"Name\nMia\n\nTom\n", "x.csv").numbers == (2, 4)
    table = read_table(b"a;b;c;\n1;2\n;;;;;\n1;2;3;;;\n", "x.csv")
    assert table.rows == (("1", "2", ""), ("1", "2", "3"))


BROKEN = [
    (b"", "file_empty", {}),
    (b"\xef\xbb\xbf  \n", "file_empty", {}),
    (b"PK\x03\x04rest", "file_is_spreadsheet", {}),
    (b"\xd0\xcf\x11\xe0rest", "file_is_spreadsheet", {}),
    (b"a;b\n\xb0\xdb\xf7\xfe\x81;c", "encoding_unknown", {"row": 2, "column": "a"}),
    (b"a;b\n1;\x01", "encoding_unknown", {"row": 2, "column": "b"}),
    (b"\xff\xfea", "encoding_unknown", {"row": 1}),
    (b"a;b\n1;2;3", "row_too_long", {"row": 2, "cells": 3, "columns": 2}),
    (b'a;b\n1;"2', "row_unreadable", {"row": 2}),
    (b'a;b\n1;"2"x', "row_unreadable", {"row": 2}),
    (b"a;A\n1;2", "column_twice", {"row": 1, "column": "A"}),
]


@pytest.mark.parametrize(("data", "code", "params"), BROKEN)
def test_what_is_no_table_is_told(data: bytes, code: str, params: dict[str, object]) -> None:
    with pytest.raises(TableError) as caught:
        read_table(data, "x.csv")
    assert caught.value.code == code
    assert {"file": "x.csv", **params}.items() <= caught.value.params.items()


@pytest.mark.parametrize(
    ("limit", "code"),
    [("MAX_BYTES", "file_too_large"), ("MAX_ROWS", "too_many_rows"),
     ("MAX_COLUMNS", "too_many_columns")],
)  # fmt: skip
def test_limits_hold(monkeypatch: pytest.MonkeyPatch, limit: str, code: str) -> None:
    monkeypatch.setattr(reading, limit, 1)
    with pytest.raises(TableError) as caught:
        read_table(b"a;b\n1;2\n3;4", "x.csv")
    assert caught.value.code == code


def test_a_caller_may_take_fewer_rows() -> None:
    assert len(read_table(b"a;b\n1;2\n3;4", "x.csv", most_rows=2).rows) == 2
    with pytest.raises(TableError) as caught:
        read_table(b"a;b\n1;2\n3;4", "x.csv", most_rows=1)
    assert caught.value.params == {"file": "x.csv", "row": 3, "limit": 1}


@given(data=st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        table = read_table(data, "x.csv")
    except TableError as error:
        assert error.params["file"] == "x.csv"  # noqa: PT017
    else:
        assert all(len(row) == len(table.header) for row in table.rows)


@given(text=st.text(max_size=10))
def test_no_defused_cell_starts_a_formula(text: str) -> None:
    assert not defused(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert undefused(defused(text)) == text or text.startswith("'")


def test_german_and_english_headings_are_understood() -> None:
    german = (
        "Vorname;Name;E-Mail;Thema 1;Thema 2;Sprachen;Berufserfahrung (Jahre);Bereich;Branche;"
        "Standort;Format;Verfügbarkeit;Plätze;Team;Vorgesetzte:r;Motivation;Werte: Struktur;"
        "Frage 3;Schuhgröße;W7"
    )
    assert guess_columns(german.split(";")) == {
        0: "first_name", 1: "last_name", 2: "email", 3: "topics", 4: "topics", 5: "languages",
        6: "experience_years", 7: "function", 8: "industry", 9: "site", 10: "formats",
        11: "availability", 12: "seats", 13: "team", 14: "reports_to", 15: "text",
        16: "values.struktur", 17: "values.3", 19: "values.w7",
    }  # fmt: skip
    english = (
        "ID;Full name;E-mail address;Topics offered;Spoken languages;Years of experience;"
        "Job title;Industry;Office;Meeting format;Available times;Max. mentees;Department;"
        "Line manager;About me;Favourites"
    )
    assert list(guess_columns(english.split(";")).values()) == [
        "id", "name", "email", "topics", "languages", "experience_years", "function", "industry",
        "site", "formats", "availability", "seats", "team", "reports_to", "text", "wishes",
    ]  # fmt: skip


def test_a_field_is_given_once_and_a_full_name_stays_one() -> None:
    assert guess_columns(["Name", "Vollständiger Name", ""]) == {0: "name"}
    assert guess_columns(["First name", "Surname", "Name"]) == {
        0: "first_name",
        1: "last_name",
        2: "name",
    }
    assert guess_columns(["Deine Themen für das Programm"]) == {0: "topics"}


@given(headings=st.lists(st.text(max_size=20), max_size=8))
def test_guesses_are_known_fields(headings: list[str]) -> None:
    for column, field in guess_columns(headings).items():
        assert 0 <= column < len(headings)
        assert field in FIELDS or field.startswith("values.")


CELLS = [
    ("name", "  Mia   Groß ", "Mia Groß"),
    ("text", "a\nb", "a\nb"),
    ("email", "mia@firma.de", "mia@firma.de"),
    ("topics", "Führung, Gehaltsverhandlung", ("first-leadership", "salary-negotiation")),
    ("topics", "Führung; Gehaltsverhandlung, Delegation",
     ("first-leadership", "salary-negotiation", "delegation")),
    ("topics", "• Führung\n• Gehaltsverhandlung", ("first-leadership", "salary-negotiation")),
    ("topics", "", ()),
    ("wishes", "tom@x.de; kim; tom@x.de", ("tom@x.de", "kim")),
    ("languages", "Deutsch, Englisch (C1) und Türkisch", frozenset({"de", "en", "tr"})),
    ("languages", "DE/EN", frozenset({"de", "en"})),
    ("languages", "", frozenset()),
    ("experience_years", "7", 7.0),
    ("experience_years", "5,5 Jahre", 5.5),
    ("experience_years", "3-5", 4.0),
    ("experience_years", "10+", 10.0),
    ("experience_years", "unter 1 Jahr", 0.5),
    ("experience_years", "", None),
    ("seats", "2", 2),
    ("seats", "2,0", 2),
    ("seats", "3 Plätze", 3),
    ("seats", "", None),
    ("formats", "online", frozenset({"online"})),
    ("formats", "Vor Ort", frozenset({"on_site"})),
    ("formats", "Präsenz und online", frozenset({"online", "on_site"})),
    ("formats", "beides", frozenset({"online", "on_site"})),
    ("formats", "", frozenset()),
    ("values.pace", "4", 4),
    ("values.pace", "4 - trifft eher zu", 4),
    ("values.pace", "trifft nicht zu", 1),
    ("values.pace", "", None),
    ("availability", "", 0),
]  # fmt: skip


@pytest.mark.parametrize(("field", "text", "value"), CELLS)
def test_cells_are_understood(field: str, text: str, value: object) -> None:
    assert parse_cell(field, text) == value


WRONG = [
    ("name", "x" * 301, "too_long"),
    ("text", "x" * 10_001, "too_long"),
    ("email", "mia@firma", "email_invalid"),
    ("email", "a@b.de, c@d.de", "email_invalid"),
    ("topics", "Führung, Quastenflosser", "topics_unknown"),
    ("wishes", ";".join(map(str, range(51))), "too_many_entries"),
    ("languages", "Klingonisch", "languages_unknown"),
    ("experience_years", "viel", "years_unreadable"),
    ("experience_years", "1e400", "years_unreadable"),
    ("experience_years", "-3", "years_out_of_range"),
    ("experience_years", "1985", "years_out_of_range"),
    ("seats", "viele", "seats_unreadable"),
    ("seats", "-1", "seats_unreadable"),
    ("seats", "999", "seats_out_of_range"),
    ("formats", "Brieftaube", "formats_unknown"),
    ("values.pace", "7", "answer_out_of_range"),
    ("values.pace", "4,5", "answer_out_of_range"),
    ("values.pace", "gern", "answer_out_of_range"),
    ("availability", "irgendwie", "availability_unreadable"),
]


@pytest.mark.parametrize(("field", "text", "code"), WRONG)
def test_cells_that_make_no_sense_are_told(field: str, text: str, code: str) -> None:
    found = parse_cell(field, text)
    assert isinstance(found, CellError)
    assert found.code == code


@given(text=st.text(max_size=30))
@pytest.mark.parametrize("field", [*FIELDS, "values.pace"])
def test_no_text_breaks_a_cell(field: str, text: str) -> None:
    parse_cell(field, text)


def test_topics_outside_the_catalogue_are_given_apart() -> None:
    assert parse_topics("Gehaltsverhandlug") == (("salary-negotiation",), ())
    assert parse_topics("Führung, Quastenflosser") == (("first-leadership",), ("Quastenflosser",))


def slots(text: str) -> list[tuple[int, int]]:
    mask = parse_cell("availability", text)
    assert isinstance(mask, int), mask
    return [divmod(hour, 24) for hour in hours_of(mask)]


TIMES = [
    ("Di 14-18, Do nachmittags", [(1, range(14, 18)), (3, range(13, 18))]),
    ("Tue afternoon", [(1, range(13, 18))]),
    ("Mo–Fr ab 17 Uhr", [(day, range(17, 21)) for day in range(5)]),
    ("Mo bis Mi 9:00 - 11:30 Uhr", [(day, range(9, 11)) for day in range(3)]),
    ("dienstagnachmittag und Do-Abend", [(1, range(13, 18)), (3, range(18, 21))]),
    ("Mon-Tue 2-4pm", [(0, range(14, 16)), (1, range(14, 16))]),
    ("Wed 9am-12pm", [(2, range(9, 12))]),
    ("Wed 12am-2am", [(2, range(2))]),
    ("Fr-So ganztags", [(day, range(8, 18)) for day in (4, 5, 6)]),
    ("So-Mo 10-11", [(0, [10]), (6, [10])]),
    ("Di 9-11, 14-16", [(1, [9, 10, 14, 15])]),
    ("Mi", [(2, range(8, 18))]),
    ("Freitag bis 12 Uhr", [(4, range(8, 12))]),
    ("Fr bis 7", [(4, [6])]),
    ("Fr ab 22", [(4, [22])]),
    ("Mo bis Di 9-10, Sa 10 Uhr", [(0, [9]), (1, [9]), (5, [10])]),
    ("Do 14:30–18", [(3, [15, 16, 17])]),
    ("Do 20-24", [(3, [20, 21, 22, 23])]),
    ("Do 20-0 Uhr", [(3, [20, 21, 22, 23])]),
    ("nachmittags", [(day, range(13, 18)) for day in range(5)]),
    ("unter der Woche abends", [(day, range(18, 21)) for day in range(5)]),
    ("jeden Tag mittags", [(day, range(12, 14)) for day in range(7)]),
    ("any time", [(day, range(8, 21)) for day in range(7)]),
    ("Fr flexibel", [(4, range(8, 21))]),
    ("Mo - 10-12", [(0, [10, 11])]),
    ("- Mo 10-12", [(0, [10, 11])]),
    ("bis 10 Uhr", [(day, [8, 9]) for day in range(5)]),
    ("nach Vereinbarung", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TIMES)
def test_free_times_are_understood(text: str, expected: list) -> None:
    assert slots(text) == [(day, hour) for day, hours in expected for hour in hours]


@pytest.mark.parametrize("text", ["22-2", "18-14", "Di 25", "Di 14-18 (online)", "Di ? 3"])
def test_times_that_make_no_sense_name_the_piece(text: str) -> None:
    found = parse_cell("availability", text)
    assert isinstance(found, CellError)
    assert str(found.params["part"]).strip("()") in text


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Mo 9-11, Di um ½:30 Uhr, Mi", "Di um ½:30 Uhr"),
        ("Mo 9-11;; Fr Irgendwann", "Fr Irgendwann"),
        ("vor, 0 Uhr", "vor, 0 Uhr"),
        ("Mo, bis, 24, vielleicht", "vielleicht"),  # 24 says something after "bis" only
    ],
)
def test_a_time_nobody_can_read_is_quoted_as_it_was_written(text: str, part: str) -> None:
    assert parse_cell("availability", text) == CellError("availability_unreadable", {"part": part})
