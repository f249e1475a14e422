from pathlib import Path

import pytest

from tandemwerk.matching import (
    CellProblem,
    LockError,
    MatchingError,
    Mentee,
    Mentor,
    Role,
    TableError,
    cell_text,
    error_text,
    load_population,
    resolve_wishes,
)
from tandemwerk.matching.languages import known_languages, language_code, language_name
from tandemwerk.matching.population import people_of, unclear_wishes
from tandemwerk.matching.tables import CellError, Table
from tandemwerk.matching.weeks import hours_of
from tandemwerk.matching.wording import errors

from .people import mentee, mentor


def file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "people.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_row_becomes_a_person(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "Vorname;Nachname;E-Mail;Thema 1;Thema 2;Sprachen;Jahre;Verfügbarkeit;Format;Motivation;"
        "Erwartungen;Werte: Tempo;Werte: Ordnung;Vorgesetzte:r;Plätze\n"
        "Jörg;Groß;j@x.de;Führung;Bienen;Deutsch;3;Mo 9-11;online;Gern;Viel;4;;c@x.de;2\n",
        "cp1252",
    )
    (person,) = load_population(path, "mentor", tz="Europe/Berlin")
    assert person == Mentor(
        id="j@x.de",
        name="Jörg Groß",
        email="j@x.de",
        topics=("first-leadership", "Bienen"),
        languages=frozenset({"de"}),
        experience_years=3.0,
        week=0b11 << 8,
        formats=frozenset({"online"}),
        text="Gern\nViel",
        values={"tempo": 4},
        reports_to="c@x.de",
        seats=2,
    )
    (person,) = load_population(path, Role.MENTEE)
    assert isinstance(person, Mentee)
    assert hours_of(person.week) == [9, 10]


def test_the_id_is_the_id_column_or_the_mail_or_the_name(tmp_path: Path) -> None:
    text = "ID,E-mail,Name,Years\n7,a@x.de,Mia,\n,b@x.de,Ben,3\n,,Eva,\n"
    found = load_population(file(tmp_path, text), "mentee")
    assert [person.id for person in found] == ["7", "b@x.de", "Eva"]


def test_every_unreadable_cell_is_listed_with_row_and_column(tmp_path: Path) -> None:
    text = "Name;Sprachen;Jahre\nMia;Elbisch;3\n\nBen;Deutsch;viel\n;;4\n"
    with pytest.raises(TableError) as caught:
        load_population(file(tmp_path, text), "mentee")
    error = caught.value
    assert error.code == "cells_unreadable"
    assert (error.params["row"], error.params["column"]) == (2, "Sprachen")
    problems = error.params["problems"]
    assert isinstance(problems, tuple)
    assert [(p.row, p.column, p.error.code) for p in problems] == [
        (2, "Sprachen", "languages_unknown"),
        (4, "Jahre", "years_unreadable"),
        (5, "Name", "person_nameless"),
    ]
    assert all(isinstance(p, CellProblem) for p in problems)
    assert error_text(error, "de").splitlines()[0] == (
        "people.csv, Zeile 2, Spalte „Sprachen“: Keine bekannte Sprache: Elbisch"
    )


@pytest.mark.parametrize(
    ("text", "code", "row", "column"),
    [
        ("Themen;Jahre\nFührung;3\n", "columns_missing", 1, "Name"),
        ("Name;Jahre\n", "rows_missing", 2, None),
        ("E-Mail;Jahre\na@x.de;3\na@x.de;4\n", "person_twice", 3, "E-Mail"),
        ("E-Mail;Jahre\na@x.de;3\nA@X.de;4\n", "person_twice", 3, "E-Mail"),
        ("Vorname;Nachname\nA;B\nA;B\n", "person_twice", 3, "Nachname"),
        ("ID;E-Mail\n1;a@x.de\n2; A@X.de\n", "person_twice", 3, "E-Mail"),
        ("ID;E-Mail\n1;a@x.de\n1;b@x.de\n", "person_twice", 3, "ID"),
    ],
)
def test_a_file_without_clear_people_is_refused(
    tmp_path: Path, text: str, code: str, row: int, column: str | None
) -> None:
    with pytest.raises(TableError) as caught:
        load_population(file(tmp_path, text), "mentee")
    assert caught.value.code == code
    assert (caught.value.params["row"], caught.value.params.get("column")) == (row, column)
    assert "people.csv" in error_text(caught.value, "en")


def test_an_address_in_other_capitals_names_both_rows() -> None:
    table = Table(("E-Mail",), (("a@x.de",), ("b@x.de",), ("A@X.de",)), (2, 3, 5), ";", "utf-8")
    with pytest.raises(TableError) as caught:
        people_of(table, "mentee", "people.csv")
    assert error_text(caught.value, "de") == (
        "people.csv, Zeile 5, Spalte „E-Mail“: A@X.de steht schon in Zeile 2."
    )


def test_ids_that_differ_by_outer_spaces_are_one_but_capitals_count() -> None:
    table = Table(("ID",), (("a7",), ("A7",), (" a7 ",)), (2, 3, 4), ";", "utf-8")
    with pytest.raises(TableError) as caught:
        people_of(table, "mentee", "people.csv")
    assert (caught.value.params["row"], caught.value.params["first"]) == (4, 2)


def test_wishes_by_mail_id_or_name_become_ids() -> None:
    others = [
        mentor("1", email="tom@x.de", name="Tom"),
        mentor("2", name="Kim Lee"),
        mentor("3", name="Same Name"),
        mentor("4", name="Same Name"),
    ]
    (person,) = resolve_wishes(
        [mentee(wishes=("TOM@x.de", "kim  lee", "Same Name", "4", "nobody", "2"))], others
    )
    assert person.wishes == ("1", "2", "4")
    asking = mentee(wishes=("TOM@x.de", "Same Name", "nobody"))
    assert unclear_wishes([asking], others) == [(asking, "Same Name", 2), (asking, "nobody", 0)]


def test_languages_have_names_and_are_recognised_by_them() -> None:
    for code in known_languages():
        assert language_code(code) == code
        assert language_code(language_name(code, "de")) == code
        assert language_code(language_name(code, "en")) == code
    assert language_code("Englisch (C1)") == "en"
    assert language_code("?") is None
    assert language_name("xx", "de") == "XX"


def test_errors_have_sentences_in_both_languages() -> None:
    twice = LockError("locks_exceed_seats", row=0, column=1, seats=2)
    assert error_text(twice, "de").endswith("(2).")
    assert error_text(twice, "en") != error_text(twice, "de")
    assert "strange" in error_text(MatchingError("strange"), "en")
    assert error_text(MatchingError("person_twice", person="mia"), "en").startswith("mia")
    unknown = CellError("topics_unknown", {"unknown": ["a", "b"], "known": []})
    assert cell_text(unknown, "en") == "Not in the topic catalogue: a, b"
    for sentences in (errors._ERRORS, errors._CELLS):
        assert all(german and english for german, english in sentences.values())
