"""After a room's last day nothing of it is left anywhere, down to the bytes on the disk."""

import logging
import os
import pickle
import time
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from tandemwerk.audit.models import AuditEntry
from tandemwerk.core.models import ProcessedWrite
from tandemwerk.core.wiping import StillBusy, traces_wipe
from tandemwerk.people.services.accounts import account_erase
from tandemwerk.rooms import jobs
from tandemwerk.rooms.models import ActionItem, Goal, RoomFile, RoomKey, content_models
from tandemwerk.rooms.selectors.goals import goals_read
from tandemwerk.rooms.services import shredding
from tandemwerk.rooms.services.action_items import action_item_add
from tandemwerk.rooms.services.file_store import store_names, store_write
from tandemwerk.rooms.services.files import file_add
from tandemwerk.rooms.services.goals import GoalWords, goal_add
from tandemwerk.rooms.services.shredding import files_sweep, removed_purge, room_shred, rooms_shred
from tandemwerk.rooms.services.writing import row_remove
from tandemwerk.tandems.models import Tandem
from tests.factories.rooms import active_tandem, person_of, room_for, room_objects

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def filled(now=NOW, word="Frei sprechen"):
    tandem = active_tandem(now)
    goal_add(room=room_for(tandem), words=GoalWords(word, why=word * 300), now=now)
    room = room_for(tandem)
    action_item_add(room=room, text=word, now=now)
    file_add(room=room, name="Plan.txt", data=word.encode(), now=now)
    return tandem


def end(tandem, last_day):
    Tandem.objects.filter(pk=tandem.pk).update(
        state="closed", ended_at=NOW, readable_until=last_day
    )


def left_of(tandem):
    rows = sum(model._base_manager.filter(tandem=tandem).count() for model in content_models())
    return rows, RoomKey.objects.filter(tandem=tandem).count()


@pytest.mark.django_db
def test_the_last_day_is_whole_and_then_all_is_gone(django_capture_on_commit_callbacks):
    over, last, running = filled(), filled(), filled()
    end(over, NOW.date() - timedelta(days=1))
    end(last, NOW.date())
    with django_capture_on_commit_callbacks(execute=True):
        assert rooms_shred(NOW) == 1
        assert rooms_shred(NOW) == 0
    assert left_of(over) == (0, 0)
    assert left_of(last)[1] == left_of(running)[1] == 1
    over.refresh_from_db()
    assert over.shredded_at == NOW
    assert len(list(store_names())) == 2
    assert [goal.title for goal in goals_read(room_for(running))] == ["Frei sprechen"]
    entry = AuditEntry.objects.get(action="room.shred")
    assert (entry.object_id, entry.details) == (over.pk, {})


@pytest.mark.django_db
def test_every_kind_of_content_goes():
    tandem = active_tandem(NOW)
    room_objects(tandem, person_of(tandem, "mentee"), NOW)
    room_shred(tandem=tandem, now=NOW)
    room_shred(tandem=tandem, now=NOW)
    assert left_of(tandem) == (0, 0)
    assert AuditEntry.objects.filter(action="room.shred").count() == 1


@pytest.mark.django_db
def test_one_room_that_fails_stops_no_other(monkeypatch, caplog):
    first, second = filled(), filled()
    for tandem in (first, second):
        end(tandem, date(2026, 1, 1))
    real = shredding.room_shred

    def sometimes(*, tandem, now):
        if tandem == first:
            raise OSError("disk")
        real(tandem=tandem, now=now)

    monkeypatch.setattr(shredding, "room_shred", sometimes)
    assert rooms_shred(NOW) == 1
    assert f"tandem {first.pk}" in caplog.text
    assert left_of(second) == (0, 0)


