"""`tandemwerk match`: match two CSV files, without database or web."""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .cli_match_files import (
    COLUMNS,
    Language,
    ToldPair,
    pairs_csv,
    reasons_json,
    told_of_many,
    told_pairs,
    unmatched_text,
    write_all,
)
from .cli_match_pairs import (
    Given,
    column_of,
    forbidden_pairs,
    locked_pairs,
    named,
    previous_pairs,
)
from .cli_told import check_floor, table_told, wishes_told
from .console import shell_language
from .matching import (
    OBJECTIVES,
    UNMATCHED,
    Assignment,
    Criteria,
    LockError,
    MatchingError,
    Mentee,
    Mentor,
    ObjectiveError,
    Scores,
    ScoresError,
    TextModel,
    assign,
    error_text,
    fit_word,
    inputs_digest,
    load_text_model,
    rematch,
    resolve_wishes,
    score,
    topics,
    why_unmatched,
)
from .matching.population import people_of
from .matching.report import (
    Declared,
    Proof,
    check,
    facts_of,
    objective_name,
    price_text,
    proof_of,
    proof_text,
    report_html,
)

__all__ = ["COLUMNS", "MOST_PAIRS", "main"]

EXIT_WRONG_INPUT = 2
# So many pairs are kept in memory, some 60 bytes each; more are searched.
MOST_PAIRS = 100_000_000
NAMES_SHOWN = 20

_WORDS = {
    "de": {
        "matched": "{matched} von {mentees} Mentees haben eine:n Mentor:in ({mentors} im Programm, "
        "{seats} Plätze).",
        "fit": "Passung: im Mittel {mean}, am schwächsten {worst} ({mentee} mit {mentor}).",
        "objective": "Ziel: {objective}. {proof}",
        "kept": "Bisherige Paare, von denen beide noch da sind: {kept} von {before} bleiben.",
        "unmatched": "Ohne Mentor:in ({count}):",
        "own_topics": "Nicht im Themenkatalog, als eigene Themen gezählt: {topics}",
        "written": "Geschrieben: {files}",
        "unreadable": "{file} lässt sich nicht lesen: {detail}",
        "unwritable": "{file} lässt sich nicht schreiben: {detail}",
        "overwrite": "{file} würde eine Eingabedatei überschreiben. Bitte anders benennen.",
        "group_alone": "--group gehört zum Bericht. Bitte auch --report angeben.",
        "model_report": "Der Bericht liest Texte wie üblich. Bitte --text-model oder --report "
        "weglassen.",
    },
    "en": {
        "matched": "{matched} of {mentees} mentees have a mentor ({mentors} in the programme, "
        "{seats} seats).",
        "fit": "Fit: {mean} on average, weakest {worst} ({mentee} with {mentor}).",
        "objective": "Objective: {objective}. {proof}",
        "kept": "Previous pairs with both people still here: {kept} of {before} stay.",
        "unmatched": "Without a mentor ({count}):",
        "own_topics": "Not in the topic catalogue, counted as topics of your own: {topics}",
        "written": "Written: {files}",
        "unreadable": "{file} cannot be read: {detail}",
        "unwritable": "{file} cannot be written: {detail}",
        "overwrite": "{file} would overwrite an input file. Please choose another name.",
        "group_alone": "--group is for the report. Please give --report too.",
        "model_report": "The report reads texts as usual. Please leave out --text-model or "
        "--report.",
    },
}


class _WrongInput(Exception):
    """A message for the person at the shell."""


