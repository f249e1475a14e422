from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.programmes.template_catalogue import programme_templates
from tandemwerk.tandems.journey import PhaseState, Side, journey_is_sound, timeline

START = date(2026, 11, 2)


def phase(key, start, end, **more):
    return {"key": key, "title": {"de": key}, "start_week": start, "end_week": end, **more}


JOURNEY = {
    "phases": [
        phase(
            "begin",
            0,
            2,
            due=[
                {"key": "sign", "title": {"en": "Sign"}, "who": "both", "week": 1},
                {"key": "goals", "title": {"en": "Goals"}, "who": "mentee"},
            ],
            questions={"en": ["Why now?"], "de": ["Warum jetzt?"]},
        ),
        phase("middle", 2, 10, due=[{"key": "ask", "who": "mentor", "week": 4}]),
        phase("end", 11, 13),
    ]
}


def states(today):
    return [p.state.value for p in timeline(JOURNEY, START, today).phases]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (START - timedelta(days=1), ["upcoming", "upcoming", "upcoming"]),
        (START, ["current", "upcoming", "upcoming"]),
        (date(2026, 11, 15), ["current", "upcoming", "upcoming"]),
        (date(2026, 11, 16), ["done", "current", "upcoming"]),
        (
            date(2027, 1, 11),
            ["done", "done", "upcoming"],
        ),  # the eleventh week lies between two phases
        (date(2027, 2, 1), ["done", "done", "done"]),
    ],
)
def test_phases_begin_and_end_on_their_days(day, expected):
    assert states(day) == expected


def test_the_first_week_begins_on_the_day_of_the_start():
    first = timeline(JOURNEY, START, START).phases[0]
    assert (first.start_on, first.end_on) == (START, date(2026, 11, 15))


def test_what_is_due_is_told_to_whom_it_concerns():
    way = timeline(JOURNEY, START, START)
    assert [d.key for d in way.next_due(Side.MENTEE)] == ["sign", "goals"]
    assert [d.key for d in way.next_due(Side.MENTOR)] == ["sign", "ask"]
    assert way.next_due(Side.MENTEE)[1].due_on == date(2026, 11, 16)


def test_what_was_not_done_is_not_held_against_anybody():
    assert timeline(JOURNEY, START, date(2026, 12, 24)).next_due(Side.MENTOR) == ()


def test_current_and_next():
    way = timeline(JOURNEY, START, START)
    assert (way.current.key, way.upcoming.key, way.is_over) == ("begin", "middle", False)
    between = timeline(JOURNEY, START, date(2027, 1, 11))
    assert (between.current, between.upcoming.key) == (None, "end")
    after = timeline(JOURNEY, START, date(2028, 1, 1))
    assert (after.current, after.upcoming, after.is_over) == (None, None, True)


@pytest.mark.parametrize(
    "journey",
    [
        {"phases": [phase("a", 2, 2)]},
        {"phases": [phase("a", 3, 2)]},
        {"phases": [phase("", 1, 2)]},
        {"phases": [phase("a", "1", 2)]},
        {"phases": [phase("a", 1, None)]},
        {"phases": [phase("a", -1, 2), phase("a", 3, 4)]},
    ],
)
def test_an_unsound_journey_is_noticed(journey):
    assert not journey_is_sound(journey)


def test_a_phase_that_cannot_be_laid_over_the_calendar_is_left_out():
    assert timeline({"phases": [phase("a", 5, 2)]}, START, START).phases == ()
    assert timeline({}, START, START).phases == ()
    assert journey_is_sound(JOURNEY)


weeks = st.tuples(st.integers(-10, 60), st.integers(1, 30)).map(lambda w: (w[0], w[0] + w[1]))


@given(
    spans=st.lists(weeks, max_size=8),
    start=st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    days=st.integers(-30, 900),
)
def test_every_day_finds_each_phase_in_exactly_one_state(spans, start, days):
    journey = {"phases": [phase(f"p{i}", *span) for i, span in enumerate(spans)]}
    today = start + timedelta(days=days)
    way = timeline(journey, start, today)
    assert len(way.phases) == len(spans)
    assert [p.start_on for p in way.phases] == sorted(p.start_on for p in way.phases)
    for p in way.phases:
        assert p.is_before_start == (p.end_on < start)
        assert (p.end_on - p.start_on).days % 7 == 6
        assert (p.state is PhaseState.DONE) == (p.end_on < today)
        assert (p.state is PhaseState.CURRENT) == (p.start_on <= today <= p.end_on)
    assert way.is_over == (bool(spans) and all(p.end_on < today for p in way.phases))


@pytest.mark.parametrize("slug", programme_templates())
def test_every_shipped_journey_lies_on_the_calendar(slug):
    journey = programme_templates()[slug].journey()
    assert journey_is_sound(journey)
    way = timeline(journey, START, START)
    assert way.current is not None
    assert all(item.due_on >= START for side in Side for item in way.next_due(side))
    assert way.next_due(Side.MENTEE)
