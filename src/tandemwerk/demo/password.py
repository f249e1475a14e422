"""The one password of the demo's accounts, kept beside the data so that each start can show it.

Knows no Django: `tandemwerk serve` reads it before anything else is there.
"""

import os
import secrets
from pathlib import Path

ACCOUNTS = ("coordinator@demo.example", "mentor@demo.example", "mentee@demo.example")
# Without look-alikes: it is read off a screen and typed.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
VARIABLE = "TANDEMWERK_DEMO_PASSWORD"


def new_password() -> str:
    """Four groups of four, about 79 bits: `k7wp-…`."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def _path(data: Path) -> Path:
    return data / "keys" / "demo_password"


def kept_password(data: Path) -> str:
    """The password of an earlier start in this data folder; empty if there was none."""
    try:
        return _path(data).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def keep_password(data: Path, password: str) -> None:
    """Remember the password for the next start, readable by the owner only."""
    path = _path(data)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{password}\n")
