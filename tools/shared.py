"""What the tools share: the checkout's root and how they speak to the person at the shell."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "tandemwerk"
LOCALES = "*/locale/*/LC_MESSAGES/django.po"

# Folders that hold what was built, installed or written while running.
GENERATED = frozenset(
    {
        ".git",
        ".hypothesis",
        ".import_linter_cache",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        ".venv",
        "__pycache__",
        "build",
        "dist",
        ".bench",
        "node_modules",
        "test-results",
        "var",
    }
)


def project_files() -> Iterator[Path]:
    """Every file of the project that somebody wrote, in a stable order; needs no git."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(
            name for name in folders if name not in GENERATED and not name.endswith(".egg-info")
        )
        for name in sorted(files):
            path = Path(folder, name)
            if not path.is_symlink() and not name.startswith((".coverage", ".git")):
                yield path


def catalogues() -> list[Path]:
    """All translation catalogues of the package."""
    return sorted([*SOURCE.glob(LOCALES), *SOURCE.glob(LOCALES.removeprefix("*/"))])


def fail(problems: list[str], *, passed: str) -> int:
    """Print problems and return the exit code; with none, print what was checked."""
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"{len(problems)} problem(s).", file=sys.stderr)
        return 1
    print(passed)
    return 0
