"""How good a run is known to be, and by how much changes by hand left that."""

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tandemwerk.pairing.enums import Objective, RunState
from tandemwerk.pairing.models import MatchRun
from tandemwerk.pairing.objectives import WORDS
from tandemwerk.pairing.selectors.board import BoardRead
from tandemwerk.pairing.selectors.check import ROUNDING, Check
from tandemwerk.pairing.selectors.trade_off import price_text
from tandemwerk.pairing.words import SAME, points
from tandemwerk.ui import board_whole as shapes


def proof_read(read: BoardRead) -> shapes.Proof:
    """The certificate in words. No query."""
    run = read.run
    if not run.proof:
        return shapes.Proof(
            title=_("Calculated before proofs were kept"),
            text=_("Calculate again to get a proof with the pairs."),
            is_best=False,
            can_check=False,
        )
    gap = max(0.0, (run.upper_bound or 0) - (run.total or 0))
    is_total = run.objective == Objective.TOTAL and not run.rematch
    if is_total and gap <= ROUNDING * max(1.0, run.total or 0):
        title = _("Best possible, proven")
        text = _(
            "No other assignment of as many mentees fits better in sum, and none matches more of "
            "them. The run keeps a price for each place, and with these prices anybody can check "
            "it without trusting the program that found the pairs. Room for improvement: none."
        )
    elif is_total:
        title = _("At most %(gap)s points below the best possible") % {
            "gap": localize(max(0.1, points(gap)))
        }
        text = _("The run was ended early; the bound is proven, the pairs may not be the best.")
    elif run.rematch:
        title = _("Changes as little as possible")
        text = _(
            "As many mentees as possible have a mentor. Among all assignments that reach this, the "
            "run took one that keeps the most pairs of the run before, and of these the best."
        )
    else:
        title = _("Calculated as: %(objective)s") % {"objective": run.get_objective_display()}
        text = str(WORDS[run.objective][0])
        price = price_text(run.trade_off.get(run.objective), run.trade_off.get(Objective.TOTAL))
        text = f"{text} {price}." if price else text
    by_hand = by_hand_text(read)
    if is_total and by_hand:
        title = _("Best possible as calculated, then changed by hand")
    return shapes.Proof(
        title=title,
        text=text,
        is_best=is_total and not by_hand,
        by_hand=by_hand,
        notes=[*_floor_notes(run), *_kept_notes(run)],
        can_keep=run.state == RunState.READY and run.objective == Objective.TOTAL,
    )


def _floor_notes(run: MatchRun) -> list[str]:
    if run.floor is None:
        return []
    text = _(
        "Nobody was matched with a fit below %(floor)s of ten; whoever has no better one stays "
        "without a mentor."
    )
    return [text % {"floor": localize(points(run.floor))}]


def _kept_notes(run: MatchRun) -> list[str]:
    """What became of the pairs of the run before, and what keeping them costs."""
    found = run.rematch
    if not found:
        return []
    before = found["kept"] + found["changed"] + found["lost"]
    kept = ngettext(
        "%(kept)d of %(before)d pair of the run before was kept",
        "%(kept)d of %(before)d pairs of the run before were kept",
        before,
    ) % {"kept": found["kept"], "before": before}
    others = {
        "changed": _("another mentor: %(n)d"),
        "lost": _("no mentor any more: %(n)d"),
        "gained": _("newly matched: %(n)d"),
    }
    said = [kept, *(text % {"n": found[key]} for key, text in others.items() if found[key])]
    lost = points(found["total_lost"])
    price = (
        _("It costs %(points)s points against the best whole, proven.") % {"points": localize(lost)}
        if lost > 0
        else _("It costs nothing against the best whole, proven.")
    )
    return [f"{' · '.join(said)}.", price]


def checked_words(check: Check) -> shapes.Checked:
    """What the independent check found, line by line."""
    lines: list[tuple[bool, str]] = [
        (check.feasible, _("All pairs are allowed, kept pairs are kept, no place is taken twice.")),
        (check.most, _("Nobody could match more mentees.")),
        (
            check.gap <= ROUNDING * max(1.0, check.total),
            _("The best whole has %(total)s points; by its prices none has more than %(bound)s.")
            % {
                "total": localize(points(check.total)),
                "bound": localize(points(check.upper_bound)),
            },
        ),
    ]
    if check.objective is not None:
        lines.append((check.objective, _("What this objective promises holds as well.")))
    return shapes.Checked(is_good=check.is_good, lines=lines)


def by_hand_text(read: BoardRead) -> str:
    """By how much the board as it stands is below the proven bound; empty if nothing was moved."""
    run = read.run
    now = {line.mentee_id: line.mentor_id for line in read.loaded.lines.values()}
    found = {
        mentee: run.mentor_ids[column] if column >= 0 else None
        for mentee, column in zip(run.mentee_ids, run.mentor_of, strict=True)
    }
    changed = sum(found.get(mentee) != mentor for mentee, mentor in now.items())
    if not changed:
        return ""
    pairs = sum(column >= 0 for column in run.mentor_of)
    below = (run.upper_bound or 0) - sum(line.score or 0 for line in read.pairs)
    said = []
    if (fewer := pairs - len(read.pairs)) > 0:
        text = ngettext("%(n)d pair fewer", "%(n)d pairs fewer", fewer)
        said.append(text % {"n": fewer})
    if below > SAME:
        said.append(
            _("%(points)s points below the proven bound of %(bound)s")
            % {"points": localize(points(below)), "bound": localize(points(run.upper_bound or 0))}
        )
    moved = ngettext(
        "%(n)d mentee was moved by hand", "%(n)d mentees were moved by hand", changed
    ) % {"n": changed}
    return f"{moved}: {', '.join(said) or _('the whole is as good as before')}."
