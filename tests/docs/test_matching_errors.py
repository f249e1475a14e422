"""Every code the matching engine and its commands refuse with is documented, once."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/tandemwerk"
DOCS = ROOT / "docs/reference/errors.md"
CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+")
FEWEST = 100


def raised() -> Iterator[str]:
    """The code in `SomeError("code", …)` wherever the engine and the commands make one."""
    for path in [*sorted((SOURCE / "matching").rglob("*.py")), *sorted(SOURCE.glob("cli*.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            first = node.args[0]
            if (
                node.func.id.endswith("Error")
                and isinstance(first, ast.Constant)
                and isinstance(first.value, str)
                and CODE.fullmatch(first.value)
            ):
                yield first.value


def test_every_code_of_the_matching_engine_is_documented_once() -> None:
    codes = set(raised())
    engine = DOCS.read_text(encoding="utf-8").partition("## Codes of the matching engine")[2]
    listed = re.findall(r"^\| `(\w+)` \|", engine, re.MULTILINE)
    assert len(codes) > FEWEST
    assert listed == sorted(set(listed))
    assert sorted(codes - set(listed)) == []
