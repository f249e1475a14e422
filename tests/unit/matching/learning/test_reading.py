"""Files of meetings: what is read, what is merged, and what is refused, with row and column."""

from pathlib import Path

import numpy as np
import pytest

from tandemwerk.matching import LearningError, MatchingError, TableError, error_text
from tandemwerk.matching.learning import (
    Dropped,
    Feature,
    Meetings,
    Pairs,
    is_protected,
    load_meetings,
    usable,
)

from .evenings import as_csv, evenings

PROTECTED = """
    gender Gender geschlecht SEX age Alter age_group ageGroup Altersgruppe birth-year
    Geburtsjahr race imprace samerace ethnic_group Ethnizität nationality Nationalität
    Staatsangehörigkeit Herkunft country_of_origin from Religion imprelig religiös Konfession
    disability Behinderung schwerbehindert GdB sexual_orientation orientation Migrationshintergrund
    Muttersprache marital_status Familienstand children Gewerkschaft politics wanted_age
    health_status male sexuelle_orientierung sexuelle_Identität Parteizugehörigkeit geb_datum
    nichtbinär nicht-binär trans sexe Elternteil wheelchair veteran data_health team_age
"""
ALLOWED = """
    language languages manage coverage sage page stage image trace embrace career_orientation
    experience_years seniority topic values_1 going_out music sports zip availability personality
    alternative message average_hours grace sussex shared_interests company_age health_care_field
    firma_alter gesundheit_branche transport translation transfer
"""
HEAD = "a,b,group,outcome_a,outcome_b"


def load(folder: Path, text: str | bytes) -> Meetings:
    path = folder / "meetings.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_meetings(path)


def refused(folder: Path, text: str | bytes) -> TableError:
    with pytest.raises(TableError) as caught:
        load(folder, text)
    error = caught.value
    for language in ("de", "en"):
        assert "meetings.csv" in error_text(error, language)
    return error


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    meetings = evenings(groups=2, size=(3, 4)).meetings
    again = load(tmp_path, as_csv(meetings))
    assert (again.pairs.a, again.pairs.b) == (meetings.pairs.a, meetings.pairs.b)
    assert again.group == meetings.group
    np.testing.assert_array_equal(again.outcome_a, meetings.outcome_a)
    np.testing.assert_array_equal(again.both, meetings.both)
    for found, given in zip(again.pairs.features, meetings.pairs.features, strict=True):
        assert (found.name, found.numeric) == (given.name, given.numeric)
        np.testing.assert_array_equal(found.a, given.a)
        np.testing.assert_array_equal(found.b, given.b)


def test_mirrored_rows_are_one_meeting(tmp_path: Path) -> None:
    meetings = evenings(groups=2, size=(3, 3)).meetings
    once, twice = load(tmp_path, as_csv(meetings)), load(tmp_path, as_csv(meetings, mirrored=True))
    assert twice.mirrored == len(once) == len(twice) == 18
    assert twice.pairs.a == once.pairs.a
    np.testing.assert_array_equal(twice.outcome_b, once.outcome_b)


