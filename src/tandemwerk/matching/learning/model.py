"""The learned model: train it, ask it about pairs, keep it as JSON.

With too few meetings it says so (`status == "prior"`) and keeps what was believed before: the rule
score where there is one, else the share of yes pulled towards one half.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np

from ..errors import LearningError
from .calibration import Platt, product_odds
from .design import Design
from .evaluation import problem_of, shortage
from .meetings import Dropped, Floats, Meetings, Pairs, usable
from .people import Effects, Spread
from .solver import STRENGTHS, Fits
from .training import NOBODY, Core, People, Progress, Training, informed, people_ids

FORMAT = 1
REPLICATES = 40
# Where no meeting speaks yet, a rule score of 0 to 1 stands for this chance of one side's yes.
PRIOR_LOW, PRIOR_HIGH = 0.25, 0.75
# How far from that one pair may lie, in logits: nearly anything is possible before people meet.
PRIOR_DEVIATION = 1.0
PRIOR_ANSWERS = 10.0
# 90 % of a normal curve, widened: variances estimated by moments come out a little too small, as
# meetings with a known truth show (tests, test_model.py).
_REACH = 1.15 * 1.6448536269514722
_EDGE = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """Per pair, float64: chance that both say yes, where it lies with 90 %, each side's chance.

    The interval is about this very pair: it holds both how little is known of the model and how
    much people differ in ways nobody asked for. It narrows for people who have met others before.
    """

    probability: Floats
    low: Floats
    high: Floats
    a_yes: Floats
    b_yes: Floats


@dataclass(frozen=True, slots=True, eq=False)
class ChemistryModel:
    """What was learned from meetings, or the prior.

    status: "learned", or "prior" when `shortage` (pairs, groups, answers) says what is missing.
    dropped: columns that did not count. rates: share of yes of a and b, for the prior.
    """

    status: Literal["learned", "prior"]
    shortage: str
    pairs: int
    groups: int
    rates: tuple[float, float]
    dropped: tuple[Dropped, ...] = ()
    design: Design | None = None
    core: Core | None = None
    people: Mapping[str, int] = field(default_factory=dict)
    replicates: Floats | None = None

    def predict(self, pairs: Pairs) -> Prediction:
        """Probabilities with intervals. People never seen before count as everybody does.

        Raises LearningError (feature_missing, feature_kind) if a learned feature is not there;
        further features are ignored. O(pairs × columns × replicates).
        """
        if self.design is None or self.core is None or self.replicates is None:
            return self._prior(pairs)
        core = self.core
        x_a, x_b = self.design.matrices(pairs)
        half = x_a.shape[1]
        a = np.array([self.people.get(p, len(self.people)) for p in pairs.a], np.intp)
        b = np.array([self.people.get(p, len(self.people)) for p in pairs.b], np.intp)
        known = _with_stranger(core.effects, core.spread)
        eta = (x_a @ core.beta[:half], x_b @ core.beta[half:])
        yes_a, yes_b, both = core.answer(eta, a, b, known)
        drawn = np.array(
            [
                product_odds(core.side(odds_a), core.side(odds_b))
                for odds_a, odds_b in (
                    informed((x_a @ beta[:half], x_b @ beta[half:]), a, b, known, core.spread)
                    for beta in self.replicates
                )
            ]
        )
        slope = core.match.slope
        unsure = (slope**2) * drawn.var(axis=0)
        left_a = known.saying_left[a] + known.hearing_left[b]
        left_b = known.saying_left[b] + known.hearing_left[a]
        # How the log-odds of the product answer to the log-odds of either side.
        share_a = (1 - yes_a) / (1 - yes_a * yes_b)
        share_b = (1 - yes_b) / (1 - yes_a * yes_b)
        wide = (slope * core.spread.stretch) ** 2
        people = wide * (share_a**2 * left_a + share_b**2 * left_b)
        # A whole cohort may be in another mood; that moves both sides at once.
        cohort = (slope * (share_a + share_b)) ** 2 * core.spread.group
        low, high = _interval(both, np.sqrt(unsure + people + cohort))
        return Prediction(both, low, high, yes_a, yes_b)

    def _prior(self, pairs: Pairs) -> Prediction:
        count = len(pairs)
        if pairs.prior is None:
            a, b = np.full(count, self.rates[0]), np.full(count, self.rates[1])
        else:
            a = b = PRIOR_LOW + (PRIOR_HIGH - PRIOR_LOW) * pairs.prior
        both = a * b
        low, high = _interval(both, np.full(count, np.sqrt(2) * PRIOR_DEVIATION))
        return Prediction(both, low, high, a, b)

    def without_people(self) -> "ChemistryModel":
        """The same for pairs of strangers, and nothing about anybody who met somebody."""
        if self.core is None:
            return self
        nobody = Effects(np.empty(0), np.empty(0), np.empty(0), np.empty(0))
        return replace(self, people={}, core=replace(self.core, effects=nobody))

    def save(self, path: str | Path) -> None:
        """Write the model as JSON: numbers and names, no code. Raises OSError."""
        Path(path).write_text(json.dumps(self.to_dict(), ensure_ascii=False), encoding="utf-8")

    def to_dict(self) -> dict[str, object]:
        """As JSON values; people are in it by id, so the file is personal data."""
        result: dict[str, object] = {
            "format": FORMAT,
            "status": self.status,
            "shortage": self.shortage,
            "pairs": self.pairs,
            "groups": self.groups,
            "rates": list(self.rates),
            "dropped": [[d.name, d.reason] for d in self.dropped],
        }
        if self.design is None or self.core is None or self.replicates is None:
            return result
        core, effects = self.core, self.core.effects
        return result | {
            "design": self.design.to_dict(),
            "shares": list(core.shares),
            "beta": _listed(core.beta),
            "spread": [core.spread.saying, core.spread.hearing, core.spread.group],
            "platt": [[p.shift, p.slope] for p in (core.side, core.match)],
            "people": list(self.people),
            "effects": [
                _listed(effect)
                for effect in (
                    effects.saying,
                    effects.hearing,
                    effects.saying_left,
                    effects.hearing_left,
                )
            ],
            "replicates": [_listed(beta) for beta in self.replicates],
        }

    @classmethod
    def load(cls, path: str | Path) -> "ChemistryModel":
        """Read what `save` wrote. Raises OSError, LearningError (model_unreadable)."""
        path = Path(path)
        try:
            return cls.from_dict(json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            raise LearningError("model_unreadable", file=path.name) from error

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "ChemistryModel":
        """What `to_dict` wrote; ValueError, KeyError or TypeError for anything else."""
        if data["format"] != FORMAT:
            raise ValueError("unknown format")
        rate_a, rate_b = map(float, data["rates"])
        plain: dict[str, Any] = {
            "status": data["status"],
            "shortage": str(data["shortage"]),
            "pairs": int(data["pairs"]),
            "groups": int(data["groups"]),
            "rates": (rate_a, rate_b),
            "dropped": tuple(Dropped(name, reason) for name, reason in data["dropped"]),
        }
        if data["status"] == "prior":
            return cls(**plain)
        effects = Effects(*(np.array(effect, np.float64) for effect in data["effects"]))
        core = Core(
            tuple(map(float, data["shares"])),
            np.array(data["beta"], np.float64),
            Spread(*map(float, data["spread"])),
            effects,
            *(Platt(*map(float, numbers)) for numbers in data["platt"]),
        )
        return cls(
            **plain,
            design=Design.from_dict(data["design"]),
            core=core,
            people={person: place for place, person in enumerate(data["people"])},
            replicates=np.array(data["replicates"], np.float64),
        )


def learn(
    meetings: Meetings, *, seed: int = 0, progress: Progress = lambda share: None
) -> ChemistryModel:
    """Learn from meetings; the same meetings and seed give the same model.

    Fewer than LEAST_PAIRS pairs, LEAST_GROUPS groups or LEAST_ANSWERS answers of either kind are
    too little: the model is then the prior. seed: of the draws behind the
    intervals. 4,000 pairs × 40 features take about 5 s. Raises LearningError (too_many_features).
    """
    meetings = usable(meetings)
    missing = shortage(meetings)
    plain = {
        "shortage": missing,
        "pairs": len(meetings),
        "groups": len(meetings.groups),
        "rates": (_rate(meetings.outcome_a), _rate(meetings.outcome_b)),
        "dropped": meetings.dropped,
    }
    if missing:
        return ChemistryModel("prior", **plain)  # type: ignore[arg-type]  # see the fields above
    design = Design.fit(meetings.pairs)
    problem = problem_of(meetings, design)
    training = Training(
        problem, People.of(meetings), (NOBODY,), lambda share: progress(0.9 * share)
    )
    core = training.core(NOBODY)
    best = STRENGTHS[int(np.argmax(core.shares))]
    draws = Fits(problem, best).draws(REPLICATES, np.random.default_rng(seed))
    progress(1.0)
    people = {person: place for place, person in enumerate(people_ids(meetings))}
    return ChemistryModel(
        "learned",
        design=design,
        core=core,
        people=people,
        replicates=core.beta + draws,
        **plain,  # type: ignore[arg-type]  # see the fields above
    )


def _rate(answers: Floats) -> float:
    known = answers[~np.isnan(answers)]
    return float((known.sum() + PRIOR_ANSWERS / 2) / (len(known) + PRIOR_ANSWERS))


def _with_stranger(effects: Effects, spread: Spread) -> Effects:
    """The effects with one more person at the end: a stranger."""
    return Effects(
        np.append(effects.saying, 0.0),
        np.append(effects.hearing, 0.0),
        np.append(effects.saying_left, spread.saying),
        np.append(effects.hearing_left, spread.hearing),
    )


def _interval(middle: Floats, deviation: Floats) -> tuple[Floats, Floats]:
    """90 % of a logit-normal around log-odds whose mean probability is `middle`."""
    middle = np.clip(middle, _EDGE, 1 - _EDGE)
    centre = np.log(middle / (1 - middle)) * np.sqrt(1 + np.pi / 8 * deviation**2)
    reach = _REACH * deviation
    low, high = (1 / (1 + np.exp(-(centre + sign * reach))) for sign in (-1.0, 1.0))
    return np.minimum(low, middle), np.maximum(high, middle)


def _listed(values: Floats) -> list[float]:
    return cast("list[float]", values.tolist())
