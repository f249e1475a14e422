"""Environments of the programs measured beside ours, made on first use and kept in .bench/."""

import hashlib
import json
import subprocess
import sys
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.shared import ROOT

HOME = ROOT / ".bench"
OURS = "tandemwerk"


class PeerError(RuntimeError):
    """A peer can't be set up or gave an error; the text says which and why."""


def python_of(name: str) -> Path:
    """The Python that has this peer: ours, or one with requirements/bench-<name>.txt installed."""
    if name == OURS:
        return Path(sys.executable)
    listed = ROOT / "requirements" / f"bench-{name}.txt"
    folder, digest = HOME / name, hashlib.sha256(listed.read_bytes()).hexdigest()
    python, stamp = folder / "bin" / "python", folder / "installed"
    if not stamp.exists() or stamp.read_text() != digest:
        print(f"Setting up .bench/{name} (once) …", file=sys.stderr, flush=True)
        venv.create(folder, with_pip=True, clear=True)
        command = [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", listed]
        done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise PeerError(f"{name} can't be installed; some need a C++ compiler (g++)")
        stamp.write_text(digest)
    return python


class Peer:
    """A solver waiting in a process of its own environment."""

    def __init__(self, process: "subprocess.Popen[str]", name: str) -> None:
        self.process, self.name = process, name

    def ask(self, **order: object) -> Mapping[str, Any]:
        """Send an order, wait for the figures. Raises PeerError with the peer's own words."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        answer: dict[str, Any] = json.loads(line) if line else {"error": "ended without an answer"}
        if "error" in answer:
            raise PeerError(f"{self.name}: {answer['error']}")
        return answer


@contextmanager
def peer(name: str, environment: str, script: str = "worker.py") -> Iterator[Peer]:
    """A waiting solver; its process ends with the block."""
    command = [python_of(environment), str(ROOT / "bench" / script)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        try:
            yield Peer(process, name)
        finally:
            process.kill()
