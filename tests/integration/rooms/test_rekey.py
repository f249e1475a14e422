"""New keys for rooms: every row sealed again, nothing lost, nothing skipped."""

import time
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tandemwerk.core.crypto import key_version
from tandemwerk.rooms.models import ActionItem, Goal, RoomFile, RoomKey, content_models
from tandemwerk.rooms.selectors.goals import action_items_all, goals_read
from tandemwerk.rooms.services import file_keys, rotation
from tandemwerk.rooms.services.file_store import store_names, store_version
from tandemwerk.rooms.services.files import file_open
from tandemwerk.rooms.services.goals import GoalWords, goal_add, goal_change
from tandemwerk.rooms.services.rotation import room_key_add, room_reseal
from tandemwerk.rooms.services.writing import row_remove
from tests.factories.rooms import active_tandem, person_of, room_for, room_objects

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.KEYS_FOLDER = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def tandem(db):
    tandem = active_tandem(NOW)
    room_objects(tandem, person_of(tandem, "mentee"), NOW)
    return tandem


def rotate(*options):
    out = StringIO()
    call_command("keys_rotate", *options, stdout=out)
    return out.getvalue()


def test_every_row_and_file_is_under_the_new_key_and_the_old_one_gone(
    tandem, django_capture_on_commit_callbacks
):
    row = RoomFile.objects.get()
    before = file_open(room_for(tandem), row)
    old_key = room_for(tandem).keys[1]
    removed = goal_add(room=room_for(tandem), words=GoalWords("Weg"), now=NOW)
    row_remove(room=room_for(tandem), row=removed, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        assert "1 rooms" in rotate("--rooms")
    room = room_for(tandem)
    assert room.keys.keys() == {2}
    assert room.keys[2] != old_key
    for model in content_models():
        for each in model._base_manager.filter(tandem=tandem):
            for field in model.SEALED:
                assert key_version(getattr(each, field)) == 2
                room.open_bytes(each, getattr(each, field), field)
    row.refresh_from_db()
    assert store_version(row.stored) == 2
    assert file_open(room, row) == before
    assert [name for name, _written in store_names()] == [row.stored]


def test_a_room_opened_before_reads_and_writes_on(tandem):
    row = RoomFile.objects.get()
    before, also_before = room_for(tandem), room_for(tandem)
    content = file_open(before, row)
    rotate("--rooms")
    assert [goal.title for goal in goals_read(before)] == ["Frei sprechen"]
    assert file_open(also_before, row) == content  # the row, too, as it was read before
    before = room_for(tandem)
    rotate("--rooms")
    goal_add(room=before, words=GoalWords("Zweites"), now=NOW)
    assert {goal.title for goal in goals_read(room_for(tandem))} == {"Frei sprechen", "Zweites"}
    assert {key_version(goal.body) for goal in Goal.objects.all()} == {3}


def test_a_room_that_has_its_new_key_is_left_alone(tandem):
    rotate("--rooms")
    other = active_tandem(NOW)
    RoomKey.objects.update(created_at=NOW)  # long before the master key
    goal_add(room=room_for(other), words=GoalWords("Neu"), now=datetime.now(UTC))
    assert "1 rooms" in rotate("--resume", "--rooms")
    assert "0 rooms" in rotate("--resume", "--rooms")
    assert room_for(other).keys.keys() == {1}


def test_an_interrupted_room_is_finished_first(tandem):
    room_key_add(tandem.pk)
    goal_add(room=room_for(tandem), words=GoalWords("Unter dem zweiten"), now=NOW)
    assert {key_version(goal.body) for goal in Goal.objects.all()} == {1, 2}
    rotate("--resume", "--rooms")
    assert room_for(tandem).keys.keys() == {2}
    assert len(goals_read(room_for(tandem))) == 2


def test_what_is_written_between_reading_and_sealing_is_not_lost(tandem, monkeypatch):
    goal = Goal.objects.get()
    real = rotation.swap

    def swap(model, field, changes):
        if model is Goal and changes:
            monkeypatch.setattr(rotation, "swap", real)
            words = GoalWords("Anders gesagt")
            goal_change(room=room_for(tandem), goal=goal, words=words, now=NOW)
        return real(model, field, changes)

    room_key_add(tandem.pk)
    monkeypatch.setattr(rotation, "swap", swap)
    room_reseal(tandem.pk)
    assert [goal.title for goal in goals_read(room_for(tandem))] == ["Anders gesagt"]


def test_an_old_key_is_kept_while_a_row_needs_it(tandem, monkeypatch):
    room_key_add(tandem.pk)
    monkeypatch.setattr(rotation, "swap", lambda *_given: 0)
    with pytest.raises(rotation.NeverSettles):
        room_reseal(tandem.pk)
    assert room_for(tandem).keys.keys() == {1, 2}
    monkeypatch.undo()
    assert len(goals_read(room_for(tandem))) == 1


def test_a_row_that_does_not_open_is_named(tandem):
    goal = Goal.objects.get()
    Goal.objects.update(body=b"\x01" + b"x" * 60)
    with pytest.raises(CommandError, match=f"rooms.Goal.body, row {goal.pk}"):
        rotate("--rooms")
    assert 1 in room_for(tandem).keys


def test_a_file_that_does_not_open_is_named(tandem, settings):
    row = RoomFile.objects.get()
    path = settings.MEDIA_ROOT / row.stored
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(CommandError, match=f"rooms.RoomFile content, row {row.pk}"):
        rotate("--rooms")
    path.unlink()
    with pytest.raises(CommandError, match=f"rooms.RoomFile content, row {row.pk}"):
        rotate("--resume", "--rooms")


def test_a_file_deleted_meanwhile_is_no_fault(tandem, monkeypatch):
    room_key_add(tandem.pk)
    real = file_keys.store_version

    def gone(stored):
        RoomFile.objects.all().delete()
        raise FileNotFoundError(stored)

    monkeypatch.setattr(file_keys, "store_version", gone)
    room_reseal(tandem.pk)
    assert real
    assert room_for(tandem).keys.keys() == {2}


def test_a_shredded_room_gets_no_key(tandem):
    RoomKey.objects.all().delete()
    room_key_add(tandem.pk)
    assert room_reseal(tandem.pk) == 0
    assert not RoomKey.objects.exists()


def many(rows, rooms):
    for _n in range(rooms):
        tandem = active_tandem(NOW)
        goal_add(room=room_for(tandem), words=GoalWords("Ziel"), now=NOW)
        room = room_for(tandem)
        made = []
        for number in range(rows // rooms):
            row = ActionItem(tandem=tandem, author=room.me, created_at=NOW, changed_at=NOW)
            row.body = room.seal(row, {"text": f"Aufgabe {number}"})
            made.append(row)
        ActionItem.objects.bulk_create(made, batch_size=1000)
        yield tandem


@pytest.mark.parametrize(
    ("rows", "rooms"), [(2000, 4), pytest.param(100_000, 50, marks=pytest.mark.slow)]
)
def test_many_rows(db, rows, rooms):
    tandems = list(many(rows, rooms))
    begun = time.perf_counter()
    said = rotate("--rooms")
    print(f"\n{rows:,} rows in {time.perf_counter() - begun:.1f} s: {said}")  # noqa: T201
    assert f"{rooms:,} rooms with {rows + rooms:,} rows" in said
    for tandem in tandems:
        texts = {item.text for item in action_items_all(room_for(tandem))}
        assert texts == {f"Aufgabe {number}" for number in range(rows // rooms)}
        assert room_for(tandem).keys.keys() == {2}
