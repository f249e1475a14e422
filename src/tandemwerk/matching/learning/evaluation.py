"""Hold out each group in turn and see how good the probabilities are.

Nothing of a held-out group's answers reaches its own prediction: coefficients, strength, what is
known of people and the calibration come from the other groups. Scaling and the list of categories
come from the features of all rows, which are known before anybody meets.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from .baselines import boosting, constant, logistic
from .design import Design
from .meetings import Floats, Meetings, usable
from .metrics import Quality, Step, quality, reliability
from .people import Ratings, effects_of
from .solver import Problem
from .training import Core, People, Progress, Rows, Training

# Beyond this many groups, several groups are held out together; a group is never divided.
MOST_FOLDS = 40
LEAST_PAIRS = 100
LEAST_GROUPS = 3
LEAST_ANSWERS = 10
BASELINES = ("constant", "logistic", "gradient_boosting")
Method = Callable[[Floats, Floats, Rows], Floats]
_NOTHING = Quality((float("nan"),) * 4, ((float("nan"), float("nan")),) * 4)


@dataclass(frozen=True, slots=True)
class Figures:
    """side: every answer of either side; match: whether both said yes."""

    side: Quality
    match: Quality

    def to_dict(self) -> dict[str, object]:
        """As JSON values."""
        return {"side": self.side.to_dict(), "match": self.match.to_dict()}


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """What came out of holding out each group in turn.

    shortage: "" or why there is too little data (pairs, groups, answers); then nothing was
    measured. sequential: the same, as if the answers of earlier rows of the same group were known.
    a_yes, b_yes, both: the held-out probability of each meeting.
    """

    figures: Figures
    sequential: Figures
    baselines: Mapping[str, Figures]
    side_steps: tuple[Step, ...]
    match_steps: tuple[Step, ...]
    folds: int
    groups: int
    rows: int
    shortage: str = ""
    a_yes: Floats | None = None
    b_yes: Floats | None = None
    both: Floats | None = None

    def to_dict(self) -> dict[str, object]:
        """The figures as JSON values."""
        return {
            "status": "too_little_data" if self.shortage else "learned",
            "shortage": self.shortage or None,
            **self.figures.to_dict(),
            "folds": self.folds,
            "rows": self.rows,
            "groups": self.groups,
            "baselines": {name: figures.to_dict() for name, figures in self.baselines.items()},
            "sequential": self.sequential.to_dict(),
            "reliability": {
                "side": [_step(step) for step in self.side_steps],
                "match": [_step(step) for step in self.match_steps],
            },
        }


def _step(step: Step) -> dict[str, object]:
    return {
        "low": step.low,
        "high": step.high,
        "count": step.count,
        "said": round(step.said, 6),
        "seen": round(step.seen, 6),
    }


def shortage(meetings: Meetings) -> str:
    """Why these meetings are too few to learn from: "pairs", "groups", "answers", or ""."""
    if len(meetings) < LEAST_PAIRS:
        return "pairs"
    if len(meetings.groups) < LEAST_GROUPS:
        return "groups"
    for answers in (meetings.outcome_a, meetings.outcome_b, meetings.both):
        if min((answers == 1).sum(), (answers == 0).sum()) < LEAST_ANSWERS:
            return "answers"
    return ""


def folds_of(meetings: Meetings) -> Rows:
    """The fold of each row: one per group, or several groups together beyond MOST_FOLDS."""
    number = {group: place % MOST_FOLDS for place, group in enumerate(meetings.groups)}
    return np.array([number[group] for group in meetings.group], np.intp)


def problem_of(meetings: Meetings, design: Design) -> Problem:
    """Designs and answers of both sides."""
    x_a, x_b = design.matrices(meetings.pairs)
    return Problem(
        x_a, x_b, meetings.outcome_a, meetings.outcome_b, folds_of(meetings), design.plain
    )


def evaluate(
    meetings: Meetings,
    *,
    seed: int = 0,
    progress: Progress = lambda share: None,
    baselines: Collection[str] = BASELINES,
) -> Evaluation:
    """Leave-one-group-out evaluation beside three baselines, or only some of them.

    The constant one is always there; the others need most of the time and scikit-learn.
    seed: of the bootstrap over groups and of the boosting. progress: called with a share in
    [0, 1]. 4,000 pairs × 40 features in 21 groups take about a minute on one core and 300 MB.
    Raises LearningError (too_many_features).
    """
    meetings = usable(meetings)
    missing = shortage(meetings)
    groups = meetings.groups
    if missing:
        nothing = Figures(_NOTHING, _NOTHING)
        return Evaluation(
            nothing, nothing, dict.fromkeys(BASELINES, nothing), (), (), 0, len(groups),
            len(meetings),
            missing,
        )  # fmt: skip
    design = Design.fit(meetings.pairs)
    problem, people = problem_of(meetings, design), People.of(meetings)
    targets = tuple(range(problem.count))
    training = Training(problem, people, targets, lambda share: progress(0.5 * share))
    shape = (len(meetings), 3)
    said, later = np.empty(shape), np.empty(shape)
    for target in targets:
        rows = np.flatnonzero(problem.group == target)
        core = training.core(target)
        eta = problem.eta(core.beta, rows)
        said[rows] = np.column_stack(core.answer(eta, people.a[rows], people.b[rows]))
        later[rows] = _one_by_one(training, core, rows, target)
        progress(0.5 + 0.2 * (target + 1) / len(targets))
    group = {name: place for place, name in enumerate(groups)}
    place = np.array([group[name] for name in meetings.group], np.intp)
    judge = _Judge(meetings, place, seed)
    beside = _baselines(problem, judge, seed, progress, baselines)
    return Evaluation(
        judge(said),
        judge(later),
        beside,
        reliability(judge.side[judge.known], said[:, :2].T.ravel()[judge.known]),
        reliability(judge.both, said[:, 2]),
        problem.count,
        len(groups),
        len(meetings),
        "",
        said[:, 0],
        said[:, 1],
        said[:, 2],
    )


class _Judge:
    """Measures probabilities of (a, b, both) against what was answered."""

    def __init__(self, meetings: Meetings, group: Rows, seed: int) -> None:
        self.side = np.concatenate([meetings.outcome_a, meetings.outcome_b])
        self.both = meetings.both
        self.known = ~np.isnan(self.side)  # answers that were asked for
        self.group, self.seed = group, seed

    def __call__(self, said: Floats, *, constant: bool = False) -> Figures:
        known = self.known
        twice = np.concatenate([self.group, self.group])[known]
        side = said[:, :2].T.ravel()[known]
        return Figures(
            quality(self.side[known], side, twice, seed=self.seed, constant=constant),
            quality(self.both, said[:, 2], self.group, seed=self.seed, constant=constant),
        )


def _one_by_one(training: Training, core: Core, rows: Rows, target: int) -> Floats:
    """The probabilities when answers of the group's earlier rows are known. O(rows²) small."""
    problem, people = training.problem, training.people
    others = training.ratings(core.beta, np.flatnonzero(problem.group != target))
    own = training.ratings(core.beta, rows)
    count = len(rows)
    here = np.unique(np.concatenate([own.rater, own.rated]))
    # Only what concerns people of this group can change what is said about them.
    near = np.isin(others.rater, here) | np.isin(others.rated, here)
    local = np.full(people.count, -1, np.intp)
    local[here] = np.arange(len(here))
    past = Ratings(others.rater[near], others.rated[near], others.rest[near], others.weight[near])
    said = np.empty((count, 3))
    for place, row in enumerate(rows):
        known = np.r_[0:place, count : count + place]
        both = Ratings(
            np.concatenate([past.rater, own.rater[known]]),
            np.concatenate([past.rated, own.rated[known]]),
            np.concatenate([past.rest, own.rest[known]]),
            np.concatenate([past.weight, own.weight[known]]),
        )
        effects = effects_of(both, core.spread, people.count)
        here_row = np.array([row])
        answers = core.answer(
            problem.eta(core.beta, here_row), people.a[here_row], people.b[here_row], effects
        )
        said[place] = np.concatenate(answers)
    return said


def _baselines(
    problem: Problem, judge: _Judge, seed: int, progress: Progress, wanted: Collection[str]
) -> dict[str, Figures]:
    """Constant, logistic and boosting: each side from what both answered, the match directly."""
    folds = problem.group
    answers = (problem.y_a, problem.y_b, problem.both)
    half = len(folds)
    rate = np.full(2 * half, np.nan)
    rate[judge.known] = constant(
        judge.side[judge.known], np.concatenate([folds, folds])[judge.known]
    )
    flat = np.column_stack([rate[:half], rate[half:], constant(answers[2], folds)])
    found = {"constant": judge(flat, constant=True)}
    features = problem.x_a[:, 1 : problem.plain]

    def learned(method: Method) -> Figures:
        columns = []
        for y in answers:
            said, rows = np.full(half, np.nan), np.flatnonzero(~np.isnan(y))
            said[rows] = method(features[rows], y[rows], folds[rows])
            columns.append(said)
        return judge(np.column_stack(columns))

    if "logistic" in wanted:
        found["logistic"] = learned(logistic)
    progress(0.85)
    if "gradient_boosting" in wanted:
        found["gradient_boosting"] = learned(partial(boosting, seed=seed))
    progress(1.0)
    return found
