"""Words for the person at the shell, in the language of the shell, without Django.

Texts are collected into the package's own catalogue like all others; a language that is not there
falls back to English.
"""

import gettext as _gettext
import os
import sys
from pathlib import Path
from typing import Literal, NoReturn

# Where shells say which language they speak, the strongest first.
_LANGUAGE_NAMES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

_catalogue = _gettext.translation("django", Path(__file__).with_name("locale"), fallback=True)


def gettext(message: str) -> str:
    """`message` in the language of LANGUAGE, LC_ALL, LC_MESSAGES or LANG."""
    return _catalogue.gettext(message)


def shell_language() -> Literal["de", "en"]:
    """German for a German shell, else English."""
    given = next((os.environ[name] for name in _LANGUAGE_NAMES if os.environ.get(name)), "")
    return "de" if given[:2] == "de" else "en"


def say(message: str = "") -> None:
    """Print at once, also into a pipe or a log."""
    print(message, flush=True)  # noqa: T201  # this is the command line's own voice


def stop(message: str) -> NoReturn:
    """End the program with a sentence that says what is wrong and what to do."""
    print(message, file=sys.stderr, flush=True)  # noqa: T201  # as above
    raise SystemExit(1)
