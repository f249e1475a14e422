"""Files of a room: kept sealed, given back whole, to members only."""

import io
import uuid
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tandemwerk.core.crypto import SealBroken
from tandemwerk.rooms.errors import RoomFileEmpty, RoomFileTooLarge, RoomFull, RoomRowTaken
from tandemwerk.rooms.models import RoomFile
from tandemwerk.rooms.selectors.files import files_read
from tandemwerk.rooms.services import files
from tandemwerk.rooms.services.file_store import PIECE, store_names
from tandemwerk.rooms.services.files import file_add, file_open
from tests.factories.rooms import active_tandem, person_of, room_for

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)
TEXT = b"Erst fragen, dann antworten. " * 4


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def tandem(db):
    return active_tandem(NOW)


@pytest.fixture
def mentee(client, tandem):
    client.force_login(person_of(tandem, "mentee"))
    return client


def url(name, tandem, *more):
    return reverse(f"rooms:{name}", args=[tandem.pk, *more])


def add(tandem, data=TEXT, name="Plan.txt", **given):
    return file_add(room=room_for(tandem), name=name, data=data, now=NOW, **given)


def test_a_file_comes_back_whole_and_lies_sealed(tandem, store):
    big = TEXT * (2 * PIECE // len(TEXT) + 1)
    for data in (TEXT, big, b"x" * PIECE):
        row = add(tandem, data)
        assert file_open(room_for(tandem, "mentor"), row) == data
        path = Path(store) / row.stored
        assert TEXT[:20] not in path.read_bytes()
        assert b"Plan" not in path.read_bytes() + bytes(row.body) + row.stored.encode()
        assert path.stat().st_mode & 0o077 == 0


def test_pieces_can_not_be_moved_repeated_or_left_out(tandem, store):
    row = add(tandem, b"a" * PIECE + b"b" * PIECE)
    path = Path(store) / row.stored
    whole = path.read_bytes()
    half = len(whole) // 2
    for broken in (whole[half:] + whole[:half], whole[:half] * 2, whole[:half], whole[:-1]):
        path.write_bytes(broken)
        with pytest.raises(SealBroken):
            file_open(room_for(tandem), row)


def test_a_file_opens_under_its_own_row_only(tandem):
    first, second = add(tandem), add(tandem)
    RoomFile.objects.filter(pk=first.pk).update(stored=second.stored)
    first.refresh_from_db()
    with pytest.raises(SealBroken):
        file_open(room_for(tandem), first)


def test_limits(tandem, monkeypatch):
    with pytest.raises(RoomFileEmpty):
        add(tandem, b"")
    monkeypatch.setattr(files, "MOST_BYTES", 100)
    with pytest.raises(RoomFileTooLarge):
        add(tandem, b"x" * 101)
    monkeypatch.setattr(files, "MOST_TOGETHER", 150)
    add(tandem, b"x" * 100)
    with pytest.raises(RoomFull):
        add(tandem, b"x" * 51)
    add(tandem, b"x" * 50)
    monkeypatch.setattr(files, "MOST_TOGETHER", 1000)
    monkeypatch.setattr(files, "MOST_FILES", 2)
    with pytest.raises(RoomFull):
        add(tandem, b"x")
    assert RoomFile.objects.count() == len(list(store_names())) == 2


def test_the_same_id_again_keeps_the_first(tandem):
    pk = uuid.uuid4()
    first = add(tandem, pk=pk)
    assert add(tandem, pk=pk).stored == first.stored
    with pytest.raises(RoomRowTaken):
        file_add(room=room_for(tandem, "mentor"), name="x.txt", data=b"x", now=NOW, pk=pk)
    assert [name for name, _written in store_names()] == [first.stored]


def test_the_two_add_open_remove_and_bring_back(mentee, tandem):
    page = mentee.get(url("file_list", tandem)).content.decode()
    assert 'capture="environment"' in page
    sent = SimpleUploadedFile("Grüße.txt", TEXT)
    own = str(uuid.uuid4())
    for _twice in range(2):
        sent.seek(0)
        answer = mentee.post(url("file_list", tandem), {"file": sent, "id": own})
        assert answer.status_code == 302
    row = RoomFile.objects.get()
    assert "Grüße.txt" in mentee.get(url("file_list", tandem)).content.decode()
    answer = mentee.get(url("file_download", tandem, row.pk))
    assert answer.content == TEXT
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe.txt"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    mentee.post(url("file_remove", tandem, row.pk))
    assert mentee.get(url("file_download", tandem, row.pk)).status_code == 404
    mentee.post(url("file_restore", tandem, row.pk))
    assert mentee.get(url("file_download", tandem, row.pk)).content == TEXT


def test_a_photo_comes_without_its_place(mentee, tandem):
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "JPEG", comment=b"Zuhause")
    photo = SimpleUploadedFile("image.jpg", buffer.getvalue())
    assert mentee.post(url("file_list", tandem), {"photo": photo}).status_code == 302
    row = RoomFile.objects.get()
    assert b"Zuhause" not in file_open(room_for(tandem), row)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"file": ("x.exe", b"MZ")},
        {"file": ("x.pdf", b"no pdf")},
        {"file": ("x.txt", b"")},
        {"file": ("x.txt", b"x"), "id": "no-id"},
    ],
)
def test_bad_input_changes_nothing_and_says_what_to_do(mentee, tandem, data):
    sent = {k: SimpleUploadedFile(*v) if k == "file" else v for k, v in data.items()}
    answer = mentee.post(url("file_list", tandem), sent)
    assert answer.status_code == 422
    if "id" not in data:
        assert "error-summary" in answer.content.decode()
    assert RoomFile.objects.count() == len(list(store_names())) == 0


def test_what_is_sent_stays_in_memory(mentee, tandem, monkeypatch):
    seen = []

    def look(*, data, **given):
        seen.append(len(data))
        return file_add(data=data, **given)

    monkeypatch.setattr("tandemwerk.rooms.forms.files.file_add", look)
    kinds = []
    made = InMemoryUploadedFile.__init__

    def remember(self, *args, **kwargs):
        kinds.append(type(self).__name__)
        made(self, *args, **kwargs)

    sent = SimpleUploadedFile("x.txt", b"x" * (6 * 1024 * 1024))
    monkeypatch.setattr(InMemoryUploadedFile, "__init__", remember)
    mentee.post(url("file_list", tandem), {"file": sent})
    assert seen == [6 * 1024 * 1024]
    assert kinds == ["InMemoryUploadedFile"]


def test_an_ended_room_gives_files_but_takes_none(mentee, tandem):
    row = add(tandem)
    type(tandem).objects.update(state="closed", ended_at=NOW, readable_until=date(2099, 1, 1))
    page = mentee.get(url("file_list", tandem)).content.decode()
    assert "Plan.txt" in page
    assert 'type="file"' not in page
    assert mentee.get(url("file_download", tandem, row.pk)).content == TEXT
    sent = {"file": SimpleUploadedFile("x.txt", b"x")}
    assert mentee.post(url("file_list", tandem), sent).status_code == 409
    assert len(list(store_names())) == 1


def test_without_its_author_a_file_stays_with_somebody(mentee, tandem):
    row = add(tandem)
    RoomFile.objects.filter(pk=row.pk).update(author=None)
    assert [file.author for file in files_read(room_for(tandem))] == [None]
    assert mentee.get(url("file_list", tandem)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_however_long(
    mentee, tandem, count, django_assert_num_queries
):
    for number in range(count):
        add(tandem, name=f"{number}.txt")
    mentee.get(url("file_list", tandem))
    with django_assert_num_queries(9):
        mentee.get(url("file_list", tandem))
