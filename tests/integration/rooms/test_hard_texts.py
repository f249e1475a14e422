"""Texts that somebody made to keep the program busy: they cost no more than any other."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tandemwerk.rooms.enums import NoteKind
from tandemwerk.rooms.selectors import search
from tandemwerk.rooms.selectors.notes import note_read
from tandemwerk.rooms.selectors.search import MOST_HITS, Findable, room_find
from tandemwerk.rooms.services.notes import LONGEST_TEXT, note_add, note_write
from tandemwerk.rooms.services.talks import talk_begin, talk_hold, talk_reopen
from tests.factories.rooms import active_tandem, person_of, room_for

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)


@pytest.fixture
def tandem(db):
    return active_tandem(timezone.now())


@pytest.fixture
def stopwatch():
    """Fails a test whose work took longer than a few seconds; without a limit it takes minutes."""
    begin = time.process_time()
    yield
    assert time.process_time() - begin < 6


def whole(piece):
    return piece * (LONGEST_TEXT // len(piece.encode()))


@pytest.mark.parametrize("piece", ["[", "[a](", "[a]", "*", "`", "> ", "- [ ] ", "1. ", "a|", "ü"])
def test_lists_and_pages_of_notes(client, tandem, stopwatch, piece):
    note = note_add(room=room_for(tandem), text=f"Anfang\n{whole(piece)[:-20]}", now=NOW)
    client.force_login(person_of(tandem, "mentee"))
    page = client.get(reverse("rooms:note_list", args=[tandem.pk])).content.decode()
    assert "Anfang" in page
    detail = reverse("rooms:note_detail", args=[tandem.pk, note.pk])
    assert client.get(detail).status_code == 200


def test_a_link_is_still_its_words(tandem):
    note = note_add(room=room_for(tandem), text="Am [Freitag](https://a.example/) geht es", now=NOW)
    assert note_read(room_for(tandem), note).name == "Am Freitag geht es"


def test_a_history_of_texts_that_differ_everywhere(client, tandem, stopwatch):
    note = note_add(room=room_for(tandem), text=whole("a\n"), now=NOW)
    hard = [whole("a\nb\n"), whole("b\na\n"), whole("x y z\n"), whole("x z y\n")]
    for hour, text in enumerate(hard, start=1):
        later = NOW + timedelta(hours=hour)
        note_write(room=room_for(tandem), note=note, title="", text=text, now=later)
    client.force_login(person_of(tandem, "mentee"))
    page = client.get(reverse("rooms:note_history", args=[tandem.pk, note.pk]))
    assert page.status_code == 200
    assert "More has changed than is shown here" in page.content.decode()


def test_minutes_become_the_agenda_again(tandem, stopwatch):
    talk = talk_begin(room=room_for(tandem), more=["Standort"], now=NOW)
    lines = "\n".join(f"{number:x}" for number in range(17_000))
    note_write(room=room_for(tandem), note=talk, title="", text=lines, now=NOW)
    talk_hold(room=room_for(tandem), talk=talk, now=NOW)
    newer = talk_begin(room=room_for(tandem), more=["Urlaub"], now=NOW)
    again = "\n".join(f"{number:x}" for number in range(17_000, 34_000))
    note_write(room=room_for(tandem), note=newer, title="", text=again, now=NOW)
    back = talk_reopen(room=room_for(tandem), talk=talk, now=NOW)
    text = note_read(room_for(tandem), back).text
    assert text.split() == [f"{number:x}" for number in range(34_000)]


def test_search_stops_where_no_more_is_shown(tandem, monkeypatch):
    asked = []

    def endless(_room):
        while True:
            asked.append(1)
            yield Findable("Nadel", "/", "")

    monkeypatch.setattr(search, "_finders", {"hay": (1, "Hay", endless)})
    assert len(room_find(room_for(tandem), "nadel")) == MOST_HITS
    assert len(asked) == MOST_HITS


def test_search_in_long_notes(tandem, stopwatch):
    for number in range(20):
        text = f"{whole('ü')[:-40]} Nadel"
        note_add(room=room_for(tandem), title=str(number), text=text, now=NOW)
    hits = room_find(room_for(tandem), "nadel")
    assert [hit.found for hit in hits] == ["Nadel"] * 20


def test_private_notes_are_limited_like_all_others(tandem, stopwatch):
    text = whole("[")
    note = note_add(room=room_for(tandem), kind=NoteKind.PRIVATE, text=text, now=NOW)
    assert note_read(room_for(tandem), note).name == "[" * 60
