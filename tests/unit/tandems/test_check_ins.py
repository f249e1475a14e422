"""When the programme asks, and when a gentle mail is in place."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.programmes.template_catalogue import programme_templates
from tandemwerk.tandems.journey import (
    Pause,
    Reason,
    Side,
    check_in_open,
    check_ins,
    is_quiet_for_long,
    may_answer,
    nudge_not_before,
    nudge_reasons,
    shifted,
    silent_since,
)
from tests.unit.tandems.test_pauses import lived

START = date(2026, 11, 2)
DAY = timedelta(days=1)
FIRST = "first-month-check"


def item(key, week, **more):
    return {"key": key, "title": {"en": key}, "week": week, **more}


def journey(*items):
    return {"phases": [{"key": "work", "start_week": 0, "end_week": 40, "due": list(items)}]}


items = st.lists(
    st.builds(
        item,
        st.sampled_from([FIRST, "midpoint-review", "half-check", "a-check-in", "other", "extra"]),
        st.one_of(st.integers(-5, 45), st.none()),
        who=st.sampled_from(["both", "mentee", "mentor"]),
        check_in=st.booleans(),
    ),
    max_size=6,
)


@given(items, lived())
def test_the_first_month_is_always_asked_of_both(found, pauses):
    every = check_ins(journey(*found), START, pauses)
    [first] = [one for one in every if one.key == FIRST]
    assert first.sides == frozenset(Side)
    assert first.opens_on == shifted(START + 30 * DAY, pauses)
    for side in Side:
        assert check_in_open(every, side, first.opens_on) == first


@given(items, lived(), st.integers(0, 400))
def test_at_most_one_question_is_open(found, pauses, day):
    today = START + day * DAY
    every = check_ins(journey(*found), START, pauses)
    assert sum(one.is_open(today) for one in every) <= 1
    for one in every:
        assert START <= one.opens_on <= one.due_on
        assert one.opens_on <= one.closes_on
        assert not (one.is_overdue(today) and not one.is_open(today))
    assert len({one.key for one in every}) == len(every)


@given(items, st.integers(0, 400))
def test_a_question_is_open_for_its_sides_only(found, day):
    today = START + day * DAY
    every = check_ins(journey(*found), START)
    for side in Side:
        asked = check_in_open(every, side, today)
        assert asked is None or (side in asked.sides and asked.is_open(today))


def test_every_template_asks_after_a_month_and_keeps_its_own_title():
    for template in programme_templates().values():
        every = check_ins(template.journey(), START)
        first = next(one for one in every if one.key == FIRST)
        assert first.opens_on == START + 30 * DAY
        assert {"de", "en"} <= first.title.keys()


def test_items_of_the_journey_open_a_week_before():
    found = journey(item("midpoint-review", 21), item("say-hello", 30))
    _first, middle = check_ins(found, START)
    assert middle.key == "midpoint-review"
    assert middle.due_on == START + timedelta(weeks=21)
    assert middle.opens_on == middle.due_on - 7 * DAY
    assert middle.closes_on == middle.due_on + 28 * DAY
    assert middle.is_overdue(middle.due_on + DAY)
    assert not middle.is_overdue(middle.due_on)


def test_without_a_journey_there_is_still_the_first_month():
    [first] = check_ins({}, START)
    assert first.due_on == START + 37 * DAY


def test_an_item_without_a_week_is_due_when_its_phase_ends():
    found = {"phases": [{"end_week": 12, "due": [{"key": "half-check"}]}]}
    assert check_ins(found, START)[1].due_on == START + timedelta(weeks=12)


def test_an_answer_can_be_changed_for_a_week():
    [first] = check_ins({}, START)
    assert not may_answer(first, None, first.opens_on - DAY)
    assert may_answer(first, None, first.opens_on)
    assert not may_answer(first, None, first.closes_on)
    answered = first.closes_on - DAY
    assert may_answer(first, answered, answered + 7 * DAY)
    assert not may_answer(first, answered, answered + 8 * DAY)


def test_a_pause_is_a_new_beginning_for_silence():
    today = START + 30 * DAY
    over = Pause(START + 5 * DAY, START + 20 * DAY)
    assert silent_since(START, (), today) == START
    assert silent_since(START, (over,), today) == over.end
    assert silent_since(START, (Pause(today, today + DAY),), today) == START


FAR = START + 1000 * DAY


def reasons(today, *, check_in=None, silent_from=START, ends_on=FAR, reminded_on=None, pauses=()):
    return nudge_reasons(
        check_in=check_in,
        silent_from=silent_from,
        ends_on=ends_on,
        reminded_on=reminded_on,
        pauses=pauses,
        today=today,
    )


@pytest.mark.parametrize(
    ("silent", "reminded", "is_due"),
    [
        (20, None, False),
        (21, None, True),
        (48, 21, False),
        (49, 21, True),
        (60, 45, False),  # something else was said two weeks ago
        (66, 45, True),
        (90, 49, False),
        (91, 49, True),
        (92, 91, False),
        (400, 91, False),
    ],
)
def test_silence_is_mentioned_at_growing_distance(silent, reminded, is_due):
    on = None if reminded is None else START + reminded * DAY
    found = reasons(START + silent * DAY, reminded_on=on)
    assert found == (frozenset({Reason.SILENCE}) if is_due else frozenset())


def test_a_silence_of_any_length_brings_three_mails_and_a_new_word_begins_anew():
    mails, reminded_on = [], None
    for day in range(700):
        silent_from = START if day < 500 else START + 500 * DAY
        today = START + day * DAY
        if reasons(today, silent_from=silent_from, reminded_on=reminded_on):
            mails.append(day)
            reminded_on = today
    assert mails == [21, 49, 91, 521, 549, 591]
    assert is_quiet_for_long(START, START + 91 * DAY)
    assert not is_quiet_for_long(START, START + 90 * DAY)


@pytest.mark.parametrize(("reminded", "is_due"), [(None, True), (29, True), (30, False)])
def test_an_open_question_is_mentioned_once(reminded, is_due):
    [first] = check_ins({}, START)
    on = None if reminded is None else START + reminded * DAY
    today = START + 36 * DAY
    found = reasons(today, check_in=first, silent_from=today, reminded_on=on)
    assert found == (frozenset({Reason.CHECK_IN}) if is_due else frozenset())


def test_after_the_planned_end_only_that_is_mentioned_and_once():
    ends_on = START + 30 * DAY
    assert reasons(ends_on, ends_on=ends_on, reminded_on=START + 21 * DAY) == frozenset()
    assert reasons(ends_on + DAY, ends_on=ends_on, reminded_on=START + 21 * DAY) == {Reason.END}
    for day in range(1, 200):
        today = ends_on + day * DAY
        assert not reasons(today, ends_on=ends_on, reminded_on=ends_on + DAY)


def test_nothing_is_mentioned_during_a_pause():
    [first] = check_ins({}, START)
    pauses = (Pause(START + 20 * DAY, START + 60 * DAY),)
    today = START + 40 * DAY
    assert not reasons(today, check_in=first, ends_on=START, pauses=pauses)


days = st.integers(0, 300)


@given(
    found=items, pauses=lived(), today=days, wrote=days, reminded=st.none() | days, end=days,
    later=st.integers(1, 300), later_wrote=st.none() | days,
)  # fmt: skip
def test_nothing_can_be_due_before_the_day_that_was_noted(
    found, pauses, today, wrote, reminded, end, later, later_wrote
):
    """Whatever day before the next look: also if somebody writes in between."""
    every, ends_on = check_ins(journey(*found), START, pauses), START + end * DAY
    today = START + today * DAY
    said = min(today, START + wrote * DAY)
    reminded_on = None if reminded is None else min(today, START + reminded * DAY)

    def due(day, last_on):
        return nudge_reasons(
            check_in=check_in_open(every, Side.MENTEE, day),
            silent_from=silent_since(last_on, pauses, day),
            ends_on=ends_on,
            reminded_on=reminded_on,
            pauses=pauses,
            today=day,
        )

    if due(today, said):
        return
    again_on = nudge_not_before(
        planned=every,
        silent_from=silent_since(said, pauses, today),
        ends_on=ends_on,
        reminded_on=reminded_on,
        pauses=pauses,
        today=today,
    )
    assert today < again_on
    day = today + later * DAY
    if day < again_on:
        last_on = said
        if later_wrote is not None and today < START + later_wrote * DAY <= day:
            last_on = START + later_wrote * DAY
        assert not due(day, last_on)
