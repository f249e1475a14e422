"""The command from files to files."""

import csv
import json
import stat
from pathlib import Path

import pytest

from tandemwerk import cli_match, cli_match_files
from tandemwerk.cli_match import COLUMNS, main
from tandemwerk.matching import Criteria, inputs_digest, load_population

from .commanded import left_behind, run

pytestmark = pytest.mark.usefixtures("english")


def test_two_tricky_files_become_pairs_reasons_and_a_summary(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(files, "--explain", files["reasons.json"], "--language", "de") == 0
    said = capsys.readouterr()
    assert said.err == (
        "mentees.csv ist kein UTF-8 und wurde als Windows-1252 gelesen. Bitte die Umlaute prüfen.\n"
    )
    assert said.out.startswith("2 von 3 Mentees haben eine:n Mentor:in (2 im Programm, 3 Plätze).")
    assert "Ayse Kaya: Keine gemeinsame Sprache mit den Mentor:innen" in said.out
    assert "als eigene Themen gezählt: Bienen" in said.out

    path = Path(files["pairs.csv"])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert stat.S_IMODE(path.stat().st_mode) & 0o400
    with path.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text, delimiter=";"))
    assert tuple(rows[0]) == COLUMNS
    # Tom leads Lena, so Eva's only seat is hers.
    assert {row["mentee_id"]: row["mentor_id"] for row in rows} == {
        "lena@firma.example": "eva@firma.example",
        "joerg@firma.example": "chef@firma.example",
    }
    assert rows[1]["mentee"] == "'=Jörg Groß"
    assert "Beide sprechen Deutsch" in rows[1]["reasons"]
    assert rows[0]["fit"] in ("sehr gut", "gut", "mittel")

    found = json.loads(Path(files["reasons.json"]).read_text(encoding="utf-8"))
    assert [pair["mentee"] for pair in found["pairs"]] == [row["mentee_id"] for row in rows]
    for pair in found["pairs"]:
        entries = [*pair["reasons"], *pair["differences"], *pair["neutral"]]
        assert sum(entry["points"] for entry in entries) == pytest.approx(pair["score"])
        assert len(pair["reasons"]) >= 2
        assert pair["differences"]
    assert found["unmatched"][0]["reason"]["code"] == "unmatched_no_shared_language"
    assert found["criteria"] == Criteria().to_dict()
    assert left_behind(files) == {"mentees.csv", "mentors.csv", "pairs.csv", "reasons.json"}


def test_the_same_input_gives_the_same_files(files: dict[str, str]) -> None:
    def outcome() -> tuple[bytes, bytes]:
        assert run(files, "--explain", files["reasons.json"], "--seed", "4") == 0
        return Path(files["pairs.csv"]).read_bytes(), Path(files["reasons.json"]).read_bytes()

    first = outcome()
    assert outcome() == first
    mentees = load_population(files["mentees.csv"], "mentee")
    mentors = load_population(files["mentors.csv"], "mentor")
    digest = json.loads(first[1])["inputs"]
    assert digest != inputs_digest(mentees, mentors, Criteria(), seed=4)  # wishes became ids
    assert len(digest) == 64


