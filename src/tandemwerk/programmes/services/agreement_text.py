"""A readable preview of a programme's agreement, before two people fill it in together. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from tandemwerk.programmes.services.letters import BLANK

# What the two people fill in; the names stand in the gaps and beside the form that writes the text.
GAPS: Mapping[str, Promise] = {
    "frequency": _("how often"),
    "place": _("where"),
    "confidentiality_extra": _("what else stays between us"),
    "off_limits": _("what we leave out"),
    "ending": _("how we finish"),
}
UNKNOWN_GAP = "…………"
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?P<words>\S.*)")
_LEAD = re.compile(r"\*\*(?P<lead>.+?)\*\*\s*(?P<text>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `lead` is what stands in bold at its beginning, or a heading by itself."""

    lead: str
    text: str


def texts_by_language(text: LazyI18nString | str) -> dict[str, str]:
    """A programme's text as it is now, by language, to be kept; one language where it has one."""
    data = text.data if isinstance(text, LazyI18nString) else text
    if isinstance(data, dict):
        return {language: words for language, words in data.items() if words}
    return {"de": str(data)} if data else {}


def agreement_gaps(markdown: str) -> list[str]:
    """Names of the blanks in a text, in order and once each; also such that nobody knows."""
    return list(dict.fromkeys(match[1] for match in BLANK.finditer(markdown)))


def agreement_preview(markdown: str, filled: Mapping[str, str] | None = None) -> list[Paragraph]:
    """The agreement's paragraphs as plain text. Nothing is left out: people sign what they see.

    Knows what the templates use: headings, paragraphs that begin in bold, and blanks. A gap shows
    what stands in `filled`, else its name in the active language. Words in `filled` that look like
    a gap are not filled again.
    """
    fill = partial(_gap, filled=filled or {})
    found = []
    for lead, text in _blocks(markdown):
        found.append(Paragraph(BLANK.sub(fill, lead), BLANK.sub(fill, text)))
    return found


def _blocks(markdown: str) -> Iterator[tuple[str, str]]:
    """What stands in bold or is a heading, and the rest; no word of the text is left out."""
    lines: list[str] = []
    for line in [*markdown.splitlines(), ""]:
        heading = _HEADING.fullmatch(line)
        if line.strip() and not heading:
            lines.append(line)
            continue
        if raw := " ".join(" ".join(lines).split()):
            match = _LEAD.fullmatch(raw)
            yield (match["lead"], match["text"]) if match else ("", raw.replace("**", ""))
        lines = []
        if heading:
            yield " ".join(heading["words"].split()).replace("**", ""), ""


def _gap(match: re.Match[str], *, filled: Mapping[str, str]) -> str:
    if words := " ".join(filled.get(match[1], "").split()):
        return words
    name = GAPS.get(match[1])
    return f"[{name}]" if name else UNKNOWN_GAP
