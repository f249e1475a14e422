"""`docs/reference/import-columns.md` lists the columns and headings that the code understands."""

import re

import pytest
from django.utils import translation

from tandemwerk.matching.catalogue import fold
from tandemwerk.matching.tables import guess_columns
from tandemwerk.matching.tables.columns import _HEADINGS as GUESSED
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.services.import_columns import (
    COLUMNS,
    OWN_HEADINGS,
    VALUES,
    columns_guess,
)
from tests.docs.shell import ROOT

TEXT = (ROOT / "docs/reference/import-columns.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([\w.-]+)` \| (.+?) \|(?: .*?\| (.+?) \|)?$", re.MULTILINE)
ROWS = {key: (names, headings) for key, names, headings in ROW.findall(TEXT)}
PLAIN = [key for key in COLUMNS if not key.startswith(VALUES)]
PERHAPS_FUNCTION = {"position"}  # alone it names what somebody does


def headings_of(key: str) -> set[str]:
    """Everything the code takes for this column, folded."""
    known = {**{h: k for k, names in GUESSED.items() for h in names}, **OWN_HEADINGS}
    return {heading for heading, found in known.items() if found == key}


def test_the_columns_are_those_of_the_import() -> None:
    assert list(ROWS) == list(COLUMNS)


@pytest.mark.parametrize("key", list(COLUMNS))
def test_names_are_those_of_the_pages(key: str) -> None:
    names = []
    for language in ("en", "de"):
        with translation.override(language):
            names.append(str(COLUMNS[key].label))
    assert ROWS[key][0] == " · ".join(names)


@pytest.mark.parametrize("key", PLAIN)
def test_headings_are_all_there_and_understood(key: str) -> None:
    told = [heading.strip() for heading in ROWS[key][1].split(",")]
    assert {fold(heading) for heading in told} == headings_of(key)
    for heading in told:
        expected = {key, "function"} if key in PERHAPS_FUNCTION else {key}
        assert set(columns_guess([heading], Role.MENTOR).values()) <= expected, heading
        assert columns_guess([heading], Role.MENTOR), heading


@pytest.mark.parametrize("key", ["id", "wishes"])
def test_columns_of_the_command_line_are_there(key: str) -> None:
    (told,) = re.findall(rf"`{key}` \(([^)]+)\)", TEXT)
    assert [heading.strip() for heading in told.split(",")] == list(GUESSED[key])
    assert set(guess_columns([told.split(",")[0]]).values()) == {key}
