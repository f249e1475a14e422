"""Resolve requirements/*.in into the hashed lists; addresses of an index never get into them."""

import subprocess
import sys
from pathlib import Path

from tools.shared import ROOT

COMMON = (
    "--quiet",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    # The head of a list names the way to make it anew, not the options behind it.
    "--custom-compile-command",
    "make lock",
    "--python-version",
    "3.11",
    "--universal",
)
PROJECT = ("pyproject.toml", "--extra", "postgresql")
LISTS = {
    "run.txt": PROJECT,
    "build.txt": (*PROJECT, "requirements/build.in"),
    "dev.txt": (*PROJECT, "requirements/build.in", "requirements/dev.in"),
    # Programs measured beside ours live in environments of their own.
    "bench-solvers.txt": ("requirements/bench-solvers.in",),
    "bench-matching.txt": ("requirements/bench-matching.in",),
    "bench-mentor-match.txt": ("requirements/bench-mentor-match.in",),
}


def main(arguments: list[str]) -> int:
    """Write all lists, the first three constrained by each other; stops at the first failure."""
    uv = Path(sys.executable).parent / "uv"
    for name, sources in LISTS.items():
        command = [
            uv,
            "pip",
            "compile",
            *COMMON,
            *sources,
            *arguments,
            "-o",
            f"requirements/{name}",
        ]
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
