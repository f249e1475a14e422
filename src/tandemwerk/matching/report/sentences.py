"""Objective, proof and price in one sentence each, for the report and the command line."""

from dataclasses import dataclass
from typing import Literal

from ..assignment import Assignment, Verdict, balance_bound, blocking_pairs, verify, wishes_of
from ..scoring import Scores
from .charts import Number

Language = Literal["de", "en"]

# Sums of thousands of fits differ by rounding alone.
EXACT = 1e-9
# A change of the total below this is told as none.
SAME = 0.005

OBJECTIVE_NAMES = {
    "de": {
        "total": "Bestes Ganzes",
        "stable": "Stabil",
        "fair": "Fair",
        "balanced": "Ausgewogen",
    },
    "en": {"total": "Best whole", "stable": "Stable", "fair": "Fair", "balanced": "Balanced"},
}

_PROOFS = {
    "de": {
        "total": "Bewiesen bestmöglich, Lücke 0: Keine andere Auswahl von Paaren ist besser.",
        "total_gap": "Höchstens {gap} unter dem bestmöglichen Ganzen.",
        "balanced": "Bewiesen bestmöglich für diese Ausgewogenheit, Lücke 0.",
        "balanced_gap": "Höchstens {gap} unter dem Bestmöglichen für diese Ausgewogenheit.",
        "stable": "Nachgeprüft stabil: Keine zwei Menschen hätten beide lieber einander.",
        "stable_gap": "Nicht stabil: {gap} Paare hätten beide lieber einander.",
        "fair": "Wer am schwächsten dasteht, steht so gut da wie möglich (so gerechnet, nicht "
        "eigens bewiesen); alle Paare sind erlaubt.",
        "kept": "So wenige Änderungen wie möglich; alle Paare sind erlaubt.",
        "wrong": "Die Prüfung hat ein Paar gefunden, das nicht sein darf.",
    },
    "en": {
        "total": "Proven best possible, gap 0: no other choice of pairs is better.",
        "total_gap": "At most {gap} below the best possible whole.",
        "balanced": "Proven best possible for this balance, gap 0.",
        "balanced_gap": "At most {gap} below the best possible for this balance.",
        "stable": "Checked to be stable: no two people would both rather have each other.",
        "stable_gap": "Not stable: {gap} pairs would both rather have each other.",
        "fair": "Whoever is worst off is as well off as can be (so calculated, not proven "
        "separately); every pair is allowed.",
        "kept": "As few changes as can be; every pair is allowed.",
        "wrong": "The check found a pair that must not be.",
    },
}

_PRICES = {
    "de": {
        "nothing": "Das kostet gegenüber dem besten Ganzen nichts.",
        "costs": "Preis gegenüber dem besten Ganzen: {parts}.",
        "people": "{count} Menschen mehr ohne Mentor:in",
        "person": "eine Person mehr ohne Mentor:in",
        "total": "{percent}\N{NO-BREAK SPACE}% weniger Passung insgesamt",
        "better": "dafür ist das schwächste Paar um {worst} besser",
        "worse": "und das schwächste Paar ist um {worst} schwächer",
    },
    "en": {
        "nothing": "This costs nothing against the best whole.",
        "costs": "Price against the best whole: {parts}.",
        "people": "{count} more people without a mentor",
        "person": "one more person without a mentor",
        "total": "{percent}% less fit in all",
        "better": "in return the weakest pair is better by {worst}",
        "worse": "and the weakest pair is worse by {worst}",
    },
}


@dataclass(frozen=True, slots=True)
class Proof:
    """What the check found, without the solver. sound: all that is promised holds.

    kind: "total", "balanced", "stable", "fair", "kept" (fewest changes) or "wrong". amount: the
    gap left, or how many pairs block.
    """

    kind: str
    sound: bool
    amount: float
    verdict: Verdict


def check(scores: Scores, assignment: Assignment, *, kept: bool = False) -> Proof:
    """Check pairs, bound and promise of an assignment against the scores alone.

    kept: it was made to disturb least. Cost: a few passes over all pairs.
    """
    verdict = verify(scores, assignment.capacity, assignment)
    if not verdict.feasible:
        return Proof("wrong", False, verdict.gap, verdict)
    if kept:
        return Proof("kept", True, verdict.gap, verdict)
    close = EXACT * max(1.0, abs(verdict.total))
    match assignment.objective:
        case "stable":
            wishes = wishes_of(scores)
            blocking = len(blocking_pairs(scores, assignment, wishes=wishes))
            return Proof("stable", not blocking, blocking, verdict)
        case "fair":
            return Proof("fair", True, verdict.gap, verdict)
        case "balanced":
            value, bound = balance_bound(scores, assignment)
            return Proof("balanced", bound - value <= close, max(0.0, bound - value), verdict)
    return Proof("total", verdict.gap <= close, verdict.gap, verdict)


def proof_of(assignment: Assignment) -> Proof:
    """What the solver itself says of a best whole, where checking all pairs would take too long."""
    close = EXACT * max(1.0, abs(assignment.total))
    verdict = Verdict(True, None, assignment.total, assignment.upper_bound, assignment.gap)
    return Proof("total", assignment.gap <= close, assignment.gap, verdict)


def objective_name(objective: str, language: Language) -> str:
    """The objective as people call it."""
    return OBJECTIVE_NAMES[language][objective]


def proof_text(proof: Proof, language: Language) -> str:
    """What is proven, in one sentence."""
    number = Number(language, 0 if proof.kind == "stable" else 4)
    key = proof.kind if proof.sound or proof.kind == "wrong" else f"{proof.kind}_gap"
    return _PROOFS[language][key].format(gap=number(proof.amount))


def price_text(assignment: Assignment, language: Language) -> str:
    """What the objective costs against the best whole, in one sentence; "" for the best whole."""
    price = assignment.price
    if price is None:
        return ""
    words, parts = _PRICES[language], []
    if price.people_lost:
        key = "person" if price.people_lost == 1 else "people"
        parts.append(words[key].format(count=price.people_lost))
    share = price.total_lost / price.total if price.total > 0 else 0.0
    if price.total_lost >= SAME:
        parts.append(words["total"].format(percent=Number(language, 1)(share * 100)))
    worst = price.worst_lost or 0.0
    if abs(worst) >= SAME:
        word = "better" if worst < 0 else "worse"
        parts.append(words[word].format(worst=Number(language)(abs(worst))))
    if not parts:
        return words["nothing"]
    return words["costs"].format(parts=", ".join(parts))
