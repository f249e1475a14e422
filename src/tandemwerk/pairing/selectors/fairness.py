"""How a run treats people, as a report: spread of fits, worst off, load, groups, swap test, price.

About the board as it stands. Nothing here says what anybody did or when.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tandemwerk.matching import UNMATCHED, FairnessReport, Mentee, fairness_report
from tandemwerk.matching.fairness import SMALLEST_GROUP, GroupRate
from tandemwerk.pairing.enums import Objective
from tandemwerk.pairing.kept import stored_of
from tandemwerk.pairing.selectors.board import BoardRead
from tandemwerk.pairing.selectors.trade_off import trade_off_read
from tandemwerk.pairing.words import fit_of, language, points
from tandemwerk.people.selectors.words import choice_name
from tandemwerk.ui import board as shapes
from tandemwerk.ui import board_whole

# What people say about themselves that a group can be made of. None of it is protected.
GROUPED: Mapping[str, Promise] = {
    "function": gettext_lazy("Function"),
    "industry": gettext_lazy("Industry"),
    "site": gettext_lazy("Place"),
    "format": gettext_lazy("Format"),
}
TALL, WIDE, GAP = 84, 32, 6
SHARES = {
    0.05: gettext_lazy("19 of 20 pairs fit at least"),
    0.5: gettext_lazy("Every second pair fits at least"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a picture in its own units, with what it stands for."""

    x: int
    y: float
    height: float
    label: str
    count: int
    level: int = 3

    @property
    def top(self) -> float:
        """Where its number stands."""
        return self.y - 3

    @property
    def middle(self) -> float:
        """Where its label stands."""
        return self.x + (WIDE - GAP) / 2