def test_numbers_as_spreadsheets_write_them(tmp_path: Path) -> None:
    text = "A;B;Group;Outcome_A;Outcome_B;a_Pay;b_Pay;prior;note;age;;a_\n"
    text += 'm;n;1;0;1.0;1.234,5;"12,345.25";0,5;hello;30;;\n'
    text += "m;o;1;1;0;-2;1e2;1;;;;\n\n;;;;;;;;;;;\n"
    meetings = load(tmp_path, text.encode("cp1252"))
    (pay,) = meetings.pairs.features
    assert pay.a.tolist() == [1234.5, -2.0]
    assert pay.b.tolist() == [12345.25, 100.0]
    assert meetings.pairs.prior is not None
    assert meetings.pairs.prior.tolist() == [0.5, 1.0]
    assert [(d.name, d.reason) for d in meetings.dropped] == [
        ("note", "not_a_feature"),
        ("age", "protected"),
        ("a_", "not_a_feature"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "row", "column"),
    [
        ("a,b,group,outcome_a\nm,n,1,0\n", "column_needed", 1, "outcome_b"),
        (HEAD + "\n", "meetings_missing", 2, "a"),
        (HEAD + "\nm,n,1,0,1\nm,,1,0,1\n", "cell_needed", 3, "b"),
        (HEAD + "\nm,n,,0,1\n", "cell_needed", 2, "group"),
        (HEAD + "\nm,n,1,yes,1\n", "outcome_not_0_or_1", 2, "outcome_a"),
        (HEAD + "\nm,n,1,0,2\n", "outcome_not_0_or_1", 2, "outcome_b"),
        (HEAD + "\nm,n,1,1,\n", "outcome_not_0_or_1", 2, "outcome_b"),
        (HEAD + "\nm,n,1,nan,1\n", "outcome_not_0_or_1", 2, "outcome_a"),
        (HEAD + "\n\nm,m,1,0,1\n", "meets_self", 3, "b"),
        (HEAD + "\nm,n,1,0,1\nm,n,1,0,1\n", "meets_twice", 3, "b"),
        (HEAD + "\nm,n,1,0,1\nn,m,1,1,0\nn,m,1,1,0\n", "meets_twice", 4, "b"),
        (HEAD + "\nm,n,1,0,1\nn,m,1,0,1\n", "mirror_disagrees", 3, "outcome_a"),
        (HEAD + ",a_x\nm,n,1,0,1,3\n", "feature_one_sided", 1, "a_x"),
        (HEAD + ",b_x\nm,n,1,0,1,3\n", "feature_one_sided", 1, "b_x"),
        (HEAD + ",a_x,b_x\nm,n,1,0,1,3,inf\n", "number_not_finite_in_file", 2, "b_x"),
        (HEAD + ",a_x,b_x\nm,n,1,0,1,1e300,3\n", "number_not_finite_in_file", 2, "a_x"),
        (HEAD + ",a_x,b_x\nm,n,1,0,1,NaN,3\n", "number_not_finite_in_file", 2, "a_x"),
        (HEAD + ",prior\nm,n,1,0,1,1.5\n", "prior_not_0_to_1", 2, "prior"),
        (HEAD + ",prior\nm,n,1,0,1,\n", "prior_not_0_to_1", 2, "prior"),
        (HEAD + ",a_x,B_x,b_X\nm,n,1,0,1,3,3,3\n", "column_twice", 1, "b_X"),
    ],
)
def test_every_mistake_has_its_place(
    tmp_path: Path, text: str, code: str, row: int, column: str
) -> None:
    error = refused(tmp_path, text)
    assert (error.code, error.params["row"], error.params["column"]) == (code, row, column)


def test_a_word_among_numbers_is_a_mistake_and_words_are_a_category(tmp_path: Path) -> None:
    rows = [f"m{n},n{n},1,0,1,{n},{n}" for n in range(10)]
    rows[4] = "m4,n4,1,0,1,4,n/a"
    error = refused(tmp_path, "\n".join([HEAD + ",a_x,b_x", *rows]))
    assert (error.code, error.params["row"], error.params["column"]) == (
        "number_unreadable",
        6,
        "b_x",
    )
    words = load(tmp_path, HEAD + ",a_x,b_x\nm,n,1,0,1,red,\nm,o,1,0,1,7,blue\n")
    assert words.pairs.features[0].b.tolist() == ["", "blue"]
    nothing = load(tmp_path, HEAD + ",a_x,b_x\nm,n,1,0,1,,\n")
    assert np.isnan(nothing.pairs.features[0].a).all()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04rest", b"a,b\x00\x01\x02,group"])
def test_what_is_no_table_is_said_to_be_none(tmp_path: Path, data: bytes) -> None:
    assert refused(tmp_path, data).params["file"] == "meetings.csv"


def test_an_empty_outcome_beside_a_no_was_not_asked_for(tmp_path: Path) -> None:
    found = load(tmp_path, HEAD + '\nm,n,1,0,\no,p,1,,0.0\nq,r,1,1.00,"1,0"\nn,m,1,,0\n')
    np.testing.assert_array_equal(found.outcome_a, [0, np.nan, 1])
    np.testing.assert_array_equal(found.outcome_b, [np.nan, 0, 1])
    assert found.mirrored == 1


@pytest.mark.parametrize("cells", ["1,", ",1", ",", "0,x", "x,0", "1.5,1", "10,1"])
def test_an_outcome_missing_without_a_no_is_refused(tmp_path: Path, cells: str) -> None:
    error = refused(tmp_path, HEAD + f"\nm,n,1,{cells}\n")
    assert error.code == "outcome_not_0_or_1"
    assert error.params["row"] == 2


