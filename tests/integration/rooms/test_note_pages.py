"""The pages of notes and talks, as the two click through them, with and without script."""

import base64
import re
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tandemwerk.rooms.enums import NoteKind
from tandemwerk.rooms.merging import Document
from tandemwerk.rooms.models import Note, NoteVersion
from tandemwerk.rooms.selectors.notes import note_read, notes_read, talks_read
from tandemwerk.rooms.selectors.search import room_find
from tandemwerk.rooms.services.export import room_parts
from tandemwerk.rooms.services.notes import note_add, note_write
from tandemwerk.rooms.services.talks import talk_begin
from tests.factories.rooms import active_tandem, person_of, room_for

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)


@pytest.fixture
def tandem(db):
    return active_tandem(NOW)


@pytest.fixture
def mentee(client, tandem):
    client.force_login(person_of(tandem, "mentee"))
    return client


@pytest.fixture
def mentor(tandem):
    client = Client()
    client.force_login(person_of(tandem, "mentor"))
    return client


def url(name, tandem, *more):
    return reverse(f"rooms:{name}", args=[tandem.pk, *more])


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())[1]


def test_the_browser_keeps_things_under_a_mark_that_names_nobody(mentee, mentor, tandem):
    marks = []
    for client in (mentee, mentor, mentee):
        page = client.get(url("note_list", tandem)).content.decode()
        marks.append(re.search(r'data-person="([0-9a-f]{32})"', page)[1])
    assert marks[0] == marks[2] != marks[1]


def test_an_empty_list_says_how_to_begin(mentee, tandem):
    text = mentee.get(url("note_list", tandem)).content.decode()
    assert 'name="kind"' in text
    assert "data-offline" in text


def test_a_note_is_begun_written_removed_and_brought_back(mentee, tandem):
    data = {"kind": "shared", "title": "Plan", "text": "# Ziel\n<script>x</script>"}
    assert mentee.post(url("note_new", tandem), data).status_code == 302
    note = Note.objects.get()
    text = mentee.get(url("note_detail", tandem, note.pk)).content.decode()
    assert "<h2>Ziel</h2>" in text
    assert "<script>x" not in text
    assert "Plan" in mentee.get(url("note_list", tandem)).content.decode()
    mentee.post(url("note_remove", tandem, note.pk))
    assert notes_read(room_for(tandem)) == []
    mentee.post(url("note_restore", tandem, note.pk))
    assert len(notes_read(room_for(tandem))) == 1


def test_two_forms_without_script_are_merged(mentee, mentor, tandem):
    note = note_add(room=room_for(tandem), title="Plan", text="eins\n", now=NOW)
    where = url("note_edit", tandem, note.pk)
    hers, theirs = mentee.get(where), mentor.get(where)
    for client, page, text in (
        (mentee, hers, "null\neins\n"),
        (mentor, theirs, "eins\r\nzwei\r\n"),
    ):
        data = {"title": "Plan", "text": text, "base": hidden(page, "base")}
        assert client.post(where, data).status_code == 302
    assert notes_read(room_for(tandem))[0].text == "null\neins\nzwei\n"


def test_a_browser_sends_steps_and_gets_what_it_lacks(mentee, mentor, tandem):
    note = note_add(room=room_for(tandem), title="Plan", text="eins\n", now=NOW)
    where = url("note_steps", tandem, note.pk)
    document = Document([base64.b64decode(step) for step in mentee.get(where).json()["steps"]])
    step = base64.b64encode(document.rewrite({"text": "eins\nzwei\n"})).decode()
    sent = {"after": "0", "step": f"{uuid4()}:{step}"}
    for _ in range(2):
        answer = mentee.post(where, sent).json()
        assert (answer["seq"], answer["steps"]) == (1, [step])
    assert mentor.get(where, {"after": "1"}).json() == {"seq": 1, "steps": []}
    assert "zwei" in mentor.get(url("note_detail", tandem, note.pk)).content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"step": "x"},
        {"step": f"{uuid4()}:???"},
        {"after": "-7"},
        {"step": [f"{uuid4()}:AA=="] * 21},
    ],
)
def test_what_is_no_step_is_refused(mentee, tandem, sent):
    note = note_add(room=room_for(tandem), text="", now=NOW)
    assert mentee.post(url("note_steps", tandem, note.pk), sent).status_code == 422


def test_a_private_note_is_absent_for_the_other(mentee, mentor, tandem):
    room = room_for(tandem)
    note = note_add(room=room, kind=NoteKind.PRIVATE, title="Geheim", text="nur ich", now=NOW)
    version = NoteVersion.objects.get()
    assert "Geheim" in mentee.get(url("note_list", tandem)).content.decode()
    assert "Geheim" not in mentor.get(url("note_list", tandem)).content.decode()
    for name in ("note_detail", "note_edit", "note_history", "note_steps"):
        assert mentee.get(url(name, tandem, note.pk)).status_code == 200
        assert mentor.get(url(name, tandem, note.pk)).status_code == 404
    for name in ("note_remove", "note_restore"):
        assert mentor.post(url(name, tandem, note.pk)).status_code == 404
    assert mentor.post(url("note_version_restore", tandem, note.pk, version.pk)).status_code == 404


