"""The parts of the report, one function each: facts in, markup out."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from ..assignment import UNMATCHED, Rematch
from ..fairness import SMALLEST_GROUP, WORST_SHOWN
from ..reasons import explain
from ..scoring import Scores
from ..wording import GOOD_FROM, VERY_GOOD_FROM, fit_step, fit_word
from . import charts
from .markup import Safe, join, tag
from .sentences import objective_name, price_text, proof_text
from .told import STEPS, Told, line, note, table

# Columns of the distribution: this wide, with a border exactly at both steps.
WIDTH = 0.04
OFFSET = 0.02
PAIRS_SHOWN = 2000
_LEAST_COMPARED = 2
PEOPLE_SHOWN = 500


def summary(told: Told) -> Safe:
    """Four figures, the proof, and what the objective costs."""
    facts, words = told.facts, told.words
    fits, load = facts.fairness.fits, facts.fairness.load
    people = fits.matched + fits.unmatched
    worst = min(facts.fits, default=None)
    without = words["all_matched"]
    if fits.unmatched:
        without = told.say("without", count=fits.unmatched)
    used = told.say("mentors_of", used=load.mentors - load.idle, all=load.mentors)
    matched = told.say("matched_of", matched=fits.matched, mentees=people)
    tiles = [
        _tile(words["matched"], matched, without),
        _fit_tile(told, "mean_fit", fits.mean),
        _fit_tile(told, "weakest", worst),
        _tile(words["mentors_used"], used, told.say("most_load", most=load.most)),
    ]  # fmt: skip
    proof = facts.proof
    parts: list[Safe] = [
        tag("div", *tiles, class_="tiles"),
        note(
            "good" if proof.sound else "look",
            "✓" if proof.sound else "!",
            proof_text(proof, told.language),
        ),
    ]
    price = price_text(facts.assignment, told.language)
    if price:
        parts.append(note("plain", "⇄", price))
    if facts.rematch is not None:
        parts.append(note("plain", "↺", _kept(told, facts.rematch)))
    if facts.assignment.floor is not None:
        floor = told.number(facts.assignment.floor)
        parts.append(note("plain", "≥", told.say("floor", floor=floor)))
    return join(*parts)


def _kept(told: Told, again: Rematch) -> str:
    return told.say(
        "kept",
        kept=len(again.kept),
        before=len(again.kept) + len(again.changed) + len(again.lost),
        changed=len(again.changed),
        lost=len(again.lost),
        gained=len(again.gained),
    )


def _tile(label: str, big: str, sub: str) -> Safe:
    return tag(
        "div", tag("p", label, class_="label"), tag("p", big, class_="big"),
        tag("p", sub, class_="sub"), class_="tile",
    )  # fmt: skip


def _fit_tile(told: Told, label: str, fit: float | None) -> Safe:
    if fit is None:
        return _tile(told.words[label], told.words["nothing"], "")
    word = join(charts.fit_mark(STEPS[fit_step(fit)]), fit_word(fit, told.language))
    return _tile(told.words[label], word, told.number(fit))


def distribution(told: Told) -> Safe:
    """How the fits are spread, as picture and as quantiles."""
    words, fits = told.words, np.array(told.facts.fits)
    if not len(fits):
        return tag("p", words["no_pairs"], class_="quiet")
    edges = OFFSET + WIDTH * np.arange(-1, 26)
    # A hair up, so that a fit on a border counts from there although it is a little less.
    places = np.clip(np.searchsorted(edges, fits + 1e-9, side="right") - 1, 0, len(edges) - 2)
    first, last = max(0, places.min() - 2), min(len(edges) - 2, places.max() + 2)
    counts = np.bincount(places, minlength=len(edges) - 1)
    columns = [
        charts.Column(low, high, int(counts[first + n]), _step((low + high) / 2))
        for n, (low, high) in enumerate(pairwise(edges[first : last + 2].tolist()))
    ]
    ticks = [(n / 10, charts.Number(told.language, 1)(n / 10)) for n in range(11)]
    borders = (
        (-1.0, GOOD_FROM, words["step_1"]),
        (GOOD_FROM, VERY_GOOD_FROM, words["step_2"]),
        (VERY_GOOD_FROM, 2.0, words["step_3"]),
    )
    steps = np.bincount([_step(fit) for fit in fits.tolist()], minlength=4)
    said = ", ".join(f"{words[f'step_{n}']} {steps[n]}" for n in (1, 2, 3))
    label = told.say("distribution_alt", steps=said, median=told.number(float(np.median(fits))))
    numbers = frozenset({1})
    rows = [
        line([_level(told, share), told.number(fit)], numbers)
        for share, fit in told.facts.fairness.fits.quantiles
    ]
    return join(
        tag(
            "figure", charts.distribution(columns, ticks, borders, label),
            tag("figcaption", words["distribution"]),
        ),
        tag(
            "details", tag("summary", words["numbers"]),
            tag("p", said, class_="small"),
            table((words["share"], words["up_to"]), rows, numbers, class_="narrow"),
        ),
    )  # fmt: skip


def _level(told: Told, share: float) -> str:
    named = {0.0: told.words["least"], 1.0: told.words["most"]}
    return named.get(share) or told.per_cent(share)


def _step(fit: float) -> int:
    return STEPS[fit_step(fit)]


def objectives(told: Told) -> Safe:
    """The four objectives beside each other: picture, table, and what each means."""
    words, facts, number = told.words, told.facts, told.number
    chosen = None if facts.rematch is not None else facts.assignment.objective
    rows, lines, said = [], [], []
    numbers = frozenset({1, 2, 3, 4, 5})
    for price in facts.fairness.prices:
        name = objective_name(price.objective, told.language)
        picked = price.objective == chosen
        note_ = told.say("load_note", most=price.most_load)
        if price.unmatched:
            note_ = told.say("without_note", count=price.unmatched)
        rows.append(charts.Span(name, note_, price.worst, price.mean, picked))
        if price.worst is not None and price.mean is not None:
            low, high = number(price.worst), number(price.mean)
            said.append(told.say("objective_alt", name=name, low=low, high=high))
        label = join(name, " ", tag("span", words["chosen"], class_="tag")) if picked else name
        whole = facts.fairness.prices[0].total
        cost = told.per_cent(price.total_lost / whole, 1) if whole > 0 else words["nothing"]
        cells = [
            label, str(price.matched), _or_dash(told, price.mean), _or_dash(told, price.worst),
            str(price.most_load), cost,
        ]  # fmt: skip
        lines.append(line(cells, numbers, "chosen" if picked else None))
    label = told.say("objectives_alt", rows="; ".join(said))
    legend = tag(
        "div", tag("span", words["legend_low"]),
        tag("span", words["legend_high"], class_="filled"), class_="legend", aria_hidden="true",
    )  # fmt: skip
    head = [words[key] for key in ("objective", "people", "mean", "worst", "load", "cost")]
    meanings = [
        tag("li", tag("strong", objective_name(price.objective, told.language)), ": ",
            words[f"how_{price.objective}"])
        for price in facts.fairness.prices
    ]  # fmt: skip
    return join(
        tag("p", words["objectives_lead"]),
        tag("figure", charts.spans(rows, number, label, words["nothing"]), legend),
        table(head, lines, numbers),
        tag("ul", *meanings, class_="plain small"),
    )


def _or_dash(told: Told, value: float | None) -> str:
    return told.words["nothing"] if value is None else told.number(value)


def fairness(told: Told) -> Safe:
    """Weakest pairs, load, and the declared groups."""
    words, facts = told.words, told.facts
    return join(
        tag("h3", words["worst_off"]),
        _weakest(told),
        tag("h3", words["loads"]),
        _loads(told),
        *(_group(told, name) for name in facts.fairness.groups),
        join() if facts.fairness.groups else tag("p", words["no_group"], class_="quiet small"),
    )


def _weakest(told: Told) -> Safe:
    """The people without a mentor as a sentence, then the weakest pairs."""
    words, facts = told.words, told.facts
    parts = []
    if facts.unmatched:
        parts.append(note("look", "!", told.say("see_unmatched", count=len(facts.unmatched))))
    ordered = sorted(zip(facts.fits, facts.assignment.pairs, strict=True))[:WORST_SHOWN]
    rows = []
    for fit, (row, column) in ordered:
        found = explain(facts.scores, row, column).differences[:2]
        why = "; ".join(told.reason(entry, row, column) for entry in found)
        rows.append(line([told.mentee(row), told.mentor(column), told.fit(fit), why]))
    head = [words[key] for key in ("mentee", "mentor", "fit", "why_weak")]
    if rows:
        parts.append(table(head, rows, class_="cards"))
    return join(*parts)


def _loads(told: Told) -> Safe:
    counts = told.facts.fairness.load.counts
    most = max((mentors for _size, mentors in counts), default=1)

    def name(size: int) -> str:
        return told.words["load_0"] if size == 0 else (
            told.words["load_1"] if size == 1 else told.say("load_n", count=size)
        )  # fmt: skip

    rows = [(name(size), mentors / most, str(mentors)) for size, mentors in counts]
    said = "; ".join(f"{before}: {behind}" for before, _length, behind in rows)
    return tag("figure", charts.bars(rows, told.say("loads_alt", rows=said)), class_="narrow")


def _group(told: Told, attribute: str) -> Safe:
    words, facts = told.words, told.facts
    rows, low, visible = [], False, 0
    numbers = frozenset({1, 4})
    for group in facts.fairness.groups[attribute]:
        name = words["no_answer"] if group.value is None else group.value
        if group.people is None or group.rate is None:
            secret = tag("td", words["hidden"], colspan=4, class_="quiet")
            rows.append(tag("tr", tag("th", name, scope="row"), secret))
            continue
        visible += 1
        low = low or group.below_four_fifths
        ratio: str = words["nothing"] if group.ratio is None else told.number(group.ratio)
        if group.below_four_fifths:
            ratio = join(ratio, " ", tag("span", words["below"], class_="tag look"))
        rate = join(charts.share_mark(group.rate), told.per_cent(group.rate))
        cells = [name, str(group.people), rate, ratio, _or_dash(told, group.mean_fit)]
        rows.append(line(cells, numbers))
    head = [words[key] for key in ("group", "count", "rate", "ratio", "mean_fit")]
    parts = [
        tag("h3", told.say("groups", attribute=attribute)),
        tag("p", told.say("groups_lead", least=SMALLEST_GROUP), class_="small quiet"),
        table(head, rows, numbers),
        _compared(words, low, visible),
    ]
    if facts.swap is not None:
        swap = facts.swap
        parts.append(
            note("good", "✓", told.say("swap", people=swap.people))
            if swap.passed
            else note("look", "!", told.say("swap_failed", pairs=swap.pairs_changed))
        )
    return join(*parts)


def _compared(words: Mapping[str, str], low: bool, visible: int) -> Safe:
    """What the selection rates say; one group alone stands beside nothing."""
    if visible < _LEAST_COMPARED:
        return note("look", "–", words["nothing_to_compare"])
    if low:
        return note("look", "!", words["four_fifths"])
    return note("good", "✓", words["no_four_fifths"])


def unmatched(told: Told) -> Safe:
    """Everybody without a mentor, with the reason."""
    words, people = told.words, told.facts.unmatched
    if not people:
        return note("good", "✓", words["nobody"])
    rows = [
        line([told.mentee(row), told.reason(reason, row, UNMATCHED)])
        for row, reason in people[:PEOPLE_SHOWN]
    ]
    more = len(people) - PEOPLE_SHOWN
    return join(
        table((words["mentee"], words["reason"]), rows),
        tag("p", told.say("more_people", count=more), class_="quiet") if more > 0 else join(),
    )


def proof(told: Told) -> Safe:
    """What is proven, by which numbers, and how to check it."""
    words, found = told.words, told.facts.proof
    verdict, number = found.verdict, charts.Number(told.language, 6)
    numbers = frozenset({1})
    rows = [
        line([words["feasible"], words["yes" if verdict.feasible else "no"]], numbers),
        line([words["total"], number(verdict.total)], numbers),
    ]
    if verdict.feasible:
        rows += [
            line([words["upper"], number(verdict.upper_bound)], numbers),
            line([words["gap"], number(verdict.gap)], numbers),
        ]
    if verdict.most is not None:
        rows.append(line([words["most_people"], words["no" if verdict.most else "yes"]], numbers))
    kind, icon = ("good", "✓") if found.sound else ("look", "!")
    code = (
        "from tandemwerk.matching import assign, score, verify\n"
        f"found = assign(score(mentees, mentors, criteria), seed={told.facts.assignment.seed}, "
        f'objective="{told.facts.assignment.objective}")\n'
        "verify(score(mentees, mentors, criteria), found.capacity, found)"
    )
    return join(
        note(kind, icon, proof_text(found, told.language)),
        tag("p", words["proof_lead"]),
        table((words["promise"], words["found"]), rows, numbers, class_="narrow"),
        tag("p", words["proof_gap"], class_="small quiet") if found.kind != "total" else join(),
        tag("p", words["how_to_check"]),
        tag("pre", tag("code", code), tabindex="0"),
    )


def pairs(told: Told) -> Safe:
    """Every pair with its reasons folded."""
    words, facts = told.words, told.facts
    made = facts.assignment.pairs
    if not made:
        return tag("p", words["no_pairs"], class_="quiet")
    head = tag(
        "div", tag("span"), tag("span", words["mentee"]), tag("span", words["mentor"]),
        tag("span", words["fit"], class_="fit"), class_="head", aria_hidden="true",
    )  # fmt: skip
    shown = [_pair(told, facts.scores, row, column) for row, column in made[:PAIRS_SHOWN]]
    more = join()
    if len(made) > PAIRS_SHOWN:
        more = tag("p", told.say("more_pairs", shown=PAIRS_SHOWN, all=len(made)), class_="quiet")
    return join(
        tag("p", words["pairs_lead"], class_="quiet"),
        tag("div", head, *shown, class_="pairs"),
        more,
    )


def _pair(told: Told, scores: Scores, row: int, column: int) -> Safe:
    found = explain(scores, row, column)
    parts = []
    for key, entries in (("speaks_for", found.reasons), ("speaks_against", found.differences)):
        if entries:
            items = [tag("li", told.reason(entry, row, column)) for entry in entries]
            parts += [tag("h4", told.words[key]), tag("ul", *items, class_="plain")]
    fit = float(scores.total[row, column])
    return tag(
        "details",
        tag(
            "summary", tag("span", told.mentee(row)), tag("span", told.mentor(column)),
            tag("span", told.fit(fit), class_="fit"),
        ),
        tag("div", *parts),
    )  # fmt: skip
