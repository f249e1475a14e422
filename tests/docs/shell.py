"""Running what a document tells people to type, and comparing with what it shows."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "-- end of block --"


@dataclass(frozen=True)
class Block:
    """One block of commands and the output printed below it; None if none is shown."""

    commands: str
    shown: str | None


def blocks(document: str) -> list[Block]:
    """The `sh` blocks of a document in `docs/`; a `text` block right after one is its output."""
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    found = list(FENCE.finditer(text))
    result = []
    for number, match in enumerate(found):
        if match[1] != "sh":
            continue
        after = found[number + 1] if number + 1 < len(found) else None
        follows = after and after[1] == "text" and not text[match.end() : after.start()].strip()
        result.append(Block(match[2], after[2] if after and follows else None))
    return result


def start(commands: list[Block], folder: Path, env: Mapping[str, str]) -> "subprocess.Popen[str]":
    """Start one shell that runs all blocks; a mark divides their outputs."""
    python = sys.executable
    script = [
        "set -e -o pipefail",
        f'tandemwerk() {{ "{python}" -m tandemwerk "$@"; }}',
        f'python3() {{ "{python}" "$@"; }}',
    ]
    script += [f"{block.commands}\necho '{MARK}'" for block in commands]
    (folder / "src").symlink_to(ROOT / "src")
    return subprocess.Popen(
        ["bash", "-c", "\n".join(script)],
        cwd=folder,
        env={**os.environ, **env, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def compare(commands: list[Block], output: str, code: int) -> None:
    """Every block printed what the document shows."""
    printed = output.split(f"{MARK}\n")
    assert code == 0, f"ended with {code} after block {len(printed)}:\n{printed[-1]}"
    for block, got in zip(commands, printed, strict=False):
        if block.shown is not None:
            assert got == block.shown, f"below\n{block.commands}"
    assert any(block.shown for block in commands), "nothing was compared"
