"""The sample files: they read without a single complaint, except the one that is broken on purpose.

They are read with the same parsers as an upload, and checked against catalogue and vocabulary by
exact words: a guessed spelling would hide a typing error.
"""

from collections import Counter
from dataclasses import dataclass
from importlib import resources

import pytest

from tandemwerk.matching.catalogue import fold, phrases, topics
from tandemwerk.matching.tables import (
    CellError,
    Table,
    guess_columns,
    parse_cell,
    read_table,
)
from tandemwerk.matching.tables.cells import split_list
from tandemwerk.people.questionnaire import questionnaire
from tandemwerk.people.vocabulary import vocabulary

FOLDER = resources.files("tandemwerk.demo").joinpath("samples")
WORDS = {word for topic in topics().values() for word in phrases(topic)}
VALUES = list(questionnaire().columns())


@dataclass(frozen=True)
class Sample:
    """One file with the columns that are called differently in it."""

    name: str
    count: int
    encoding: str
    delimiter: str
    email: str
    topics: str
    languages: str
    function: str
    industry: str
    reports_to: str
    availability: str
    years: str
    seats: str
    text: str

    def raw(self) -> bytes:
        return FOLDER.joinpath(self.name).read_bytes()

    def table(self) -> Table:
        return read_table(self.raw(), self.name)

    def column(self, heading: str) -> list[str]:
        table = self.table()
        place = table.header.index(heading)
        return [row[place] for row in table.rows]


GERMAN = ("utf-8-sig", ";", "E-Mail", "Themen", "Sprachen", "Funktion", "Branche")
GERMAN_REST = ("Vorgesetzte E-Mail", "Verfügbarkeit", "Berufsjahre")
ENGLISH = ("cp1252", ",", "Mail address")
MENTEES = Sample("mentees.csv", 60, *GERMAN, *GERMAN_REST, "", "Motivation")
MENTORS = Sample("mentors.csv", 45, *GERMAN, *GERMAN_REST, "Plätze", "Motivation")
FOREIGN_MENTEES = Sample(
    "mentees-foreign.csv",
    25,
    *ENGLISH,
    "Goals",
    "Speaks",
    "Department",
    "Sector",
    "Reports to",
    "Free slots",
    "Years in job",
    "",
    "About me",
)
FOREIGN_MENTORS = Sample(
    "mentors-foreign.csv",
    20,
    *ENGLISH,
    "Can help with",
    "Speaks",
    "Department",
    "Sector",
    "",
    "Free slots",
    "Years in job",
    "Capacity",
    "About me",
)
SAMPLES = (MENTEES, MENTORS, FOREIGN_MENTEES, FOREIGN_MENTORS)
by_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)


@by_sample
def test_the_file_is_as_a_spreadsheet_writes_it(sample: Sample) -> None:
    table = sample.table()
    assert len(table.rows) == sample.count
    assert table.delimiter == sample.delimiter
    assert sample.raw().decode(sample.encoding)
    assert sample.raw().startswith(b"\xef\xbb\xbf") == (sample.encoding == "utf-8-sig")
    assert b"\r\n" in sample.raw()


def test_the_foreign_files_are_not_utf_8() -> None:
    for sample in (FOREIGN_MENTEES, FOREIGN_MENTORS):
        with pytest.raises(UnicodeDecodeError):
            sample.raw().decode("utf-8")


@pytest.mark.parametrize("pair", [SAMPLES[:2], SAMPLES[2:]], ids=["nordlicht", "harbourbridge"])
def test_addresses_are_unique_and_line_managers_are_there(pair: tuple[Sample, ...]) -> None:
    addresses = [address for sample in pair for address in sample.column(sample.email)]
    assert [address for address, n in Counter(addresses).items() if n > 1] == []
    assert [a for a in addresses if not a.endswith(".example") or a != a.lower()] == []
    for sample in pair:
        if sample.reports_to:
            managers = sample.column(sample.reports_to)
            own = sample.column(sample.email)
            assert {manager for manager in managers if manager} <= set(addresses)
            assert not any(me == boss for me, boss in zip(own, managers, strict=True))


def test_the_reporting_line_rule_has_something_to_do() -> None:
    mentors = set(MENTORS.column("E-Mail"))
    managers = MENTEES.column("Vorgesetzte E-Mail")
    assert sum(manager in mentors for manager in managers) >= 40
    assert any(manager not in mentors for manager in managers), "some lead and are mentees"


