"""Features of two people -> numbers for a linear model, seen from either side.

For each side the columns are: what the rater answered, what the other answered, and what both
answers have to do with each other (closeness, product, the same category). They are standardised
with figures of all pairs given; outcomes are never looked at.
"""

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from ..errors import LearningError
from .meetings import Feature, Floats, Pairs, Words

MAX_FEATURES = 120
MAX_CATEGORIES = 20
# Standard deviations beyond which an answer is an outlier and counts as this far.
FARTHEST = 4.0
# A category or a gap that fewer pairs show says nothing that would hold in the next group.
LEAST_SEEN = 10
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class NumberCode:
    """How a numeric feature is standardised. gap: mean and deviation of |a - b|."""

    name: str
    mean: float
    deviation: float
    gap: tuple[float, float]
    missing: bool


@dataclass(frozen=True, slots=True)
class CategoryCode:
    """Categories that have a column, and mean and deviation of "the same"."""

    name: str
    categories: tuple[str, ...]
    same: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Design:
    """The columns of the model; `fit` makes it, `matrices` applies it to any pairs."""

    numbers: tuple[NumberCode, ...]
    categories: tuple[CategoryCode, ...]
    distance: tuple[float, float]
    prior: tuple[float, float] | None

    @classmethod
    def fit(cls, pairs: Pairs) -> "Design":
        """Learn means, deviations and categories from the features. O(pairs × features)."""
        if len(pairs.features) > MAX_FEATURES:
            raise LearningError(
                "too_many_features", features=len(pairs.features), limit=MAX_FEATURES
            )
        numbers, categories = [], []
        for feature in pairs.features:
            if feature.numeric:
                numbers.append(_number_code(feature))
            else:
                categories.append(_category_code(feature))
        prior = None if pairs.prior is None else _spread(pairs.prior)
        draft = cls(tuple(numbers), tuple(categories), (0.0, 1.0), prior)
        return cls(draft.numbers, draft.categories, _spread(draft._distance(pairs)), prior)

    @property
    def plain(self) -> int:
        """How many columns hold one person's answers: 1, own, other; the rest concern both."""
        gaps = sum(code.missing for code in self.numbers)
        words = sum(len(code.categories) for code in self.categories)
        return 1 + 2 * (len(self.numbers) + gaps + words)

    def matrices(self, pairs: Pairs) -> tuple[Floats, Floats]:
        """One row per pair: from a's side and from b's side, float64 (pairs, columns).

        Column 0 is 1. A category never seen before has no column, like all rare ones.
        Raises LearningError (feature_missing, feature_kind) if the pairs lack a feature.
        """
        own: list[Floats] = []
        other: list[Floats] = []
        common: list[Floats] = []
        for code in self.numbers:
            feature = _feature(pairs, code.name, numeric=True)
            a, b = _standard(code, feature.a), _standard(code, feature.b)
            own.append(_filled(a))
            other.append(_filled(b))
            gap, product = np.abs(feature.a - feature.b) / code.deviation, a * b
            common += [_filled(_centred(gap, code.gap)), _filled(product)]
            if code.missing:
                own.append(np.isnan(a).astype(np.float64))
                other.append(np.isnan(b).astype(np.float64))
        for group in self.categories:
            feature = _feature(pairs, group.name, numeric=False)
            for category in group.categories:
                own.append((feature.a == category).astype(np.float64))
                other.append((feature.b == category).astype(np.float64))
            common.append(_centred(_same(feature), group.same))
        common.append(_centred(self._distance(pairs), self.distance))
        if self.prior is not None:
            if pairs.prior is None:
                raise LearningError("feature_missing", column="prior")
            common.append(_centred(pairs.prior, self.prior))
        one = [np.ones(len(pairs))]
        return (
            np.column_stack([*one, *own, *other, *common]),
            np.column_stack([*one, *other, *own, *common]),
        )

    def _distance(self, pairs: Pairs) -> Floats:
        """Mean distance of both people over all numeric answers; the usual where none is known."""
        total, known = np.zeros(len(pairs)), np.zeros(len(pairs))
        for code in self.numbers:
            feature = _feature(pairs, code.name, numeric=True)
            gap = np.abs(_standard(code, feature.a) - _standard(code, feature.b))
            total += _filled(gap)
            known += ~np.isnan(gap)
        mean = total.sum() / known.sum() if known.any() else 0.0
        return cast("Floats", np.where(known > 0, total / np.maximum(known, 1), mean))

    def to_dict(self) -> dict[str, object]:
        """As JSON values."""
        return {
            "numbers": [
                [c.name, c.mean, c.deviation, list(c.gap), c.missing] for c in self.numbers
            ],
            "categories": [[c.name, list(c.categories), list(c.same)] for c in self.categories],
            "distance": list(self.distance),
            "prior": None if self.prior is None else list(self.prior),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Design":
        """What `to_dict` wrote."""
        return cls(
            tuple(
                NumberCode(str(n), float(m), float(d), _two(g), bool(f))
                for n, m, d, g, f in data["numbers"]
            ),
            tuple(
                CategoryCode(str(n), tuple(map(str, c)), _two(s)) for n, c, s in data["categories"]
            ),
            _two(data["distance"]),
            None if data["prior"] is None else _two(data["prior"]),
        )


def _two(values: list[float]) -> tuple[float, float]:
    first, second = values
    return float(first), float(second)


def _feature(pairs: Pairs, name: str, *, numeric: bool) -> Feature:
    for feature in pairs.features:
        if feature.name == name:
            if feature.numeric != numeric:
                raise LearningError("feature_kind", column=name)
            return feature
    raise LearningError("feature_missing", column=name)


def _number_code(feature: Feature) -> NumberCode:
    values = np.concatenate([feature.a, feature.b]).astype(np.float64)
    known = ~np.isnan(values)
    mean, deviation = _spread(values[known])
    gaps = np.abs(feature.a - feature.b) / deviation
    gaps = gaps[~np.isnan(gaps)]
    # A gap between two people needs both answers.
    gap = _spread(gaps) if len(gaps) else (0.0, 1.0)
    often = int(min(known.sum(), (~known).sum())) >= LEAST_SEEN
    return NumberCode(feature.name, mean, deviation, gap, often)


def _category_code(feature: Feature) -> CategoryCode:
    values, counts = np.unique(
        np.concatenate([feature.a, feature.b]).astype(str), return_counts=True
    )
    often = [
        (-int(count), str(value))
        for value, count in zip(values, counts, strict=True)
        if count >= LEAST_SEEN
    ]
    kept = tuple(value for _, value in sorted(often)[:MAX_CATEGORIES])
    return CategoryCode(feature.name, kept, _spread(_same(feature)))


def _same(feature: Feature) -> Floats:
    a, b = cast("Words", feature.a), cast("Words", feature.b)
    return cast("Floats", ((a == b) & (a != "")).astype(np.float64))


def _spread(values: NDArray[np.floating]) -> tuple[float, float]:
    """Mean and deviation; a deviation of 1 where nothing varies."""
    deviation = float(np.std(values))
    return float(np.mean(values)), deviation if deviation > _TINY else 1.0


def _standard(code: NumberCode, values: Floats | Words) -> Floats:
    scaled = (values.astype(np.float64) - code.mean) / code.deviation
    return cast("Floats", np.clip(scaled, -FARTHEST, FARTHEST))


def _centred(values: Floats, spread: tuple[float, float]) -> Floats:
    return cast("Floats", np.clip((values - spread[0]) / spread[1], -FARTHEST, FARTHEST))


def _filled(values: Floats) -> Floats:
    return cast("Floats", np.nan_to_num(values, nan=0.0))
