"""`tandemwerk match`: match two CSV files, without database or web."""

import argparse
import csv
import errno
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from .matching import (
    ENGINE_VERSION,
    Assignment,
    Criteria,
    MatchingError,
    Mentee,
    Mentor,
    Reason,
    Scores,
    assign,
    error_text,
    explain,
    fit_word,
    inputs_digest,
    load_population,
    reason_text,
    resolve_wishes,
    score,
    topics,
    why_unmatched,
)
from .matching.tables import defused, read_table

Language = Literal["de", "en"]

EXIT_WRONG_INPUT = 2
COLUMNS = (
    "mentee_id",
    "mentee",
    "mentor_id",
    "mentor",
    "fit",
    "score",
    "reasons",
    "differences",
)

_WORDS = {
    "de": {
        "matched": "{matched} von {mentees} Mentees haben eine:n Mentor:in ({mentors} im Programm, "
        "{seats} Plätze).",
        "fit": "Passung: im Mittel {mean}, am schwächsten {worst} ({mentee} mit {mentor}).",
        "unmatched": "Ohne Mentor:in ({count}):",
        "own_topics": "Nicht im Themenkatalog, als eigene Themen gezählt: {topics}",
        "written": "Geschrieben: {files}",
        "unreadable": "{file} lässt sich nicht lesen: {detail}",
        "unwritable": "{file} lässt sich nicht schreiben: {detail}",
        "overwrite": "{file} würde eine Eingabedatei überschreiben. Bitte anders benennen.",
    },
    "en": {
        "matched": "{matched} of {mentees} mentees have a mentor ({mentors} in the programme, "
        "{seats} seats).",
        "fit": "Fit: {mean} on average, weakest {worst} ({mentee} with {mentor}).",
        "unmatched": "Without a mentor ({count}):",
        "own_topics": "Not in the topic catalogue, counted as topics of your own: {topics}",
        "written": "Written: {files}",
        "unreadable": "{file} cannot be read: {detail}",
        "unwritable": "{file} cannot be written: {detail}",
        "overwrite": "{file} would overwrite an input file. Please choose another name.",
    },
}


class _WrongInput(Exception):
    """A message for the person at the shell."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 on success, 2 for anything wrong with the input, told on stderr."""
    options = _parser().parse_args(argv)
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
    parser.add_argument("mentees", type=Path, metavar="MENTEES.csv")
    parser.add_argument("mentors", type=Path, metavar="MENTORS.csv")
    parser.add_argument("--output", type=Path, required=True, metavar="PAIRS.csv")
    parser.add_argument("--criteria", type=Path, metavar="CRITERIA.toml")
    parser.add_argument("--explain", type=Path, metavar="REASONS.json")
    parser.add_argument("--language", choices=("de", "en"), default="en")
    parser.add_argument("--seed", type=int, default=0, help="chooses between equal assignments")
    return parser


def _run(options: argparse.Namespace) -> None:
    language: Language = options.language
    words = _WORDS[language]
    inputs = [options.mentees, options.mentors, *filter(None, [options.criteria])]
    outputs = [options.output, *filter(None, [options.explain])]
    for place, path in enumerate(outputs):
        taken = {other.resolve() for other in (*inputs, *outputs[:place])}
        if path.resolve() in taken:
            raise _WrongInput(words["overwrite"].format(file=path))
    try:
        criteria = Criteria.from_toml(options.criteria) if options.criteria else Criteria()
        delimiter = read_table(options.mentees.read_bytes(), options.mentees.name).delimiter
        mentees = [p for p in load_population(options.mentees, "mentee") if isinstance(p, Mentee)]
        mentors = [p for p in load_population(options.mentors, "mentor") if isinstance(p, Mentor)]
    except OSError as error:
        detail = error.strerror or str(error)
        raise _WrongInput(words["unreadable"].format(file=error.filename, detail=detail)) from error
    mentees = list(resolve_wishes(mentees, mentors))
    mentors = list(resolve_wishes(mentors, mentees))
    scores = score(mentees, mentors, criteria)
    assignment = assign(scores, seed=options.seed)
    contents = {options.output: _pairs_csv(scores, assignment, language, delimiter)}
    if options.explain:
        digest = inputs_digest(mentees, mentors, criteria, seed=options.seed)
        contents[options.explain] = _reasons_json(scores, assignment, language, digest)
    try:
        _write_all(contents)
    except OSError as error:
        detail = error.strerror or str(error)
        raise _WrongInput(words["unwritable"].format(file=error.filename, detail=detail)) from error
    sys.stdout.write(_summary(scores, assignment, language))
    sys.stdout.write(words["written"].format(files=", ".join(map(str, contents))) + "\n")


