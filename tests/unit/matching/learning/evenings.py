"""Meetings with a known truth, like evenings at which everybody of one side meets everybody else.

Shaped after what is published about the Columbia speed dating experiment (Fisman and others, 2006:
21 evenings, 10 to 22 people a side, answers from 1 to 10 about interests, 100 points shared out
among six qualities, a yes in 37 to 47 of 100 answers, both in about 16) and weak on purpose: most
of what makes people say yes is nothing anybody asked them.
"""

import csv
import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from tandemwerk.matching.learning import Feature, Meetings, Pairs

FIELDS = ("law", "business", "science", "social work", "engineering", "arts")


@dataclass(frozen=True)
class Evening:
    """Meetings and the true chances behind them."""

    meetings: Meetings
    a_yes: NDArray[np.float64]
    b_yes: NDArray[np.float64]

    @property
    def both(self) -> NDArray[np.float64]:
        return self.a_yes * self.b_yes


@dataclass(frozen=True)
class Person:
    """What is true of a person, and what they show of it."""

    id: str
    interests: NDArray[np.float64]
    field: str
    shown: dict[str, float | str]
    saying: float
    hearing: float


def evenings(
    *,
    groups: int = 20,
    size: tuple[int, int] = (12, 18),
    seed: int = 0,
    people: float = 0.9,
    signal: float = 1.0,
    missing: float = 0.08,
    returning: float = 0.0,
) -> Evening:
    """Everyone of side a meets everyone of side b in each group.

    people: deviation in logits of saying and of hearing yes that no feature explains. signal:
    how much the features count. returning: share of people who come again in the next group.
    """
    draw = np.random.default_rng(seed)
    met: list[tuple[str, Person, Person]] = []
    truth: list[tuple[float, float]] = []
    pools: dict[str, list[Person]] = {"a": [], "b": []}
    made = 0
    for group in range(groups):
        for side, pool in pools.items():
            count = int(draw.integers(size[0], size[1] + 1))
            here = [p for p in pool if draw.random() < returning][:count]
            for _ in range(count - len(here)):
                made += 1
                here.append(_person(draw, f"{side}{made}", people, signal, missing))
            pools[side] = here
        for a in pools["a"]:
            for b in pools["b"]:
                chemistry = signal * _chemistry(a, b)
                spark = draw.normal(0, 0.3)
                eta_a = -0.15 + a.saying + b.hearing + chemistry + spark
                eta_b = -0.65 + b.saying + a.hearing + chemistry + spark
                truth.append((float(expit(eta_a)), float(expit(eta_b))))
                met.append((f"g{group}", a, b))
    a_yes, b_yes = np.array(truth).T
    answered = (draw.random((2, len(truth))) < np.array([a_yes, b_yes])).astype(float)
    features = tuple(
        Feature(
            name,
            *(
                np.array([p.shown[name] for p in side], object if name == "field" else np.float64)
                for side in ([a for _, a, _ in met], [b for _, _, b in met])
            ),
        )
        for name in met[0][1].shown
    )
    pairs = Pairs(tuple(a.id for _, a, _ in met), tuple(b.id for _, _, b in met), features)
    meetings = Meetings(pairs, tuple(group for group, _, _ in met), answered[0], answered[1])
    return Evening(meetings, a_yes, b_yes)


def _person(
    draw: np.random.Generator, name: str, people: float, signal: float, missing: float
) -> Person:
    interests = draw.normal(0, 1, 6)
    looks, going_out, picky = draw.normal(0, 1, 3)
    field = FIELDS[int(draw.integers(len(FIELDS)))]
    points = draw.dirichlet(np.full(4, 3.0)) * 100
    answers = {
        f"interest_{n}": float(np.clip(round(5.5 + 2.2 * v), 1, 10))
        for n, v in enumerate(interests)
    }
    answers |= {f"points_{n}": float(round(v)) for n, v in enumerate(points)}
    answers["self_rating"] = float(np.clip(round(7 + 0.9 * looks + draw.normal(0, 1)), 1, 10))
    answers["going_out"] = float(np.clip(round(3 + going_out), 1, 7))
    answers["exacting"] = float(np.clip(round(5 + 2 * picky), 1, 10))
    shown: dict[str, float | str] = {
        k: float("nan") if draw.random() < missing else v for k, v in answers.items()
    }
    shown["field"] = "" if draw.random() < missing else field
    return Person(
        name,
        interests,
        field,
        shown,
        saying=-0.5 * signal * picky + draw.normal(0, people),
        hearing=signal * (0.4 * looks + 0.25 * going_out) + draw.normal(0, people),
    )


def _chemistry(a: Person, b: Person) -> float:
    distance = float(np.abs(a.interests - b.interests).mean())
    return 0.5 * (1.1 - distance) + (0.25 if a.field == b.field else 0.0)


def as_csv(meetings: Meetings, *, mirrored: bool = False) -> str:
    """The file that `load_meetings` reads back."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    features = meetings.pairs.features
    names = [f"{side}_{f.name}" for side in ("a", "b") for f in features]
    writer.writerow(["a", "b", "group", "outcome_a", "outcome_b", *names])
    for row, group in enumerate(meetings.group):
        a, b = meetings.pairs.a[row], meetings.pairs.b[row]
        yes = int(meetings.outcome_a[row]), int(meetings.outcome_b[row])
        left = [_written(f.a[row]) for f in features]
        right = [_written(f.b[row]) for f in features]
        writer.writerow([a, b, group, *yes, *left, *right])
        if mirrored:
            writer.writerow([b, a, group, *yes[::-1], *right, *left])
    return out.getvalue()


def _written(value: object) -> str:
    if isinstance(value, float):
        return "" if np.isnan(value) else f"{value:g}"
    return str(value)
