"""The command from a file to figures, page and model."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import tandemwerk
from tandemwerk.cli_learn import EXIT_TOO_LITTLE, EXIT_WRONG_INPUT, _Progress, main
from tandemwerk.matching.learning import ChemistryModel

from .evenings import as_csv, evenings


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("learn") / "meetings.csv"
    text = as_csv(evenings(groups=4, size=(6, 7), seed=1).meetings, mirrored=True)
    lines = text.splitlines()
    extra = ["a_age,b_age,a_same,b_same,a_none,b_none,note", *["30,40,1,1,,,x"] * len(lines)]
    path.write_text("\n".join(f"{a},{b}" for a, b in zip(lines, extra, strict=False)))
    return path


def test_figures_for_programs(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file), "--json", "--seed", "3"]) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert found["status"] == "learned"
    assert (found["folds"], found["seed"]) == (4, 3)
    assert found["mirrored"] == found["rows"]
    assert set(found["baselines"]) == {"constant", "logistic", "gradient_boosting"}
    for kind in ("side", "match"):
        assert {"auc", "log_loss", "brier", "ece"} <= set(found[kind])
    assert {d["name"]: d["reason"] for d in found["dropped"]} == {
        "age": "protected",
        "same": "constant",
        "none": "empty",
        "note": "not_a_feature",
    }
    assert "Not used because protected: age" in said.err
    assert "Holding out groups" in said.err


def test_the_code_page_that_was_assumed_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "meetings.csv"
    text = "a,b,group,outcome_a,outcome_b,a_x,b_x\nm,n,Köln,0,1,Führung,Größe\n"
    path.write_bytes(text.encode("mac_roman"))
    assert main([str(path)]) == EXIT_TOO_LITTLE
    assert "meetings.csv is not UTF-8 and was read as Macintosh Roman" in capsys.readouterr().err


def test_tables_page_and_model_in_german(
    file: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    page, model = tmp_path / "bericht.html", tmp_path / "modell.json"
    assert main([str(file), "--report", str(page), "--model", str(model)]) == 0
    said = capsys.readouterr()
    assert "jede Gruppe wurde einmal zurückgehalten (4 Durchgänge)" in said.out
    assert re.search(r"Tandemwerk +0,\d{3} \[0,\d{3}–0,\d{3}\]", said.out)
    assert "Nicht verwendet, weil geschützt: age" in said.err
    assert "standen von beiden Seiten da" in said.err

    html = page.read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>")
    assert '<html lang="de">' in html
    assert html.count("<svg") == 2
    assert not re.search(r"https?:|//|@import|url\(|<script|<link|src=", html)
    assert ChemistryModel.load(model).status == "learned"


def test_too_little_data_is_said_and_ends_with_3(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few, page, model = tmp_path / "few.csv", tmp_path / "page.html", tmp_path / "model.json"
    few.write_text("\n".join(file.read_text().splitlines()[:61]))
    assert main([str(few), "--report", str(page), "--model", str(model)]) == EXIT_TOO_LITTLE
    said = capsys.readouterr()
    assert said.out.startswith("Too little data: 30 meetings, 100 are needed.")
    assert "Too little data" in page.read_text()
    assert ChemistryModel.load(model).status == "prior"
    assert main([str(few), "--json"]) == EXIT_TOO_LITTLE
    found = json.loads(capsys.readouterr().out)
    assert (found["status"], found["shortage"]) == ("too_little_data", "pairs")
    assert found["side"]["auc"] is None


@pytest.mark.parametrize(
    ("shortage", "words"), [("groups", "groups: 2, 3 are needed"), ("answers", "10 of each")]
)
def test_every_shortage_has_its_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], shortage: str, words: str
) -> None:
    text = as_csv(evenings(groups=2 if shortage == "groups" else 4, size=(8, 8)).meetings)
    if shortage == "answers":
        text = re.sub(r",(g\d),[01],", r",\1,1,", text)
    path = tmp_path / "meetings.csv"
    path.write_text(text)
    assert main([str(path)]) == EXIT_TOO_LITTLE
    assert words in capsys.readouterr().out


def test_wrong_input_ends_with_2_and_writes_nothing(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text("a,b,group,outcome_a,outcome_b\nm,n,1,yes,1\n")
    page = tmp_path / "page.html"
    for arguments, words in (
        ([str(broken), "--report", str(page)], "broken.csv, row 2, column “outcome_a”"),
        ([str(tmp_path / "none.csv")], "cannot be read"),
        ([str(file), "--model", str(file)], "would overwrite"),
        ([str(file), "--model", str(page), "--report", str(page)], "would overwrite"),
        ([str(file), "--report", str(tmp_path / "no" / "page.html")], "cannot be written"),
    ):
        assert main([*arguments, "--language", "en"]) == EXIT_WRONG_INPUT
        said = capsys.readouterr()
        assert words in said.err
        assert said.out == ""
    assert not page.exists()
    with pytest.raises(SystemExit):
        main([str(file), "--seed", "-1"])


def test_progress_moves_on_a_screen(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main([str(file)]) == 0
    assert "100 %\n" in capsys.readouterr().err
    with _Progress("Counting") as show:
        for share in (0.5, 0.5, 1.0):
            show(share)
    assert capsys.readouterr().err == "\rCounting: 50 %\rCounting: 100 %\n"


def test_the_web_never_loads_scikit_learn() -> None:
    code = (
        "import sys, tandemwerk.matching, tandemwerk.matching.learning, tandemwerk.cli_learn;"
        "sys.exit(any(name.split('.')[0] == 'sklearn' for name in sys.modules))"
    )
    source = Path(tandemwerk.__file__).parents[1]
    found = subprocess.run([sys.executable, "-c", code], cwd=source, check=False)
    assert found.returncode == 0
