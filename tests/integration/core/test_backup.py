import sqlite3

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

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


def test_existing_file_is_kept(tmp_path):
    target = tmp_path / "copy.backup"
    target.write_text("precious")
    with pytest.raises(CommandError):
        call_command("backup", target)
    assert target.read_text() == "precious"


def test_missing_folder_is_named(tmp_path):
    with pytest.raises(CommandError, match="no folder"):
        call_command("backup", tmp_path / "nowhere" / "copy.backup")
