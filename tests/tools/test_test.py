"""The test program itself: it must not call a run good that has seen nothing."""

import subprocess
import sys

import pytest

from tools.shared import ROOT
from tools.test import Run, StepFailed

ALONE = ("-c", "/dev/null", "-q")


@pytest.fixture(autouse=True)
def bare_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's plugins: the phases planted here need none, and start in a moment."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


@pytest.mark.parametrize(
    ("source", "counted"),
    [
        ("", (0, 0)),
        ("def test_a(): assert False\ndef test_b(): pass", (1, 1)),
        ("import pytest\n@pytest.mark.skip\ndef test_a(): pass\ndef test_b(): pass", (1, 0)),
        ("import pytest\n@pytest.mark.xfail\ndef test_a(): assert 0\ndef test_b(): pass", (1, 0)),
        ("raise ValueError", (0, 1)),
        ("import os\ndef test_a(): os._exit(0)", (0, 0)),
    ],
    ids=["empty", "failing", "skipped", "expected-to-fail", "broken", "vanishing"],
)
def test_a_phase_without_proof_fails(tmp_path, source, counted):
    (tmp_path / "test_planted.py").write_text(source)
    run = Run(data=str(tmp_path))

    with pytest.raises(StepFailed, match="planted"):
        run.tests("planted", *ALONE, str(tmp_path))

    assert (run.passed, run.failed) == counted


def test_phases_add_up(tmp_path):
    (tmp_path / "test_sound.py").write_text("def test_a(): pass\ndef test_b(): pass")
    run = Run(data=str(tmp_path))

    run.tests("first", *ALONE, str(tmp_path))
    run.tests("second", *ALONE, str(tmp_path))

    assert (run.passed, run.failed) == (4, 0)


def test_a_failing_check_stops_with_its_name(tmp_path):
    with pytest.raises(StepFailed, match="style"):
        Run(data=str(tmp_path)).check("style", sys.executable, "-c", "raise SystemExit(3)")


def test_make_help_lists_every_target():
    said = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    for target in ("setup", "run", "test", "lint", "types", "bench", "build", "messages", "help"):
        assert f"make {target} " in said