@pytest.mark.django_db
def test_what_was_removed_can_come_back_for_a_day_and_no_longer(
    django_capture_on_commit_callbacks,
):
    tandem = filled()
    room = room_for(tandem)
    for model in (Goal, ActionItem, RoomFile):
        row_remove(room=room, row=model.objects.get(), now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        assert removed_purge(NOW + timedelta(days=1)) == 0
        assert removed_purge(NOW + timedelta(days=1, seconds=1)) == 3
    assert left_of(tandem) == (0, 1)
    assert list(store_names()) == []


@pytest.mark.django_db
def test_contents_without_a_row_are_swept_away_after_a_day():
    filled()
    now = datetime.now(UTC)
    keys = {1: b"x" * 32}
    store_write("rooms/1/lost", b"x", keys=keys, place="a.b:1")
    (Path(settings.MEDIA_ROOT) / "rooms/1/draft.part").write_bytes(b"x")
    assert files_sweep(now) == 0
    assert files_sweep(now + timedelta(days=1, minutes=1)) == 2
    assert [name for name, _t in store_names()] == [RoomFile.objects.get().stored]


@pytest.mark.django_db
def test_the_last_member_s_account_takes_the_room_along():
    tandem = filled()
    mentee, mentor = (person_of(tandem, role) for role in ("mentee", "mentor"))
    account_erase(user=mentee, now=NOW)
    tandem.refresh_from_db()
    assert tandem.shredded_at is None
    [goal] = goals_read(room_for(tandem, "mentor"))
    assert goal.title == "Frei sprechen"
    assert Goal.objects.get().author is None
    account_erase(user=mentor, now=NOW)
    assert left_of(tandem) == (0, 0)


@pytest.mark.django_db
def test_a_room_that_nobody_can_enter_any_more_is_over():
    tandem = filled()
    tandem.members.update(left_at=NOW)
    assert rooms_shred(NOW) == 1


@pytest.mark.django_db
def test_the_wipe_is_tried_again_while_somebody_reads(
    monkeypatch, django_capture_on_commit_callbacks
):
    tries = []

    def busy(*_tables):
        tries.append(1)
        raise StillBusy

    monkeypatch.setattr(jobs, "traces_wipe", busy)
    jobs.room_traces_wipe.func()
    with pytest.raises(StillBusy):
        jobs.room_traces_wipe.func(attempt=99)
    assert len(tries) == 2


# Down to the bytes ------------------------------------------------------------------------------


def on_disk(folder):
    """Everything the database keeps and a fresh backup of it, as bytes by name."""
    found = {}
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        for part in (name, f"{name}-wal", f"{name}-shm"):
            if os.path.exists(part):
                found[part] = Path(part).read_bytes()
        backup = Path(folder) / f"{uuid.uuid4().hex}.backup"
        call_command("backup", backup)
        found["backup"] = backup.read_bytes()
    for model in apps.get_models():
        rows = [bytes(repr(row), "utf-8") for row in model._base_manager.values_list()]
        raw = [
            bytes(value)
            for row in model._base_manager.values_list()
            for value in row
            if isinstance(value, (bytes, memoryview))
        ]
        found[model._meta.label] = b"\n".join(rows + raw)
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if path.is_file():
            found[str(path)] = path.read_bytes()
    found["outbox"] = pickle.dumps([message.message().as_bytes() for message in mail.outbox])
    found["cache"] = pickle.dumps(cache._cache) if hasattr(cache, "_cache") else b""
    return found


def hits(needles, places):
    return {(what, where) for what, needle in needles for where, data in places.items()
            if needle in data}  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_not_one_byte_of_key_or_words_is_left(client, tmp_path, caplog):
    """Many rooms, some shredded in no order, so that their bytes lie between those that stay."""
    caplog.set_level(logging.DEBUG)
    now = datetime.now(UTC)
    canary = f"Kanarie{uuid.uuid4().hex}"
    tandems = [filled(now, word=f"{canary}-{number}") for number in range(30)]
    shredded = tandems[3::4]
    for tandem in shredded:
        client.force_login(person_of(tandem, "mentee"))
        sent = {"text": f"{canary} Antwort", "client_id": str(uuid.uuid4())}
        assert client.post(f"/tandems/{tandem.pk}/action-items/new/", sent).status_code == 302
    assert ProcessedWrite.objects.count() == len(shredded)
    wrapped, bare, sealed = [], [], []
    for tandem in shredded:
        for row in RoomKey.objects.filter(tandem=tandem):
            wrapped.append((f"wrapped {row.pk}", bytes(row.wrapped)))
            bare.append((f"bare {row.pk}", row.key))
        for model in content_models():
            for each in model._base_manager.filter(tandem=tandem):
                sealed.append((f"{model.__name__} {each.pk}", bytes(each.body)[:48]))
    words = [("canary", canary.encode()), ("canary text", canary[7:].encode())]
    before = on_disk(tmp_path)
    assert hits(words + bare, before) == set()
    assert {what for what, _where in hits(wrapped + sealed, before)} == {
        what for what, _needle in wrapped + sealed
    }  # the search finds what is there
    for tandem in shredded:
        end(tandem, now.date() - timedelta(days=1))
    deadline = time.monotonic() + 60
    jobs.rooms_clean.func()
    call_command("worker", batch=True)
    assert time.monotonic() < deadline
    after = on_disk(tmp_path)
    after["log"] = caplog.text.encode()
    assert hits(words + bare + wrapped + sealed, after) == set()
    if connection.vendor == "sqlite":
        assert len(goals_read(room_for(tandems[0]))) == 1
    assert ProcessedWrite.objects.count() == 0
    assert len(list(store_names())) == len(tandems) - len(shredded)


@pytest.mark.django_db(transaction=True)
def test_a_reader_makes_the_wipe_wait(tmp_path):
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        import sqlite3

        filled()
        with sqlite3.connect(name) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM rooms_goal").fetchone()
            filled()
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout=50")
            with pytest.raises(StillBusy):
                traces_wipe(RoomKey)
            reader.rollback()
        reader.close()
        connection.close()
    traces_wipe(RoomKey)
