"""Laws of pauses: nothing gets lost, nothing overtakes, nothing falls into a pause."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.tandems.journey import (
    LONGEST_PAUSE,
    Pause,
    PauseRefusal,
    PauseRefused,
    pause_begin,
    pause_now,
    pause_stop,
    paused,
    pauses_read,
    pauses_write,
    shifted,
    timeline,
)

START = date(2026, 11, 2)
DAY = timedelta(days=1)
days = st.integers(-50, 500).map(lambda n: START + n * DAY)


@st.composite
def lived(draw):
    """Pauses as two people make them: begun, changed and ended one after the other."""
    pauses, today = (), START
    for _ in range(draw(st.integers(0, 5))):
        today += draw(st.integers(0, 60)) * DAY
        if draw(st.booleans()):
            running = pause_now(pauses, today)
            most = ((running.start if running else today) + LONGEST_PAUSE - today).days
            if most >= 1:
                pauses = pause_begin(pauses, today, today + draw(st.integers(1, most)) * DAY)
        else:
            pauses = pause_stop(pauses, today)
    return pauses


@given(lived())
def test_pauses_are_in_order_apart_and_short_enough(pauses):
    for pause in pauses:
        assert timedelta(0) < pause.length <= LONGEST_PAUSE
    for first, second in pairwise(pauses):
        assert first.end <= second.start
    assert pauses_read(pauses_write(pauses)) == pauses


@given(lived(), days)
def test_what_is_due_never_falls_earlier_nor_into_a_pause(pauses, day):
    moved = shifted(day, pauses)
    assert moved >= day
    assert pause_now(pauses, moved) is None
    assert moved - day <= sum((pause.length for pause in pauses), timedelta(0))


@given(lived(), days, days)
def test_what_is_due_later_stays_later(pauses, first, second):
    if first < second:
        assert second - first <= shifted(second, pauses) - shifted(first, pauses)


@given(lived(), days)
def test_the_order_of_pauses_does_not_matter(pauses, day):
    assert shifted(day, pauses) == shifted(day, tuple(reversed(pauses)))
    assert shifted(day, ()) == day


@given(lived(), days)
def test_after_stopping_nobody_pauses(pauses, today):
    assert pause_now(pause_stop(pauses, today), today) is None
    if pause_now(pauses, today) is None:
        assert pause_stop(pauses, today) == pauses


def test_a_pause_that_ends_on_its_first_day_never_was():
    pauses = pause_begin((), START, START + 14 * DAY)
    assert pause_stop(pauses, START) == ()
    assert pause_stop(pauses, START + 3 * DAY) == (Pause(START, START + 3 * DAY),)


def test_a_running_pause_gets_another_end_within_eight_weeks_of_its_start():
    pauses = pause_begin((), START, START + 14 * DAY)
    later = START + 7 * DAY
    assert pause_begin(pauses, later, START + LONGEST_PAUSE) == (
        Pause(START, START + LONGEST_PAUSE),
    )
    with pytest.raises(PauseRefused) as refused:
        pause_begin(pauses, later, START + LONGEST_PAUSE + DAY)
    assert refused.value.why is PauseRefusal.TOO_LONG


@pytest.mark.parametrize("until", [START, START - DAY])
def test_a_pause_ends_after_today(until):
    with pytest.raises(PauseRefused) as refused:
        pause_begin((), START, until)
    assert refused.value.why is PauseRefusal.NOT_AHEAD


JOURNEY = {
    "phases": [
        {"key": "a", "start_week": 0, "end_week": 4, "due": [{"key": "x", "week": 3}]},
        {"key": "b", "start_week": 4, "end_week": 8},
    ]
}


def test_the_way_moves_back_by_the_pause():
    pauses = (Pause(START + 7 * DAY, START + 21 * DAY),)
    today = START + 30 * DAY
    way = timeline(JOURNEY, START, today)
    moved = paused(way, pauses)
    assert [p.state.value for p in way.phases] == ["done", "current"]
    assert [p.state.value for p in moved.phases] == ["current", "upcoming"]
    assert moved.phases[0].start_on == START
    assert moved.phases[0].due[0].due_on == START + 35 * DAY
    assert moved.phases[1].start_on == moved.phases[0].end_on + DAY
    assert paused(way, ()) is way
