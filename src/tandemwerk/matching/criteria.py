"""What a programme counts, how much, and what must hold."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal

from .errors import CriteriaError

Mode = Literal["same", "different"]
HIGHEST_WEIGHT = 10


class Criterion(StrEnum):
    """One aspect of fit; the order is the order of lists and of the score's parts."""

    TOPICS = "topics"
    LANGUAGES = "languages"
    EXPERIENCE = "experience"
    INDUSTRY = "industry"
    FUNCTION = "function"
    VALUES = "values"
    AVAILABILITY = "availability"
    FORMAT = "format"
    TEXT = "text"
    WISHES = "wishes"


DEFAULT_WEIGHTS: Mapping[Criterion, float] = {
    Criterion.TOPICS: 10,
    Criterion.LANGUAGES: 3,
    Criterion.EXPERIENCE: 5,
    Criterion.INDUSTRY: 2,
    Criterion.FUNCTION: 3,
    Criterion.VALUES: 5,
    Criterion.AVAILABILITY: 4,
    Criterion.FORMAT: 3,
    Criterion.TEXT: 4,
    Criterion.WISHES: 5,
}

# Free text has no line between "fits" and "does not fit", so it can weigh but never forbid.
IMPOSSIBLE_MUSTS = frozenset({Criterion.TEXT})

_KEYS = frozenset(
    {
        "weights",
        "musts",
        "industry",
        "function",
        "experience",
        "same_team_forbidden",
        "min_overlap_hours",
    }
)
_EXPERIENCE_KEYS = ("min", "ideal", "max")


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """Weights (0-10 per criterion), musts and options of a programme.

    A criterion left out of `weights` has its default weight. A must is a condition beside the
    weight: pairs that clearly miss it are not allowed; an unanswered question never forbids.
    What each must asks for is written at its class in `features`. Experience is in years the
    mentor is ahead. Raises CriteriaError naming key and value.
    """

    weights: Mapping[Criterion, float] = field(default_factory=dict, hash=False)
    musts: frozenset[Criterion] = frozenset()
    industry_mode: Mode = "same"
    function_mode: Mode = "different"
    experience_min: float = 2
    experience_ideal: float = 8
    experience_max: float = 20
    same_team_forbidden: bool = True
    min_overlap_hours: int = 1

    def __post_init__(self) -> None:
        for name in _table("weights", self.weights):
            _criterion(f"weights.{name}", name)
        if isinstance(self.musts, str):
            raise CriteriaError("not_a_list", key="musts", value=self.musts)
        musts = frozenset(_criterion("musts", name) for name in self.musts)
        object.__setattr__(self, "musts", musts)
        complete = {c: self.weights.get(c, DEFAULT_WEIGHTS[c]) for c in Criterion}
        for criterion, weight in complete.items():
            key = f"weights.{criterion}"
            _number(key, weight)
            if not 0 <= weight <= HIGHEST_WEIGHT:
                raise CriteriaError("weight_out_of_range", key=key, value=weight)
        if not any(complete.values()):
            raise CriteriaError("weights_all_zero", key="weights", value=0)
        object.__setattr__(self, "weights", complete)
        for criterion in sorted(self.musts & IMPOSSIBLE_MUSTS):
            raise CriteriaError("must_impossible", key="musts", value=str(criterion))
        for key, mode in (("industry", self.industry_mode), ("function", self.function_mode)):
            if mode not in ("same", "different"):
                raise CriteriaError("mode_unknown", key=key, value=mode)
        ladder = (self.experience_min, self.experience_ideal, self.experience_max)
        for name, years in zip(_EXPERIENCE_KEYS, ladder, strict=True):
            _number(f"experience.{name}", years)
        if not self.experience_min <= self.experience_ideal <= self.experience_max:
            raise CriteriaError("experience_order", key="experience", value=list(ladder))
        if type(self.same_team_forbidden) is not bool:
            raise CriteriaError(
                "not_yes_or_no", key="same_team_forbidden", value=self.same_team_forbidden
            )
        if type(self.min_overlap_hours) is not int or not 0 <= self.min_overlap_hours <= 168:
            raise CriteriaError(
                "hours_out_of_range", key="min_overlap_hours", value=self.min_overlap_hours
            )

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> "Criteria":
        """Read the form `to_dict` writes. Every key may be left out; an unknown one is an error."""
        table = _table("criteria", data)
        for key in table:
            if key not in _KEYS:
                raise CriteriaError("key_unknown", key=key, value=table[key])
        weights = {
            _criterion(f"weights.{name}", name): _number(f"weights.{name}", value)
            for name, value in _table("weights", table.get("weights", {})).items()
        }
        musts = table.get("musts", [])
        if not isinstance(musts, (list, tuple)):
            raise CriteriaError("not_a_list", key="musts", value=musts)
        ladder = _table("experience", table.get("experience", {}))
        options: dict[str, object] = {}
        for name, years in ladder.items():
            if name not in _EXPERIENCE_KEYS:
                raise CriteriaError("key_unknown", key=f"experience.{name}", value=years)
            options[f"experience_{name}"] = _number(f"experience.{name}", years)
        for name in ("industry", "function"):
            if name in table:
                options[f"{name}_mode"] = table[name]
        for name in ("same_team_forbidden", "min_overlap_hours"):
            if name in table:
                options[name] = table[name]
        return cls(
            weights=weights,
            musts=frozenset(_criterion("musts", name) for name in musts),
            **options,  # type: ignore[arg-type]  # __post_init__ checks each value at run time
        )

    def to_dict(self) -> dict[str, object]:
        """The complete criteria as JSON values; `from_dict` gives an equal object back."""
        return {
            "weights": {str(c): _plain(self.weights[c]) for c in Criterion},
            "musts": [str(c) for c in Criterion if c in self.musts],
            "industry": self.industry_mode,
            "function": self.function_mode,
            "experience": {
                "min": _plain(self.experience_min),
                "ideal": _plain(self.experience_ideal),
                "max": _plain(self.experience_max),
            },
            "same_team_forbidden": self.same_team_forbidden,
            "min_overlap_hours": self.min_overlap_hours,
        }

    @classmethod
    def from_toml(cls, path: Path) -> "Criteria":
        """Read a TOML file with the keys of `to_dict`. Raises OSError if it can't be opened."""
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise CriteriaError("not_toml", key=path.name, value=str(error)) from error
        return cls.from_dict(data)


def _table(key: str, value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise CriteriaError("not_a_table", key=key, value=value)
    return value


def _number(key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise CriteriaError("not_a_number", key=key, value=value)
    return value


def _criterion(key: str, name: object) -> Criterion:
    try:
        return Criterion(name)  # type: ignore[arg-type]  # any value may be asked; ValueError says no
    except ValueError:
        raise CriteriaError("criterion_unknown", key=key, value=name) from None


def _plain(number: float) -> float:
    return int(number) if number == int(number) else number
