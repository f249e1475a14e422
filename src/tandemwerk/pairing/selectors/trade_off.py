"""What each objective would give, as a picture and a table."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tandemwerk.pairing.enums import Objective, RunState
from tandemwerk.pairing.models import MatchRun
from tandemwerk.pairing.objectives import choices
from tandemwerk.pairing.words import points
from tandemwerk.ui import board_whole as shapes

Figures = Mapping[str, Any]
LANE, FIRST_LANE = 15, 9
SPREAD_SHOWN = 2


def _of_ten(value: float | None) -> float | None:
    return None if value is None else points(value)


# What is measured, whether more is better, and the least difference that fills the whole width:
# differences nobody would notice must not look like a gulf.
MEASURES: tuple[tuple[Promise, Callable[[Figures], float | None], bool, float], ...] = (
    (gettext_lazy("Mentees with a mentor"), lambda f: f["matched"], True, 5),
    (gettext_lazy("Fit on average, of ten"), lambda f: _of_ten(f["mean"]), True, 0.5),
    (gettext_lazy("Weakest pair, of ten"), lambda f: _of_ten(f["worst"]), True, 1),
    (
        gettext_lazy("Difference in mentees per mentor"),
        lambda f: round(f["load_spread"], SPREAD_SHOWN),
        False,
        0.25,
    ),
    (gettext_lazy("Pairs who would both rather swap"), lambda f: f["blocking"], False, 10),
)


def trade_off_read(run: MatchRun) -> shapes.TradeOff:
    """The picture as far as the figures are known. No query."""
    known = {name: run.trade_off[name] for name in Objective.values if name in run.trade_off}
    return shapes.TradeOff(
        measures=[_measure(run, known, *measure) for measure in MEASURES] if known else [],
        aims=[
            shapes.Aim(
                value=choice.value,
                name=choice.name,
                what=choice.what,
                cost=choice.cost,
                # Of a run that keeps pairs the figures are not those of the best whole.
                price=""
                if run.keeps_pairs
                else price_text(known.get(choice.value), known.get(Objective.TOTAL)),
                is_chosen=choice.is_chosen,
            )
            for choice in choices(run.objective)
        ],
        is_complete=len(known) == len(Objective) or run.state == RunState.DISCARDED,
        is_open=run.state in (RunState.READY, RunState.DISCARDED),
    )


def _measure(
    run: MatchRun,
    known: Mapping[str, Figures],
    label: Promise,
    read: Callable[[Figures], float | None],
    more_is_better: bool,
    span: float,
) -> shapes.Measure:
    values = {name: value for name, f in known.items() if (value := read(f)) is not None}
    best = (max if more_is_better else min)(values.values(), default=0)
    width = max([span, *(abs(value - best) for value in values.values())])
    cells = [localize(values[name]) if name in values else "–" for name in Objective.values]
    said = [f"{Objective(name).label} {localize(value)}" for name, value in values.items()]
    return shapes.Measure(
        label=label,
        text=f"{label}: {', '.join(said)}",
        marks=[
            shapes.Mark(
                value=name,
                x=round(100 * (1 - abs(value - best) / width), 1),
                y=FIRST_LANE + LANE * Objective.values.index(name),
                is_chosen=name == run.objective,
            )
            for name, value in values.items()
        ],
        cells=cells,
    )


def price_text(figures: Figures | None, best: Figures | None) -> str:
    """What an objective gives up against the best whole; empty while one of them is unknown."""
    if figures is None or best is None or figures is best:
        return ""
    said = []
    fewer = best["matched"] - figures["matched"]
    if fewer > 0:
        text = ngettext(
            "%(n)d mentee fewer with a mentor", "%(n)d mentees fewer with a mentor", fewer
        )
        said.append(text % {"n": fewer})
    lost = points(best["total"] - figures["total"])
    if lost > 0:
        said.append(
            _("%(points)s of %(whole)s points less")
            % {"points": localize(lost), "whole": localize(points(best["total"]))}
        )
    price = _("costs nothing here") if not said else " · ".join(said)
    return _("Against the best whole: %(price)s") % {"price": price}
