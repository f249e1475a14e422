"""Hypothesis without a deadline: a busy machine must not fail a law. And two lists on disk."""

from pathlib import Path

import pytest
from hypothesis import settings

from .commanded import MENTEES, MENTORS

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en_GB.UTF-8")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Tricky but valid: Windows-1252 with semicolons, UTF-16 with tabs."""
    (tmp_path / "mentees.csv").write_bytes(MENTEES.encode("cp1252"))
    (tmp_path / "mentors.csv").write_bytes(MENTORS.encode("utf-16"))
    return {
        name: str(tmp_path / name)
        for name in ("mentees.csv", "mentors.csv", "pairs.csv", "reasons.json", "criteria.toml")
    }
