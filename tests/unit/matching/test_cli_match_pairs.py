"""Pairs given to the command: those to make, and those to leave unmade."""

import csv
import json
from pathlib import Path

import pytest

from tandemwerk import cli_match

from .commanded import run

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture(params=[cli_match.MOST_PAIRS, 5], ids=["all pairs", "searched"])
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_match, "MOST_PAIRS", request.param)


def pairs_of(files: dict[str, str]) -> set[tuple[str, str]]:
    with Path(files["pairs.csv"]).open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text, delimiter=";"))
    return {
        tuple(row[f"{side}_id"].partition("@")[0] for side in ("mentee", "mentor")) for row in rows
    }


@pytest.mark.usefixtures("both_ways")
def test_given_pairs_are_made_or_left_unmade(
    files: dict[str, str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    given = tmp_path / "given.csv"
    given.write_text("mentee_id;mentor_id;note\njoerg@firma.example;eva@firma.example;asked\n")
    assert run(files, "--locked", str(given)) == 0
    assert pairs_of(files) == {("joerg", "eva")}
    assert "Proven best possible, gap 0" in capsys.readouterr().out
    assert run(files, "--forbidden", str(given)) == 0
    assert pairs_of(files) == {("lena", "eva"), ("joerg", "chef")}
    given.write_text("MENTOR_ID,mentee_id\neva@firma.example,lena@firma.example\n")
    assert run(files, "--forbidden", str(given)) == 0
    assert pairs_of(files) == {("joerg", "eva")}


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("lena,chef", "row 2, column “mentor_id”: lena and chef can be no pair by the rules"),
        ("lena,", "row 2, column “mentor_id”: the ID is missing"),
        (",chef", "row 2, column “mentee_id”: the ID is missing"),
        ("joerg,nobody", "row 2, column “mentor_id”: “nobody” is not on the list"),
        ("joerg,eva\nnobody,chef", "row 3, column “mentee_id”: “nobody” is not on the list"),
        ("joerg,eva\njoerg,chef", "row 3, column “mentee_id”: joerg is already in row 2"),
        ("joerg,eva\nlena,eva", "row 3, column “mentor_id”: eva has 1 seats, more are fixed"),
        ("joerg,eva\njoerg,chef", "already in row 2"),
    ],
)
def test_a_wrong_pair_is_named_by_row_and_column(
    files: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    rows: str,
    words: str,
) -> None:
    given = tmp_path / "given.csv"
    people = {name: f"{name}@firma.example" for name in ("lena", "joerg", "chef", "eva")}
    lines = [",".join(people.get(n, n) for n in row.split(",")) for row in rows.split("\n")]
    given.write_text("\n".join(["mentee_id,mentor_id", *lines]))
    assert run(files, "--locked", str(given)) == 2
    said = capsys.readouterr().err.splitlines()[-1].replace("@firma.example", "")
    assert said.startswith("given.csv, row")
    assert words in said
    assert not Path(files["pairs.csv"]).exists()


def test_a_pair_both_given_and_excluded_is_named_in_both_files(
    files: dict[str, str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    given, other = tmp_path / "given.csv", tmp_path / "other.csv"
    given.write_text("mentee_id,mentor_id\njoerg@firma.example,eva@firma.example\n")
    other.write_text("mentee_id,mentor_id\n\njoerg@firma.example,eva@firma.example\n")
    assert run(files, "--locked", str(given), "--forbidden", str(other)) == 2
    assert "excluded in other.csv, row 3, at the same time" in capsys.readouterr().err
    assert run(files, "--locked", str(tmp_path / "gone.csv")) == 2
    assert "gone.csv cannot be read" in capsys.readouterr().err
    assert run(files, "--forbidden", files["pairs.csv"]) == 2
    assert "would overwrite" in capsys.readouterr().err


def test_given_pairs_hold_beside_those_of_before_and_are_in_the_fingerprint(
    files: dict[str, str], tmp_path: Path
) -> None:
    given = tmp_path / "given.csv"
    given.write_text("mentee_id,mentor_id\njoerg@firma.example,eva@firma.example\n")
    digests = set()
    for more in ((), ("--forbidden", str(given)), ("--locked", str(given))):
        assert run(files, "--explain", files["reasons.json"], *more) == 0
        digests.add(json.loads(Path(files["reasons.json"]).read_text())["inputs"])
    assert len(digests) == 3
    assert run(files, "--previous", str(given), "--forbidden", str(given)) == 0
    assert ("joerg", "eva") not in pairs_of(files)
    assert run(files, "--previous", str(given)) == 0
    assert ("joerg", "chef") in pairs_of(files)  # else Lena would have nobody
