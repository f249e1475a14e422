"""Sealing of confidential fields with AES-256-GCM.

Two kinds of keys: the master keys, versioned, in a file outside database and backup; and keys of
a smaller scope (a room) that are themselves sealed under the newest master key.

A sealed value is ``version (1 byte) | nonce (12) | ciphertext and tag``. The additional data binds
it to its place and to the key's version, so a value copied to another row, field or room does not
open. About 4 µs a field.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from tandemwerk.core.key_file import KEY_BYTES, read_keys

SEAL_BYTES = 1 + 12 + 16  # what sealing adds: version, nonce, tag


class SealBroken(Exception):
    """A sealed value does not open: wrong place, wrong key or damaged. Never swallowed."""


def seal(text: str, *, place: str) -> bytes:
    """Encrypt `text` for one place (``table.field:row``), under the newest master key."""
    return seal_bytes(text.encode(), keys=_master_keys(), place=place)


def unseal(sealed: bytes | memoryview, *, place: str) -> str:
    """Decrypt what `seal` made for the same place; raises `SealBroken` otherwise."""
    return unseal_bytes(sealed, keys=_master_keys(), place=place).decode()


def key_make() -> bytes:
    """A new key for a smaller scope."""
    return secrets.token_bytes(KEY_BYTES)


def key_wrap(key: bytes, *, place: str) -> bytes:
    """Seal a key under the newest master key; only so may it reach a database."""
    return seal_bytes(key, keys=_master_keys(), place=place)


def key_unwrap(wrapped: bytes | memoryview, *, place: str) -> bytes:
    """The key that `key_wrap` sealed for the same place; raises `SealBroken` otherwise."""
    return unseal_bytes(wrapped, keys=_master_keys(), place=place)


def key_version(sealed: bytes | memoryview) -> int:
    """Which version of its key a sealed value needs."""
    return bytes(sealed[:1])[0]


def seal_bytes(data: bytes, *, keys: Mapping[int, bytes], place: str) -> bytes:
    """Encrypt `data` for one place under the newest of `keys` (by version, 1 to 255)."""
    version, key = max(keys.items())
    nonce = os.urandom(12)
    return bytes([version]) + nonce + AESGCM(key).encrypt(nonce, data, _aad(version, place))


def unseal_bytes(sealed: bytes | memoryview, *, keys: Mapping[int, bytes], place: str) -> bytes:
    """Decrypt what `seal_bytes` made for the same place; raises `SealBroken` otherwise."""
    sealed = bytes(sealed)
    key = keys.get(sealed[0]) if len(sealed) >= SEAL_BYTES else None
    if key is None:
        raise SealBroken(place)
    try:
        return AESGCM(key).decrypt(sealed[1:13], sealed[13:], _aad(sealed[0], place))
    except InvalidTag as error:
        raise SealBroken(place) from error


def _aad(version: int, place: str) -> bytes:
    return f"tandemwerk|{version}|{place}".encode()


def master_key_file() -> Path:
    """Where this installation keeps its master keys."""
    return Path(settings.KEYS_FOLDER) / "master_keys"


def _master_keys() -> Mapping[int, bytes]:
    return read_keys(master_key_file())