@dataclass(frozen=True, slots=True)
class Group:
    """One group: shown, or too small to be shown."""

    name: str
    rate: GroupRate

    @property
    def share(self) -> int:
        """Per cent with a mentor."""
        return round(100 * (self.rate.rate or 0))

    @property
    def against(self) -> str:
        """Per cent of the best group's share; a dash where nobody has a mentor."""
        return "–" if self.rate.ratio is None else str(round(100 * self.rate.ratio))


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute with its groups; `hidden` of them are too small to show."""

    name: str | Promise
    groups: Sequence[Group]
    hidden: int


@dataclass(frozen=True, slots=True)
class Fairness:
    """The report as its page reads it. Fits are of ten."""

    report: FairnessReport
    average: float | None
    levels: Sequence[tuple[str | Promise, float]]
    fits: Sequence[Bar]
    worst: Sequence[tuple[shapes.Face, shapes.Face | None, int]]
    attributes: Sequence[Attribute]
    trade_off: board_whole.TradeOff
    swap: Mapping[str, Any]
    smallest: int = SMALLEST_GROUP


def report_of(read: BoardRead) -> FairnessReport:
    """The figures of the board as it stands. No query beside the stored run.

    Cost: a few passes over all pairs; 2,000 × 2,000 takes a fifth of a second.
    """
    run, stored = read.run, stored_of(read.run)
    place = {pk: column for column, pk in enumerate(run.mentor_ids)}
    now = {line.mentee_id: place[line.mentor_id] for line in read.pairs if line.mentor_id in place}
    mentor_of = np.array([now.get(pk, UNMATCHED) for pk in run.mentee_ids], dtype=np.int64)
    return fairness_report(
        stored.fits,
        replace(stored.assignment, mentor_of=mentor_of),
        {name: [_said(mentee, name) for mentee in stored.inputs.mentees] for name in GROUPED},
    )


def fairness_read(read: BoardRead) -> Fairness:
    """The report with names and words. Queries as `report_of`."""
    report = report_of(read)
    quantiles = dict(report.fits.quantiles)
    return Fairness(
        report=report,
        average=None if report.fits.mean is None else points(report.fits.mean),
        levels=[(text, points(quantiles[q])) for q, text in SHARES.items() if q in quantiles],
        fits=_bars([(f"{at}–{at + 1}", n) for at, n in enumerate(report.fits.histogram)]),
        worst=_worst(read, report),
        attributes=[
            _attribute(GROUPED[name], name, rates)
            for name, rates in report.groups.items()
            if len(rates) > 1  # everybody in one group: nothing to compare
        ],
        trade_off=trade_off_read(read.run),
        swap=read.run.swap_test,
    )


def fairness_rows(read: BoardRead) -> list[tuple[str, str, Any]]:
    """The report as (part, what, value) for a file; without names of people. Fits in [0, 1]."""
    report = report_of(read)
    rows: list[tuple[str, str, Any]] = [
        ("run", "number", read.run.number),
        ("run", "objective", read.run.objective),
        ("fits", "matched", report.fits.matched),
        ("fits", "unmatched", report.fits.unmatched),
        ("fits", "mean", report.fits.mean),
        ("fits", "gini", report.fits.gini),
    ]
    rows += [("fits", f"quantile {q:g}", fit) for q, fit in report.fits.quantiles]
    rows += [
        ("fits", f"{at / 10:.1f}-{(at + 1) / 10:.1f}", n)
        for at, n in enumerate(report.fits.histogram)
    ]
    rows += [("load: mentors with so many mentees", str(size), n) for size, n in report.load.counts]
    for name, rates in report.groups.items():
        for rate in rates:
            part, who = f"group: {name}", rate.value or ""
            rows += [
                (part, f"{who}: {key}", getattr(rate, key))
                for key in ("people", "rate", "ratio", "mean_fit")
            ]
    for objective, figures in read.run.trade_off.items():
        rows += [(f"objective: {objective}", key, value) for key, value in figures.items()]
    rows += [("swap test", key, value) for key, value in read.run.swap_test.items()]
    return rows


def fairness_data(read: BoardRead) -> dict[str, Any]:
    """The report as JSON values; without names and places of people."""
    data = report_of(read).to_dict()
    for personal in ("worst_off", "prices"):
        data.pop(personal)
    return {
        "run": read.run.pk,
        **data,
        "objectives": {
            n: read.run.trade_off[n] for n in Objective.values if n in read.run.trade_off
        },
        "swap_test": read.run.swap_test,
        "smallest_group": SMALLEST_GROUP,
    }


def _said(mentee: Mentee, name: str) -> str | None:
    if name == "format":
        return "+".join(sorted(mentee.formats)) or None
    value: str = getattr(mentee, name)
    return value.strip() or None


def _attribute(title: Promise, name: str, rates: Sequence[GroupRate]) -> Attribute:
    shown = [Group(_named(name, rate.value), rate) for rate in rates if rate.people is not None]
    return Attribute(title, shown, len(rates) - len(shown))


def _named(name: str, value: str | None) -> str:
    if value is None:
        return _("not answered")
    if name == "format":
        words = {
            "online": _("online"),
            "on_site": _("on site"),
            "online+on_site": _("both"),
            "on_site+online": _("both"),
        }
        return words.get(value, value)
    return choice_name(name, value, language()) if name in ("function", "industry") else value


def _bars(counts: Sequence[tuple[str, int]]) -> list[Bar]:
    """Bars side by side, as high as they are many, coloured by level of fit."""
    top = max((number for _label, number in counts), default=0) or 1
    bars = []
    for at, (label, number) in enumerate(counts):
        height = round(max(number / top * TALL, 1.5 if number else 0), 1)
        level = fit_of((at + 0.5) / len(counts)).step
        bars.append(
            Bar(GAP + at * WIDE, round(TALL + 14 - height, 1), height, label, number, level)
        )
    return bars


def _worst(
    read: BoardRead, report: FairnessReport
) -> list[tuple[shapes.Face, shapes.Face | None, int]]:
    found = []
    for entry in report.worst_off:
        line = read.loaded.lines.get(read.run.mentee_ids[entry.mentee])
        if line is not None:
            mentor = read.mentor(line.mentor_id) if line.mentor_id else None
            level = 0 if entry.fit is None else fit_of(entry.fit).step
            found.append((read.mentee(line), mentor, level))
    return found
