"""A readable preview of a programme's agreement, before two people fill it in together. Pure."""

import re
from collections.abc import Mapping
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
_LEAD = re.compile(r"\*\*(?P<lead>.+?)\*\*\s*(?P<text>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `lead` is what stands in bold at its beginning."""

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
    """The agreement's paragraphs as plain text; headings are left out.

    Knows what the templates use: headings, paragraphs that begin in bold, and blanks. A gap shows
    what stands in `filled`, else its name in the active language. Words in `filled` that look like
    a gap are not filled again.
    """
    fill = partial(_gap, filled=filled or {})
    found = []
    for block in re.split(r"\n\s*\n", markdown.strip()):
        raw = " ".join(block.split())
        if not raw or raw.startswith("#"):
            continue
        match = _LEAD.fullmatch(raw)
        lead, text = (match["lead"], match["text"]) if match else ("", raw.replace("**", ""))
        found.append(Paragraph(BLANK.sub(fill, lead), BLANK.sub(fill, text)))
    return found


def _gap(match: re.Match[str], *, filled: Mapping[str, str]) -> str:
    if words := " ".join(filled.get(match[1], "").split()):
        return words
    name = GAPS.get(match[1])
    return f"[{name}]" if name else UNKNOWN_GAP
