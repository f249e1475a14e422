"""From stored reasons to meetings and back to an estimate."""

import numpy as np
import pytest

from tandemwerk.matching import Criteria, Criterion, Mentee, Mentor, score
from tandemwerk.matching.learning import Step
from tandemwerk.pairing.chemistry import (
    Had,
    digest_of,
    estimate,
    fits_in,
    learned_from,
    meetings_of,
    merged,
)
from tandemwerk.pairing.engine import pair_reasons

MENTEES = [
    Mentee(id="a", topics=("first-leadership", "delegation"), languages=frozenset({"de"}),
           experience_years=3, values={"x": 2, "y": 4, "z": 1}, formats=frozenset({"online"})),
    Mentee(id="b", topics=("public-speaking",), languages=frozenset({"de", "en"}), week=255),
]  # fmt: skip
MENTORS = [
    Mentor(id="c", topics=("first-leadership",), languages=frozenset({"de"}), experience_years=9,
           values={"x": 3, "y": 1, "z": 1}, formats=frozenset({"online"}), week=15, seats=1),
    Mentor(id="d", topics=("changing-jobs",), languages=frozenset({"de"}), seats=1),
]  # fmt: skip


@pytest.mark.parametrize("row", [0, 1])
@pytest.mark.parametrize("column", [0, 1])
def test_stored_reasons_give_back_the_fit_by_every_criterion(row, column):
    scores = score(MENTEES, MENTORS, Criteria())
    found = fits_in(pair_reasons(scores, row, column))
    assert set(found) == set(scores.shares)
    for criterion, fit in found.items():
        assert fit == pytest.approx(float(scores.part(criterion, row, column)), abs=1e-6)


def had(**changed):
    reasons = {
        "reasons": [{"criterion": "topics", "points": 0.3, "possible": 0.6}],
        "differences": [{"criterion": "topics", "points": 0.0, "possible": 0.4}],
        "neutral": [{"criterion": None, "points": 0.0, "possible": 0.0}],
    }
    values = {"cohort": 1, "mentee": 2, "mentor": 3, "score": 0.3, "reasons": reasons,
              "mentee_yes": True, "mentor_yes": True}  # fmt: skip
    return Had(**{**values, **changed})


def test_entries_of_one_criterion_add_up_and_others_are_not_answered():
    assert fits_in(had().reasons) == {Criterion.TOPICS: pytest.approx(0.3)}
    features = {f.name: f for f in meetings_of([had()]).pairs.features}
    assert features["fit_topics"].a == pytest.approx([0.3])
    assert np.isnan(features["fit_values"].a).all()
    assert len(features) == len(Criterion)


def test_two_who_met_twice_in_a_cohort_count_once_by_their_latest_meeting():
    found = meetings_of([had(), had(mentor_yes=False)])
    assert found.outcome_b.tolist() == [0.0]


def test_an_answer_nobody_asked_for_is_missing():
    found = meetings_of([had(mentee_yes=None, mentor_yes=False)])
    assert np.isnan(found.outcome_a[0])
    assert found.both.tolist() == [0.0]


def test_the_digest_tells_other_answers():
    assert digest_of(meetings_of([had()])) == digest_of(meetings_of([had()]))
    assert digest_of(meetings_of([had()])) != digest_of(meetings_of([had(mentor_yes=False)]))


def test_no_meeting_at_all_is_too_few():
    found = learned_from(meetings_of([]))
    assert (found.shortage, found.meetings, found.groups, found.model) == ("pairs", 0, 0, {})


def test_small_steps_are_joined_and_nothing_is_lost():
    steps = [
        Step(0.0, 0.1, 3, 0.05, 0.0),
        Step(0.1, 0.2, 5, 0.15, 0.2),
        Step(0.2, 0.3, 9, 0.25, 0.3),
        Step(0.3, 0.4, 2, 0.35, 1.0),
    ]
    found = merged(steps)
    assert [(s.low, s.high, s.count) for s in found] == [(0.0, 0.2, 8), (0.2, 0.4, 11)]
    assert found[1].seen == pytest.approx((9 * 0.3 + 2) / 11)
    assert [s.count for s in merged(steps[:1])] == [3]


def test_a_model_of_another_version_says_nothing():
    assert estimate({"format": 0, "status": "learned"}, had().reasons, 0.3) is None
