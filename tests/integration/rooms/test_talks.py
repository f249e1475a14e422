"""Talks: one agenda for all, minutes with one tap, and open points that move on."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tandemwerk.rooms.enums import NoteKind
from tandemwerk.rooms.errors import AgendaThere, RoomRowGone
from tandemwerk.rooms.models import Note
from tandemwerk.rooms.points import Point
from tandemwerk.rooms.selectors.notes import note_read, starters, talks_read
from tandemwerk.rooms.services.notes import note_add, note_bring_back
from tandemwerk.rooms.services.talks import (
    talk_begin,
    talk_hold,
    talk_plan,
    talk_point_add,
    talk_point_tick,
    talk_reopen,
)
from tandemwerk.rooms.services.writing import row_remove
from tests.factories.rooms import active_tandem, room_for

NOW = datetime(2026, 11, 4, 23, 30, tzinfo=UTC)  # in Berlin it is the fifth already
JOURNEY = {
    "phases": [
        {
            "key": "work",
            "title": {"de": "Arbeiten", "en": "Work"},
            "summary": {"de": "", "en": ""},
            "start_week": 0,
            "end_week": 20,
            "due": [],
            "starters": {"de": ["Wie war die Woche?"], "en": ["How was your week?"]},
            "questions": {"de": ["Was hilft dir?"], "en": ["What helps you?"]},
        }
    ]
}


@pytest.fixture
def tandem(db):
    return active_tandem(NOW, journey=JOURNEY)


@pytest.fixture
def talk(tandem):
    return talk_begin(room=room_for(tandem), more=["Standort"], now=NOW)


def open_points(tandem):
    agenda, _minutes = talks_read(room_for(tandem))
    return [point.text for point in agenda.points] if agenda else None


def test_both_fill_one_agenda(tandem, talk):
    again = talk_begin(room=room_for(tandem, "mentor"), more=["Urlaub", "Standort"], now=NOW)
    assert again.pk == talk.pk
    talk_point_add(room=room_for(tandem), talk=talk, text="Gehalt", now=NOW)
    assert open_points(tandem) == ["Standort", "Urlaub", "Gehalt"]
    with pytest.raises(AgendaThere):
        note_add(room=room_for(tandem), kind=NoteKind.TALK, now=NOW)


def test_day_and_place(tandem, talk):
    room = room_for(tandem)
    talk_plan(room=room, talk=talk, on=date(2026, 12, 1), place="Café", now=NOW)
    talk_point_tick(room=room, talk=talk, text="Standort", is_done=True, now=NOW)
    agenda, minutes = talks_read(room)
    assert (agenda.met_on, agenda.place, minutes) == (date(2026, 12, 1), "Café", [])
    assert agenda.points == [Point("Standort", is_done=True)]


def test_the_agenda_becomes_the_minutes_and_open_points_move_on(tandem, talk):
    room = room_for(tandem)
    talk_point_add(room=room, talk=talk, text="Urlaub", now=NOW)
    talk_point_tick(room=room, talk=talk, text="Urlaub", is_done=True, now=NOW)
    next_one = talk_hold(room=room, talk=talk, now=NOW)
    assert talk_hold(room=room, talk=talk, now=NOW) is None
    agenda, [minutes] = talks_read(room)
    assert agenda.id == next_one.pk
    assert [point.text for point in agenda.points] == ["Standort"]
    assert (minutes.id, minutes.held_at, minutes.met_on) == (talk.pk, NOW, date(2026, 11, 5))
    assert len(minutes.points) == 2


def test_without_open_points_there_is_no_new_agenda(tandem, talk):
    room = room_for(tandem)
    talk_point_tick(room=room, talk=talk, text="Standort", is_done=True, now=NOW)
    assert talk_hold(room=room, talk=talk, now=NOW) is None
    assert open_points(tandem) is None


def test_minutes_become_the_agenda_again_and_nothing_is_lost(tandem, talk):
    room = room_for(tandem)
    talk_hold(room=room, talk=talk, now=NOW)
    talk_begin(room=room_for(tandem, "mentor"), more=["Neues"], now=NOW)
    talk_reopen(room=room, talk=talk, now=NOW)
    talk_reopen(room=room, talk=talk, now=NOW)
    assert open_points(tandem) == ["Standort", "Neues"]
    assert talks_read(room)[0].id == talk.pk
    assert talks_read(room)[1] == []


def test_a_removed_agenda_comes_back_unless_there_is_a_new_one(tandem, talk):
    room = room_for(tandem)
    row_remove(room=room, row=talk, now=NOW)
    with pytest.raises(RoomRowGone):
        talk_plan(room=room, talk=talk, on=None, place="", now=NOW)
    note_bring_back(room=room, note=talk, now=NOW)
    row_remove(room=room, row=talk, now=NOW)
    talk_begin(room=room, more=["Neu"], now=NOW)
    with pytest.raises(AgendaThere):
        note_bring_back(room=room, note=talk, now=NOW)
    assert Note.objects.filter(removed_at__isnull=True).count() == 1


def test_questions_of_the_present_phase(tandem):
    room = room_for(tandem)
    both = ["Wie war die Woche?", "Was hilft dir?"]
    assert starters(room, None, NOW + timedelta(weeks=2)) == both
    assert starters(room, None, NOW + timedelta(weeks=40)) == []
    talk_begin(room=room, more=["Was hilft dir?"], now=NOW)
    agenda, _minutes = talks_read(room_for(tandem))
    assert starters(room, agenda, NOW + timedelta(weeks=2)) == both[:1]


def test_a_talk_is_called_by_its_day(tandem, talk):
    room = room_for(tandem)
    assert "nächst" in note_read(room, talk).name
    talk_hold(room=room, talk=talk, now=NOW)
    assert "5. November 2026" in note_read(room, Note.objects.get(pk=talk.pk)).name


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_one_query(tandem, count, django_assert_num_queries):
    room = room_for(tandem)
    for number in range(count):
        talk = talk_begin(room=room_for(tandem), more=[], now=NOW)
        talk_hold(room=room_for(tandem), talk=talk, now=NOW + timedelta(days=number))
    room = room_for(tandem)
    with django_assert_num_queries(1):
        assert len(talks_read(room)[1]) == count