def test_the_same_pair_may_meet_again_in_another_group(tmp_path: Path) -> None:
    assert len(load(tmp_path, HEAD + "\nm,n,1,0,1\nm,n,2,0,1\n")) == 2


@pytest.mark.parametrize(
    "name",
    PROTECTED.split(),
)
def test_protected_attributes_are_known_by_name(name: str) -> None:
    assert is_protected(name)


@pytest.mark.parametrize(
    "name",
    ALLOWED.split(),
)
def test_other_attributes_are_not_mistaken_for_protected_ones(name: str) -> None:
    assert not is_protected(name)


def test_protected_columns_are_not_even_read(tmp_path: Path) -> None:
    meetings = load(tmp_path, HEAD + ",a_age,a_race,b_race,a_x,b_x\nm,n,1,0,1,inf,1,nan,1,2\n")
    assert [f.name for f in meetings.pairs.features] == ["x"]
    assert [(d.name, d.reason) for d in meetings.dropped] == [
        ("age", "protected"),
        ("race", "protected"),
    ]


def test_what_cannot_count_is_left_out() -> None:
    nan = float("nan")
    features = (
        Feature("gender", np.array([0.0, 1.0]), np.array([1.0, 0.0])),
        Feature("silent", np.array([nan, nan]), np.array([nan, nan])),
        Feature("hush", np.array(["", ""], object), np.array(["", ""], object)),
        Feature("same", np.array([3.0, 3.0]), np.array([3.0, 3.0])),
        Feature("answered", np.array([3.0, nan]), np.array([3.0, 3.0])),
        Feature("word", np.array(["x", "y"], object), np.array(["x", "x"], object)),
    )
    meetings = Meetings(
        Pairs(("m", "m"), ("n", "o"), features), ("1", "1"), np.zeros(2), np.ones(2)
    )
    left = usable(meetings)
    assert [f.name for f in left.pairs.features] == ["answered", "word"]
    assert left.dropped == (
        Dropped("gender", "protected"),
        Dropped("silent", "empty"),
        Dropped("hush", "empty"),
        Dropped("same", "constant"),
    )
    assert usable(left).dropped == left.dropped


def test_meetings_made_by_hand_are_checked_too() -> None:
    def made(
        a: tuple[str, ...] = ("m", "m"),
        b: tuple[str, ...] = ("n", "o"),
        group: tuple[str, ...] = ("1", "1"),
        outcome: tuple[float, ...] = (0.0, 1.0),
        other: tuple[float, ...] = (0.0, 1.0),
        feature: tuple[float, ...] = (1.0, 2.0),
        prior: tuple[float, ...] = (0.0, 1.0),
    ) -> Meetings:
        x = Feature("x", np.array(feature), np.zeros(2))
        pairs = Pairs(a, b, (x,), np.array(prior))
        return Meetings(pairs, group, np.array(outcome), np.array(other))

    assert len(made()) == 2
    nan, infinite = float("nan"), float("inf")
    for code, column, build in (
        ("lengths_differ", "b", lambda: made(b=("n",))),
        ("lengths_differ", "x", lambda: made(feature=(1.0,))),
        ("lengths_differ", "prior", lambda: made(prior=(1.0,))),
        ("lengths_differ", "group", lambda: made(group=("1",))),
        ("lengths_differ", "outcome_a", lambda: made(outcome=(1.0,))),
        ("number_not_finite", "x", lambda: made(feature=(1.0, infinite))),
        ("prior_out_of_range", "prior", lambda: made(prior=(1.0, nan))),
        ("outcome_not_binary", "outcome_b", lambda: made(other=(1.0, nan))),
        ("pair_with_self", "b", lambda: made(b=("n", "m"))),
        ("pair_twice", "b", lambda: made(b=("n", "n"))),
        ("pair_twice", "b", lambda: made(a=("m", "n"), b=("n", "m"))),
    ):
        with pytest.raises(LearningError) as caught:
            build()  # type: ignore[no-untyped-call]  # a lambda
        assert (caught.value.code, caught.value.params["column"]) == (code, column)
        assert isinstance(caught.value, MatchingError)
