"""Sealed bytes in the file store: what reaches the disk is noise, pieces of a megabyte each.

Each piece is bound to its file, its number and how many there are, so none can be moved, repeated
or left out unnoticed.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from tandemwerk.core.crypto import SEAL_BYTES, key_version, seal_bytes, unseal_bytes

PIECE = 1024 * 1024
FOLDER = "rooms"


def new_name(tandem_pk: int) -> str:
    """A name in the store that says whose room it is and nothing else."""
    return f"{FOLDER}/{tandem_pk}/{uuid4().hex}"


def store_write(stored: str, data: bytes, *, keys: Mapping[int, bytes], place: str) -> None:
    """Seal `data` into the store, on the disk when this returns. 20 MB take about 0.1 s."""
    path = _path(stored)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    count = max(1, -(-len(data) // PIECE))
    draft = path.with_suffix(".part")
    with open(draft, "xb", opener=_private) as file:
        for number in range(count):
            piece = data[number * PIECE : (number + 1) * PIECE]
            file.write(seal_bytes(piece, keys=keys, place=f"{place}:{number}/{count}"))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def store_read(stored: str, *, size: int, keys: Mapping[int, bytes], place: str) -> bytes:
    """The whole content, opened in memory. Raises SealBroken, FileNotFoundError."""
    count = max(1, -(-size // PIECE))
    with _path(stored).open("rb") as file:
        pieces = [
            unseal_bytes(
                file.read(PIECE + SEAL_BYTES), keys=keys, place=f"{place}:{number}/{count}"
            )
            for number in range(count)
        ]
    return b"".join(pieces)


def store_version(stored: str) -> int:
    """Which version of the room's key the content needs. Raises FileNotFoundError."""
    with _path(stored).open("rb") as file:
        return key_version(file.read(1))


def store_delete(stored: str) -> None:
    """Take a content away; harmless if it is gone."""
    _path(stored).unlink(missing_ok=True)


def store_names() -> Iterator[tuple[str, float]]:
    """Everything in the store with the time it was written, drafts too."""
    root = Path(settings.MEDIA_ROOT)
    for path in (root / FOLDER).glob("*/*"):
        yield path.relative_to(root).as_posix(), path.stat().st_mtime


def _path(stored: str) -> Path:
    return Path(settings.MEDIA_ROOT) / stored


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
