"""Runs of a cohort in a list, and two of them side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from tandemwerk.pairing.enums import RunState
from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.pairing.selectors.visible import BLOBS
from tandemwerk.pairing.words import Fit, fit_of, points
from tandemwerk.programmes.models import Cohort


def runs_of(cohort: Cohort) -> QuerySet[MatchRun]:
    """Runs of a cohort, latest first, with `pairs`, `alone` and `by_hand` counted. One query."""
    return (
        MatchRun.objects.filter(cohort=cohort)
        .select_related("created_by", "based_on")
        .defer(*BLOBS, *(f"based_on__{name}" for name in BLOBS))
        .annotate(
            pairs=Count("suggestions", filter=Q(suggestions__mentor__isnull=False)),
            alone=Count("suggestions", filter=Q(suggestions__mentor__isnull=True)),
            by_hand=Count("suggestions", filter=Q(suggestions__is_by_hand=True)),
        )
        .order_by("-number")
    )


def ready_runs(cohort: Cohort) -> QuerySet[MatchRun]:
    """Runs whose board is open, latest first, without their large values."""
    found = MatchRun.objects.filter(cohort=cohort, state=RunState.READY)
    return found.defer(*BLOBS).order_by("-number")


def runs_comparable(run: MatchRun) -> list[MatchRun]:
    """Other calculated runs of the same cohort, latest first. One query."""
    return list(
        MatchRun.objects.filter(cohort=run.cohort_id)
        .exclude(pk=run.pk)
        .exclude(scores=b"")
        .defer(*BLOBS)
        .order_by("-number")
    )


@dataclass(frozen=True, slots=True)
class Half:
    """One mentee in one run: mentor and fit, or neither; absent: not part of that run."""

    mentor: str
    fit: Fit | None
    is_absent: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One mentee in both runs. trend: of their fit, -1, 0 or 1."""

    mentee: str
    left: Half
    right: Half
    trend: int

    @property
    def halves(self) -> tuple[tuple[Half, str], tuple[Half, str]]:
        return (self.left, "left"), (self.right, "right")


@dataclass(frozen=True, slots=True)
class Totals:
    """One run in numbers: pairs, people without a mentor, sum of fits (ten points a pair)."""

    pairs: int
    alone: int
    points: float
    steps: dict[int, int]  # level → pairs


@dataclass(frozen=True, slots=True)
class Comparison:
    left: Totals
    right: Totals
    changed: Sequence[Difference]
    same: int

    @property
    def steps(self) -> list[dict[str, int]]:
        """Pairs per level of fit in both runs, best first."""
        return [
            {"level": level, "left": self.left.steps[level], "right": self.right.steps[level]}
            for level in (3, 2, 1)
        ]


def comparison(left: MatchRun, right: MatchRun) -> Comparison:
    """Which pairs changed from `left` to `right`, the greatest loss first. Two queries."""
    ours, theirs = _lines(left), _lines(right)
    changed, same = [], 0
    for user, line in ({**theirs, **ours}).items():
        before, after = ours.get(user), theirs.get(user)
        if before and after and _mentor(before) == _mentor(after):
            same += 1
            continue
        change = ((after.score if after else 0) or 0) - ((before.score if before else 0) or 0)
        changed.append(
            (change, Difference(line.mentee.user.name, _half(before), _half(after), _sign(change)))
        )
    changed.sort(key=lambda entry: (entry[0], entry[1].mentee))
    return Comparison(
        left=_totals(ours.values()),
        right=_totals(theirs.values()),
        changed=[difference for _change, difference in changed],
        same=same,
    )


def _lines(run: MatchRun) -> dict[int, Suggestion]:
    """Lines by the mentee's user, so that a person is the same in every run."""
    lines = (
        Suggestion.objects.filter(run=run)
        .select_related("mentee__user", "mentor__user")
        .defer("reasons")
        .order_by("pk")
    )
    return {line.mentee.user_id: line for line in lines}


def _mentor(line: Suggestion) -> int | None:
    return line.mentor.user_id if line.mentor else None


def _half(line: Suggestion | None) -> Half:
    if line is None:
        return Half("", None, is_absent=True)
    if line.mentor is None:
        return Half("", None)
    return Half(line.mentor.user.name, fit_of(line.score or 0))


def _totals(lines: Iterable[Suggestion]) -> Totals:
    steps, total, alone = {3: 0, 2: 0, 1: 0}, 0.0, 0
    for line in lines:
        if line.mentor_id is None:
            alone += 1
            continue
        steps[fit_of(line.score or 0).step] += 1
        total += line.score or 0
    return Totals(sum(steps.values()), alone, points(total), steps)


def _sign(change: float) -> int:
    return (change > 0.005) - (change < -0.005)
