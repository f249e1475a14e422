"""The file of master keys, as several processes read and change it."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from tandemwerk.core.key_file import (
    KeysInUse,
    NoMoreVersions,
    key_add,
    keys_drop,
    keys_locked,
    read_keys,
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "master_keys"


def test_keys_are_made_once_and_kept_private(path):
    first = read_keys(path)
    assert read_keys(path) is first
    assert path.stat().st_mode & 0o077 == 0
    assert os.listdir(path.parent) == ["master_keys"]


def test_starters_at_the_same_moment_agree(path):
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _n: dict(read_keys(path)), range(8)))
    assert all(each == keys[0] for each in keys)


def test_a_new_key_is_noticed_at_the_next_look(path):
    first = read_keys(path)
    assert key_add(path) == 2
    assert read_keys(path).keys() == {1, 2}
    assert read_keys(path)[1] == first[1]
    assert path.stat().st_mode & 0o077 == 0


def test_a_change_by_somebody_else_is_noticed(path):
    read_keys(path)
    line = path.read_text()
    other = path.with_name("other")
    other.write_text(line + line.replace("1:", "2:", 1))
    other.replace(path)
    assert read_keys(path).keys() == {1, 2}


def test_the_newest_key_is_never_dropped(path):
    key_add(path)
    keys_drop(path, {1, 2})
    assert read_keys(path).keys() == {2}


def test_versions_end_at_the_first_byte(path):
    path.write_text("255:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")
    with pytest.raises(NoMoreVersions):
        key_add(path)


def test_only_one_changes_the_keys_at_a_time(path):
    with keys_locked(path), pytest.raises(KeysInUse), keys_locked(path):
        raise AssertionError("both are in")
    with keys_locked(path):
        pass


def test_a_failure_while_writing_leaves_the_old_keys(path, monkeypatch):
    first = dict(read_keys(path))

    def full(_number):
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        key_add(path)
    monkeypatch.undo()
    assert dict(read_keys(path)) == first
