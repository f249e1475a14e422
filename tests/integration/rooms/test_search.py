"""Search in the own room."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tandemwerk.rooms.models import Goal
from tandemwerk.rooms.selectors.search import AROUND, room_find
from tandemwerk.rooms.services.action_items import action_item_add
from tandemwerk.rooms.services.files import file_add
from tandemwerk.rooms.services.goals import GoalWords, goal_add, goal_rate
from tests.factories.rooms import active_tandem, person_of, room_for

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)


@pytest.fixture
def tandem(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    tandem = active_tandem(NOW)
    words = GoalWords("Frei sprechen", why="Weil die Café-Runde zählt", levels={"0": "ohne Zettel"})
    goal = goal_add(room=room_for(tandem), words=words, now=NOW)
    room = room_for(tandem)
    goal_rate(room=room, goal=goal, level=0, note="Straße gesperrt", now=NOW)
    action_item_add(room=room, text="Vortrag über Zettelkästen", now=NOW)
    file_add(room=room, name="Zettel.txt", data=b"x", now=NOW)
    return tandem


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("zettel", ["Frei sprechen", "Vortrag über Zettelkästen", "Zettel.txt"]),
        ("CAFE", ["Frei sprechen"]),
        ("strasse", ["Frei sprechen"]),
        ("kasten vortrag", ["Vortrag über Zettelkästen"]),
        ("zettel fehlt", []),
        ("", []),
        ("   ", []),
    ],
)
def test_all_words_must_be_there_without_case_and_accents(tandem, query, titles):
    assert [hit.title for hit in room_find(room_for(tandem), query)] == titles


def test_the_excerpt_shows_the_word_as_it_was_written(tandem):
    [hit] = room_find(room_for(tandem), "strasse")
    assert hit.found == "Straße"
    assert hit.before.endswith("ohne Zettel\n")
    assert hit.after == " gesperrt"


def test_long_texts_are_cut_around_the_word(tandem):
    long = f"{'a ' * 300}Nadel{' b' * 300}"
    goal_add(room=room_for(tandem), words=GoalWords("Heu", why=long), now=NOW)
    [hit] = room_find(room_for(tandem), "nadel")
    assert len(hit.before) == len(hit.after) == AROUND + 1
    assert hit.before.startswith("…")
    assert hit.after.endswith("…")


def test_what_was_removed_is_not_found(tandem):
    Goal.objects.update(removed_at=NOW)
    assert room_find(room_for(tandem), "sprechen") == []


def test_other_rooms_are_not_looked_through(tandem):
    assert room_find(room_for(active_tandem(NOW)), "sprechen") == []


def test_the_words_go_by_post_and_stand_in_no_address(client, tandem):
    client.force_login(person_of(tandem, "mentee"))
    address = reverse("rooms:room_search", args=[tandem.pk])
    assert address in client.get(reverse("rooms:goal_list", args=[tandem.pk])).content.decode()
    empty = client.get(f"{address}?query=sprechen").content.decode()
    assert "Frei sprechen" not in empty
    page = client.post(address, {"query": "sprechen <b>"}).content.decode()
    assert "sprechen &lt;b&gt;" in page
    page = client.post(address, {"query": "gesperrt"}).content.decode()
    assert "<mark>gesperrt</mark>" in page


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_the_same_queries_however_much_there_is(
    client, tandem, count, django_assert_num_queries
):
    for number in range(count):
        goal_add(room=room_for(tandem), words=GoalWords(f"Ziel {number}"), now=NOW)
    client.force_login(person_of(tandem, "mentee"))
    address = reverse("rooms:room_search", args=[tandem.pk])
    client.post(address, {"query": "ziel"})
    with django_assert_num_queries(17):
        client.post(address, {"query": "ziel"})
