"""Where the first no ends a meeting, the other side was never asked."""

from dataclasses import replace

import numpy as np
import pytest

from tandemwerk.matching import MatchingError
from tandemwerk.matching.learning import Meetings, evaluate, learn
from tests.unit.matching.learning.evenings import evenings


def few(seed=3):
    return evenings(groups=5, size=(8, 9), seed=seed).meetings


def unasked(meetings: Meetings, seed=0) -> Meetings:
    """One of the two answers first, by lot; after a no the other is not asked."""
    first_is_a = np.random.default_rng(seed).random(len(meetings)) < 0.5
    a, b = meetings.outcome_a.copy(), meetings.outcome_b.copy()
    b[first_is_a & (meetings.outcome_a == 0)] = np.nan
    a[~first_is_a & (meetings.outcome_b == 0)] = np.nan
    return replace(meetings, outcome_a=a, outcome_b=b)


def test_whether_both_said_yes_is_known_all_the_same():
    asked = few()
    assert np.array_equal(unasked(asked).both, asked.both)


@pytest.mark.parametrize("other", [1.0, np.nan])
def test_an_answer_may_only_be_missing_beside_a_no(other):
    meetings = few()
    a, b = meetings.outcome_a.copy(), meetings.outcome_b.copy()
    a[4], b[4] = np.nan, other
    with pytest.raises(MatchingError) as caught:
        replace(meetings, outcome_a=a, outcome_b=b)
    assert caught.value.code == "outcome_not_binary"


def test_chances_of_both_stay_honest_although_every_second_no_hid_an_answer():
    meetings = unasked(few())
    assert np.isnan(meetings.outcome_a).any()
    found = evaluate(meetings, baselines=())
    assert found.both is not None
    # Taking only meetings with two answers would put this far too high: they begin with a yes.
    answered = ~np.isnan(meetings.outcome_a) & ~np.isnan(meetings.outcome_b)
    assert meetings.both[answered].mean() > meetings.both.mean() + 0.05
    assert found.both.mean() == pytest.approx(meetings.both.mean(), abs=0.03)
    assert found.rows == len(meetings)
    assert sum(step.count for step in found.side_steps) < 2 * len(meetings)
    assert set(found.baselines) == {"constant"}


def test_the_model_without_people_answers_as_for_strangers():
    meetings = unasked(few())
    model = learn(meetings)
    bare = model.without_people()
    assert bare.people == {}
    strangers = replace(
        meetings.pairs,
        a=tuple(f"new {n}" for n in range(len(meetings))),
        b=tuple(f"also new {n}" for n in range(len(meetings))),
    )
    expected, found = model.predict(strangers), bare.predict(meetings.pairs)
    for name in ("probability", "low", "high"):
        assert np.array_equal(getattr(found, name), getattr(expected, name))
    assert type(model).from_dict(bare.to_dict()).people == {}
