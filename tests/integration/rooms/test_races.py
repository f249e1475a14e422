"""Two people in the same moment, each on a connection of their own.

One of them holds what the other waits for. On PostgreSQL the wait is seen before it ends; SQLite
has one writer at a time and comes to the same.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connection, transaction

from tandemwerk.rooms.errors import RoomReadOnly, RoomRowGone
from tandemwerk.rooms.models import Goal, RoomFile, RoomKey
from tandemwerk.rooms.selectors.goals import goals_read
from tandemwerk.rooms.services.file_store import store_names
from tandemwerk.rooms.services.files import file_add, file_open
from tandemwerk.rooms.services.goals import GoalWords, goal_add
from tandemwerk.rooms.services.shredding import removed_purge
from tandemwerk.rooms.services.writing import row_remove, row_restore
from tandemwerk.tandems.models import Tandem
from tests.factories.rooms import active_tandem, room_for

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=1, seconds=1)


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def tandem():
    return active_tandem(NOW)


def meanwhile(first, second):
    """Do `first` in a transaction and `second` in a thread that waits for it; what came of that."""

    def run():
        try:
            return second()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            found = pool.submit(run)
            until_somebody_waits()
        return found.result(timeout=60)


def until_somebody_waits():
    pause = threading.Event()
    for _ in range(2_000 if connection.vendor == "postgresql" else 0):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        pause.wait(0.005)


def test_what_somebody_wrote_while_they_were_leaving_does_not_land(tandem):
    goal_add(room=room_for(tandem, "mentor"), words=GoalWords("Da"), now=NOW)
    room = room_for(tandem)

    def leave():
        Tandem.objects.select_for_update().get(pk=tandem.pk)
        tandem.members.filter(role="mentee").update(left_at=NOW)

    late = meanwhile(leave, partial(goal_add, room=room, words=GoalWords("Zu spät"), now=NOW))
    assert isinstance(late, RoomReadOnly)
    assert Goal.objects.count() == 1


def test_two_first_writers_share_one_key(tandem):
    mentee, mentor = room_for(tandem), room_for(tandem, "mentor")
    second = meanwhile(
        partial(goal_add, room=mentee, words=GoalWords("Eins"), now=NOW),
        partial(goal_add, room=mentor, words=GoalWords("Zwei"), now=NOW),
    )
    assert isinstance(second, Goal)
    assert RoomKey.objects.get().version == 1
    assert {goal.title for goal in goals_read(room_for(tandem))} == {"Eins", "Zwei"}


def removed_file(tandem):
    row = file_add(room=room_for(tandem), name="Plan.txt", data=b"Plan", now=NOW)
    row_remove(room=room_for(tandem), row=row, now=NOW)
    return row


def test_a_file_brought_back_in_the_last_moment_is_whole(tandem):
    row, room = removed_file(tandem), room_for(tandem)
    restore = partial(row_restore, room=room, model=RoomFile, pk=row.pk, now=LATER)
    assert meanwhile(restore, partial(removed_purge, LATER)) == 0
    assert file_open(room, room.rows(RoomFile).get()) == b"Plan"


def test_what_comes_back_a_moment_too_late_is_gone_as_a_whole(tandem):
    row, room = removed_file(tandem), room_for(tandem)
    restore = partial(row_restore, room=room, model=RoomFile, pk=row.pk, now=LATER)
    assert isinstance(meanwhile(partial(removed_purge, LATER), restore), RoomRowGone)
    assert not RoomFile.objects.exists()
    assert list(store_names()) == []
