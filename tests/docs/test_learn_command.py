"""The commands of `docs/how-to/learn-from-chemistry.md` print what the page shows.

The third digit of a figure may differ between processors, so figures are compared as such.
"""

import re
from dataclasses import replace
from pathlib import Path

from tests.docs.shell import blocks, compare, start

FIGURE = re.compile(r"\d\.\d{3}")


def test_commands_and_outputs(tmp_path: Path) -> None:
    commands = blocks("how-to/learn-from-chemistry.md")
    shell = start(commands, tmp_path, {"LC_ALL": "C.UTF-8", "LANGUAGE": ""})
    output, _none = shell.communicate(timeout=300)
    masked = [replace(b, shown=b.shown and FIGURE.sub("#", b.shown)) for b in commands]
    compare(masked, FIGURE.sub("#", output), shell.returncode)
    assert "<svg" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert (tmp_path / "model.json").stat().st_size > 10_000
