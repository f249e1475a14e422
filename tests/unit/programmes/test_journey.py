from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.programmes.journey import (
    KINDS,
    Fault,
    Gap,
    Kind,
    Problem,
    differences,
    faults,
    gaps,
    key_for,
    phase_added,
    phase_moved,
    phase_of,
    phase_removed,
    phase_replaced,
    phases_of,
)
from tandemwerk.programmes.template_catalogue import programme_templates


def phase(key, start, length, weeks=()):
    due = [
        {"key": f"{key}-{n}", "title": {"en": "Do"}, "week": start + week, "who": "both"}
        for n, week in enumerate(weeks)
        if week <= length
    ]
    title = {"de": key, "en": key}
    return {"key": key, "title": title, "start_week": start, "end_week": start + length, "due": due}


@st.composite
def journeys(draw):
    """Phases one after the other, some with gaps or overlaps between them."""
    week, phases = draw(st.integers(-9, 0)), []
    for number in range(draw(st.integers(1, 5))):
        length = draw(st.integers(1, 9))
        weeks = draw(st.lists(st.integers(0, 9), max_size=3))
        phases.append(phase(f"p{number}", week, length, weeks))
        week += length + draw(st.integers(-1, 2))
    return {"phases": phases}


def lengths(journey):
    return {p["key"]: p["end_week"] - p["start_week"] for p in phases_of(journey)}


@given(journey=journeys(), at=st.integers(0, 4), is_up=st.booleans())
def test_moving_keeps_lengths_the_whole_and_what_is_due(journey, at, is_up):
    before = deepcopy(journey)
    key = f"p{at}"
    moved = phase_moved(journey, key, is_up=is_up)
    assert journey == before, "the old document stays as it is"
    assert lengths(moved) == lengths(journey)
    assert faults(moved) == faults(journey) == []
    first, last = phases_of(journey)[0], phases_of(journey)[-1]
    assert phases_of(moved)[0]["start_week"] == first["start_week"]
    assert phases_of(moved)[-1]["end_week"] == last["end_week"]


@given(journey=journeys(), at=st.integers(0, 4))
def test_moving_up_and_down_again_changes_nothing(journey, at):
    keys = [p["key"] for p in phases_of(journey)]
    key = f"p{at}"
    if keys.index(key) > 0 if key in keys else False:
        there = phase_moved(journey, key, is_up=True)
        assert phase_moved(there, key, is_up=False) == journey
    else:
        assert phase_moved(journey, key, is_up=True) == journey


@given(journey=journeys(), kind=st.sampled_from(KINDS))
def test_adding_and_removing_a_phase_changes_nothing(journey, kind):
    added = phase_added(journey, kind, {"en": "New"})
    new = phases_of(added)[-1]
    assert new["start_week"] == max(p["end_week"] for p in phases_of(journey))
    assert [d.kind for d in differences(journey, added)] == [Kind.ADDED]
    assert phase_removed(added, new["key"]) == journey
    assert [d.kind for d in differences(added, journey)] == [Kind.REMOVED]
    assert faults(added) == []


@given(journey=journeys())
def test_a_journey_does_not_differ_from_itself(journey):
    assert differences(journey, journey) == []
    assert differences(journey, deepcopy(journey)) == []


@given(taken=st.sets(st.sampled_from(["work", "work-2", "work-3"])))
def test_a_new_key_is_nobodys(taken):
    assert key_for("work", taken) not in taken


def test_shipped_journeys_are_sound_and_whole_in_both_languages():
    for template in programme_templates().values():
        assert faults(template.journey()) == []
        assert gaps(template.journey()) == []


def test_every_fault_is_found():
    assert faults({"phases": []}) == [Fault(Problem.NO_PHASES)]
    assert faults({"phases": [phase(f"p{n}", n, 1) for n in range(21)]}) == [
        Fault(Problem.TOO_MANY)
    ]
    assert faults({"phases": [phase("a", 0, 2), phase("a", 2, 2)]}) == [
        Fault(Problem.KEY_TWICE, "a")
    ]
    assert faults({"phases": [{**phase("a", 0, 2), "title": {"de": ""}}]}) == [
        Fault(Problem.NO_TITLE, "a")
    ]
    assert faults({"phases": [phase("a", 3, 0)]}) == [Fault(Problem.ENDS_TOO_EARLY, "a")]
    outside = phase("a", 0, 2, [0])
    outside["due"][0] |= {"week": 3, "title": {}}
    assert faults({"phases": [outside]}) == [
        Fault(Problem.WEEK_OUTSIDE, "a", "a-0"),
        Fault(Problem.NO_DUE_TITLE, "a", "a-0"),
    ]
    twice = phase("b", 2, 2, [0])
    twice["due"][0]["key"] = "a-0"
    assert faults({"phases": [phase("a", 0, 2, [0]), twice]}) == [
        Fault(Problem.DUE_KEY_TWICE, "b", "a-0")
    ]


def test_a_language_that_is_missing_is_named_once():
    found = phase("a", 0, 2, [0, 1])
    found["questions"] = {"de": ["Warum?"], "en": []}
    found["starters"] = {}
    assert gaps({"phases": [found]}) == [Gap("a", "questions", "en"), Gap("a", "due", "de")]


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"end_week": 4}, "weeks"),
        ({"title": {"en": "Else", "de": "a"}}, "title"),
        ({"summary": {"de": "Neu"}}, "summary"),
        ({"questions": {"de": ["Wer?"]}}, "questions"),
        ({"starters": {"en": ["Tell me"]}}, "starters"),
        ({"due": []}, "due"),
    ],
)
def test_a_difference_names_what_changed(change, part):
    old = {"phases": [phase("a", 0, 2, [1])]}
    new = phase_replaced(old, "a", {**phase_of(old, "a"), **change})
    (found,) = differences(old, new)
    assert (found.kind, found.key, found.parts) == (Kind.CHANGED, "a", (part,))
    assert differences(old, phase_replaced(old, "a", {**phase_of(old, "a"), "summary": {}})) == []
