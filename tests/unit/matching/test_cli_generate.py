"""`tandemwerk generate` from the shell to the files."""

from pathlib import Path

import pytest

from tandemwerk.cli import main
from tandemwerk.matching import load_population
from tandemwerk.matching.synthetic import population


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")


def generate(folder: Path, *more: str) -> int:
    return main(["generate", "--mentees", "12", "--mentors", "9", "--out", str(folder), *more])


def test_two_lists_and_a_note(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new" / "lists"
    assert generate(folder, "--seed", "5") == 0
    assert {path.name for path in folder.iterdir()} == {"mentees.csv", "mentors.csv", "README.txt"}
    mentees, mentors = population(12, 9, seed=5)
    assert load_population(folder / "mentees.csv", "mentee") == mentees
    assert load_population(folder / "mentors.csv", "mentor") == mentors
    assert "seed 5" in (folder / "README.txt").read_text()
    assert str(folder / "mentors.csv") in capsys.readouterr().out


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mentors.csv").write_text("mine")
    assert generate(tmp_path) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mentors.csv"]
    assert "mentors.csv is already there" in capsys.readouterr().err


@pytest.mark.parametrize("numbers", [("0", "1"), ("-1", "1"), ("1", "99999999")])
def test_impossible_numbers_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], numbers: tuple[str, str]
) -> None:
    assert generate(tmp_path / "a", "--mentees", numbers[0], "--mentors", numbers[1]) == 2
    assert "1 to 10000000 are possible" in capsys.readouterr().err
    assert not (tmp_path / "a").exists()


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "de_DE.UTF-8")
    (tmp_path / "file").write_text("")
    assert generate(tmp_path / "file") == 2
    assert "lässt sich nicht schreiben" in capsys.readouterr().err
    assert generate(Path("/proc/nowhere")) == 2
