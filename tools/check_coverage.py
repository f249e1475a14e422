"""Is enough of the program run by its tests? Reads the report that the SQLite tests leave.

Pure code, rules and cryptography: every line and every branch. Everything together: 90 per cent.
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


def coverage_problems(report: Mapping[str, Any]) -> list[str]:
    """What falls short in a report of `coverage json`, or is not in it though it must be."""
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
    reached = report["totals"]["percent_covered"]
    if reached < LEAST_PERCENT:
        problems.append(f"all together: {reached:.1f} %, at least {LEAST_PERCENT:.0f} % is asked")
    return problems


def main(path: str) -> int:
    """Print what falls short, or the figure reached."""
    report = json.loads(Path(path).read_text())
    problems = coverage_problems(report)
    for problem in problems:
        print(problem, file=sys.stderr)
    lines = report["totals"]["num_statements"]
    print(f"{report['totals']['percent_covered']:.1f} % of {lines} lines and their branches run.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
