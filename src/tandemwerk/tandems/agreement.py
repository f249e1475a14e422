"""A readable preview of a programme's agreement, before the two fill it in together."""

import re
from dataclasses import dataclass

BLANK = "…………"
_BLANK = re.compile(r"\{\{\w*\}\}")
_LEAD = re.compile(r"\*\*(?P<lead>.+?)\*\*\s*(?P<text>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `lead` is what stands in bold at its beginning."""

    lead: str
    text: str


def agreement_preview(markdown: str) -> list[Paragraph]:
    """The agreement's paragraphs as plain text with dotted blanks; headings are left out.

    Knows what the templates use: headings, paragraphs that begin in bold, and blanks.
    """
    found = []
    for block in re.split(r"\n\s*\n", markdown.strip()):
        text = _BLANK.sub(BLANK, " ".join(block.split()))
        if not text or text.startswith("#"):
            continue
        if match := _LEAD.fullmatch(text):
            found.append(Paragraph(match["lead"], match["text"]))
        else:
            found.append(Paragraph("", text.replace("**", "")))
    return found