def test_an_older_version_is_looked_at_and_brought_back(mentee, tandem):
    room = room_for(tandem)
    note = note_add(room=room, title="Plan", text="damals", now=NOW)
    note_write(room=room_for(tandem, "mentor"), note=note, title="Plan", text="heute", now=NOW)
    text = mentee.get(url("note_history", tandem, note.pk)).content.decode()
    assert "damals" in text
    assert "heute" in text
    version = NoteVersion.objects.get(author=room.me)
    mentee.post(url("note_version_restore", tandem, note.pk, version.pk))
    assert note_read(room_for(tandem), Note.objects.get()).text == "damals"


def test_an_agenda_is_filled_planned_ticked_held_and_reopened(mentee, tandem):
    mentee.post(url("talk_new", tandem), {"text": "Standort"})
    talk = Note.objects.get()
    mentee.post(url("talk_point_new", tandem, talk.pk), {"text": "Urlaub"})
    mentee.post(url("talk_point_done", tandem, talk.pk), {"text": "Urlaub"})
    mentee.post(url("talk_plan", tandem, talk.pk), {"on": "2026-12-01", "place": "Café"})
    text = mentee.get(url("talk_list", tandem)).content.decode()
    for said in ("Standort", "Urlaub", "Café", 'aria-pressed="true"'):
        assert said in text
    answer = mentee.post(url("talk_held", tandem, talk.pk), follow=True)
    assert "☑ Urlaub" in answer.content.decode()
    agenda, [minutes] = talks_read(room_for(tandem))
    assert ([p.text for p in agenda.points], minutes.id) == (["Standort"], talk.pk)
    mentee.post(url("talk_reopen", tandem, talk.pk))
    assert talks_read(room_for(tandem))[0].id == talk.pk


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("note_new", {"text": "x"}),
        ("note_new", {"kind": "talk", "text": "x"}),
        ("note_new", {"kind": "shared", "title": "x" * 201}),
        ("talk_new", {"text": " "}),
    ],
)
def test_bad_input_changes_nothing_and_says_what_to_do(mentee, tandem, name, data):
    response = mentee.post(url(name, tandem), data)
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    assert Note.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "data"), [("talk_point_new", {}), ("talk_plan", {"on": "morgen"})]
)
def test_bad_input_for_a_talk(mentee, tandem, name, data):
    talk = talk_begin(room=room_for(tandem), more=["A"], now=NOW)
    response = mentee.post(url(name, tandem, talk.pk), data)
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()


def test_a_note_is_no_talk(mentee, tandem):
    note = note_add(room=room_for(tandem), text="x", now=NOW)
    assert mentee.post(url("talk_held", tandem, note.pk)).status_code == 404


def test_an_ended_room_is_read_only(mentee, tandem):
    note = note_add(room=room_for(tandem), title="Plan", text="eins", now=NOW)
    talk_begin(room=room_for(tandem), more=["Standort"], now=NOW)
    type(tandem).objects.update(state="closed", ended_at=NOW, readable_until=date(2099, 1, 1))
    for where in (
        url("note_list", tandem),
        url("talk_list", tandem),
        url("note_detail", tandem, note.pk),
        url("note_history", tandem, note.pk),
    ):
        main = mentee.get(where).content.decode().partition("<main")[2].partition("</main>")[0]
        assert "<form" not in main
    data = {"title": "", "text": "zwei"}
    assert mentee.post(url("note_edit", tandem, note.pk), data).status_code == 409


@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_the_same_queries_however_long(mentee, tandem, count, django_assert_num_queries):
    for number in range(count):
        note = note_add(room=room_for(tandem), text=str(number), now=NOW)
    talk_begin(room=room_for(tandem), more=["A", "B", "C"][:count], now=NOW)
    mentee.get(url("note_list", tandem))
    for name, more, queries in (
        ("note_list", [], 9),
        ("talk_list", [], 9),
        ("note_detail", [note.pk], 9),
        ("note_history", [note.pk], 10),
        ("note_edit", [note.pk], 10),
        ("note_steps", [note.pk], 8),
    ):
        with django_assert_num_queries(queries):
            mentee.get(url(name, tandem, *more))


def test_a_list_shows_words_without_signs(tandem):
    text = "# Drei *Sätze*\n- [ ] **wichtig**\n[Buch](https://example.org) snake_case\n"
    note = note_add(room=room_for(tandem), text=text, now=NOW)
    read = note_read(room_for(tandem), note)
    assert (read.name, read.excerpt) == ("Drei Sätze", "wichtig Buch snake_case")


def test_search_and_export_know_notes_but_not_the_private_ones_of_the_other(tandem):
    note_add(room=room_for(tandem), title="Plan", text="gemeinsam", now=NOW)
    note_add(room=room_for(tandem), kind=NoteKind.PRIVATE, text="gemeinsam? nein", now=NOW)
    talk_begin(room=room_for(tandem), more=["gemeinsam reden"], now=NOW)
    for role, count in (("mentee", 3), ("mentor", 2)):
        room = room_for(tandem, role)
        assert len(room_find(room, "gemeinsam")) == count
        whole = room_parts(room)["notes"]
        assert len(whole.data) == count
        assert ("nein" in str(whole)) is (role == "mentee")