@dataclass(frozen=True, slots=True)
class _Input:
    """What was read."""

    mentees: list[Mentee]
    mentors: list[Mentor]
    criteria: Criteria
    delimiter: str
    declared: Declared | None
    previous: Mapping[str, str] | None
    locked: Given
    forbidden: Given
    text_model: TextModel | None


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 on success, 2 for anything wrong with the input, told on stderr."""
    options = _parser().parse_args(argv)
    options.language = options.language or shell_language()
    try:
        _run(options)
    except _WrongInput as error:
        sys.stderr.write(f"{error}\n")
        return EXIT_WRONG_INPUT
    except MatchingError as error:
        sys.stderr.write(f"{error_text(error, options.language)}\n")
        return EXIT_WRONG_INPUT
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tandemwerk match",
        description="Match mentees and mentors from two CSV files, with reasons.",
        epilog="The pairs are written with the delimiter of the mentees' file.",
    )
    add = parser.add_argument
    add("mentees", type=Path, metavar="MENTEES.csv")
    add("mentors", type=Path, metavar="MENTORS.csv")
    add("--output", type=Path, required=True, metavar="PAIRS.csv")
    add("--criteria", type=Path, metavar="CRITERIA.toml")
    add("--explain", type=Path, metavar="REASONS.json")
    add("--report", type=Path, metavar="REPORT.html", help="a page about the whole run")
    add("--group", metavar="COLUMN", help="a declared group, for the report's fairness part only")
    add("--objective", choices=OBJECTIVES, default="total", help="what the whole is to be")
    add("--floor", type=float, metavar="FIT", help="make no pair with a lower fit (0 to 1)")
    add("--previous", type=Path, metavar="PAIRS.csv", help="change as few of these as possible")
    add("--locked", type=Path, metavar="PAIRS.csv", help="make these pairs in any case")
    add("--forbidden", type=Path, metavar="PAIRS.csv", help="make none of these pairs")
    add("--text-model", type=Path, metavar="FOLDER", help="read free texts with this model2vec one")
    add("--language", choices=("de", "en"), help="without it that of the shell")
    add("--seed", type=int, default=0, help="chooses between equal assignments")
    return parser


def _run(options: argparse.Namespace) -> None:
    words = _WORDS[options.language]
    _check_names(options, words)
    found = _read(options, words)
    many = len(found.mentees) * len(found.mentors) > MOST_PAIRS
    try:
        contents, lines = (_large if many else _matched)(options, found)
    except LockError as error:
        raise named(error, found.locked, found.mentees, found.mentors) from error
    try:
        write_all(contents)
    except OSError as error:
        detail = error.strerror or str(error)
        raise _WrongInput(words["unwritable"].format(file=error.filename, detail=detail)) from error
    lines += _own_topics(found, words)
    lines.append(words["written"].format(files=", ".join(map(str, contents))))
    sys.stdout.write("\n".join(lines) + "\n")


def _matched(options: argparse.Namespace, found: _Input) -> tuple[dict[Path, bytes], list[str]]:
    """All pairs compared: the files to write, and what to say."""
    language: Language = options.language
    words = _WORDS[language]
    scores = score(found.mentees, found.mentors, found.criteria, text_model=found.text_model)
    again = None
    locks = found.locked.placed(found.mentees, found.mentors)
    banned = found.forbidden.placed(found.mentees, found.mentors)
    if found.previous is None:
        assignment = assign(
            scores, objective=options.objective, fixed=locks, forbidden=banned,
            floor=options.floor, seed=options.seed,
        )  # fmt: skip
    else:
        before = _columns_of(found.previous, scores)
        again = rematch(
            scores, before, fixed=locks, forbidden=banned, floor=options.floor, seed=options.seed
        )
        assignment = again.assignment
    told = told_pairs(scores, assignment)
    contents = {options.output: pairs_csv(told, language, found.delimiter)}
    if options.explain:
        digest = inputs_digest(
            found.mentees, found.mentors, found.criteria,
            fixed=found.locked.rows, forbidden=found.forbidden.rows, floor=options.floor,
            previous=None if found.previous is None else found.previous.items(),
            objective=options.objective, seed=options.seed,
            text_model=found.text_model.name if found.text_model else "",
        )  # fmt: skip
        contents[options.explain] = reasons_json(scores, assignment, language, digest)
    if options.report:
        facts = facts_of(scores, assignment, found.declared, rematch=again)
        contents[options.report] = report_html(facts, language).encode()
    fits = [float(scores.total[pair]) for pair in assignment.pairs]
    lines = _summary(found, assignment, fits, language)
    proof = check(scores, assignment, kept=again is not None)
    lines.append(_objective(assignment, proof, language))
    if again is not None:
        previous = len(again.kept) + len(again.changed) + len(again.lost)
        lines.append(words["kept"].format(kept=len(again.kept), before=previous))
    if assignment.unmatched:
        lines.append(words["unmatched"].format(count=len(assignment.unmatched)))
    for row in assignment.unmatched:
        why = unmatched_text(why_unmatched(scores, assignment, row), language)
        lines.append(f"  {found.mentees[row].name or found.mentees[row].id}: {why}")
    return contents, lines


def _large(options: argparse.Namespace, found: _Input) -> tuple[dict[Path, bytes], list[str]]:
    """The same by exact search, without the scores of all pairs, which would not fit in memory.

    Raises ScoresError("too_many_pairs") for what needs all pairs.
    """
    language: Language = options.language
    words = _WORDS[language]
    if options.objective != "total" or options.explain or options.report or options.previous:
        raise ScoresError(
            "too_many_pairs", mentees=len(found.mentees), mentors=len(found.mentors),
            limit=MOST_PAIRS,
        )  # fmt: skip
    from .matching.search import Population, assign_population

    assignment = assign_population(
        found.mentees, Population(found.mentors, text_model=found.text_model), found.criteria,
        fixed=found.locked.rows, forbidden=found.forbidden.rows, floor=options.floor,
        seed=options.seed,
    ).assignment  # fmt: skip
    fits: list[float] = []

    def noted() -> Iterator[ToldPair]:
        for pair in told_of_many(
            found.mentees, found.mentors, assignment, found.criteria, found.text_model
        ):
            fits.append(pair[2])
            yield pair

    contents = {options.output: pairs_csv(noted(), language, found.delimiter)}
    lines = _summary(found, assignment, fits, language)
    lines.append(_objective(assignment, proof_of(assignment), language))
    if assignment.unmatched:
        lines.append(words["unmatched"].format(count=len(assignment.unmatched)))
        some = [found.mentees[row] for row in assignment.unmatched[:NAMES_SHOWN]]
        more = ["…"] if len(assignment.unmatched) > NAMES_SHOWN else []
        lines.append("  " + ", ".join([*(person.name or person.id for person in some), *more]))
    return contents, lines


def _check_names(options: argparse.Namespace, words: Mapping[str, str]) -> None:
    """Nothing that is read, or written already, may be written over."""
    given = (options.criteria, options.previous, options.locked, options.forbidden)
    inputs = [options.mentees, options.mentors, *filter(None, given)]
    outputs = [options.output, *filter(None, (options.explain, options.report))]
    for place, path in enumerate(outputs):
        taken = {other.resolve() for other in (*inputs, *outputs[:place])}
        if path.resolve() in taken:
            raise _WrongInput(words["overwrite"].format(file=path))
    if options.group is not None and not options.report:
        raise _WrongInput(words["group_alone"])
    check_floor(options.floor)
    if options.text_model and options.report:
        raise _WrongInput(words["model_report"])
    if options.previous and options.objective != "total":
        raise ObjectiveError("previous_only_total", objective=options.objective)


def _read(options: argparse.Namespace, words: Mapping[str, str]) -> _Input:
    language: Language = options.language
    try:
        criteria = Criteria.from_toml(options.criteria) if options.criteria else Criteria()
        paths = (options.mentees, options.mentors)
        tables = [table_told(path, language) for path in paths]
        previous = previous_pairs(options.previous, language) if options.previous else None
    except OSError as error:
        raise _unreadable(error, words) from error
    ignore = set()
    if options.group is not None:
        column = column_of(tables[0], options.group, options.mentees.name)
        ignore = {tables[0].header[column], options.group}
    mentees = [
        person
        for person in people_of(tables[0], "mentee", options.mentees.name, ignore=ignore)
        if isinstance(person, Mentee)
    ]
    mentors = [
        person
        for person in people_of(tables[1], "mentor", options.mentors.name, ignore=ignore)
        if isinstance(person, Mentor)
    ]
    wishes_told(mentees, mentors, language)
    wishes_told(mentors, mentees, language)
    declared = None
    if options.group is not None:
        answers = [row[column] or None for row in tables[0].rows]
        answered = zip(mentees, answers, strict=True)
        everybody = {person.id: answer for person, answer in answered if answer is not None}
        declared = Declared(tables[0].header[column], answers, everybody)
    try:
        forbidden, locked = Given(), Given()
        if options.forbidden:
            forbidden = forbidden_pairs(options.forbidden, mentees, mentors, language)
        if options.locked:
            locked = locked_pairs(options.locked, mentees, mentors, forbidden, language)
    except OSError as error:
        raise _unreadable(error, words) from error
    return _Input(
        list(resolve_wishes(mentees, mentors)),
        list(resolve_wishes(mentors, mentees)),
        criteria,
        tables[0].delimiter,
        declared,
        previous,
        locked,
        forbidden,
        load_text_model(options.text_model) if options.text_model else None,
    )


def _unreadable(error: OSError, words: Mapping[str, str]) -> _WrongInput:
    detail = error.strerror or str(error)
    return _WrongInput(words["unreadable"].format(file=error.filename, detail=detail))


def _columns_of(previous: Mapping[str, str], scores: Scores) -> list[int]:
    """Per mentee the column of the mentor so far; -1 for nobody, or somebody not here now."""
    columns = {mentor.id: column for column, mentor in enumerate(scores.mentors)}
    return [columns.get(previous.get(mentee.id, ""), UNMATCHED) for mentee in scores.mentees]


def _summary(
    found: _Input, assignment: Assignment, fits: Sequence[float], language: Language
) -> list[str]:
    words = _WORDS[language]
    pairs = assignment.pairs
    lines = [
        words["matched"].format(
            matched=len(pairs),
            mentees=len(found.mentees),
            mentors=len(found.mentors),
            seats=int(assignment.capacity.sum()),
        )
    ]
    if pairs:
        worst = min(range(len(pairs)), key=lambda place: fits[place])
        mentee, mentor = found.mentees[pairs[worst][0]], found.mentors[pairs[worst][1]]
        lines.append(
            words["fit"].format(
                mean=fit_word(sum(fits) / len(fits), language),
                worst=fit_word(fits[worst], language),
                mentee=mentee.name or mentee.id,
                mentor=mentor.name or mentor.id,
            )
        )
    return lines


def _objective(assignment: Assignment, proof: Proof, language: Language) -> str:
    """Objective, proof and price in one line."""
    name = objective_name(assignment.objective, language)
    said = _WORDS[language]["objective"].format(objective=name, proof=proof_text(proof, language))
    return " ".join(filter(None, (said, price_text(assignment, language))))


def _own_topics(found: _Input, words: Mapping[str, str]) -> list[str]:
    people = (*found.mentees, *found.mentors)
    own = {slug for person in people for slug in person.topics if slug not in topics()}
    return [words["own_topics"].format(topics=", ".join(sorted(own)))] if own else []
