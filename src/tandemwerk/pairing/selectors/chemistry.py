"""What was learned from first meetings: about one pair, and how far it can be trusted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from django.utils.formats import localize

from tandemwerk.matching.learning import LEAST_ANSWERS, LEAST_GROUPS, LEAST_PAIRS
from tandemwerk.pairing.chemistry import estimate
from tandemwerk.pairing.models import ChemistryLearning, Suggestion
from tandemwerk.programmes.models import Programme
from tandemwerk.ui import board as shapes

Figures = Mapping[str, Any]
SIDE, EDGE = 240, 30  # of the picture, in its own units
LEAST_RADIUS, MORE_RADIUS = 3.0, 6.0
GUESSING = 0.5
NAMES = {"auc": "AUC", "log_loss": "Log-Loss", "brier": "Brier", "ece": "ECE"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its 90 % interval, written in the reader's language."""

    value: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the reliability picture, and its line in the table. Shares in per cent."""

    x: float
    y: float
    radius: float
    low: int
    high: int
    meetings: int
    said: int
    seen: int


@dataclass(frozen=True, slots=True)
class Learning:
    """What the programme's page says. `state`: waiting (for the job), few, alike, learned.

    rate to points: only where it was learned. order: of 100 times two meetings that ended
    differently, how often the one with two yeses had got the higher chance.
    """

    state: Literal["waiting", "few", "alike", "learned"]
    meetings: int = 0
    groups: int = 0
    learned_at: datetime | None = None
    rate: int = 0
    order: Figure | None = None
    figures: Mapping[str, Figure] | None = None
    constant: Mapping[str, Figure] | None = None
    tells_apart: bool = False
    points: tuple[Point, ...] = ()
    least_meetings: int = LEAST_PAIRS
    least_groups: int = LEAST_GROUPS
    least_answers: int = LEAST_ANSWERS

    @property
    def rows(self) -> list[tuple[str, Figure, Figure]]:
        """Name, figure of the estimates, figure of always the same number."""
        own, same = self.figures or {}, self.constant or {}
        return [(NAMES[key], own[key], same[key]) for key in NAMES if key in own]


def learning_read(programme: Programme) -> Learning:
    """How far the organisation's learning is. One query."""
    kept = _kept(programme)
    if kept is None:
        return Learning("waiting")
    if kept.shortage:
        state: Literal["few", "alike"] = "alike" if kept.shortage == "answers" else "few"
        return Learning(state, kept.meetings, kept.groups, kept.learned_at)
    found = kept.evaluation
    return Learning(
        "learned",
        kept.meetings,
        kept.groups,
        kept.learned_at,
        rate=_percent(found["rate"]),
        order=_figure(found["match"], "auc", 100, 0),
        figures=_figures(found["match"]),
        constant=_figures(found["constant"]),
        tells_apart=tells_apart(found),
        points=_points(found["steps"]),
    )


def learning_data(programme: Programme) -> dict[str, Any]:
    """The same for programs: counts, and figures as stored or None. At most one query."""
    kept = _kept(programme) if programme.learns_from_chemistry else None
    learned = kept is not None and not kept.shortage
    return {
        "is_on": programme.learns_from_chemistry,
        "meetings": kept.meetings if kept else 0,
        "groups": kept.groups if kept else 0,
        "least_meetings": LEAST_PAIRS,
        "least_groups": LEAST_GROUPS,
        "shortage": kept.shortage if kept else "",
        "learned_at": kept.learned_at if kept else None,
        "evaluation": kept.evaluation if kept and learned else None,
    }


def chemistry_of(programme: Programme, line: Suggestion) -> shapes.Chemistry | None:
    """The estimate for a pair, or None: switched off, too little data, or no pair.

    `line` has its reasons. No query while off, else one.
    """
    if not programme.learns_from_chemistry or line.mentor_id is None:
        return None
    kept = _kept(programme)
    if kept is None or kept.shortage:
        return None
    said = estimate(kept.model, line.reasons, line.score or 0.0)
    if said is None:
        return None
    return shapes.Chemistry(
        percent=_percent(said.probability),
        low=_percent(said.low),
        high=_percent(said.high),
        meetings=kept.meetings,
        rate=_percent(kept.evaluation["rate"]),
        tells_apart=tells_apart(kept.evaluation),
    )


def tells_apart(evaluation: Figures) -> bool:
    """Whether pairs are told apart better than by guessing, as far as one can be sure."""
    low = evaluation["match"]["auc_interval"][0]
    return low is not None and low > GUESSING


def _kept(programme: Programme) -> ChemistryLearning | None:
    return ChemistryLearning.objects.filter(organisation=programme.organisation_id).first()


def _percent(share: float) -> int:
    return round(100 * share)


def _figures(found: Figures) -> dict[str, Figure]:
    return {name: _figure(found, name) for name in NAMES}


def _figure(found: Figures, name: str, times: int = 1, digits: int = 3) -> Figure:
    values = (found[name], *found[f"{name}_interval"])
    value, low, high = (_written(value, times, digits) for value in values)
    return Figure(value, low, high)


def _written(value: float | None, times: int, digits: int) -> str:
    if value is None:
        return "–"
    return str(localize(Decimal(f"{value * times:.{digits}f}")))


def _points(steps: list[dict[str, Any]]) -> tuple[Point, ...]:
    most = max(step["count"] for step in steps)
    span = SIDE - 2 * EDGE
    return tuple(
        Point(
            x=round(EDGE + span * step["said"], 1),
            y=round(SIDE - EDGE - span * step["seen"], 1),
            radius=round(LEAST_RADIUS + MORE_RADIUS * (step["count"] / most) ** 0.5, 1),
            low=_percent(step["low"]),
            high=_percent(step["high"]),
            meetings=step["count"],
            said=_percent(step["said"]),
            seen=_percent(step["seen"]),
        )
        for step in steps
    )
