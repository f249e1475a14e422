"""How a run treats people: distribution of fits, worst off, load, groups, swap test, price.

Pure numbers for a report; nothing here decides anything. Declared attributes come from outside
(people may declare them for statistics), are never part of a profile and never enter a score.
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .assignment import OBJECTIVES, Assignment, assign
from .assignment.checks import ScoresLike, market_of
from .assignment.prepare import made_fits
from .errors import ScoresError
from .profiles import Mentee, Mentor, Person
from .rules import Rule
from .scoring import Scores, score

# Below this many people a group is not shown: one could tell who is meant.
SMALLEST_GROUP = 7
# The four-fifths rule of thumb: a group whose rate is below this share of the best group's rate
# deserves a look. It is a signal, not a verdict: with few people chance alone can cause it.
FOUR_FIFTHS = 0.8

QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
BINS = 10
WORST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Fits:
    """Fits of the pairs made. quantiles: (share, fit). histogram: people per tenth of [0, 1].

    mean and quantiles are None and () without any pair. gini: 0 = all mentees alike, towards 1 =
    few have it all; the unmatched count as 0. None with negative fits or nothing at all.
    """

    matched: int
    unmatched: int
    mean: float | None
    quantiles: tuple[tuple[float, float], ...]
    histogram: tuple[int, ...]
    gini: float | None


@dataclass(frozen=True, slots=True)
class WorstOff:
    """A mentee (row) and their pair's fit; None for somebody without a mentor."""

    mentee: int
    mentor: int
    fit: float | None


@dataclass(frozen=True, slots=True)
class Load:
    """Mentees per mentor, of those with seats. counts: (mentees, how many mentors have so many).

    idle: mentors with seats and without a mentee. gini: 0 = all carry the same.
    """

    mentors: int
    idle: int
    mean: float | None
    most: int
    counts: tuple[tuple[int, int], ...]
    gini: float | None


@dataclass(frozen=True, slots=True)
class GroupRate:
    """A declared group of mentees. value: None for those who declared nothing.

    rate: share with a mentor. ratio: rate / the best shown group's rate. mean_fit: of the pairs.
    All numbers are None for a group that is not shown.
    """

    value: str | None
    people: int | None
    rate: float | None
    ratio: float | None
    mean_fit: float | None
    below_four_fifths: bool


@dataclass(frozen=True, slots=True)
class ObjectivePrice:
    """An objective beside "total"; *_lost against it (negative: better). most_load: per mentor."""

    objective: str
    matched: int
    unmatched: int
    total: float
    worst: float | None
    mean: float | None
    most_load: int
    people_lost: int
    total_lost: float


@dataclass(frozen=True, slots=True)
class SwapTest:
    """The same people scored and matched again, with an attribute swapped for everyone.

    in_profile: the attribute is a field of the profiles. people: how many got another value.
    largest_change: of any pair's fit; pairs_changed: mentees with another mentor, rules_changed:
    pairs that became allowed or forbidden. passed: all three are 0.
    """

    attribute: str
    in_profile: bool
    people: int
    largest_change: float
    rules_changed: int
    pairs_changed: int

    @property
    def passed(self) -> bool:
        """True if nothing at all changed."""
        return not (self.largest_change or self.rules_changed or self.pairs_changed)

    def to_dict(self) -> dict[str, Any]:
        """JSON form."""
        return {**asdict(self), "passed": self.passed}


