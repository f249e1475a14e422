"""What a pair would cost, in words: for the coordinator, who sees everybody's names."""

from collections.abc import Mapping, Sequence

from ..advice import WhyNot
from ..assignment import UNMATCHED
from ..errors import MatchingError
from . import english, german, parts

# Below this a cost would be written as 0.00.
LEAST_SHOWN = 0.005
MOST_MOVES = 3

# German, English.
_WORDS: Mapping[str, tuple[str, str]] = {
    "ranks": (
        "{mentor} steht für {mentee} auf Platz {mentee_rank} von {mentee_choices}, "
        "{mentee} für {mentor} auf Platz {mentor_rank} von {mentor_choices}.",
        "{mentor} is number {mentee_rank} of {mentee_choices} for {mentee}, "
        "{mentee} is number {mentor_rank} of {mentor_choices} for {mentor}.",
    ),
    "rule": ("Nicht möglich: {rule}.", "Not possible: {rule}."),
    "locked": (
        "{mentee} ist mit jemand anderem festgelegt.",
        "{mentee} is fixed to somebody else.",
    ),
    "no_seat_left": (
        "Alle Plätze von {mentor} sind festgelegt oder es gibt keine.",
        "All seats of {mentor} are fixed, or there are none.",
    ),
    "below_floor": (
        "Die Passung liegt unter der Untergrenze.",
        "The fit is below the floor.",
    ),
    "best": (
        "{mentee} und {mentor} sind in der besten Zuordnung ein Paar.",
        "{mentee} and {mentor} are a pair in the best assignment.",
    ),
    "costs": (
        "{mentee} mit {mentor} würde den Durchgang {fit} Passung kosten",
        "{mentee} with {mentor} would cost the cohort {fit} of fit",
    ),
    "costs_at_least": (
        "{mentee} mit {mentor} würde den Durchgang mindestens {fit} Passung kosten",
        "{mentee} with {mentor} would cost the cohort at least {fit} of fit",
    ),
    "free": (
        "{mentee} mit {mentor} würde den Durchgang keine Passung kosten",
        "{mentee} with {mentor} would cost the cohort no fit",
    ),
    "gains": (
        "{mentee} mit {mentor} würde dem Durchgang {fit} Passung bringen",
        "{mentee} with {mentor} would bring the cohort {fit} of fit",
    ),
    "leaves": (" und {names} ohne Mentor:in lassen", " and leave {names} without a mentor"),
    "moves": ("Dafür würden wechseln: {moves}.", "These would change: {moves}."),
    "move": ("{name} zu {mentor}", "{name} to {mentor}"),
    "more": ("und {count} weitere", "and {count} more"),
}


def why_not_text(
    answer: WhyNot, language: str, mentees: Sequence[str], mentors: Sequence[str]
) -> list[str]:
    """Sentences about a pair that is not: ranks, what forbids it, its cost, who would move.

    mentees, mentors: everybody's name, by place. Reasons are told by `reason_text`. Raises
    MatchingError for an unknown language.
    """
    if language not in ("de", "en"):
        raise MatchingError("language_unknown", language=language)
    values: dict[str, object] = {
        "mentee": mentees[answer.mentee],
        "mentor": mentors[answer.mentor],
        "mentee_choices": answer.mentee_choices,
        "mentor_choices": answer.mentor_choices,
        "mentee_rank": answer.mentee_rank,
        "mentor_rank": answer.mentor_rank,
    }
    told = []
    if answer.mentee_rank is not None:
        told.append(_say("ranks", language, **values))
    told.extend(_problem(problem, language, values) for problem in answer.problems)
    if answer.cost is not None:
        told.append(_cost(answer, language, mentees, values))
        told.extend(_moves(answer, language, mentees, mentors))
    return told


def _cost(answer: WhyNot, language: str, names: Sequence[str], values: dict[str, object]) -> str:
    cost = answer.cost or 0.0
    if not answer.moves and not answer.is_bound:
        return _say("best", language, **values)
    fit = f"{abs(cost):.2f}"
    values = {**values, "fit": fit.replace(".", ",") if language == "de" else fit}
    if answer.is_bound:
        text = _say("costs_at_least", language, **values)
    elif abs(cost) < LEAST_SHOWN:
        text = _say("free", language, **values)
    else:
        text = _say("costs" if cost > 0 else "gains", language, **values)
    if answer.leaves:
        left = parts.shortened([names[row] for row in answer.leaves], language)
        text += _say("leaves", language, names=left)
    return f"{text}."


def _moves(
    answer: WhyNot, language: str, mentees: Sequence[str], mentors: Sequence[str]
) -> list[str]:
    """Who else gets somebody else; the pair itself and those left without are told already."""
    others = [move for move in answer.moves[1:] if move.after != UNMATCHED]
    if not others:
        return []
    said = [
        _say("move", language, name=mentees[move.mentee], mentor=mentors[move.after])
        for move in others[:MOST_MOVES]
    ]
    if len(others) > MOST_MOVES:
        said.append(_say("more", language, count=len(others) - MOST_MOVES))
    return [_say("moves", language, moves=", ".join(said))]


def _problem(problem: str, language: str, values: dict[str, object]) -> str:
    if problem.startswith("blocked_"):
        book = german if language == "de" else english
        return _say("rule", language, rule=book.RULES[problem.removeprefix("blocked_")])
    return _say(problem, language, **values)


def _say(key: str, language: str, **values: object) -> str:
    return _WORDS[key][0 if language == "de" else 1].format(**values)
