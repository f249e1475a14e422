"""What `tandemwerk match` writes: the pairs as CSV, the reasons as JSON; all files or none."""

import csv
import errno
import io
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from .matching import (
    ENGINE_VERSION,
    Assignment,
    Criteria,
    Explanation,
    Mentee,
    Mentor,
    Reason,
    Scores,
    TextModel,
    explain,
    fit_word,
    reason_text,
    score,
    why_unmatched,
)
from .matching.tables import defused

Language = Literal["de", "en"]

ToldPair = tuple[Mentee, Mentor, float, Explanation]
PAIRS_AT_ONCE = 250

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


def _say(reason: Reason, language: Language, mentee: Mentee, mentor: Mentor) -> str:
    names = (mentee.name or mentee.id, mentor.name or mentor.id)
    return reason_text(reason, language, perspective="coordinator", names=names)


def told_pairs(scores: Scores, assignment: Assignment) -> Iterator[ToldPair]:
    """The pairs of an assignment with their fits and reasons, by row."""
    for row, column in assignment.pairs:
        fit = float(scores.total[row, column])
        yield scores.mentees[row], scores.mentors[column], fit, explain(scores, row, column)


def told_of_many(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    assignment: Assignment,
    criteria: Criteria,
    text_model: TextModel | None = None,
) -> Iterator[ToldPair]:
    """The same without the scores of all pairs: some pairs at a time are scored among themselves.

    Cost: some 0.1 ms a pair, and the memory of PAIRS_AT_ONCE squared pairs.
    """
    pairs = assignment.pairs
    for start in range(0, len(pairs), PAIRS_AT_ONCE):
        here = pairs[start : start + PAIRS_AT_ONCE]
        columns = {column: place for place, column in enumerate(dict.fromkeys(c for _r, c in here))}
        rows, others = [mentees[row] for row, _c in here], [mentors[c] for c in columns]
        scores = score(rows, others, criteria, text_model=text_model)
        for place, (_row, column) in enumerate(here):
            own = columns[column]
            fit = float(scores.total[place, own])
            yield scores.mentees[place], scores.mentors[own], fit, explain(scores, place, own)


def pairs_csv(pairs: Iterable[ToldPair], language: Language, delimiter: str) -> bytes:
    """The pairs with their reasons in words, as a spreadsheet opens them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for mentee, mentor, fit, explanation in pairs:
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


def reasons_json(scores: Scores, assignment: Assignment, language: Language, digest: str) -> bytes:
    """All reasons with their points, the totals and what was asked for, for programs."""
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
                "reason": {**reason.to_dict(), "text": unmatched_text(reason, language)},
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


def unmatched_text(reason: Reason, language: Language) -> str:
    """Why somebody has no mentor, for the coordinator."""
    return reason_text(reason, language, perspective="coordinator")


def write_all(contents: dict[Path, bytes]) -> None:
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
