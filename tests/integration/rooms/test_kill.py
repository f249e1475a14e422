"""kill -9 in the middle of writing: what was acknowledged is there, and once."""

import json
import os
import random
import select
import signal
import time
import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client

from tandemwerk.people.enums import Scope
from tandemwerk.people.services.tokens import token_create
from tandemwerk.rooms.models import RoomFile
from tandemwerk.rooms.selectors.files import files_read
from tandemwerk.rooms.selectors.goals import action_items_all, goals_read
from tandemwerk.rooms.services.file_store import store_names
from tandemwerk.rooms.services.files import file_open
from tests.factories.rooms import active_tandem, person_of, room_for

pytestmark = pytest.mark.django_db(transaction=True)
WRITES = 60


@pytest.fixture
def tandem(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return active_tandem(datetime.now(UTC))


def plan():
    """Writes of three kinds in turn, each with ids of its client's own."""
    return [
        {
            "kind": ("goals", "action-items", "files")[number % 3],
            "id": str(uuid.uuid4()),
            "once": str(uuid.uuid4()),
            "word": f"Wort {number}",
        }
        for number in range(WRITES)
    ]


def send(tandem, secret, write):
    """One request as a member's program sends it; True once it is acknowledged."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = Client()
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": write["once"]}
    address = f"/api/v1/tandems/{tandem.pk}/{write['kind']}"
    if write["kind"] == "files":
        file = SimpleUploadedFile("x.txt", write["word"].encode())
        answer = client.post(address, {"id": write["id"], "file": file}, headers=headers)
    else:
        name = "title" if write["kind"] == "goals" else "text"
        # Without an id of the row: only the request's own key keeps a repetition from a second.
        body = json.dumps({name: write["word"]})
        answer = client.post(address, body, content_type="application/json", headers=headers)
    return answer.status_code == 201


def until_killed(tandem, secret, writes, pipe):
    try:
        for number, write in enumerate(writes):
            assert send(tandem, secret, write)
            os.write(pipe, bytes([number]))
        time.sleep(120)  # waits for its own end
    finally:
        os._exit(1)


def kill_while_writing(tandem, secret, writes, *, after, moment):
    """Returns how many were acknowledged when the process was killed."""
    connection.close()
    reads, pipe = os.pipe()
    pid = os.fork()
    if pid == 0:
        until_killed(tandem, secret, writes, pipe)
    os.close(pipe)
    heard = b""
    while len(heard) < after:
        assert select.select([reads], [], [], 60)[0], "the child stopped writing"
        heard += os.read(reads, 1)
    select.select([], [], [], moment)  # somewhere inside the next write
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while rest := os.read(reads, 256):
        heard += rest
    os.close(reads)
    return len(heard)


def words_in(tandem):
    room = room_for(tandem)
    found = [goal.title for goal in goals_read(room)]
    found += [item.text for item in action_items_all(room)]
    files = {row.pk: row for row in room.rows(RoomFile)}
    return found + [file_open(room, files[file.id]).decode() for file in files_read(room)]


def test_nothing_acknowledged_is_lost_and_nothing_doubled(tandem, monkeypatch):
    monkeypatch.setattr("tandemwerk.rooms.services.goals.MOST_GOALS", 1000)
    chance = random.Random(7)
    secret = token_create(
        user=person_of(tandem, "mentee"), name="t", scopes=list(Scope), now=datetime.now(UTC)
    )[1]
    writes = plan()
    done = 0
    while done < WRITES - 12:
        acknowledged = done + kill_while_writing(
            tandem, secret, writes[done:], after=chance.randint(1, 8),
            moment=chance.random() / 50,
        )  # fmt: skip
        there = words_in(tandem)
        wanted = [write["word"] for write in writes[:acknowledged]]
        assert set(wanted) <= set(there), "an acknowledged write is lost"
        assert len(there) == len(set(there)), "a write is there twice"
        assert len(there) <= acknowledged + 1  # the one under way may have made it
        # The client heard nothing of that one and sends it again, and others for good measure.
        for write in writes[max(0, acknowledged - 3) : acknowledged + 1]:
            assert send(tandem, secret, write)
        done = acknowledged + 1
        assert sorted(words_in(tandem)) == sorted(write["word"] for write in writes[:done])
    kept = set(RoomFile.objects.values_list("stored", flat=True))
    lost = {name for name, _written in store_names()} - kept
    assert len(lost) <= WRITES  # sealed leftovers of killed uploads; swept after a day
