"""Fixtures for every test; those for the browser are in `tests/browser/conftest.py`."""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db.backends.sqlite3.base import DatabaseOperations
from django.utils import translation


@pytest.fixture(scope="session", autouse=True)
def audit_chain_ends_with_the_test() -> Iterator[None]:
    """Let the flush after a test with real transactions empty the append-only table.

    Only SQLite flushes by DELETE, which the guard refuses; the guard is put back at once.
    """
    guard = import_module("tandemwerk.audit.migrations.0002_append_only").SQLITE
    names = [statement.split()[2] for statement in guard]
    real = DatabaseOperations.sql_flush

    def sql_flush(self: DatabaseOperations, style: Any, tables: Any, **options: Any) -> list[str]:
        flush = real(self, style, tables, **options)
        return [*(f"DROP TRIGGER IF EXISTS {name}" for name in names), *flush, *guard]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield


@pytest.fixture(autouse=True)
def clean_slate() -> Iterator[None]:
    """No test sees the language, cache or mails of the one before."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
    cache.clear()
    if hasattr(mail, "outbox"):
        mail.outbox.clear()


@pytest.fixture
def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def clean_env(tmp_path: Path) -> dict[str, str]:
    """Environment for a child process: this checkout's code and a data folder of its own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TANDEMWERK_", "DJANGO_", "PYTEST_")) and name != "PORT"
    }
    source = Path(__file__).resolve().parent.parent / "src"
    return {
        **kept,
        "PYTHONPATH": str(source),
        "TANDEMWERK_DATA": str(tmp_path / "data"),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
    }