def test_plain_comma_files_come_back_as_plain_comma_files(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("Name,Topics\nMia,Leadership\nBen,Leadership\n")
    out = tmp_path / "pairs.csv"
    assert main([str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--output", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as text:
        pairs = {(row["mentee_id"], row["mentor_id"]) for row in csv.DictReader(text)}
    assert pairs == {("Mia", "Ben"), ("Ben", "Mia")}


def test_criteria_can_be_given(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    Path(files["criteria.toml"]).write_text('musts = ["topics", "experience"]\n')
    assert run(files, "--criteria", files["criteria.toml"], "--language", "de") == 0
    assert "Ohne Mentor:in (2)" in capsys.readouterr().out


def test_a_cohort_in_which_nobody_fits_is_an_answer(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path(files["mentees.csv"]).write_text("Name;Sprachen\nMia;Japanisch\n")
    assert run(files) == 0
    assert "0 of 1 mentees have a mentor" in capsys.readouterr().out


WRONG = [
    ("mentees.csv", b"", "mentees.csv is empty"),
    ("mentees.csv", b"PK\x03\x04", "save it as CSV"),
    ("mentors.csv", b"Name;Jahre\nMia;viel\n", "row 2, column \u201cJahre\u201d"),
    ("criteria.toml", b"weights = 3\n", "a table is expected"),
    ("criteria.toml", b"[weights]\ntopics = 20\n", "not between 0 and 10"),
]


@pytest.mark.parametrize(("name", "content", "message"), WRONG)
def test_wrong_input_is_told_and_nothing_is_written(
    files: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes,
    message: str,
) -> None:
    Path(files["criteria.toml"]).write_text("")
    Path(files[name]).write_bytes(content)
    assert run(files, "--criteria", files["criteria.toml"]) == 2
    said = capsys.readouterr()
    assert message in said.err
    assert said.out == ""
    assert left_behind(files) == {"mentees.csv", "mentors.csv", "criteria.toml"}


def test_a_missing_file_is_named(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    Path(files["mentors.csv"]).unlink()
    assert run(files, "--language", "de") == 2
    assert "mentors.csv lässt sich nicht lesen" in capsys.readouterr().err


def test_no_output_may_overwrite_an_input_or_the_other_output(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = Path(files["mentees.csv"]).read_bytes()
    assert run({**files, "pairs.csv": files["mentees.csv"]}) == 2
    assert run(files, "--explain", files["pairs.csv"]) == 2
    assert Path(files["mentees.csv"]).read_bytes() == before
    assert "would overwrite" in capsys.readouterr().err


def test_when_one_file_cannot_be_written_none_is(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(Path(files["pairs.csv"]).parent / "missing" / "reasons.json")
    assert run(files, "--explain", missing) == 2
    assert "reasons.json cannot be written" in capsys.readouterr().err
    Path(files["reasons.json"]).mkdir()
    assert run(files, "--explain", files["reasons.json"]) == 2
    assert left_behind(files) == {"mentees.csv", "mentors.csv", "reasons.json"}


@pytest.mark.parametrize(
    ("objective", "said"),
    [
        ("total", "Objective: Best whole. Proven best possible, gap 0"),
        ("stable", "Objective: Stable. Checked to be stable"),
        ("fair", "Objective: Fair. Whoever is worst off is as well off as can be"),
        ("balanced", "Objective: Balanced. Proven best possible for this balance, gap 0."),
    ],
)
def test_the_objective_is_told_with_proof_and_price(
    files: dict[str, str], capsys: pytest.CaptureFixture[str], objective: str, said: str
) -> None:
    assert run(files, "--objective", objective) == 0
    out = capsys.readouterr().out
    assert said in out
    assert ("against the best whole" in out) == (objective != "total")


def test_wishes_that_do_not_count_are_told(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path(files["mentees.csv"]).write_text(
        "ID;Name;Wünsche\n1;Mia;Kim, Nobody\n2;;" + ", ".join(f"N{n}" for n in range(11)) + "\n"
    )
    Path(files["mentors.csv"]).write_text("ID;Name\n3;Kim\n4;Kim\n")
    assert run(files) == 0
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("Mia's wish “Kim” names 2 people and does not count.")
    assert said[1].startswith("Mia's wish “Nobody” names nobody")
    assert said[2].startswith("2's wish “N0”")
    assert said[-1] == "… and 3 more wishes that do not count."
    assert len(said) == 11


@pytest.mark.parametrize("floor", ["7", "-0.5"])
def test_a_floor_no_fit_can_reach_is_refused(
    files: dict[str, str], capsys: pytest.CaptureFixture[str], floor: str
) -> None:
    assert run(files, f"--floor={floor}") == 2
    assert "fits lie between 0 and 1" in capsys.readouterr().err


def test_a_floor_leaves_weak_pairs_unmade(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(files, "--floor", "0.99") == 0
    assert capsys.readouterr().out.startswith("0 of 3 mentees")
    assert run(files, "--floor", "nan") == 2
    assert "no lowest fit" in capsys.readouterr().err


def test_previous_pairs_are_kept_where_they_can_be(
    files: dict[str, str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    before = tmp_path / "before.csv"
    before.write_text(
        "mentor_id,mentee_id\nchef@firma.example,joerg@firma.example\n"
        "gone@firma.example,lena@firma.example\neva@firma.example,nobody@firma.example\n"
    )
    report = str(tmp_path / "report.html")
    assert run(files, "--previous", str(before), "--report", report) == 0
    out = capsys.readouterr().out
    assert "As few changes as can be" in out
    assert "still here: 1 of 1 stay." in out
    assert "still here: 1 of 1 stay." in Path(report).read_text(encoding="utf-8")
    assert run(files, "--previous", str(before), "--objective", "fair") == 2
    assert "“total” only" in capsys.readouterr().err
    before.write_text("mentee_id,mentor_id\na,b\na,c\n")
    assert run(files, "--previous", str(before)) == 2
    assert "row 3" in capsys.readouterr().err
    before.write_text("mentee,mentor\na,b\n")
    assert run(files, "--previous", str(before)) == 2
    assert "no column “mentee_id”" in capsys.readouterr().err


def test_a_report_with_a_declared_group_that_is_no_profile_field(tmp_path: Path) -> None:
    """The column could be taken for a team, in which nobody may be paired."""
    mentees, mentors = tmp_path / "mentees.csv", tmp_path / "mentors.csv"
    rows = [f"Mentee {n},{'AB'[n % 2] if n else ''}" for n in range(16)]
    mentees.write_text("Name,Gruppe\n" + "\n".join(rows) + "\n")
    mentors.write_text("Name,Gruppe,Plätze\nEva,A,8\nTom,B,8\n", encoding="utf-8")
    pairs, report = tmp_path / "pairs.csv", tmp_path / "report.html"
    given = [str(mentees), str(mentors), "--output", str(pairs)]
    assert main([*given, "--report", str(report), "--group", "gruppe", "--language", "de"]) == 0
    with_group = pairs.read_bytes()
    page = report.read_text(encoding="utf-8")
    assert "Gruppen: Gruppe" in page
    assert "Tauschprobe: 15 Menschen" in page
    for path in (mentees, mentors):
        path.write_text(path.read_text(encoding="utf-8").replace("Gruppe", "Nichts"), "utf-8")
    assert main([*given, "--language", "de"]) == 0
    assert pairs.read_bytes() == with_group


def test_a_group_needs_a_report_and_a_column(
    files: dict[str, str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(files, "--group", "Bereich") == 2
    assert "give --report too" in capsys.readouterr().err
    report = str(tmp_path / "report.html")
    assert run(files, "--group", "Haarfarbe", "--report", report) == 2
    assert "no column “Haarfarbe”" in capsys.readouterr().err
    assert run(files, "--report", files["mentees.csv"]) == 2
    assert not Path(report).exists()


def test_large_lists_are_searched_and_give_the_same_pairs(
    files: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(files) == 0
    pairs, said = Path(files["pairs.csv"]).read_bytes(), capsys.readouterr().out
    monkeypatch.setattr(cli_match, "MOST_PAIRS", 5)
    assert run(files) == 0
    assert Path(files["pairs.csv"]).read_bytes() == pairs
    searched = capsys.readouterr().out
    assert searched.splitlines()[:4] == said.splitlines()[:4]
    assert "  Ayse Kaya\n" in searched
    monkeypatch.setattr(cli_match, "NAMES_SHOWN", 0)
    monkeypatch.setattr(cli_match_files, "PAIRS_AT_ONCE", 1)
    assert run(files) == 0
    assert Path(files["pairs.csv"]).read_bytes() == pairs
    assert "Without a mentor (1):\n  …\n" in capsys.readouterr().out


@pytest.mark.parametrize("more", [("--objective", "fair"), ("--explain",), ("--report",)])
def test_what_needs_all_pairs_is_refused_for_large_lists(
    files: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    more: tuple[str, ...],
) -> None:
    monkeypatch.setattr(cli_match, "MOST_PAIRS", 5)
    given = more if len(more) > 1 else (*more, files["reasons.json"])
    assert run(files, *given) == 2
    assert "3 mentees × 2 mentors are more than 5 pairs" in capsys.readouterr().err
    assert not Path(files["pairs.csv"]).exists()


def test_the_language_is_that_of_the_shell(
    files: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "de_AT:en")
    assert run(files) == 0
    assert "Ziel: Bestes Ganzes. Bewiesen bestmöglich, Lücke 0" in capsys.readouterr().out
