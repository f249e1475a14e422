"""The contracts of pyproject.toml, tried on a small copy of the house with faults in it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.shared import ROOT

LINT = Path(sys.executable).with_name("lint-imports")


def broken(tmp_path: Path, files: dict[str, str]) -> list[str]:
    """Names of the contracts that break when `tandemwerk` consists of these modules."""
    package = tmp_path / "tandemwerk"
    for name, text in {"__init__.py": "", **files}.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for folder in path.relative_to(package).parents:
            (package / folder / "__init__.py").touch()
        path.write_text(text)
    ended = subprocess.run(
        [LINT, "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT)))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts: " in ended.stdout, ended.stdout + ended.stderr
    return [line[:-7] for line in ended.stdout.splitlines() if line.endswith(" BROKEN")]


DOWN = "Apps import downwards only"
INSIDE = "Inside an app, from the URL down to the error"
DOOR = "Other apps are entered by the front door"
PURE = "Pure packages know neither Django nor their siblings"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {
                "people/models.py": "import tandemwerk.tandems.models",
                "tandems/models.py": "",
            },
            [DOWN],
        ),
        ({"core/x.py": "import tandemwerk.config.y", "config/y.py": ""}, [DOWN, DOOR]),
        (
            {"people/models.py": "import tandemwerk.people.services", "people/services.py": ""},
            [INSIDE],
        ),
        (
            {"people/selectors/a.py": "import tandemwerk.people.views", "people/views.py": ""},
            [INSIDE],
        ),
        ({"tandems/services.py": "import tandemwerk.people.forms", "people/forms.py": ""}, [DOOR]),
        ({"matching/scores.py": "import django.db"}, [PURE]),
        ({"matching/scores.py": "import tandemwerk.core.x", "core/x.py": ""}, [PURE]),
        (
            {"tandems/journey/due.py": "import tandemwerk.tandems.models", "tandems/models.py": ""},
            [PURE],
        ),
    ],
)
def test_planted_imports_break_their_contract(tmp_path, files, expected):
    assert broken(tmp_path, files) == expected


def test_a_sound_house_breaks_none(tmp_path):
    files = {
        "config/urls.py": "import tandemwerk.tandems.urls",
        "tandems/urls.py": "import tandemwerk.tandems.views",
        "tandems/views.py": "import tandemwerk.tandems.services, tandemwerk.people.selectors",
        "tandems/services.py": "import tandemwerk.tandems.models, tandemwerk.tandems.jobs",
        "tandems/jobs.py": "import tandemwerk.core.anything",
        "tandems/models.py": "import tandemwerk.people.models",
        "people/selectors.py": "import tandemwerk.people.models",
        "people/models.py": "",
        "pairing/services.py": "import tandemwerk.matching",
        "matching/scores.py": "import numpy, math",
        "core/anything.py": "",
    }

    assert broken(tmp_path, files) == []