@by_sample
def test_topics_are_words_of_the_catalogue(sample: Sample) -> None:
    cells = [split_list(cell) for cell in sample.column(sample.topics)]
    assert all(1 <= len(cell) <= 5 for cell in cells)
    assert [word for cell in cells for word in cell if fold(word) not in WORDS] == []


def test_topics_are_written_as_names_and_as_synonyms() -> None:
    names = {fold(topic.name["de"]) for topic in topics().values()}
    for sample in (MENTEES, MENTORS):
        words = [fold(w) for cell in sample.column("Themen") for w in split_list(cell)]
        share = sum(word in names for word in words) / len(words)
        assert 0.6 < share < 0.95


@by_sample
def test_words_are_in_the_vocabulary(sample: Sample) -> None:
    known = vocabulary()
    spoken = [split_list(cell) for cell in sample.column(sample.languages)]
    assert all(spoken)
    assert [w for cell in spoken for w in cell if known.languages.find(w) is None] == []
    assert [w for w in sample.column(sample.function) if known.functions.find(w) is None] == []
    assert [w for w in sample.column(sample.industry) if known.industries.find(w) is None] == []


@by_sample
def test_every_cell_is_understood(sample: Sample) -> None:
    fields = [
        (sample.email, "email"),
        (sample.topics, "topics"),
        (sample.languages, "languages"),
        (sample.availability, "availability"),
        (sample.years, "experience_years"),
        (sample.text, "text"),
    ]
    fields += [(sample.seats, "seats")] if sample.seats else []
    for heading, field in fields:
        for cell in sample.column(heading):
            value = parse_cell(field, cell)
            assert not isinstance(value, CellError), (heading, cell, value)
            assert value not in ("", 0, None, ()), (heading, cell)


@by_sample
def test_the_important_columns_are_recognised(sample: Sample) -> None:
    guessed = set(guess_columns(sample.table().header).values())
    assert {"first_name", "last_name", "email", "text"} <= guessed


@pytest.mark.parametrize("sample", [MENTEES, MENTORS], ids=["mentees", "mentors"])
def test_questionnaire_columns(sample: Sample) -> None:
    assert list(sample.table().header[-len(VALUES) :]) == VALUES
    answers = [sample.column(heading) for heading in VALUES]
    assert {cell for column in answers for cell in column} == {"", "1", "2", "3", "4", "5"}
    assert all(len(set(column)) >= 4 for column in answers)


@pytest.mark.parametrize("sample", [MENTORS, FOREIGN_MENTORS], ids=["nordlicht", "harbourbridge"])
def test_there_are_seats_for_everyone(sample: Sample) -> None:
    seats = [int(cell) for cell in sample.column(sample.seats)]
    assert set(seats) == {1, 2, 3}
    mentees = MENTEES if sample is MENTORS else FOREIGN_MENTEES
    assert sum(seats) >= mentees.count


@by_sample
def test_everyone_says_something_of_their_own(sample: Sample) -> None:
    texts = sample.column(sample.text)
    assert len(set(texts)) == len(texts)
    assert all(25 <= len(text) <= 400 and "!" not in text for text in texts)


def test_the_broken_file_holds_one_of_each_mistake() -> None:
    table = read_table(FOLDER.joinpath("broken.csv").read_bytes(), "broken.csv")
    rows = [dict(zip(table.header, row, strict=True)) for row in table.rows]
    assert len(rows) == 10
    assert {row["E-Mail"].casefold() for row in rows[::3]} >= {rows[0]["E-Mail"]}
    assert rows[3]["E-Mail"].casefold() == rows[0]["E-Mail"], "the same person again"
    assert rows[2]["Vorname"] == rows[2]["Nachname"] == ""
    assert rows[6]["Motivation"].startswith("=HYPERLINK(")
    assert len(rows[8]["Motivation"]) > 10_000
    expected = {
        1: ("E-Mail", "email"),
        4: ("Themen", "topics"),
        5: ("Plätze", "seats"),
        7: ("Verfügbarkeit", "availability"),
        8: ("Motivation", "text"),
    }
    for number, row in enumerate(rows):
        wrong = {
            heading
            for heading, field in set(expected.values())
            if isinstance(parse_cell(field, row[heading]), CellError)
        }
        assert wrong == ({expected[number][0]} if number in expected else set()), number
