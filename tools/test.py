"""Run every check and every test in order; stop at the first that fails and name it.

The last line of a run is `N passed, M failed` over all test phases. A phase that executed no test,
or skipped one, is a failure: nothing seen is nothing proved.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tools.debian import ensure_packages
from tools.shared import ROOT, SOURCE
from tools.throwaway_postgres import throwaway_postgres

BIN = Path(sys.executable).parent
WORKERS = str(min(2, os.cpu_count() or 1))
# Pure code; its tests alone must run every line of what `tools.check_coverage` calls WHOLE.
PURE_TESTS = ("tests/unit",)
# What must hold on the embedded and on the large database alike.
DATABASE_TESTS = ("tests/integration", "tests/api", "tests/migrations")
# All addresses × all people: the tables of rights are asked the same on either database, and the
# queries behind them are in the other tests.
RIGHTS_TESTS = (
    "tests/integration/guards/test_access_matrix.py",
    "tests/integration/guards/test_tandem_states.py",
)
BROWSER_TESTS = ("tests/browser",)


class StepFailed(Exception):
    """A step did not pass; carries its name."""


@dataclass
class Run:
    """What one call of this program has seen so far."""

    data: str
    passed: int = 0
    failed: int = 0
    env: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.env = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            # Looking at the settings must not put keys and folders into the checkout.
            "TANDEMWERK_DATA": self.data,
            # As many tests run at once as there are cores. Numeric libraries that start threads of
            # their own for each then wait for one another: the same sums take seven times as long.
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }

    def check(self, name: str, *command: str | Path) -> None:
        """Run one check; raises StepFailed."""
        heading(name)
        if subprocess.run(
            command, cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL, check=False
        ).returncode:
            raise StepFailed(name)

    def tests(self, name: str, *arguments: str, database: str = "") -> None:
        """Run one phase of pytest and add its figures; raises StepFailed."""
        heading(name)
        env = {**self.env, "TANDEMWERK_DATABASE_URL": database}
        with tempfile.TemporaryDirectory(prefix="tandemwerk-tests-") as folder:
            report = Path(folder, "report.xml")
            command = [sys.executable, "-m", "pytest", "--junitxml", str(report), *arguments]
            code = subprocess.run(
                command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False
            ).returncode
            ran, bad, skipped = figures(report)
        self.passed += ran - bad - skipped
        self.failed += bad
        if skipped:
            print(
                f"{skipped} test(s) were skipped; a skipped test proves nothing.", file=sys.stderr
            )
        if ran == 0:
            print("No test was executed; that proves nothing.", file=sys.stderr)
        if code or bad or skipped or not ran:
            raise StepFailed(name)


def figures(report: Path) -> tuple[int, int, int]:
    """Tests, failures and errors, skips of one JUnit report; zeros if pytest wrote none."""
    if not report.is_file():
        return 0, 0, 0
    suites = ElementTree.parse(report).getroot().iter("testsuite")  # our own file
    ran = bad = skipped = 0
    for suite in suites:
        ran += int(suite.get("tests", 0))
        bad += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return ran, bad, skipped


def heading(name: str) -> None:
    print(f"\n=== {name} ===", flush=True)


def existing(*folders: str) -> list[str]:
    """Those of `folders` that exist, so that a phase names only what is there."""
    return [name for name in folders if (ROOT / name).is_dir()]


def lint(run: Run) -> None:
    run.check("ruff check", BIN / "ruff", "check", "--quiet", ".")
    run.check("ruff format", BIN / "ruff", "format", "--check", "--quiet", ".")
    run.check("import contracts", BIN / "lint-imports", "--no-cache")
    templates = sorted(str(path) for path in SOURCE.rglob("templates/**/*.html"))
    if templates:
        run.check("template format", BIN / "djade", "--check", *templates)
    run.check("templates", sys.executable, "-m", "tools.check_templates")
    run.check(
        "migrations",
        *(sys.executable, "-m", "tandemwerk", "manage", "makemigrations", "--check", "--dry-run"),
    )
    run.check("project files", sys.executable, "-m", "tools.check_project")
    run.check("texts", sys.executable, "-m", "tools.check_messages")


def types(run: Run) -> None:
    run.check("types", BIN / "mypy")


def pure(run: Run) -> None:
    measured(run, "tests of pure code", "--pure", *PURE_TESTS)


def sqlite(run: Run) -> None:
    # Counting lines makes these tests take nearly twice as long, so that is done by `coverage`.
    run.tests(
        "tests on SQLite",
        *("-n", WORKERS, "-m", "not slow", "tests"),
        *(f"--ignore={name}" for name in (*PURE_TESTS, *BROWSER_TESTS)),
    )


def coverage(run: Run) -> None:
    left_out = (f"--ignore={name}" for name in BROWSER_TESTS)
    measured(run, "tests with every line counted", "--all", "tests", *left_out)


def measured(run: Run, name: str, bar: str, *arguments: str) -> None:
    """Run tests, count the lines they run, and hold the figures against the bars."""
    report = Path(run.data, "coverage.json")
    options = ("-n", WORKERS, "-m", "not slow", "--cov", "--cov-report", f"json:{report}")
    run.tests(name, *options, *arguments)
    run.check("coverage", sys.executable, "-m", "tools.check_coverage", bar, str(report))


def postgresql(run: Run) -> None:
    with throwaway_postgres() as url:
        run.tests(
            "tests on PostgreSQL",
            *("-n", WORKERS, "-m", "not slow"),
            *existing(*DATABASE_TESTS),
            *(f"--ignore={name}" for name in RIGHTS_TESTS),
            database=url,
        )


def browser(run: Run) -> None:
    run.tests("tests in Chromium", "-n", WORKERS, "-m", "not slow", *BROWSER_TESTS)


def slow(run: Run) -> None:
    run.tests("slow tests", "-m", "slow", "tests")


GROUPS: dict[str, Callable[[Run], None]] = {
    "lint": lint,
    "types": types,
    "pure": pure,
    "sqlite": sqlite,
    "postgresql": postgresql,
    "browser": browser,
    "slow": slow,
    "coverage": coverage,
}
DEFAULT = ("lint", "types", "pure", "sqlite", "postgresql", "browser")
SLOW = ("slow", "coverage")


@contextmanager
def stopped_cleanly() -> Iterator[None]:
    """Turn SIGTERM into an exception, so that servers and folders of the run go away with it."""

    def on_signal(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, on_signal)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def main(arguments: list[str]) -> int:
    """Run the chosen groups in a data folder of their own."""
    with tempfile.TemporaryDirectory(prefix="tandemwerk-checks-") as folder:
        return _main(arguments, Run(data=folder))


def _main(arguments: list[str], run: Run) -> int:
    """Read the options, run, print the closing line whatever happens."""
    parser = argparse.ArgumentParser(prog="python -m tools.test")
    parser.add_argument("--group", action="append", choices=[*GROUPS])
    parser.add_argument("--slow", action="store_true", help="only what takes many minutes")
    options = parser.parse_args(arguments)
    groups = list(SLOW) if options.slow else options.group or list(DEFAULT)
    has_tests = bool(set(groups) - {"lint", "types"})
    started = time.monotonic()
    stopped_at = ""
    try:
        with stopped_cleanly():
            if complaint := ensure_packages() if has_tests or "lint" in groups else None:
                print(complaint, file=sys.stderr)
                raise StepFailed("Debian packages")
            for name in groups:
                GROUPS[name](run)
    except StepFailed as failure:
        stopped_at = str(failure)
    except KeyboardInterrupt:
        stopped_at = "interrupted"
    sys.stderr.flush()
    print(
        f"\n{'Stopped at: ' + stopped_at if stopped_at else 'All steps passed'}"
        f" after {time.monotonic() - started:.0f} s."
    )
    if has_tests:
        failed = max(run.failed, 1) if stopped_at else run.failed
        print(f"{run.passed} passed, {failed} failed", flush=True)
    return 1 if stopped_at else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
