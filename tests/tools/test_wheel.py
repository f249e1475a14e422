"""The wheel as a self-hoster gets it: installed on its own, away from the checkout."""

import os
import signal
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tools.shared import ROOT

pytestmark = pytest.mark.slow


def run(*command: str | Path, env: dict[str, str], cwd: Path) -> str:
    ended = subprocess.run(command, env=env, cwd=cwd, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder)
    command = (sys.executable, "-m", "pip", "wheel", "--quiet", *options, ROOT)
    run(*command, env=dict(os.environ), cwd=folder)
    (found,) = folder.glob("tandemwerk-*.whl")
    return found


@pytest.fixture
def outside(clean_env: dict[str, str]) -> dict[str, str]:
    """The environment of somebody who has no checkout."""
    return {name: value for name, value in clean_env.items() if name != "PYTHONPATH"}


@pytest.fixture
def installed(wheel: Path, tmp_path: Path, outside: dict[str, str]) -> Path:
    """The `bin` folder of a new environment with the wheel; libraries are borrowed from ours."""
    home = tmp_path / "venv"
    run(sys.executable, "-m", "venv", home, env=outside, cwd=tmp_path)
    (site,) = home.glob("lib/python3*/site-packages")
    ours = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "borrowed.pth").write_text(ours + "\n")
    pip = (home / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--no-index")
    # Ours may hold the project as an editable install, which pip would take for this one.
    run(*pip, "--ignore-installed", wheel, env=outside, cwd=tmp_path)
    return home / "bin"


def test_it_contains_what_cannot_be_built_later(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    assert "tandemwerk/ui/static/dist/main.css" in names
    assert "tandemwerk/locale/de/LC_MESSAGES/django.mo" in names
    assert "tandemwerk/matching/catalogue/topics.toml" in names
    assert any(name.startswith("tandemwerk/ui/templates/") for name in names)
    assert not [name for name in names if "frontend" in name or "/tests/" in name]


def test_installed_it_says_its_version(installed, outside, tmp_path):
    said = run(installed / "tandemwerk", "--version", env=outside, cwd=tmp_path)

    assert said.startswith("tandemwerk ")


def test_installed_it_serves_pages_with_their_style(installed, outside, tmp_path, free_port):
    with subprocess.Popen(
        [installed / "tandemwerk", "serve", "--port", str(free_port)],
        env=outside,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            said = []
            for line in process.stdout:
                said.append(line)
                if "Tandemwerk is running" in line:
                    break
            assert process.poll() is None, "".join(said)
            address = f"http://127.0.0.1:{free_port}"
            assert b"ok" in urllib.request.urlopen(f"{address}/healthz", timeout=30).read()
            page = urllib.request.urlopen(f"{address}/accounts/login/", timeout=30).read().decode()
            style = next(
                part for part in page.split('"') if "/dist/main." in part and ".css" in part
            )
            with urllib.request.urlopen(address + style, timeout=30) as answer:
                assert "immutable" in answer.headers["Cache-Control"]
                assert answer.headers["Content-Type"].startswith("text/css")
                assert len(answer.read()) > 1000
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
