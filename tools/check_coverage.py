"""Is enough of the program run by its tests? Reads a report that a test run left.

Pure code, rules and cryptography (`--pure`): every line and every branch. Everything together
(`--all` asks both): 90 per cent.
Compiled functions are left out (see `[tool.coverage]`), for the measuring can't look into them; the
laws that hold for their results are tested instead.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LEAST_PERCENT = 90.0
MOST_NAMED = 12
# Paths below src/tandemwerk; a folder ends with a slash.
WHOLE = (
    "matching/",
    "tandems/journey/",
    "core/crypto.py",
    "pairing/plans.py",
    "programmes/rules.py",
)


def whole_problems(report: Mapping[str, Any]) -> list[str]:
    """What of WHOLE falls short in a report of `coverage json`, or is not in it."""
    files = {
        path.partition("tandemwerk/")[2]: file["summary"] | {"missing": file["missing_lines"]}
        for path, file in report["files"].items()
    }
    problems = []
    for name in WHOLE:
        under = [
            path for path in files if path == name or (name[-1] == "/" and path.startswith(name))
        ]
        if not under:
            problems.append(f"{name}: no such file was measured")
        problems += [
            f"{path}: lines {files[path]['missing'][:MOST_NAMED]}, "
            f"{files[path].get('missing_branches', 0)} branches never run; here all must"
            for path in sorted(under)
            if files[path]["percent_covered"] < 100
        ]
    return problems


def total_problems(report: Mapping[str, Any]) -> list[str]:
    """Whether everything together falls short."""
    reached = report["totals"]["percent_covered"]
    if reached >= LEAST_PERCENT:
        return []
    return [f"all together: {reached:.1f} %, at least {LEAST_PERCENT:.0f} % is asked"]


def main(bar: str, path: str) -> int:
    """Print what falls short of the bar (--pure or --all), and the figure reached."""
    report = json.loads(Path(path).read_text())
    problems = whole_problems(report) + (total_problems(report) if bar == "--all" else [])
    for problem in problems:
        print(problem, file=sys.stderr)
    lines = report["totals"]["num_statements"]
    print(f"{report['totals']['percent_covered']:.1f} % of {lines} lines and their branches run.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
