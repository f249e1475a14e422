"""The demo's accounts and their password, kept beside the data so that each start can show them."""

import json
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


def kept_password(data: Path) -> str:
    """The password of an earlier start in this data folder; empty if there was none."""
    try:
        return str(json.loads((data / "demo.json").read_text())["password"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def keep_password(data: Path, password: str) -> None:
    """Remember the password for the next start, readable by the owner only."""
    path = data / "demo.json"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump({"password": password}, file)
