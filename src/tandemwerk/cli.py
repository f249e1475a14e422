"""The `tandemwerk` command. Each part is imported only when asked for: `match` knows no Django."""

import os
import sys
from collections.abc import Callable, Sequence

from tandemwerk import __version__
from tandemwerk.console import gettext as _
from tandemwerk.console import say


def _serve(arguments: list[str]) -> int:
    from tandemwerk.serve.command import main as serve

    return serve(arguments)


def _manage(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tandemwerk.config.settings")
    execute_from_command_line(["tandemwerk manage", *arguments])
    return 0


def _match(arguments: list[str]) -> int:
    from tandemwerk.cli_match import main as match

    return match(arguments)


def _generate(arguments: list[str]) -> int:
    from tandemwerk.cli_generate import main as generate

    return generate(arguments)


def _learn(arguments: list[str]) -> int:
    # Many small matrices: threads would wait for each other longer than they calculate. These are
    # read when the libraries are loaded, which happens in the next line.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    from tandemwerk.cli_learn import main as learn

    return learn(arguments)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "serve": _serve,
    "manage": _manage,
    "match": _match,
    "generate": _generate,
    "learn": _learn,
}


def usage() -> str:
    """What the command can do, one line each."""
    lines = {
        "serve [--demo] [--port PORT]": _("run the web server and the job worker"),
        "manage COMMAND …": _("administer the installation; “manage help” lists the commands"),
        "match MENTEES.csv MENTORS.csv": _("match two lists without database or web"),
        "generate --out DIR": _("make two lists of people who do not exist, to try things out"),
        "learn MEETINGS.csv": _("learn from meetings who would meet again, and say how well"),
        "--version": _("show the version"),
        "--help": _("show this help"),
    }
    width = max(map(len, lines))
    rows = [f"  tandemwerk {name:{width}}  {text}" for name, text in lines.items()]
    return "\n".join([_("Tandemwerk, the platform for digital mentoring"), "", *rows])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code (2 when the command is unknown)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    name = given[0] if given else "--help"
    if name in {"--version", "-V"}:
        say(f"tandemwerk {__version__}")
        return 0
    if name in {"--help", "-h", "help"}:
        say(usage())
        return 0
    command = COMMANDS.get(name)
    if command is None:
        print(_("There is no command “%s”.") % name, file=sys.stderr)  # noqa: T201  # the shell asks
        print(usage(), file=sys.stderr)  # noqa: T201  # as above
        return 2
    return command(given[1:])
