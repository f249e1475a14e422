"""Texts with blanks in double braces, as coordinators write them. Pure functions."""

import re
from collections.abc import Mapping
from functools import partial

from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from tandemwerk.programmes.errors import BlankUnknown

BLANK = re.compile(r"\{\{\s*([\w]{2,40})\s*\}\}")

# Blanks of an invitation, German or English, → the value they stand for.
NAMES: Mapping[str, str] = {
    "name": "name",
    "vorname": "name",
    "programme": "programme",
    "programm": "programme",
    "organisation": "organisation",
    "role": "role",
    "rolle": "role",
    "coordinator": "coordinator",
    "koordination": "coordinator",
    "cohort": "cohort",
    "durchgang": "cohort",
    "start": "start",
    "beginn": "start",
    "end": "end",
    "ende": "end",
    "link": "link",
}
MEANINGS = {
    "name": _("given name of the person"),
    "programme": _("name of the programme"),
    "organisation": _("name of the organisation"),
    "role": _("mentee or mentor"),
    "coordinator": _("name of whoever invites"),
    "cohort": _("name of the cohort"),
    "start": _("day of the kick-off"),
    "end": _("day of the closing"),
    "link": _("the person's own link"),
}


def fill_blanks(text: str, values: Mapping[str, str]) -> str:
    """Replace every ``{{blank}}`` whose value is known; others stay as written.

    A value that itself looks like a blank is not filled again.
    """
    return BLANK.sub(partial(_fill, values=values), text)


def _fill(match: re.Match[str], *, values: Mapping[str, str]) -> str:
    name = NAMES.get(match[1].lower(), "")
    return values.get(name, match[0])


def unknown_blanks(text: str) -> list[str]:
    """Blanks of an invitation nobody can fill, in order and once each: most likely misspelt."""
    found = [match[1] for match in BLANK.finditer(text) if match[1].lower() not in NAMES]
    return list(dict.fromkeys(found))


def require_known_blanks(text: LazyI18nString) -> None:
    """Raise BlankUnknown for an invitation with a blank nobody can fill, in any language."""
    written = text.data.values() if isinstance(text.data, dict) else [text.data]
    for letter in written:
        if wrong := unknown_blanks(letter or ""):
            raise BlankUnknown(blank=wrong[0])
