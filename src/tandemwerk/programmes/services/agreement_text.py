"""A readable preview of a programme's agreement, before two people fill it in together. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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


def agreement_preview(markdown: str) -> list[Paragraph]:
    """The agreement's paragraphs as plain text, gaps named; headings are left out.

    Knows what the templates use: headings, paragraphs that begin in bold, and blanks. The names of
    the gaps are in the active language.
    """
    found = []
    for block in re.split(r"\n\s*\n", markdown.strip()):
        text = BLANK.sub(_gap, " ".join(block.split()))
        if not text or text.startswith("#"):
            continue
        if match := _LEAD.fullmatch(text):
            found.append(Paragraph(match["lead"], match["text"]))
        else:
            found.append(Paragraph("", text.replace("**", "")))
    return found


def _gap(match: re.Match[str]) -> str:
    name = GAPS.get(match[1])
    return f"[{name}]" if name else UNKNOWN_GAP
