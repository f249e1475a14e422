"""The model against a known truth: honest intervals, nobody starved, saved as it is."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tandemwerk.matching import LearningError, Mentee, Mentor, score
from tandemwerk.matching.learning import (
    LEAST_PAIRS,
    ChemistryModel,
    Feature,
    Meetings,
    Pairs,
    chemistry_features,
    chemistry_meetings,
    joined,
    learn,
)
from tandemwerk.matching.learning.calibration import platt
from tandemwerk.matching.learning.people import Ratings, effects_of, spread_of
from tandemwerk.matching.learning.solver import STRENGTHS, Fits, Problem

from .evenings import Evening, evenings


def part(evening: Evening, groups: set[str]) -> tuple[Meetings, np.ndarray]:
    """The meetings of some groups, and the true chance that both say yes."""
    meetings = evening.meetings
    rows = np.flatnonzero([group in groups for group in meetings.group])
    chosen = Meetings(
        meetings.pairs.take(rows),
        tuple(meetings.group[row] for row in rows),
        meetings.outcome_a[rows],
        meetings.outcome_b[rows],
    )
    return chosen, evening.both[rows]


@pytest.fixture(scope="module")
def small() -> Meetings:
    return evenings(groups=5, size=(5, 7), seed=3).meetings


@pytest.fixture(scope="module")
def model(small: Meetings) -> ChemistryModel:
    return learn(small)


@pytest.mark.parametrize(
    ("people", "towns", "least"),
    [
        (0.3, 1, 0.75),
        pytest.param(0.3, 4, 0.82, marks=pytest.mark.slow),
        pytest.param(0.9, 4, 0.82, marks=pytest.mark.slow),
    ],
)
def test_intervals_hold_the_true_chance_of_strangers(
    people: float, towns: int, least: float
) -> None:
    held, inside, middle, truth = 0, 0.0, 0.0, 0.0
    for seed in range(towns):
        evening = evenings(groups=12, size=(10, 12), seed=seed, people=people)
        learned, _ = part(evening, {f"g{n}" for n in range(8)})
        asked, true = part(evening, {f"g{n}" for n in range(8, 12)})
        said = learn(learned).predict(asked.pairs)
        assert ((said.low <= said.probability) & (said.probability <= said.high)).all()
        held += len(asked)
        inside += float(((said.low <= true) & (true <= said.high)).sum())
        middle += float(said.probability.sum())
        truth += float(true.sum())
    # Promised are 90 %; small towns of a few hundred people vary by some points, one by more.
    assert least <= inside / held <= 0.99
    assert middle / held == pytest.approx(truth / held, abs=0.03 if towns > 1 else 0.06)


def test_whoever_has_met_others_is_known_better() -> None:
    evening = evenings(groups=16, size=(8, 10), seed=4, returning=0.6, people=1.2)
    learned, _ = part(evening, {f"g{n}" for n in range(12)})
    asked, true = part(evening, {f"g{n}" for n in range(12, 16)})
    known = learn(learned).predict(asked.pairs)
    strangers = replace(
        asked.pairs,
        a=tuple(f"new {p}" for p in asked.pairs.a),
        b=tuple(f"new {p}" for p in asked.pairs.b),
    )
    unknown = learn(learned).predict(strangers)
    assert np.mean((known.probability - true) ** 2) < np.mean((unknown.probability - true) ** 2)
    met = {*learned.pairs.a, *learned.pairs.b}
    both = np.array([a in met and b in met for a, b in zip(asked.pairs.a, asked.pairs.b)])  # noqa: B905
    assert both.any()
    logit_width = [np.log(p.high / (1 - p.high) * (1 - p.low) / p.low) for p in (known, unknown)]
    assert (logit_width[0][both] < logit_width[1][both]).all()


def test_a_new_mentor_is_like_everybody_and_never_starved(model: ChemistryModel) -> None:
    """Popularity has mean zero over mentors: without a meeting nobody falls behind the middle."""
    assert model.core is not None
    heard = model.core.effects.hearing
    ranks_below_new = float((heard < 0).mean())
    assert 0.3 <= ranks_below_new <= 0.7
    assert abs(float(heard.mean())) < 0.1
    assert np.abs(heard).max() <= 2.0


def test_one_unlucky_meeting_costs_little() -> None:
    def popularity(answers: list[float]) -> float:
        count = len(answers)
        ratings = Ratings(
            np.arange(1, count + 1), np.zeros(count, np.intp), np.array(answers) - 0.5,
            np.full(count, 0.25),
        )  # fmt: skip
        group = np.zeros(count, np.intp)
        spread = replace(spread_of(ratings, count + 1, group), saying=0.5, hearing=0.5)
        return float(effects_of(ratings, spread, count + 1).hearing[0])

    assert -0.25 < popularity([0.0]) < 0 < popularity([1.0]) < 0.25
    assert popularity([0.0] * 3) > popularity([0.0] * 30)
    assert popularity([0.0] * 300) >= -2.0
    assert popularity([0.0, 1.0]) == pytest.approx(0.0, abs=1e-9)


def test_the_same_seed_gives_the_same_model(small: Meetings, model: ChemistryModel) -> None:
    assert json.dumps(learn(small).to_dict()) == json.dumps(model.to_dict())
    assert json.dumps(learn(small, seed=1).to_dict()) != json.dumps(model.to_dict())


def test_a_saved_model_answers_the_same(
    tmp_path: Path, small: Meetings, model: ChemistryModel
) -> None:
    model.save(tmp_path / "model.json")
    again = ChemistryModel.load(tmp_path / "model.json")
    for field in ("probability", "low", "high", "a_yes", "b_yes"):
        np.testing.assert_array_equal(
            getattr(again.predict(small.pairs), field), getattr(model.predict(small.pairs), field)
        )
    assert again.status == "learned"
    assert again.to_dict() == model.to_dict()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "rates": [1]}'])
def test_what_is_no_model_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "model.json").write_text(text)
    with pytest.raises(LearningError, match="model_unreadable"):
        ChemistryModel.load(tmp_path / "model.json")


def test_protected_attributes_change_nothing(small: Meetings, model: ChemistryModel) -> None:
    draw = np.random.default_rng(0)
    gender = Feature("gender", draw.random(len(small)), draw.random(len(small)))
    more = replace(small, pairs=replace(small.pairs, features=(*small.pairs.features, gender)))
    again = learn(more)
    assert [(d.name, d.reason) for d in again.dropped] == [("gender", "protected")]
    np.testing.assert_array_equal(
        again.predict(more.pairs).probability, model.predict(small.pairs).probability
    )


def test_categories_never_seen_are_all_alike(small: Meetings, model: ChemistryModel) -> None:
    def asked(field: str) -> Pairs:
        features = tuple(
            Feature(f.name, np.full(len(small), field, object), f.b) if f.name == "field" else f
            for f in small.pairs.features
        )
        return replace(small.pairs, features=features)

    np.testing.assert_array_equal(
        model.predict(asked("astronaut")).probability, model.predict(asked("pilot")).probability
    )


def test_features_must_be_as_learned(small: Meetings, model: ChemistryModel) -> None:
    first, *rest = small.pairs.features
    with pytest.raises(LearningError, match=f"feature_missing.*{first.name}"):
        model.predict(replace(small.pairs, features=tuple(rest)))
    word = Feature(first.name, np.full(len(small), "x", object), np.full(len(small), "x", object))
    with pytest.raises(LearningError, match=f"feature_kind.*{first.name}"):
        model.predict(replace(small.pairs, features=(word, *rest)))
    many = tuple(Feature(f"x{n}", first.a + n, first.b) for n in range(121))
    with pytest.raises(LearningError, match="too_many_features"):
        learn(replace(small, pairs=replace(small.pairs, features=many)))


def test_too_little_data_keeps_the_prior(tmp_path: Path, small: Meetings) -> None:
    few = Meetings(
        small.pairs.take(range(LEAST_PAIRS - 1)),
        small.group[: LEAST_PAIRS - 1],
        small.outcome_a[: LEAST_PAIRS - 1],
        small.outcome_b[: LEAST_PAIRS - 1],
    )
    model = learn(few)
    assert (model.status, model.shortage) == ("prior", "pairs")
    assert model.without_people() is model  # it has met nobody
    said = model.predict(few.pairs)
    assert len(set(said.probability.tolist())) == 1
    assert (said.high - said.low > 0.5).all()
    model.save(tmp_path / "model.json")
    assert ChemistryModel.load(tmp_path / "model.json").to_dict() == model.to_dict()

    ruled = replace(few.pairs, prior=np.linspace(0, 1, len(few)))
    said = learn(replace(few, pairs=ruled)).predict(ruled)
    assert (np.diff(said.probability) > 0).all()
    assert said.a_yes[[0, -1]].tolist() == [0.25, 0.75]

    one_group = replace(small, group=tuple(f"g{n % 2}" for n in range(len(small))))
    assert learn(one_group).shortage == "groups"
    assert learn(replace(small, outcome_a=np.ones(len(small)))).shortage == "answers"


def test_the_rule_score_counts_when_there_is_enough(small: Meetings) -> None:
    prior = np.clip(0.3 + 0.4 * small.both, 0, 1)
    pairs = replace(small.pairs, prior=prior, features=())
    model = learn(replace(small, pairs=pairs))
    said = model.predict(pairs).probability
    assert said[small.both == 1].mean() > said[small.both == 0].mean() + 0.05
    assert ChemistryModel.from_dict(model.to_dict()).to_dict() == model.to_dict()
    with pytest.raises(LearningError, match="prior"):
        model.predict(replace(pairs, prior=None))


def test_fits_without_groups_are_fits_of_the_others() -> None:
    """The short way (few steps from the whole fit) ends where the long way ends."""
    draw = np.random.default_rng(1)
    x = np.column_stack([np.ones(120), draw.normal(size=(120, 6))])
    y = (draw.random((2, 120)) < 0.4).astype(float)
    group = np.repeat(np.arange(6), 20)
    rest = group > 1
    whole = Problem(x, x[:, ::-1][:, [6, 1, 2, 3, 4, 5, 0]], y[0], y[1], group, 5)
    others = Problem(whole.x_a[rest], whole.x_b[rest], y[0][rest], y[1][rest], group[rest] - 2, 5)
    for strength in STRENGTHS:
        short = Fits(whole, strength).without([0, 1])
        np.testing.assert_allclose(short, Fits(others, strength).beta, atol=1e-4)


def test_a_model_turned_round_is_calibrated_to_the_rate() -> None:
    odds = np.linspace(-3, 3, 500)
    answers = (odds < 0).astype(float)
    calibrated = platt(odds, answers)
    assert calibrated.slope == 0
    assert calibrated(odds) == pytest.approx(0.5, abs=0.01)


def people(count: int) -> tuple[list[Mentee], list[Mentor]]:
    mentees = [
        Mentee(id=f"e{n}", topics=("leadership",), languages=frozenset({"de"}))
        for n in range(count)
    ]
    mentors = [
        Mentor(id=f"o{n}", topics=("leadership",) if n % 2 else (), languages=frozenset({"de"}))
        for n in range(count)
    ]
    return mentees, mentors


def test_pairs_of_the_engine_become_meetings() -> None:
    scores = score(*people(4))
    places = [(0, 1), (2, 3), (1, 1)]
    pairs = chemistry_features(scores, places)
    assert pairs.a == ("e0", "e2", "e1")
    assert pairs.b == ("o1", "o3", "o1")
    assert {f.name for f in pairs.features} == {*(f"fit_{c}" for c in scores.parts), "view"}
    assert pairs.prior is not None
    np.testing.assert_allclose(pairs.prior, [scores.full_total(*place) for place in places])
    with pytest.raises(LearningError, match="pair_unknown"):
        chemistry_features(scores, [(0, 4)])

    first = chemistry_meetings(scores, places, ["2030"] * 3, [(True, False)] * 3)
    second = chemistry_meetings(scores, [(3, 3)], ["2031"], [(True, True)])
    together = joined([first, second])
    assert together.groups == ("2030", "2031")
    assert together.both.tolist() == [0, 0, 0, 1]
    assert together.pairs.prior is not None
    assert learn(together).predict(pairs).probability.shape == (3,)
    bare = replace(second, pairs=replace(second.pairs, prior=None))
    with pytest.raises(LearningError, match="prior"):
        joined([first, bare])
    assert joined([bare]).pairs.prior is None
    with pytest.raises(LearningError, match="feature_missing"):
        joined([first, replace(second, pairs=replace(second.pairs, features=()))])