@dataclass(frozen=True, slots=True)
class FairnessReport:
    """Everything about one run; `to_dict` for storing."""

    objective: str
    fits: Fits
    worst_off: tuple[WorstOff, ...]
    load: Load
    groups: Mapping[str, tuple[GroupRate, ...]]
    prices: tuple[ObjectivePrice, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON form."""
        return asdict(self)


def fairness_report(
    scores: ScoresLike,
    assignment: Assignment,
    groups: Mapping[str, Sequence[str | None]] | None = None,
    *,
    compare: Sequence[str] = (),
) -> FairnessReport:
    """How this assignment treats people.

    groups: per attribute what each mentee declared, by row; None = nothing. Groups of fewer than
    SMALLEST_GROUP people are not shown, nor are so many others that they can't be worked out from
    the rest. compare: objectives to put beside "total", such as OBJECTIVES; each is solved anew
    with the same locks, forbidden pairs, floor and seed.
    Raises ScoresError("groups_length") for a list that does not suit the mentees.
    Cost: O(pairs), plus one run per objective compared.
    """
    made = _made(scores, assignment)
    return FairnessReport(
        objective=assignment.objective,
        fits=_fits(made),
        worst_off=_worst_off(made, assignment),
        load=_load(assignment),
        groups={name: _rates(name, values, made) for name, values in (groups or {}).items()},
        prices=compare_objectives(scores, assignment, compare) if compare else (),
    )


def compare_objectives(
    scores: ScoresLike, assignment: Assignment, objectives: Sequence[str] = OBJECTIVES
) -> tuple[ObjectivePrice, ...]:
    """The same people matched by each objective, "total" first, as the price of each.

    Cost: one run per objective.
    """

    def run(objective: str) -> Assignment:
        return assign(
            scores, assignment.capacity, objective=objective, fixed=assignment.fixed,
            forbidden=assignment.forbidden, floor=assignment.floor, seed=assignment.seed,
        )  # fmt: skip

    best = run("total")
    others = [run(name) for name in objectives if name != "total"]
    found = []
    for result in (best, *others):
        made = _made(scores, result)
        pairs = made[~np.isnan(made)]
        found.append(
            ObjectivePrice(
                objective=result.objective,
                matched=len(pairs),
                unmatched=len(made) - len(pairs),
                total=result.total,
                worst=float(pairs.min()) if len(pairs) else None,
                mean=float(pairs.mean()) if len(pairs) else None,
                most_load=_load(result).most,
                people_lost=len(best.pairs) - len(pairs),
                total_lost=best.total - result.total,
            )
        )
    return tuple(found)


def swap_test(
    scores: Scores,
    assignment: Assignment,
    attribute: str,
    values: Mapping[str, Hashable],
) -> SwapTest:
    """Give everybody another value of an attribute, score and match again, and count the changes.

    values: id -> value for mentees and mentors; who is missing keeps theirs. Each value becomes
    the next of the values there are, in order of their text: with two values everyone changes
    sides. An attribute that is a field of the profiles ("site", "function", ...) is changed
    there, which shows how far it works as a proxy; any other is attached to every profile before
    and after, as if an engine could read it.
    Raises ScoresError("swap_needs_two_values"). Cost: two runs of `score` and `assign`.
    """
    distinct = sorted(set(values.values()), key=str)
    if len(distinct) < 2:
        raise ScoresError("swap_needs_two_values", attribute=attribute, values=len(distinct))
    following = dict(zip(distinct, [*distinct[1:], distinct[0]], strict=True))
    in_profile = attribute in {item.name for item in fields(Person)}
    before = _scored(scores, attribute, in_profile, values)
    after = _scored(scores, attribute, in_profile, {k: following[v] for k, v in values.items()})
    change = np.abs(np.nan_to_num(before.total) - np.nan_to_num(after.total))
    both = (before.blocked == Rule.ALLOWED) & (after.blocked == Rule.ALLOWED)
    one, two = (_again(result, assignment).mentor_of for result in (before, after))
    here = {person.id for person in (*scores.mentees, *scores.mentors)}
    return SwapTest(
        attribute=attribute,
        in_profile=in_profile,
        people=len(here & set(values)),
        largest_change=float(change[both].max(initial=0.0)),
        rules_changed=int((before.blocked != after.blocked).sum()),
        pairs_changed=int((one != two).sum()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _DeclaringMentee(Mentee):
    declared: Hashable = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _DeclaringMentor(Mentor):
    declared: Hashable = None


def _scored(
    scores: Scores, attribute: str, in_profile: bool, values: Mapping[str, Hashable]
) -> Scores:
    """The people of `scores` with these values, scored anew."""

    def changed(person: Any, kind: Any) -> Any:
        if in_profile:
            known = person.id in values
            return replace(person, **{attribute: values[person.id]}) if known else person
        own = {item.name: getattr(person, item.name) for item in fields(person)}
        return kind(**own, declared=values.get(person.id))

    banned = [
        (scores.mentees[row].id, scores.mentors[column].id)
        for row, column in np.argwhere(scores.blocked == Rule.FORBIDDEN)
    ]
    return score(
        [changed(mentee, _DeclaringMentee) for mentee in scores.mentees],
        [changed(mentor, _DeclaringMentor) for mentor in scores.mentors],
        scores.criteria,
        forbidden=banned,
    )


def _again(scores: Scores, assignment: Assignment) -> Assignment:
    allowed = [pair for pair in assignment.fixed if not scores.blocked[pair]]
    return assign(
        scores, assignment.capacity, objective=assignment.objective, fixed=allowed,
        forbidden=assignment.forbidden, floor=assignment.floor, seed=assignment.seed,
    )  # fmt: skip


def _made(scores: ScoresLike, assignment: Assignment) -> NDArray[np.float64]:
    """Fit per mentee, NaN without a pair (or with one that is not allowed)."""
    market = market_of(scores, assignment.capacity)
    row = market.row_of_edge()
    hit = assignment.mentor_of[row] == market.columns
    made = np.full(len(assignment.mentor_of), np.nan)
    made[row[hit]] = made_fits(market, assignment.mentor_of)
    return made


def _fits(made: NDArray[np.float64]) -> Fits:
    pairs = np.sort(made[~np.isnan(made)])
    levels = np.quantile(pairs, QUANTILES) if len(pairs) else ()
    # A hair up, so that 0.7 counts from 0.7 although it is a little less as a float.
    tenths = np.clip(pairs * BINS + 1e-9, 0, BINS - 1).astype(np.int64)
    histogram = np.bincount(tenths, minlength=BINS)
    return Fits(
        matched=len(pairs),
        unmatched=len(made) - len(pairs),
        mean=math.fsum(pairs) / len(pairs) if len(pairs) else None,
        quantiles=tuple((q, float(fit)) for q, fit in zip(QUANTILES, levels, strict=False)),
        histogram=tuple(histogram.tolist()),
        gini=_gini(np.nan_to_num(made)),
    )


def _gini(values: NDArray[Any]) -> float | None:
    """Mean distance of two people as a share of twice the mean."""
    ordered = np.sort(values.astype(float))
    whole = math.fsum(ordered)
    if not whole > 0 or ordered[0] < 0:
        return None
    places = 2 * np.arange(1, len(ordered) + 1) - len(ordered) - 1
    return math.fsum(places * ordered) / (len(ordered) * whole)


def _worst_off(made: NDArray[np.float64], assignment: Assignment) -> tuple[WorstOff, ...]:
    """The unmatched first, then the lowest fits; equals by row."""
    order = np.argsort(np.nan_to_num(made, nan=-np.inf), kind="stable")[:WORST_SHOWN]
    return tuple(
        WorstOff(
            int(row),
            int(assignment.mentor_of[row]),
            None if np.isnan(made[row]) else float(made[row]),
        )
        for row in order
    )


def _load(assignment: Assignment) -> Load:
    load = (assignment.capacity - assignment.seats_left())[assignment.capacity > 0]
    sizes, mentors = np.unique(load, return_counts=True)
    return Load(
        mentors=len(load),
        idle=int((load == 0).sum()),
        mean=float(load.mean()) if len(load) else None,
        most=int(load.max(initial=0)),
        counts=tuple(zip(sizes.tolist(), mentors.tolist(), strict=True)),
        gini=_gini(load),
    )


def _rates(
    name: str, values: Sequence[str | None], made: NDArray[np.float64]
) -> tuple[GroupRate, ...]:
    """The groups of one attribute, by name; those who declared nothing come last."""
    if len(values) != len(made):
        raise ScoresError("groups_length", attribute=name, length=len(values), mentees=len(made))
    rows: dict[str | None, list[int]] = {}
    for row, value in enumerate(values):
        rows.setdefault(value, []).append(row)
    hidden = _hidden({value: len(places) for value, places in rows.items()})
    rates = {
        value: float((~np.isnan(made[places])).mean())
        for value, places in rows.items()
        if value not in hidden
    }
    best = max(rates.values(), default=0.0)
    found = []
    for value in sorted(rows, key=lambda v: (v is None, v or "")):
        if value in hidden:
            found.append(GroupRate(value, None, None, None, None, False))
            continue
        fits, rate = made[rows[value]], rates[value]
        ratio = rate / best if best else None
        mean = float(np.nanmean(fits)) if rate else None
        low = ratio is not None and ratio < FOUR_FIFTHS
        found.append(GroupRate(value, len(fits), rate, ratio, mean, low))
    return tuple(found)


def _hidden(sizes: Mapping[str | None, int]) -> set[str | None]:
    """Groups too small to show, and the next smallest until those hidden are enough together.

    All others and the whole are known, so the hidden ones together could be worked out.
    """
    ordered = sorted(sizes, key=lambda value: (sizes[value], value is None, value or ""))
    hidden = {value for value in ordered if sizes[value] < SMALLEST_GROUP}
    for value in ordered:
        if not hidden or (sum(sizes[v] for v in hidden) >= SMALLEST_GROUP and len(hidden) > 1):
            break
        hidden.add(value)
    return hidden
