import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.people.enums import MeetingFormat
from tandemwerk.people.languages import language_codes
from tandemwerk.people.services.profile import profile_problems
from tandemwerk.people.vocabulary import vocabulary
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.services.export import export_columns, week_text
from tandemwerk.programmes.services.import_columns import (
    COLUMNS,
    columns_for,
    columns_guess,
    row_parse,
)
from tandemwerk.programmes.services.import_people import new_profile, profile_values
from tandemwerk.programmes.services.import_problems import PROBLEMS, problem_line


def parse(role=Role.MENTOR, /, **texts):
    texts = {"email": "a@example.org", "first_name": "Ada", "last_name": "Beck"} | texts
    mapping = {str(index): key for index, key in enumerate(texts)}
    return row_parse(list(texts.values()), mapping, role)


def codes(problems):
    return [problem["code"] for problem in problems]


def test_headings_in_german_and_english():
    german = ["Titel", "Vorname", "Nachname", "E-Mail", "Position", "Bereich", "Themen", "Plätze"]
    assert list(columns_guess(german, Role.MENTOR).values()) == [
        "title",
        "first_name",
        "last_name",
        "email",
        "position",
        "function",
        "topics",
        "seats",
    ]
    english = ["Email address", "Full name", "Line manager", "Topics", "Position"]
    assert columns_guess(english, Role.MENTEE) == {
        "0": "email",
        "1": "name",
        "2": "reports_to",
        "3": "topics",
        "4": "function",
    }


def test_answers_to_the_questionnaire_are_understood():
    header = ["E-Mail", "Name", "W1", "W12"]
    mapping = columns_guess(header, Role.MENTEE)
    values = row_parse(["a@example.org", "Ada Beck", "4", ""], mapping, Role.MENTEE).values
    assert values["values.direct-feedback"] == 4
    assert "values.shared-success" not in values


def test_a_mentees_list_has_no_places():
    assert columns_guess(["E-Mail", "Plätze"], Role.MENTEE) == {"0": "email"}
    assert "seats" not in [column.key for column in columns_for(Role.MENTEE)]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("role", list(Role))
def test_the_headings_of_exports_are_understood_again(language, role, settings):
    from django.utils import translation

    with translation.override(language):
        columns = export_columns(role)
        header = [str(column.label) for column in columns]
    assert list(columns_guess(header, role).values()) == [column.key for column in columns]


def test_a_full_row():
    parsed = parse(
        email=" Mailto:Ada.BECK@example.org".replace("Mailto", "mailto").strip(),
        first_name="Dr. rer. nat. Ada",
        position="=Leiterin",
        function="Finanzen",
        industry="Chemie",
        reports_to="boss@example.org",
        experience_years="12,5",
        topics="Führung; Verhandeln",
        languages="Deutsch und Englisch",
        formats="beides",
        availability="Di 14-18",
        seats="2",
        text="Ich\r\nfreue mich",
    )
    assert parsed.errors == []
    values = parsed.values
    assert values["email"] == "ada.beck@example.org"
    assert (values["title"], values["first_name"]) == ("Dr. rer. nat.", "Ada")
    assert values["position"] == "Leiterin"
    assert values["function"] == "finance"
    assert values["experience_years"] == 12.5
    assert len(values["topics"]) == 2
    assert values["languages"] == ["de", "en"]
    assert values["formats"] == MeetingFormat.BOTH
    assert values["seats"] == 2
    assert values["text"] == "Ich\nfreue mich"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Petra Sommer", ("", "Petra", "Sommer")),
        ("Prof. Dr. Petra Maria Sommer", ("Prof. Dr.", "Petra Maria", "Sommer")),
        ("Sommer, Dr. Petra", ("Dr.", "Petra", "Sommer")),
        ("Madonna", ("", "", "Madonna")),
        ("Ma Li", ("", "Ma", "Li")),
        ("Nguyen Minh Anh", ("", "Nguyen Minh", "Anh")),
    ],
)
def test_names_in_one_column(name, expected):
    mapping = {"0": "email", "1": "name"}
    values = row_parse(["a@example.org", name], mapping, Role.MENTEE).values
    found = tuple(values.get(key, "") for key in ("title", "first_name", "last_name"))
    assert found == expected


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ({"email": ""}, "email_missing"),
        ({"email": "ada(at)example.org"}, "email_invalid"),
        ({"email": "ada@example"}, "email_invalid"),
        ({"first_name": "", "last_name": ""}, "name_missing"),
        ({"last_name": "x" * 81}, "too_long"),
        ({"text": "x" * 2001}, "too_long"),
        ({"experience_years": "viele"}, "years_unreadable"),
        ({"experience_years": "70"}, "years_out_of_range"),
        ({"seats": "0"}, "seats_unreadable"),
        ({"seats": "zwei"}, "seats_unreadable"),
        ({"formats": "Brieftaube"}, "formats_unknown"),
        ({"availability": "Di 25-30"}, "availability_unreadable"),
        ({"topics": "x" * 601}, "too_long"),
        ({"values.humour": "6"}, "answer_unreadable"),
    ],
)
def test_errors_name_column_and_cure(cell, code):
    parsed = parse(**cell)
    assert codes(parsed.errors) == [code]
    assert "%(" not in problem_line(parsed.errors[0])


