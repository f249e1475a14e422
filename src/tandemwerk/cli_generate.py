"""`tandemwerk generate`: two lists of people who do not exist, without database or web."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from .console import shell_language
from .matching import MatchingError, Role, error_text
from .matching.synthetic import GROUP_COLUMN, check_count, write_people

EXIT_WRONG_INPUT = 2

_WORDS = {
    "de": {
        "exists": "{file} gibt es schon. Bitte einen anderen Ordner nennen, nichts wurde "
        "überschrieben.",
        "unwritable": "{file} lässt sich nicht schreiben: {detail}",
        "written": "Geschrieben: {files}",
        "mentees": "Mentees",
        "mentors": "Mentor:innen",
        "readme": "Erfundene Menschen von Tandemwerk: {mentees} Mentees, {mentors} Mentor:innen, "
        "Startwert {seed}.\nNiemanden davon gibt es; die Mailadressen enden auf .example. Der "
        "gleiche Startwert gibt\ndieselben Menschen, und eine längere Liste beginnt mit der "
        "kürzeren.\n\nZusammenbringen und ansehen:\n\n  tandemwerk match mentees.csv mentors.csv "
        '--output pairs.csv \\\n    --report report.html --group "{group}" --language de\n',
    },
    "en": {
        "exists": "{file} is already there. Please name another folder; nothing was overwritten.",
        "unwritable": "{file} cannot be written: {detail}",
        "written": "Written: {files}",
        "mentees": "mentees",
        "mentors": "mentors",
        "readme": "People made up by Tandemwerk: {mentees} mentees, {mentors} mentors, seed "
        "{seed}.\nNone of them exists; their mail addresses end in .example. The same seed gives "
        "the same\npeople, and a longer list begins with the shorter one.\n\nMatch them and look:"
        "\n\n  tandemwerk match mentees.csv mentors.csv --output pairs.csv \\\n    --report "
        'report.html --group "{group}"\n',
    },
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 when all is written, 2 for anything wrong, told on stderr."""
    options = _parser().parse_args(argv)
    language = shell_language()
    words = _WORDS[language]
    try:
        check_count(words["mentees"], options.mentees)
        check_count(words["mentors"], options.mentors)
        return _written(options, words)
    except MatchingError as error:
        sys.stderr.write(f"{error_text(error, language)}\n")
    except OSError as error:
        detail = error.strerror or str(error)
        said = words["unwritable"].format(file=error.filename or options.out, detail=detail)
        sys.stderr.write(f"{said}\n")
    return EXIT_WRONG_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tandemwerk generate",
        description="Make up realistic mentees and mentors, for trials and measurements.",
        epilog="DIR gets mentees.csv, mentors.csv and README.txt; it is made if missing.",
    )
    parser.add_argument("--mentees", type=int, required=True, metavar="N", help="how many")
    parser.add_argument("--mentors", type=int, required=True, metavar="M", help="how many")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="other people per seed")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write to")
    return parser


def _written(options: argparse.Namespace, words: dict[str, str]) -> int:
    """All three files or none: each is complete under another name before the first is renamed."""
    folder: Path = options.out
    mentees, mentors, readme = (
        folder / name for name in ("mentees.csv", "mentors.csv", "README.txt")
    )
    for path in (mentees, mentors, readme):
        if path.exists():
            sys.stderr.write(words["exists"].format(file=path) + "\n")
            return EXIT_WRONG_INPUT
    folder.mkdir(parents=True, exist_ok=True)
    ready = {
        path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in (mentees, mentors)
    }
    try:
        for path, role, count in (
            (mentees, Role.MENTEE, options.mentees),
            (mentors, Role.MENTOR, options.mentors),
        ):
            with ready[path].open("x", encoding="utf-8-sig", newline="") as out:
                write_people(out, role, count, options.seed)
        for path, temporary in ready.items():
            temporary.replace(path)
    finally:
        for temporary in ready.values():
            temporary.unlink(missing_ok=True)
    text = words["readme"].format(
        mentees=options.mentees, mentors=options.mentors, seed=options.seed, group=GROUP_COLUMN
    )
    readme.write_text(text, encoding="utf-8")
    sys.stdout.write(words["written"].format(files=f"{mentees}, {mentors}, {readme}") + "\n")
    return 0
