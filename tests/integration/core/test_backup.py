import os
import sqlite3

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tandemwerk.core.management.commands import backup
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_backup_is_a_complete_database(tmp_path):
    user = UserFactory()
    target = tmp_path / "copy.backup"
    call_command("backup", target)
    assert target.stat().st_mode & 0o077 == 0
    if connection.vendor == "sqlite":
        with sqlite3.connect(target) as copy:
            assert copy.execute("SELECT email FROM people_user").fetchall() == [(user.email,)]
    else:
        assert target.read_bytes()[:5] == b"PGDMP"


def test_nobody_else_reads_it_while_it_grows(tmp_path, monkeypatch):
    seen = []
    real = backup.Command._write

    def write(self, partial):
        seen.append(partial.stat().st_mode & 0o777)
        real(self, partial)
        seen.append(partial.stat().st_mode & 0o777)

    monkeypatch.setattr(backup.Command, "_write", write)
    old = os.umask(0)
    try:
        call_command("backup", tmp_path / "copy.backup")
    finally:
        os.umask(old)
    assert seen == [0o600, 0o600]


def test_what_a_killed_backup_left_goes_and_nothing_else(tmp_path, monkeypatch):
    stale, fresh, foreign = (
        tmp_path / name for name in (f"a{backup.PARTIAL}", f"b{backup.PARTIAL}", "somebody.partial")
    )
    for file in (stale, fresh, foreign):
        file.write_bytes(b"x")
    for file in (stale, foreign):
        os.utime(file, (0, 0))
    call_command("backup", tmp_path / "copy.backup")
    assert (stale.exists(), fresh.exists(), foreign.exists()) == (False, True, True)

    def fail(self, partial):
        raise CommandError("disk full")

    monkeypatch.setattr(backup.Command, "_write", fail)
    with pytest.raises(CommandError, match="disk full"):
        call_command("backup", tmp_path / "second.backup")
    assert not (tmp_path / f"second.backup{backup.PARTIAL}").exists()


def test_existing_file_is_kept(tmp_path):
    target = tmp_path / "copy.backup"
    target.write_text("precious")
    with pytest.raises(CommandError):
        call_command("backup", target)
    assert target.read_text() == "precious"


def test_missing_folder_is_named(tmp_path):
    with pytest.raises(CommandError, match="no folder"):
        call_command("backup", tmp_path / "nowhere" / "copy.backup")
