"""How a certificate looks: one sheet of A4, tagged for screen readers, fonts embedded.

The fonts are those of the pages, put beside them by the front end's build: Latin letters, and as
the second choice the extended ones that names like Łukasz or Şahin need.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources
from io import BytesIO
from typing import Literal

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.prefs import ViewerPreferences

# It would note every letter of a name.
logging.getLogger("fontTools").setLevel(logging.WARNING)

Language = Literal["de", "en"]
Colour = tuple[int, int, int]

INK: Colour = (32, 41, 44)
MUTED: Colour = (85, 97, 104)
PRIMARY: Colour = (11, 93, 99)
ACCENT: Colour = (222, 107, 58)
MARGIN = 30.0  # mm
LOGO_WIDTH, LOGO_HEIGHT = 50.0, 20.0  # mm, into which it is made to fit
TEXT_WIDTH = 210.0 - 2 * MARGIN
BIGGEST_NAME, SMALLEST_NAME = 34, 16  # pt


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says."""

    name: str
    programme: str
    organisation: str
    is_mentor: bool
    since: date
    until: date
    made_on: date
    accent: str = ""  # the programme's colour, like #0b5d63; the house's without one
    logo: bytes = b""  # PNG; the house's rings without one

    @property
    def colour(self) -> Colour:
        """Of the words that stand out."""
        if not self.accent:
            return PRIMARY
        red, green, blue = bytes.fromhex(self.accent[1:])
        return red, green, blue


class Paper(FPDF):
    """A page whose parts say what they are; what only decorates says that too."""

    def __init__(self) -> None:
        super().__init__(format="A4")
        self.set_margin(MARGIN)
        self.c_margin = 0  # text begins where the lines do
        self.set_auto_page_break(False)
        dist = resources.files("tandemwerk.ui") / "static" / "dist"
        for family, subset in (("figtree", "latin"), ("figtree-ext", "latin-ext")):
            for style, weight in (("", 400), ("B", 700)):
                name = f"figtree-{subset}-{weight}-normal.woff"
                with resources.as_file(dist / name) as path:
                    self.add_font(family, style, path)
        self.set_fallback_fonts(["figtree-ext"])

    @contextmanager
    def tagged(self, kind: Literal["/H1", "/H2", "/P"]) -> Iterator[None]:
        """What is written inside is one element of the document's structure."""
        mcid = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=kind, mcid=mcid)
        self._out(f"{kind} <</MCID {mcid}>> BDC")
        yield
        self._out("EMC")

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """What is drawn inside is nothing to read out."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    def say(
        self,
        text: str,
        *,
        size: float,
        kind: Literal["/H1", "/H2", "/P"] = "/P",
        is_bold: bool = False,
        colour: Colour = INK,
        space: float = 0,
    ) -> None:
        """One paragraph below the last one, after `space` mm. `size` in points."""
        self.set_y(self.get_y() + space)
        self.set_font("figtree", "B" if is_bold else "", size)
        self.set_text_color(*colour)
        with self.tagged(kind):
            height = size * 0.3528 * 1.4  # mm of a line
            self.multi_cell(
                TEXT_WIDTH, height, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
            )

    def width_of(self, text: str, size: float) -> float:
        """Millimetres of a bold line."""
        self.set_font("figtree", "B", size)
        return self.get_string_width(text)


def sheet_pdf(said: Certificate, *, language: Language, now: datetime) -> bytes:
    """The certificate as PDF in `language`; the same words and moment give the same bytes."""
    with translation.override(language):
        paper = Paper()
        title = _("Certificate of participation")
        paper.set_title(f"{title} · {said.name}")
        paper.set_author(said.organisation)
        paper.set_subject(said.programme)
        paper.set_creator("Tandemwerk")
        paper.set_creation_date(now)
        paper.set_lang(language)
        paper.viewer_preferences = ViewerPreferences(display_doc_title=True)
        paper.add_page()
        _draw_head(paper, said)
        _write(paper, said, title)
        return bytes(paper.output())


def _write(paper: Paper, said: Certificate, title: str) -> None:
    paper.set_y(62)
    paper.say(said.organisation, size=13, colour=MUTED)
    paper.say(title, size=20, kind="/H1", is_bold=True, colour=said.colour, space=2)
    paper.say(said.name, size=_name_size(paper, said.name), kind="/H2", is_bold=True, space=24)
    days = {"since": _day(said.since), "until": _day(said.until)}
    took_part = (
        _("took part as a mentor from %(since)s to %(until)s in this programme:")
        if said.is_mentor
        else _("took part as a mentee from %(since)s to %(until)s in this programme:")
    )
    paper.say(took_part % days, size=14, space=6)
    paper.say(said.programme, size=18, is_bold=True, colour=said.colour, space=5)
    paper.say(
        _(
            "A mentor and a mentee work over months on goals they choose themselves. What they "
            "talk about stays between them; therefore nothing about it stands here."
        ),
        size=11,
        colour=MUTED,
        space=14,
    )
    paper.set_y(262)
    issued = _("Issued on %(day)s with Tandemwerk") % {"day": _day(said.made_on)}
    paper.say(issued, size=10, colour=MUTED)


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _name_size(paper: Paper, name: str) -> float:
    """As big as fits into one line; very long names take two."""
    size = BIGGEST_NAME
    while size > SMALLEST_NAME and paper.width_of(name, size) > TEXT_WIDTH:
        size -= 1
    return size


def _draw_head(paper: Paper, said: Certificate) -> None:
    """Logo or, without one, the two rings of the product; a line that holds the page together."""
    with paper.decoration():
        if said.logo:
            paper.image(
                BytesIO(said.logo), x=MARGIN, y=30, w=LOGO_WIDTH, h=LOGO_HEIGHT,
                keep_aspect_ratio=True,
            )  # fmt: skip
        else:
            paper.set_line_width(1.6)
            paper.set_draw_color(*said.colour)
            paper.circle(x=MARGIN + 8, y=38, radius=8)
            paper.set_draw_color(*(said.colour if said.accent else ACCENT))
            paper.circle(x=MARGIN + 20, y=38, radius=8)
        paper.set_line_width(0.3)
        paper.set_draw_color(*MUTED)
        paper.line(MARGIN, 256, 210 - MARGIN, 256)
