"""The own room to take along."""

import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from tandemwerk.core.crypto import SealBroken
from tandemwerk.rooms.enums import NoteKind
from tandemwerk.rooms.models import Goal, Note, NoteUpdate, Review, content_models
from tandemwerk.rooms.selectors.search import room_find
from tandemwerk.rooms.services.action_items import action_item_add
from tandemwerk.rooms.services.agreement import agreement_propose, agreement_sign
from tandemwerk.rooms.services.export import exported_models, room_parts, room_zip
from tandemwerk.rooms.services.files import file_add
from tandemwerk.rooms.services.goals import GoalWords, goal_add, goal_rate
from tandemwerk.rooms.services.notes import note_add, note_write
from tests.factories.canaries import FILLERS, WORDLESS, texts_in
from tests.factories.rooms import active_tandem, person_of, room_for, room_objects

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)


@pytest.fixture
def tandem(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return active_tandem(NOW)


def opened(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("language", ["de", "en"])
def test_it_holds_everything_as_page_as_data_and_as_files(tandem, language):
    words = GoalWords("Frei <b>sprechen</b>", why="Weil es zählt", levels={"0": "ohne Zettel"})
    goal = goal_add(room=room_for(tandem), words=words, now=NOW)
    room = room_for(tandem)
    goal_rate(room=room, goal=goal, level=0, note="Es ging", now=NOW)
    action_item_add(room=room, text="Buch leihen", now=NOW, owner=room.me, due_on=NOW.date())
    for _twice in range(2):
        file_add(room=room, name="Plan.txt", data=b"Inhalt", now=NOW)
    with translation.override(language):
        found = opened(room_zip(room, NOW))
    page = found["room.html"].decode()
    for text in ("Weil es zählt", "ohne Zettel", "Es ging", "Buch leihen", "Plan.txt"):
        assert text in page
    assert "Frei &lt;b&gt;sprechen" in page
    assert f'<html lang="{language}">' in page
    assert "http" not in page.replace("http-equiv", "")  # it needs nothing from elsewhere
    data = json.loads(found["room.json"])
    assert data["goals"][0]["steps"][0]["note"] == "Es ging"
    assert data["action_items"][0]["text"] == "Buch leihen"
    assert len(data["members"]) == 2
    names = {f"files/{each['name']}" for each in data["files"]}
    assert len(names) == 2
    assert all(found[name] == b"Inhalt" for name in names)


def test_every_kind_of_content_is_in_it(tandem):
    """A new part of the room without a way out of it fails here."""
    objects = room_objects(tandem, person_of(tandem, "mentee"), NOW)
    whole = json.dumps({n: p.data for n, p in room_parts(room_for(tandem)).items()}, default=str)
    top = [m for m in content_models() if not _hangs_on_content(m)]
    for model in top:
        for row in model._base_manager.filter(tandem=tandem):
            assert str(row.pk) in whole, f"{model.__name__} is not in the export"
    assert objects


def _hangs_on_content(model):
    """Steps of a goal and the like are within what they belong to."""
    kinds = set(content_models())
    return any(f.related_model in kinds and not f.null for f in model._meta.fields if f.is_relation)


def test_every_kind_of_content_is_named_by_a_part():
    """A new model of a room without a way out of it fails here."""
    assert exported_models() == set(content_models())


def test_every_word_the_member_wrote_is_in_data_and_on_the_page(tandem):
    """By kind: what a person entered, of every kind there is, history too."""
    for model, fill in [*FILLERS.items(), (Review, FILLERS[Review])]:
        fill(room_for(tandem), f"mark{model.__name__}", NOW)
    later = NOW + timedelta(days=2)
    note = Note.objects.filter(kind=NoteKind.SHARED).get()
    note_write(room=room_for(tandem, "mentor"), note=note, title="Neu", text="Anders", now=later)
    room = room_for(tandem)
    found = opened(room_zip(room, later))
    page = unescape(found["room.html"].decode())
    data = json.dumps(json.loads(found["room.json"]), ensure_ascii=False)
    looked = set()
    for model in content_models():
        for row in model._base_manager.filter(tandem=tandem, author=room.me):
            for text in filter(None, texts_in(row, "body", room.open_bytes(row, bytes(row.body)))):
                if model is not NoteUpdate:  # a step of writing is in its note
                    assert json.dumps(text, ensure_ascii=False)[1:-1] in data, (model, text)
                    assert "{{" in text or text.strip() in page, (model, text)
                    looked.add(model)
    assert looked == set(content_models()) - {NoteUpdate, *WORDLESS}
    [history] = [
        each["history"]
        for each in json.loads(found["room.json"])["notes"]
        if each["title"] == "Neu"
    ]
    assert history[0]["text"] == "markNote b markNote c"
    assert history[0]["by"] == room.me.user.short_name


def test_an_agreement_reads_as_it_was_signed(tandem):
    text = "Wir treffen uns {{ frequency }}."
    filled = {"frequency": "jede Woche"}
    agreement = agreement_propose(room=room_for(tandem), text=text, filled=filled, now=NOW)
    agreement_sign(room=room_for(tandem, "mentor"), agreement=agreement, now=NOW)
    found = opened(room_zip(room_for(tandem), NOW))
    page = found["room.html"].decode()
    assert "Wir treffen uns jede Woche." in page
    for role in ("mentee", "mentor"):
        assert person_of(tandem, role).name in page
    [version] = json.loads(found["room.json"])["agreement"]
    assert (version["state"], len(version["signatures"])) == ("in_force", 2)
    assert version["reads"] == ["Wir treffen uns jede Woche."]


def test_the_page_leads_to_the_files_beside_it(tandem):
    file_add(room=room_for(tandem), name="Plan für März.txt", data=b"x", now=NOW)
    page = opened(room_zip(room_for(tandem), NOW))["room.html"].decode()
    assert 'href="files/Plan%20f%C3%BCr%20M%C3%A4rz.txt"' in page


def test_what_was_removed_is_left_out(tandem):
    goal_add(room=room_for(tandem), words=GoalWords("Weg damit"), now=NOW)
    Goal.objects.update(removed_at=NOW)
    assert "Weg damit" not in opened(room_zip(room_for(tandem), NOW))["room.json"].decode()


def test_it_is_whole_or_not_at_all(tandem):
    goal_add(room=room_for(tandem), words=GoalWords("Frei sprechen"), now=NOW)
    Goal.objects.update(body=b"\x01" + b"x" * 60)
    with pytest.raises(SealBroken):
        room_zip(room_for(tandem), NOW)


@pytest.mark.parametrize("state", ["active", "closed"])
def test_members_take_it_from_its_page_also_after_the_end(client, tandem, state):
    goal_add(room=room_for(tandem), words=GoalWords("Frei sprechen"), now=NOW)
    if state == "closed":
        type(tandem).objects.update(state=state, ended_at=NOW, readable_until=date(2099, 1, 1))
    client.force_login(person_of(tandem, "mentor"))
    page = client.get(reverse("rooms:room_export", args=[tandem.pk])).content.decode()
    address = reverse("rooms:room_zip", args=[tandem.pk])
    assert address in page
    answer = client.get(address)
    assert b"Frei sprechen" in opened(answer.content)["room.json"]
    assert answer["Content-Disposition"].startswith(f'attachment; filename="tandem-{tandem.pk}-')
    assert "no-store" in answer["Cache-Control"]


def test_private_notes_are_in_the_own_zip_alone(tandem):
    room = room_for(tandem, "mentee")
    note_add(room=room, kind=NoteKind.PRIVATE, title="Nur für mich", text="still", now=NOW)
    mine = opened(room_zip(room_for(tandem, "mentee"), NOW))
    theirs = opened(room_zip(room_for(tandem, "mentor"), NOW))
    for name in ("room.html", "room.json"):
        assert b"Nur f\xc3\xbcr mich" in mine[name]
        assert b"Nur f\xc3\xbcr mich" not in theirs[name]
    assert room_find(room_for(tandem, "mentor"), "still") == []
    assert len(room_find(room_for(tandem, "mentee"), "still")) == 1
