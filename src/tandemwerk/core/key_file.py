"""The file of master keys: one ``version:base64`` a line, readable by its owner alone.

Every process of an installation reads the same file. Whoever changes it replaces it as a whole, so
a reader sees the keys from before or from after, never half a file, and notices at its next look.
"""

import base64
import os
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import MappingProxyType

KEY_BYTES = 32
DRAFT_SECONDS = 60
LATEST_VERSION = 255  # the version is the first byte of what is sealed
Keys = Mapping[int, bytes]
_known: dict[Path, tuple[tuple[int, int, int], Keys]] = {}


class NoMoreVersions(Exception):
    """All 255 versions are used; retire old ones first."""


class KeysInUse(Exception):
    """Another process is changing the keys at this moment."""


def read_keys(path: Path) -> Keys:
    """Master keys by version; the file is made at first use. 2 µs while it stays as it is.

    A look at the file's number, size and time each time: a process that runs for months seals
    under a new key from the moment it is there.
    """
    try:
        mark = _mark(path)
    except FileNotFoundError:
        _first(path)
        mark = _mark(path)
    known = _known.get(path)
    if known is None or known[0] != mark:
        # Read after the look: at worst the next look finds another mark and reads once more.
        known = _known[path] = (mark, MappingProxyType(_parsed(path.read_text("ascii"))))
    return known[1]


def key_add(path: Path) -> int:
    """Add a new key, the newest from now on; returns its version. Raises NoMoreVersions."""
    keys = dict(read_keys(path))
    version = max(keys) + 1
    if version > LATEST_VERSION:
        raise NoMoreVersions
    _write(path, {**keys, version: secrets.token_bytes(KEY_BYTES)})
    return version


def keys_drop(path: Path, versions: set[int]) -> None:
    """Take keys out of the file; the newest always stays."""
    keys = read_keys(path)
    newest = max(keys)
    _write(path, {v: key for v, key in keys.items() if v == newest or v not in versions})


@contextmanager
def keys_locked(path: Path) -> Iterator[None]:
    """Only one process changes the keys at a time; drafts of a killed one go. Raises KeysInUse."""
    with open(path.with_name(f"{path.name}.lock"), "a", opener=_private) as file:
        try:
            flock(file, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            raise KeysInUse from None
        _drafts_remove(path)
        yield


def _mark(path: Path) -> tuple[int, int, int]:
    seen = path.stat()
    return seen.st_ino, seen.st_size, seen.st_mtime_ns


def _first(path: Path) -> None:
    """Two starters agree: a link to a whole file appears at once, and only for one of them."""
    made = _draft(path, {1: secrets.token_bytes(KEY_BYTES)})
    try:
        os.link(made, path)
    except FileExistsError:
        pass  # the other's key it is
    finally:
        made.unlink()
    _keep_name(path)


def _write(path: Path, keys: Keys) -> None:
    _draft(path, keys).replace(path)
    _keep_name(path)


def _keep_name(path: Path) -> None:
    """The name itself must survive a power cut before anything is sealed under its key."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _draft(path: Path, keys: Keys) -> Path:
    """A whole key file under another name in the same folder, on the disk, mode 0600."""
    with NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        for version, key in sorted(keys.items()):
            file.write(f"{version}:{base64.b64encode(key).decode()}\n")
        file.flush()
        os.fsync(file.fileno())
    return Path(file.name)


def _drafts_remove(path: Path) -> None:
    """A draft holds all keys, also those that are to be dropped: none may stay behind.

    Only under the lock, and never one of the last minute: the first key is made without the lock.
    """
    before = time.time() - DRAFT_SECONDS
    for draft in path.parent.glob(f".{path.name}.*"):
        if draft.stat().st_mtime < before:
            draft.unlink(missing_ok=True)


def _parsed(text: str) -> dict[int, bytes]:
    lines = (line.partition(":") for line in text.split())
    return {int(version): base64.b64decode(key) for version, _, key in lines}


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
