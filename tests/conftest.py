"""Fixtures for every test; those for the browser are in `tests/browser/conftest.py`."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.utils import translation


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
