"""Notes: who reads them, how steps come together, and what the history keeps."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from pycrdt import Doc, Text

from tandemwerk.rooms.enums import NoteKind
from tandemwerk.rooms.errors import (
    NoteStepBroken,
    NoteTooLong,
    RoomReadOnly,
    RoomRowGone,
    RoomRowTaken,
    TooManyNotes,
)
from tandemwerk.rooms.merging import Document
from tandemwerk.rooms.models import Note, NoteUpdate, NoteVersion
from tandemwerk.rooms.selectors.notes import (
    document_of,
    history_read,
    note_or_404,
    note_read,
    notes_read,
    removed_note_or_404,
    steps_after,
)
from tandemwerk.rooms.services import notes
from tandemwerk.rooms.services.notes import (
    note_add,
    note_steps_add,
    note_version_restore,
    note_write,
)
from tandemwerk.rooms.services.writing import row_remove
from tandemwerk.tandems.models import Tandem
from tests.factories.rooms import active_tandem, room_for

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)


@pytest.fixture
def tandem(db):
    return active_tandem(NOW)


@pytest.fixture
def note(tandem):
    return note_add(room=room_for(tandem), title="Plan", text="eins\n", now=NOW)


def person(tandem, role, note):
    """What a browser of this person has: the document as it is now."""
    room = room_for(tandem, role)
    return room, document_of(room, note_or_404(room, note.pk))


def later(**more):
    return NOW + timedelta(**more)


def test_both_read_a_shared_note_and_one_alone_a_private_one(tandem, note):
    mine = note_add(room=room_for(tandem), kind=NoteKind.PRIVATE, text="geheim", now=NOW)
    read = notes_read(room_for(tandem, "mentee"))
    assert {(row.title, row.text) for row in read} == {("Plan", "eins\n"), ("", "geheim")}
    room = room_for(tandem, "mentor")
    assert [row.text for row in notes_read(room)] == ["eins\n"]
    for door in (note_or_404, removed_note_or_404):
        with pytest.raises(Http404):
            door(room, mine.pk)
    with pytest.raises(RoomRowGone):
        note_write(room=room, note=mine, title="", text="fremd", now=NOW)


def test_the_database_knows_whose_private_notes_are(tandem, note):
    for values in ({"kind": "private"}, {"held_at": NOW}, {"snapshot_seq": 5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Note.objects.filter(pk=note.pk).update(**values)


def test_steps_of_two_who_did_not_see_each_other_come_together(tandem, note):
    lena, hers = person(tandem, "mentee", note)
    petra, theirs = person(tandem, "mentor", note)
    first = hers.rewrite({"text": "eins\nvon Lena\n"})
    second = theirs.rewrite({"text": "von Petra\neins\n"})
    note_steps_add(room=lena, note=note, steps=[(uuid4(), first)], now=NOW)
    there = note_steps_add(room=petra, note=note, steps=[(uuid4(), second)], now=later(minutes=1))
    assert note_read(petra, there).text == "von Petra\neins\nvon Lena\n"
    assert there.seq == 2
    for step in steps_after(lena, there, 0):
        theirs.apply(step)
    assert theirs.words["text"] == note_read(petra, there).text


def test_a_step_that_comes_again_changes_nothing(tandem, note):
    room, document = person(tandem, "mentee", note)
    step = (uuid4(), document.rewrite({"text": "zwei"}))
    for _ in range(3):
        there = note_steps_add(room=room, note=note, steps=[step, step], now=NOW)
    assert (there.seq, NoteUpdate.objects.count()) == (1, 1)
    assert note_steps_add(room=room, note=note, steps=[], now=NOW).seq == 1


def test_an_id_of_another_note_is_refused(tandem, note):
    room, document = person(tandem, "mentee", note)
    other = note_add(room=room, text="", now=NOW)
    step = (uuid4(), document.rewrite({"text": "zwei"}))
    note_steps_add(room=room, note=note, steps=[step], now=NOW)
    with pytest.raises(RoomRowTaken):
        note_steps_add(room=room, note=other, steps=[step], now=NOW)


@pytest.mark.parametrize("step", [b"", b"no step", b"\0" * notes.LARGEST_STEP + b"\0"])
def test_what_is_no_step_is_refused(tandem, note, step):
    with pytest.raises(NoteStepBroken):
        note_steps_add(room=room_for(tandem), note=note, steps=[(uuid4(), step)], now=NOW)
    assert note_read(room_for(tandem), note).text == "eins\n"


def test_a_hundred_steps_become_the_snapshot(tandem, note, monkeypatch):
    monkeypatch.setattr(notes, "MOST_STEPS", 3)
    room, document = person(tandem, "mentee", note)
    for number in range(1, 5):
        step = (uuid4(), document.rewrite({"text": f"{number}\n"}))
        there = note_steps_add(room=room, note=note, steps=[step], now=NOW)
    assert (there.seq, there.snapshot_seq, NoteUpdate.objects.count()) == (4, 3, 1)
    for after, count in ((-1, 2), (2, 2), (3, 1), (4, 0)):
        assert len(steps_after(room, there, after)) == count
    assert document_of(room, there).words["text"] == "4\n"
    late = Document(steps_after(room, there, -1))
    step = (uuid4(), late.rewrite({"text": "4\nspät\n"}))
    there = note_steps_add(room=room, note=note, steps=[step], now=NOW)
    assert note_read(room, there).text == "4\nspät\n"


def test_words_are_sealed_in_every_column(tandem, note):
    room, document = person(tandem, "mentee", note)
    step = (uuid4(), document.rewrite({"title": "Kanarie", "text": "Kanarie"}))
    note_steps_add(room=room, note=note, steps=[step], now=NOW)
    rows = [*Note.objects.values_list("body", "snapshot")]
    rows += [*NoteUpdate.objects.values_list("body"), *NoteVersion.objects.values_list("body")]
    assert len(rows) == 3
    assert not any(b"Kanarie" in bytes(value) for row in rows for value in row)


def test_a_form_and_a_browser_do_not_overwrite_each_other(tandem, note):
    room, document = person(tandem, "mentee", note)
    base = document.whole()
    note_write(
        room=room_for(tandem, "mentor"), note=note, title="Plan", text="null\neins\n", now=NOW
    )
    there = note_write(
        room=room, note=note, title="Plan B", text="eins\nzwei\r\n", base=base, now=NOW
    )
    assert note_read(room, there).text == "null\neins\nzwei\n"
    assert note_read(room, there).title == "Plan B"


def test_a_base_that_is_none_does_no_harm(tandem, note):
    room = room_for(tandem)
    there = note_write(room=room, note=note, title="", text="neu", base=b"unsinn", now=NOW)
    assert note_read(room, there).text == "neu"
    again = note_write(room=room, note=note, title="", text="neu", now=NOW)
    assert again.seq == there.seq


def test_the_history_has_one_version_for_a_sitting(tandem, note):
    lena = room_for(tandem, "mentee")
    for minute, text in enumerate(["eins zwei", "eins zwei drei"], start=1):
        note_write(room=lena, note=note, title="Plan", text=text, now=later(minutes=minute))
    petra = room_for(tandem, "mentor")
    note_write(room=petra, note=note, title="Plan", text="drei", now=later(minutes=4))
    note_write(room=lena, note=note, title="Plan", text="vier", now=later(hours=2))
    there = Note.objects.get()
    seen = [(v.who.role, v.text, v.is_present) for v in history_read(lena, there)]
    assert seen == [
        ("mentee", "vier", True),
        ("mentor", "drei", False),
        ("mentee", "eins zwei drei", False),
    ]


def test_what_somebody_took_away_stays_in_the_history(tandem, note):
    lena, petra = room_for(tandem, "mentee"), room_for(tandem, "mentor")
    note_write(room=lena, note=note, title="Plan", text="viel von Lena", now=later(minutes=1))
    note_write(room=petra, note=note, title="Plan", text="", now=later(minutes=2))
    note_write(room=lena, note=note, title="Plan", text="neu", now=later(minutes=3))
    texts = [version.text for version in history_read(lena, Note.objects.get())]
    assert texts == ["neu", "", "viel von Lena"]


def test_an_old_version_comes_back_as_a_new_step(tandem, note):
    room = room_for(tandem)
    note_write(room=room, note=note, title="Anders", text="zwei", now=later(days=1))
    old = NoteVersion.objects.earliest("created_at")
    there = note_version_restore(room=room, note=note, version=old, now=later(days=2))
    read = note_read(room, there)
    assert (read.title, read.text) == ("Plan", "eins\n")
    assert [v.text for v in history_read(room, there)] == ["eins\n", "zwei", "eins\n"]
    assert document_of(room, there).words == {"title": "Plan", "text": "eins\n"}


def test_the_history_ends_somewhere(tandem, note, monkeypatch):
    monkeypatch.setattr(notes, "MOST_VERSIONS", 2)
    room = room_for(tandem)
    for day in range(1, 5):
        note_write(room=room, note=note, title="", text=str(day), now=later(days=day))
    assert [version.text for version in history_read(room, Note.objects.get())] == ["4", "3"]


def test_limits(tandem, note, monkeypatch):
    room = room_for(tandem)
    with pytest.raises(NoteTooLong):
        note_write(room=room, note=note, title="", text="ä" * 100_001, now=NOW)
    with pytest.raises(NoteTooLong):
        note_write(room=room, note=note, title="x" * 201, text="", now=NOW)
    monkeypatch.setattr(notes, "MOST_NOTES", 1)
    with pytest.raises(TooManyNotes):
        note_add(room=room, text="noch eine", now=NOW)


def test_the_same_id_again_makes_no_second_note(tandem, note):
    again = note_add(room=room_for(tandem), text="anders", now=NOW, pk=note.pk)
    assert again.pk == note.pk
    assert note_read(room_for(tandem), again).text == "eins\n"


def test_a_removed_or_ended_note_takes_no_steps(tandem, note):
    room, document = person(tandem, "mentee", note)
    step = (uuid4(), document.rewrite({"text": "zwei"}))
    row_remove(room=room, row=note, now=NOW)
    with pytest.raises(RoomRowGone):
        note_steps_add(room=room, note=note, steps=[step], now=NOW)
    Tandem.objects.filter(pk=tandem.pk).update(state="closed", ended_at=NOW)
    with pytest.raises(RoomReadOnly):
        note_steps_add(room=room, note=note, steps=[step], now=NOW)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_one_query_however_long(tandem, count, django_assert_num_queries):
    for number in range(count):
        note = note_add(room=room_for(tandem), text=str(number), now=NOW)
    room = room_for(tandem)
    for number in range(count):
        note_write(room=room, note=note, title="", text=f"x{number}", now=later(days=number + 1))
    with django_assert_num_queries(1):
        assert len(notes_read(room)) == count
    with django_assert_num_queries(1):
        assert len(history_read(room, note)) == count + 1


def test_taking_a_step_costs_the_same_however_many_there_are(
    tandem, note, django_assert_max_num_queries
):
    room, document = person(tandem, "mentee", note)
    for number in range(3):
        step = (uuid4(), document.rewrite({"text": f"{number}"}))
        with django_assert_max_num_queries(14):
            note_steps_add(room=room, note=note, steps=[step], now=NOW)


def step_with(note_document, change):
    """A step a program made itself: `change` does something to the text that no page does."""
    doc = Doc()
    for name in ("title", "text"):
        doc.get(name, type=Text)
    doc.apply_update(note_document.whole())
    before = doc.get_state()
    change(doc.get("text", type=Text), uuid4().hex)
    return bytes(doc.get_update(before))


@pytest.mark.parametrize(
    "change",
    [
        lambda text, name: text.format(0, 1, {name: "y" * 600_000}),
        lambda text, name: text.insert_embed(0, name + "y" * 600_000),
    ],
)
def test_what_nobody_sees_counts_for_the_size_of_a_note(tandem, note, change):
    room, document = person(tandem, "mentee", note)
    step = step_with(document, change)
    note_steps_add(room=room, note=note, steps=[(uuid4(), step)], now=NOW)
    room, document = person(tandem, "mentee", note)
    step = step_with(document, change)
    with pytest.raises(NoteTooLong):
        note_steps_add(room=room, note=note, steps=[(uuid4(), step)], now=NOW)
    assert note_read(room, note_or_404(room, note.pk)).title == "Plan"


def test_large_steps_are_not_kept_one_by_one(tandem, note):
    room, document = person(tandem, "mentee", note)
    whole = "lang und länger " * 5_000
    step = document.rewrite({"title": "Plan", "text": whole})
    found = note_steps_add(room=room, note=note, steps=[(uuid4(), step)], now=NOW)
    assert found.snapshot_seq == found.seq
    assert not NoteUpdate.objects.filter(note=note).exists()
    assert document_of(room, note_or_404(room, note.pk)).words["text"] == whole


def test_removing_making_and_bringing_back_does_not_get_around_the_limit(tandem, note, monkeypatch):
    monkeypatch.setattr(notes, "MOST_NOTES", 1)
    row_remove(room=room_for(tandem), row=note, now=NOW)
    other = note_add(room=room_for(tandem), text="zwei", now=NOW)
    with pytest.raises(TooManyNotes):
        notes.note_bring_back(room=room_for(tandem), note=note, now=NOW)
    row_remove(room=room_for(tandem), row=other, now=NOW)
    for _ in range(2):
        notes.note_bring_back(room=room_for(tandem), note=note, now=NOW)
    assert [read.id for read in notes_read(room_for(tandem))] == [note.pk]
