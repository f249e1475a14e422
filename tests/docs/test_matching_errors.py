"""Every code the matching engine and its commands refuse with is documented."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tandemwerk.matching.wording.errors import _CELLS, _ERRORS, _OTHER

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs/reference/errors.md"


def raised() -> Iterator[str]:
    """First words of what is raised as one of the engine's errors."""
    source = ROOT / "src/tandemwerk"
    for path in [*sorted((source / "matching").rglob("*.py")), *sorted(source.glob("cli*.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id.endswith("Error") and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value


print(
    sorted(set(raised()) - set(_ERRORS)),
    len(set(raised())),
    type(_CELLS),
    type(_OTHER),
    sorted(set(_ERRORS) - set(raised())),
)
