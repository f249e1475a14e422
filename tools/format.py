"""Put Python files and templates into the house format."""

import subprocess
import sys
from pathlib import Path

from tools.shared import ROOT, SOURCE


def main() -> int:
    """Sort imports, format Python, format templates; returns the worst exit code."""
    bin_folder = Path(sys.executable).parent
    commands: list[list[str | Path]] = [
        [bin_folder / "ruff", "check", "--quiet", "--fix-only", "."],
        [bin_folder / "ruff", "format", "."],
    ]
    templates = sorted(SOURCE.rglob("templates/**/*.html"))
    if templates:
        commands.append([bin_folder / "djade", *templates])
    # djade answers 1 when it changed something, which is what we want here.
    codes = [subprocess.run(command, cwd=ROOT, check=False).returncode for command in commands]
    return max(codes[:2])


if __name__ == "__main__":
    sys.exit(main())