@pytest.mark.parametrize(
    ("cell", "code", "kept"),
    [
        ({"topics": "Führung; Quidditch"}, "topics_unknown", "topics"),
        ({"languages": "Deutsch, Klingonisch"}, "languages_unknown", "languages"),
        ({"industry": "Zauberei"}, "word_unknown", None),
        ({"reports_to": "Frau Müller"}, "manager_no_email", None),
        ({"reports_to": "a@example.org"}, "manager_is_self", None),
    ],
)
def test_warnings_keep_the_row(cell, code, kept):
    parsed = parse(**cell)
    assert (parsed.errors, codes(parsed.warnings)) == ([], [code])
    assert "%(" not in problem_line(parsed.warnings[0])
    key = next(iter(cell))
    assert (key in parsed.values) == (kept == key)


def test_an_unknown_function_becomes_the_position():
    assert parse(function="Hofnarr").values["position"] == "Hofnarr"
    assert codes(parse(position="Narr", function="Hofnarr").warnings) == ["word_unknown"]


def test_several_columns_of_topics_are_one_list():
    cells = ["a@example.org", "Beck", "Führung", "Verhandeln"]
    mapping = {"0": "email", "1": "last_name", "2": "topics", "3": "topics"}
    assert len(row_parse(cells, mapping, Role.MENTEE).values["topics"]) == 2


def test_empty_cells_change_nothing():
    assert parse(topics="", text=" ", seats="").values.keys() == {
        "email",
        "first_name",
        "last_name",
    }


@given(
    st.lists(st.sampled_from(sorted(COLUMNS)), unique=True),
    st.lists(st.text(max_size=60), min_size=20, max_size=20),
    st.sampled_from(list(Role)),
)
def test_any_row_gives_values_that_can_be_stored_or_errors(keys, cells, role):
    mapping = {str(index): key for index, key in enumerate(keys)}
    parsed = row_parse(cells, mapping, role)
    assert json.loads(json.dumps(parsed.values)) == parsed.values
    assert {p["code"] for p in parsed.errors + parsed.warnings} <= PROBLEMS.keys()
    for problem in parsed.errors + parsed.warnings:
        assert problem_line(problem)
    if not parsed.errors:
        assert parsed.values["email"]
        assert profile_problems(profile_values(new_profile(parsed.values, role))) == {}


@given(st.sets(st.integers(0, 167)), st.sampled_from(["de", "en"]))
def test_weeks_survive_the_way_out_and_in(hours, language):
    from tandemwerk.people.week import hex_from_hours

    week = hex_from_hours(hours)
    text = week_text(week, language)
    found = parse(availability=text).values.get("availability", "")
    assert found == week


def test_words_and_languages_survive_the_way_out_and_in():
    from tandemwerk.programmes.services.export import _language_name

    for code in language_codes():
        assert parse(languages=_language_name(code)).values["languages"] == [code]
    for kind, words in (
        ("function", vocabulary().functions),
        ("industry", vocabulary().industries),
    ):
        for key, word in words.words.items():
            for name in word.name.values():
                assert parse(**{kind: name}).values[kind] == key