def _say(reason: Reason, language: Language, mentee: Mentee, mentor: Mentor) -> str:
    names = (mentee.name or mentee.id, mentor.name or mentor.id)
    return reason_text(reason, language, perspective="coordinator", names=names)


def _pairs_csv(scores: Scores, assignment: Assignment, language: Language, delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row, column in assignment.pairs:
        mentee, mentor = scores.mentees[row], scores.mentors[column]
        explanation = explain(scores, row, column)
        fit = float(scores.total[row, column])
        cells = (
            mentee.id,
            mentee.name,
            mentor.id,
            mentor.name,
            fit_word(fit, language),
            f"{fit:.4f}",
            "; ".join(_say(r, language, mentee, mentor) for r in explanation.reasons),
            "; ".join(_say(r, language, mentee, mentor) for r in explanation.differences),
        )
        writer.writerow([defused(cell) for cell in cells])
    # German Excel recognises UTF-8 only by its mark; with a comma, programs read the file.
    return out.getvalue().encode("utf-8" if delimiter == "," else "utf-8-sig")


def _reasons_json(scores: Scores, assignment: Assignment, language: Language, digest: str) -> bytes:
    pairs = []
    for row, column in assignment.pairs:
        mentee, mentor = scores.mentees[row], scores.mentors[column]
        explanation = explain(scores, row, column)
        pairs.append(
            {
                "mentee": mentee.id,
                "mentor": mentor.id,
                "score": float(scores.total[row, column]),
                "fit": fit_word(float(scores.total[row, column]), language),
                **{
                    kind: [
                        {**reason.to_dict(), "text": _say(reason, language, mentee, mentor)}
                        for reason in getattr(explanation, kind)
                    ]
                    for kind in ("reasons", "differences", "neutral")
                },
            }
        )
    unmatched = []
    for row in assignment.unmatched:
        reason = why_unmatched(scores, assignment, row)
        unmatched.append(
            {
                "mentee": scores.mentees[row].id,
                "reason": {**reason.to_dict(), "text": _unmatched_text(reason, language)},
            }
        )
    result = {
        "engine": ENGINE_VERSION,
        "inputs": digest,
        "criteria": scores.criteria.to_dict(),
        "seed": assignment.seed,
        "objective": assignment.objective,
        "total": assignment.total,
        "upper_bound": assignment.upper_bound,
        "pairs": pairs,
        "unmatched": unmatched,
    }
    return (json.dumps(result, ensure_ascii=False, indent=2) + "\n").encode()


def _unmatched_text(reason: Reason, language: Language) -> str:
    return reason_text(reason, language, perspective="coordinator")


def _summary(scores: Scores, assignment: Assignment, language: Language) -> str:
    words = _WORDS[language]
    pairs = assignment.pairs
    lines = [
        words["matched"].format(
            matched=len(pairs),
            mentees=len(scores.mentees),
            mentors=len(scores.mentors),
            seats=int(assignment.capacity.sum()),
        )
    ]
    if pairs:
        fits = {pair: float(scores.total[pair]) for pair in pairs}
        worst = min(fits, key=lambda pair: fits[pair])
        mentee, mentor = scores.mentees[worst[0]], scores.mentors[worst[1]]
        lines.append(
            words["fit"].format(
                mean=fit_word(sum(fits.values()) / len(fits), language),
                worst=fit_word(fits[worst], language),
                mentee=mentee.name or mentee.id,
                mentor=mentor.name or mentor.id,
            )
        )
    if assignment.unmatched:
        lines.append(words["unmatched"].format(count=len(assignment.unmatched)))
        for row in assignment.unmatched:
            mentee = scores.mentees[row]
            why = _unmatched_text(why_unmatched(scores, assignment, row), language)
            lines.append(f"  {mentee.name or mentee.id}: {why}")
    own = Counter(
        slug
        for person in (*scores.mentees, *scores.mentors)
        for slug in person.topics
        if slug not in topics()
    )
    if own:
        lines.append(words["own_topics"].format(topics=", ".join(sorted(own))))
    return "\n".join(lines) + "\n"


def _write_all(contents: dict[Path, bytes]) -> None:
    """All files or none: everything is on disk under other names before the first is renamed."""
    ready: dict[Path, Path] = {}
    try:
        for path, data in contents.items():
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
            temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
            try:
                file = temporary.open("xb")
            except OSError as error:
                # The name of the temporary file would tell nobody anything.
                raise OSError(error.errno, os.strerror(error.errno or 0), str(path)) from error
            ready[path] = temporary
            with file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for path, temporary in ready.items():
            temporary.replace(path)
    finally:
        for temporary in ready.values():
            temporary.unlink(missing_ok=True)
