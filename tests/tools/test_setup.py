"""`make setup` in checkouts that are not as they should be."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.shared import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the set-up program and nothing else."""
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "setup.py", tmp_path / "tools")
    return tmp_path


def setup(checkout: Path, lang: str = "C.UTF-8") -> tuple[int, str]:
    ended = subprocess.run(
        [sys.executable, "tools/setup.py"],
        cwd=checkout,
        env={**os.environ, "LC_ALL": lang, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stderr


def venv(checkout: Path, config: str) -> Path:
    folder = checkout / ".venv"
    (folder / "bin").mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text(config)
    return folder


@pytest.mark.parametrize(
    ("config", "has_python", "expected"),
    [
        ("", True, "it is no Python environment"),
        ("version = 3.11.2\n", False, "its Python is gone"),
        ("version = 3.9.2\n", True, "it was made by Python 3.9.2"),
        (
            "version = 3.11.2\ncommand = python -m venv /elsewhere\n",
            True,
            "it was made for /elsewhere",
        ),
        ("version = 3.11.2\n", True, "pip is missing in it"),
    ],
)
def test_an_unusable_environment_is_explained(checkout, config, has_python, expected):
    folder = venv(checkout, config)
    if has_python:
        (folder / "bin" / "python").symlink_to(sys.executable)

    code, said = setup(checkout)

    assert code == 1
    assert expected in said
    assert "rm -rf .venv && make setup" in said


def test_it_speaks_german(checkout):
    venv(checkout, "")

    code, said = setup(checkout, "de_DE.UTF-8")

    assert code == 1
    assert "Der Ordner .venv ist nicht brauchbar" in said


def test_an_old_python_can_read_the_file():
    ast.parse((ROOT / "tools" / "setup.py").read_text(), feature_version=(3, 6))


@pytest.mark.parametrize("lang", ["C.UTF-8", "de_DE.UTF-8"])
def test_an_old_python_gets_a_sentence(checkout, lang):
    program = (
        "import os, runpy, shutil, sys\n"
        "sys.version_info = (3, 9, 2, 'final', 0)\n"
        "shutil.which = lambda name: None\n"
        "runpy.run_path('tools/setup.py', run_name='__main__')\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=checkout,
        env={**os.environ, "LC_ALL": lang},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1
    assert "Python 3.9" in ended.stderr
    assert "apt install python3 python3-venv" in ended.stderr
    assert "Traceback" not in ended.stderr
