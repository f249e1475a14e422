"""Is every text of the product translated into German, completely and without slips?

Extracts the texts of the code into a copy, so a text somebody forgot to collect is found too, and
refuses missing, empty and fuzzy entries and placeholders that differ between the two languages.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

import polib

from tools.messages import extract
from tools.shared import SOURCE, catalogues, fail

PLACEHOLDER = re.compile(
    r"%\((?P<named>\w+)\)[-#0 +]*[\d.]*[a-zA-Z]|(?P<plain>%[-#0 +]*[\d.]*[sdifr])(?!\w)"
    r"|\{(?P<braced>\w*)(?:[!:][^{}]*)?\}"
)


def placeholders(text: str) -> frozenset[str]:
    """The parts of `text` that are filled in at run time."""
    found = (match.group("named", "plain", "braced") for match in PLACEHOLDER.finditer(text))
    return frozenset(
        f"{named or plain or '{' + (braced or '') + '}'}" for named, plain, braced in found
    )


def entry_problems(entry: polib.POEntry) -> list[str]:
    """What is wrong with one translated text; empty when it is fine."""
    texts = dict(entry.msgstr_plural) if entry.msgid_plural else {0: entry.msgstr}
    if entry.fuzzy:
        return ["is marked fuzzy: check the German text and remove the mark"]
    if any(not text.strip() for text in texts.values()):
        return ["has no German text"]
    problems = []
    sources = [placeholders(entry.msgid)]
    if entry.msgid_plural:
        sources.append(placeholders(entry.msgid_plural))
    for text in texts.values():
        if placeholders(text) not in sources:
            wanted = ", ".join(sorted(sources[-1])) or "none"
            problems.append(f"has other placeholders than the source text (wanted: {wanted})")
    if entry.msgid.startswith("\n") != texts[0].startswith("\n") or entry.msgid.endswith(
        "\n"
    ) != texts[0].endswith("\n"):
        problems.append("begins or ends with a line break in only one language")
    return problems


def catalogue_problems(path: Path, name: str) -> list[str]:
    """All problems of one catalogue, each with the text it is about."""
    return [
        f"{name}: “{entry.msgid[:70]}” {problem}"
        for entry in polib.pofile(str(path))
        if not entry.obsolete
        for problem in entry_problems(entry)
    ]


def main() -> int:
    """Check all catalogues; a run that saw no text at all fails."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "tandemwerk")
        shutil.copytree(
            SOURCE,
            copy,
            ignore=shutil.ignore_patterns("node_modules", "dist", "__pycache__", "*.mo"),
        )
        extract(copy)
        problems = []
        seen = 0
        for path in sorted(copy.rglob("django.po")):
            problems += catalogue_problems(path, f"src/tandemwerk/{path.relative_to(copy)}")
            seen += len([entry for entry in polib.pofile(str(path)) if not entry.obsolete])
    if not seen:
        problems.append("No text was found at all: the check itself is broken.")
    return fail(problems, passed=f"{seen} texts in {len(catalogues())} catalogues, all in German.")


if __name__ == "__main__":
    sys.exit(main())
