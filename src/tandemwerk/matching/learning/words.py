"""What an evaluation says, in German and English; shared by the command line and the report."""

from collections.abc import Mapping
from typing import Literal

from .evaluation import LEAST_ANSWERS, LEAST_GROUPS, LEAST_PAIRS, Evaluation, Figures
from .meetings import Dropped
from .metrics import NAMES, Quality, Step

Language = Literal["de", "en"]

WORDS: Mapping[Language, Mapping[str, str]] = {
    "de": {
        "title": "Was aus Begegnungen zu lernen ist",
        "held_out": "{rows} Begegnungen aus {groups} Gruppen; jede Gruppe wurde einmal "
        "zurückgehalten ({folds} Durchgänge).",
        "side": "Eine Seite sagt Ja",
        "match": "Beide sagen Ja",
        "method": "Verfahren",
        "model": "Tandemwerk",
        "constant": "immer dieselbe Zahl",
        "logistic": "logistische Regression",
        "gradient_boosting": "Gradient Boosting",
        "sequential": "mit früheren Antworten",
        "auc": "AUC",
        "log_loss": "Log-Loss",
        "brier": "Brier",
        "ece": "ECE",
        "said": "gesagt",
        "seen": "eingetreten",
        "pairs": "Paare",
        "reliability": "Zuverlässigkeit: wie oft eintrat, was gesagt wurde",
        "step": "Wahrscheinlichkeit",
        "notes": "AUC: höher ist besser, 0,5 ist Raten. Die übrigen: niedriger ist besser. In "
        "eckigen Klammern: wo der Wert mit 90 % liegt, wenn andere Gruppen gekommen wären. Die "
        "Zeile „mit früheren Antworten“ kennt die Antworten früherer Zeilen derselben Gruppe.",
        "dropped_protected": "Nicht verwendet, weil geschützt: {names}",
        "dropped_empty": "Nicht verwendet, weil ohne Antworten: {names}",
        "dropped_constant": "Nicht verwendet, weil überall gleich: {names}",
        "dropped_not_a_feature": "Nicht verwendet, weil weder a_ noch b_ davor steht: {names}",
        "mirrored": "{count} Begegnungen standen von beiden Seiten da und zählen einmal.",
        "short_pairs": "Zu wenig Daten: {rows} Begegnungen, gebraucht werden {pairs}. Es bleibt "
        "bei der Annahme von vorher.",
        "short_groups": "Zu wenig Daten: Gruppen: {groups}, gebraucht werden {least}. Es bleibt "
        "bei der Annahme von vorher.",
        "short_answers": "Zu wenig Daten: Von jeder Antwort und ihrem Gegenteil werden {answers} "
        "gebraucht, auf beiden Seiten und für beide zusammen. Es bleibt bei der Annahme von "
        "vorher.",
    },
    "en": {
        "title": "What there is to learn from meetings",
        "held_out": "{rows} meetings from {groups} groups; each group was held out once "
        "({folds} rounds).",
        "side": "One side says yes",
        "match": "Both say yes",
        "method": "Method",
        "model": "Tandemwerk",
        "constant": "always the same number",
        "logistic": "logistic regression",
        "gradient_boosting": "gradient boosting",
        "sequential": "with earlier answers",
        "auc": "AUC",
        "log_loss": "log-loss",
        "brier": "Brier",
        "ece": "ECE",
        "said": "said",
        "seen": "came true",
        "pairs": "pairs",
        "reliability": "Reliability: how often what was said came true",
        "step": "probability",
        "notes": "AUC: higher is better, 0.5 is guessing. The others: lower is better. In "
        "brackets: where the figure lies with 90 % had other groups come. The line “with earlier "
        "answers” knows the answers of earlier rows of the same group.",
        "dropped_protected": "Not used because protected: {names}",
        "dropped_empty": "Not used because without answers: {names}",
        "dropped_constant": "Not used because the same everywhere: {names}",
        "dropped_not_a_feature": "Not used because neither a_ nor b_ stands before it: {names}",
        "mirrored": "{count} meetings were given from both sides and count once.",
        "short_pairs": "Too little data: {rows} meetings, {pairs} are needed. What was believed "
        "before stays.",
        "short_groups": "Too little data: groups: {groups}, {least} are needed. What was believed "
        "before stays.",
        "short_answers": "Too little data: {answers} of each answer and its opposite are needed, "
        "on both sides and for both together. What was believed before stays.",
    },
}
METHODS = ("model", "constant", "logistic", "gradient_boosting", "sequential")


def figures_of(evaluation: Evaluation) -> dict[str, Figures]:
    """The figures by method, in the order of METHODS."""
    return {
        "model": evaluation.figures,
        **evaluation.baselines,
        "sequential": evaluation.sequential,
    }


def summary(evaluation: Evaluation, language: Language) -> str:
    """How much was learned from, or why it is too little."""
    words = WORDS[language]
    if evaluation.shortage:
        return words[f"short_{evaluation.shortage}"].format(
            rows=evaluation.rows,
            groups=evaluation.groups,
            pairs=LEAST_PAIRS,
            least=LEAST_GROUPS,
            answers=LEAST_ANSWERS,
        )
    return words["held_out"].format(
        rows=evaluation.rows, groups=evaluation.groups, folds=evaluation.folds
    )


def notes_on(dropped: tuple[Dropped, ...], mirrored: int, language: Language) -> list[str]:
    """What does not count and why, one sentence per reason."""
    words = WORDS[language]
    lines = []
    for reason in ("protected", "empty", "constant", "not_a_feature"):
        names = [entry.name for entry in dropped if entry.reason == reason]
        if names:
            lines.append(words[f"dropped_{reason}"].format(names=", ".join(names)))
    if mirrored:
        lines.append(words["mirrored"].format(count=mirrored))
    return lines


def number(value: float, language: Language, digits: int = 3) -> str:
    """0.571 or 0,571."""
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if language == "de" else text


def figure(quality: Quality, place: int, language: Language) -> str:
    """A figure with its interval: 0.571 [0.541–0.610]."""
    low, high = quality.intervals[place]
    return (
        f"{number(quality.values[place], language)} "
        f"[{number(low, language)}–{number(high, language)}]"
    )


def rows_of(evaluation: Evaluation, kind: str, language: Language) -> list[list[str]]:
    """The table of one kind (side, match): a heading, then a line per method."""
    words = WORDS[language]
    table = [[words["method"], *(words[name] for name in NAMES)]]
    for method, figures in figures_of(evaluation).items():
        quality = getattr(figures, kind)
        cells = [figure(quality, place, language) for place in range(len(NAMES))]
        table.append([words[method], *cells])
    return table


def step_rows(steps: tuple[Step, ...], language: Language) -> list[list[str]]:
    """The reliability table: a heading, then a line per step that holds pairs."""
    words = WORDS[language]
    table = [[words["step"], words["pairs"], words["said"], words["seen"]]]
    for step in steps:
        span = f"{number(step.low, language, 1)}–{number(step.high, language, 1)}"
        said, seen = number(step.said, language), number(step.seen, language)
        table.append([span, str(step.count), said, seen])
    return table


def aligned(table: list[list[str]]) -> str:
    """A table as text: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = []
    for row in table:
        first = f"  {row[0]:{widths[0]}}"
        rest = (f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))
        lines.append("  ".join([first, *rest]))
    return "\n".join(lines)
