"""Held-out figures: better than the baselines where there is something to learn, and no leak."""

from dataclasses import replace

import numpy as np
import pytest

from tandemwerk.matching.learning import Evaluation, Feature, Meetings, evaluate
from tandemwerk.matching.learning.evaluation import MOST_FOLDS, folds_of
from tandemwerk.matching.learning.metrics import NAMES, quality, reliability

from .evenings import evenings


@pytest.fixture(scope="module")
def meetings() -> Meetings:
    return evenings(groups=8, size=(9, 11), seed=2, signal=1.5).meetings


@pytest.fixture(scope="module")
def evaluation(meetings: Meetings) -> Evaluation:
    return evaluate(meetings)


def test_the_model_beats_all_three_baselines(evaluation: Evaluation) -> None:
    assert (evaluation.folds, evaluation.shortage) == (8, "")
    for kind in ("side", "match"):
        ours = getattr(evaluation.figures, kind)
        for name, figures in evaluation.baselines.items():
            theirs = getattr(figures, kind)
            assert ours.log_loss < theirs.log_loss, (kind, name)
            assert ours.brier < theirs.brier, (kind, name)
            assert ours.auc > theirs.auc, (kind, name)


def test_earlier_answers_tell_more_than_features(evaluation: Evaluation) -> None:
    assert evaluation.sequential.side.auc > evaluation.figures.side.auc + 0.02
    assert evaluation.sequential.match.log_loss < evaluation.figures.match.log_loss


@pytest.mark.slow
def test_on_data_of_the_usual_size_it_beats_them_and_means_what_it_says() -> None:
    for seed in (1, 2):
        found = evaluate(evenings(seed=seed).meetings)
        for kind in ("side", "match"):
            ours = getattr(found.figures, kind)
            assert ours.ece < 0.03
            for figures in found.baselines.values():
                theirs = getattr(figures, kind)
                assert ours.log_loss < theirs.log_loss
                assert ours.brier < theirs.brier
                assert ours.auc > theirs.auc


def test_answers_of_a_group_never_reach_its_own_predictions(
    meetings: Meetings, evaluation: Evaluation
) -> None:
    """With the answers of one group turned round, its own probabilities stay as they are."""
    chosen = np.array([group == "g3" for group in meetings.group])
    turned = evaluate(
        replace(
            meetings,
            outcome_a=np.where(chosen, 1 - meetings.outcome_a, meetings.outcome_a),
            outcome_b=np.where(chosen, 1 - meetings.outcome_b, meetings.outcome_b),
        )
    )
    for name in ("a_yes", "b_yes", "both"):
        before, after = getattr(evaluation, name), getattr(turned, name)
        np.testing.assert_allclose(after[chosen], before[chosen], atol=1e-4)
        assert np.abs(after[~chosen] - before[~chosen]).max() > 0.01


def test_the_order_of_rows_and_a_protected_column_change_nothing(
    meetings: Meetings, evaluation: Evaluation
) -> None:
    more = Feature("Religion", meetings.outcome_a.copy(), meetings.outcome_b.copy())
    order = np.argsort(np.array(meetings.group, dtype=str), kind="stable")[::-1]
    pairs = replace(meetings.pairs, features=(*meetings.pairs.features, more)).take(order)
    again = evaluate(
        Meetings(
            pairs,
            tuple(meetings.group[row] for row in order),
            meetings.outcome_a[order],
            meetings.outcome_b[order],
        )
    )
    assert again.both is not None
    assert evaluation.both is not None
    # Blocks of groups of the same size may be dealt otherwise; the figures hardly move.
    assert again.figures.side.auc == pytest.approx(evaluation.figures.side.auc, abs=0.02)
    assert again.figures.side.log_loss == pytest.approx(evaluation.figures.side.log_loss, abs=0.01)


def test_the_same_seed_gives_the_same_figures(meetings: Meetings, evaluation: Evaluation) -> None:
    assert evaluate(meetings).to_dict() == evaluation.to_dict()


def test_figures_as_json(evaluation: Evaluation) -> None:
    found = evaluation.to_dict()
    assert found["rows"] == evaluation.rows
    for block in (found, found["sequential"], *found["baselines"].values()):  # type: ignore[attr-defined]
        for kind in ("side", "match"):
            for name in NAMES:
                low, high = block[kind][f"{name}_interval"]
                assert low <= block[kind][name] <= high
    steps = found["reliability"]["match"]  # type: ignore[index]
    assert sum(step["count"] for step in steps) == evaluation.rows


@pytest.mark.parametrize(
    ("change", "shortage"),
    [
        (lambda m: replace(m, group=("one",) * len(m)), "groups"),
        (lambda m: replace(m, outcome_b=np.zeros(len(m))), "answers"),
        (
            lambda m: Meetings(m.pairs.take([0]), m.group[:1], m.outcome_a[:1], m.outcome_b[:1]),
            "pairs",
        ),
    ],
)
def test_too_little_data_measures_nothing(
    meetings: Meetings, change: object, shortage: str
) -> None:
    found = evaluate(change(meetings))  # type: ignore[operator]
    assert found.shortage == shortage
    assert found.to_dict()["status"] == "too_little_data"
    assert found.to_dict()["match"]["auc"] is None  # type: ignore[index]


def test_without_any_feature_it_says_the_rate(meetings: Meetings) -> None:
    found = evaluate(replace(meetings, pairs=replace(meetings.pairs, features=())))
    assert found.figures.match.log_loss == pytest.approx(
        found.baselines["constant"].match.log_loss, abs=0.01
    )


def test_people_who_come_again_bring_their_answers() -> None:
    again = evenings(groups=6, size=(6, 8), seed=1, returning=0.7, people=1.5, signal=0.0).meetings
    found = evaluate(again)
    assert found.figures.side.auc > found.baselines["constant"].side.auc + 0.03


def test_a_group_in_which_all_agree_is_held_out_as_well() -> None:
    few = evenings(groups=3, size=(6, 7), seed=5).meetings
    first = np.array([group == "g0" for group in few.group])
    lonely = replace(few, outcome_a=np.where(first, few.outcome_a, 0.0))
    found = evaluate(lonely)
    assert found.shortage in ("", "answers")
    assert found.folds in (0, 3)


def test_many_groups_are_held_out_several_at_a_time() -> None:
    many = evenings(groups=MOST_FOLDS + 5, size=(2, 2), seed=1).meetings
    folds = folds_of(many)
    assert folds.max() == MOST_FOLDS - 1
    for group in many.groups:
        assert len(set(folds[[g == group for g in many.group]])) == 1


def test_quality_is_what_its_definition_says() -> None:
    draw = np.random.default_rng(0)
    said = np.round(draw.random(300), 1)
    answers = (draw.random(300) < said).astype(float)
    found = quality(answers, said, draw.integers(0, 6, 300), seed=0)
    yes, no = said[answers == 1], said[answers == 0]
    wins = (yes[:, None] > no).mean() + (yes[:, None] == no).mean() / 2
    assert found.auc == pytest.approx(wins)
    assert found.brier == pytest.approx(np.mean((said - answers) ** 2))
    steps = reliability(answers, said)
    assert found.ece == pytest.approx(
        sum(step.count * abs(step.said - step.seen) for step in steps) / 300
    )
    with pytest.raises(AttributeError):
        found.f1  # noqa: B018
    one_kind = quality(np.ones(4), np.full(4, 0.5), np.arange(4), seed=0)
    assert np.isnan(one_kind.auc)
    assert one_kind.to_dict()["auc_interval"] == [None, None]
