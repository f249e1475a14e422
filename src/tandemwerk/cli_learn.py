"""`tandemwerk learn`: how well meetings tell who would meet again, without database or web."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from .cli_told import table_told
from .matching import MatchingError, error_text
from .matching.learning import evaluate, learn, usable
from .matching.learning.reading import meetings_of
from .matching.learning.report import report_html
from .matching.learning.words import (
    WORDS,
    Language,
    aligned,
    notes_on,
    rows_of,
    step_rows,
    summary,
)

EXIT_WRONG_INPUT = 2
EXIT_TOO_LITTLE = 3

_TEXTS: dict[Language, dict[str, str]] = {
    "de": {
        "measuring": "Gruppen zurückhalten und messen",
        "learning": "Modell lernen",
        "written": "Geschrieben: {files}",
        "unreadable": "{file} lässt sich nicht lesen: {detail}",
        "unwritable": "{file} lässt sich nicht schreiben: {detail}",
        "overwrite": "{file} würde eine andere Datei dieses Aufrufs überschreiben. Bitte anders "
        "benennen.",
    },
    "en": {
        "measuring": "Holding out groups and measuring",
        "learning": "Learning the model",
        "written": "Written: {files}",
        "unreadable": "{file} cannot be read: {detail}",
        "unwritable": "{file} cannot be written: {detail}",
        "overwrite": "{file} would overwrite another file of this command. Please choose another "
        "name.",
    },
}


class _WrongInput(Exception):
    """A message for the person at the shell."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 measured, 2 wrong input, 3 too little data (the prior stays)."""
    options = _parser().parse_args(argv)
    language = _language(options.language)
    try:
        return _run(options, language)
    except _WrongInput as error:
        sys.stderr.write(f"{error}\n")
    except MatchingError as error:
        sys.stderr.write(f"{error_text(error, language)}\n")
    return EXIT_WRONG_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tandemwerk learn",
        description="Learn from meetings after which both sides said whether they would meet "
        "again, and show how good the probabilities are on whole groups held out.",
        epilog="FILE has the columns a, b, group, outcome_a, outcome_b (0 or 1) and features "
        "a_NAME, b_NAME. Ends with 0 when measured, 2 for wrong input, 3 for too little data.",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print the figures for programs")
    parser.add_argument("--report", type=Path, metavar="REPORT.html", help="write a page")
    parser.add_argument("--model", type=Path, metavar="MODEL.json", help="write the model")
    parser.add_argument("--seed", type=_seed, default=0, help="of the intervals and the boosting")
    parser.add_argument(
        "--language", choices=("de", "en"), help="without it the language of the shell"
    )
    return parser


def _seed(text: str) -> int:
    seed = int(text)
    if not 0 <= seed < 1 << 32:
        raise ValueError(text)
    return seed


def _language(chosen: str | None) -> Language:
    """As asked for, else as LANGUAGE, LC_ALL, LC_MESSAGES or LANG say."""
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    shell = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return "de" if (chosen or shell)[:2] == "de" else "en"


def _run(options: argparse.Namespace, language: Language) -> int:
    texts = _TEXTS[language]
    paths = [options.file, *filter(None, [options.report, options.model])]
    for place, path in enumerate(paths):
        if path.resolve() in {other.resolve() for other in paths[:place]}:
            raise _WrongInput(texts["overwrite"].format(file=path))
    try:
        meetings = usable(meetings_of(table_told(options.file, language), options.file.name))
    except OSError as error:
        detail = error.strerror or str(error)
        raise _WrongInput(texts["unreadable"].format(file=options.file, detail=detail)) from error
    notes = notes_on(meetings.dropped, meetings.mirrored, language)
    sys.stderr.writelines(f"{line}\n" for line in notes)
    with _Progress(texts["measuring"]) as progress:
        evaluation = evaluate(meetings, seed=options.seed, progress=progress)
    contents: dict[Path, str] = {}
    if options.report:
        contents[options.report] = report_html(
            evaluation, meetings.dropped, meetings.mirrored, language
        )
    if options.model:
        with _Progress(texts["learning"]) as progress:
            model = learn(meetings, seed=options.seed, progress=progress)
        contents[options.model] = json.dumps(model.to_dict(), ensure_ascii=False) + "\n"
    for path, text in contents.items():
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            detail = error.strerror or str(error)
            raise _WrongInput(texts["unwritable"].format(file=path, detail=detail)) from error
    if options.json:
        dropped = [{"name": d.name, "reason": d.reason} for d in meetings.dropped]
        found = evaluation.to_dict() | {
            "dropped": dropped,
            "mirrored": meetings.mirrored,
            "seed": options.seed,
        }
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    else:
        lines = [summary(evaluation, language)]
        if not evaluation.shortage:
            for kind in ("side", "match"):
                lines += ["", WORDS[language][kind], aligned(rows_of(evaluation, kind, language))]
            lines += ["", WORDS[language]["reliability"]]
            steps = {"side": evaluation.side_steps, "match": evaluation.match_steps}
            for kind, found_steps in steps.items():
                lines += ["", WORDS[language][kind], aligned(step_rows(found_steps, language))]
            lines += ["", WORDS[language]["notes"]]
        if contents:
            lines += ["", texts["written"].format(files=", ".join(map(str, contents)))]
        sys.stdout.write("\n".join(lines) + "\n")
    return EXIT_TOO_LITTLE if evaluation.shortage else 0


class _Progress:
    """How far it is, on one line of stderr that moves only on a screen."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.shown = -1
        self.watched = sys.stderr.isatty()

    def __enter__(self) -> Callable[[float], None]:
        return self._show

    def __exit__(self, *_error: object) -> None:
        if self.watched and self.shown >= 0:
            sys.stderr.write("\n")

    def _show(self, share: float) -> None:
        percent = int(100 * share)
        if percent <= self.shown:
            return
        if self.watched:
            sys.stderr.write(f"\r{self.what}: {percent} %")
            sys.stderr.flush()
        elif self.shown < 0:
            sys.stderr.write(f"{self.what} …\n")
        self.shown = percent
