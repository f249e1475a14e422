"""What the board shows about the run as a whole: what it looked for, its proof, and why not …?

Shapes as in `ui.board`: filled by `pairing`, shown by `ui/board/*.html`. Texts come translated.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tandemwerk.ui.board import Face, Text


@dataclass(frozen=True, slots=True)
class Mark:
    """One objective on one measure: `x` from 0 (worst shown) to 100 (best), in its own lane."""

    value: str
    x: float
    y: int
    is_chosen: bool

    @property
    def points(self) -> str:
        """Corners of the objective's mark, for a polygon in the picture's units."""
        size = 7 if self.is_chosen else 5
        at = 10 + self.x * 2.2
        return " ".join(
            f"{at + dx * size:.1f},{self.y + dy * size:.1f}" for dx, dy in SHAPES[self.value]
        )


SHAPES = {
    "total": (
        *((-0.4, -1), (0.4, -1), (1, -0.4), (1, 0.4)),
        *((0.4, 1), (-0.4, 1), (-1, 0.4), (-1, -0.4)),
    ),
    "stable": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "fair": ((0, -1.1), (1.1, 0.9), (-1.1, 0.9)),
    "balanced": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of the picture; `cells` are its figures in the order of the objectives."""

    label: Text
    text: Text  # all figures in a sentence, for whoever does not see the picture
    marks: Sequence[Mark]
    cells: Sequence[Text]


@dataclass(frozen=True, slots=True)
class Aim:
    """One objective: what it does, what it costs, and against the best whole in figures."""

    value: str
    name: Text
    what: Text
    cost: Text
    price: Text
    is_chosen: bool

    @property
    def mark(self) -> Mark:
        return Mark(self.value, 0, 10, self.is_chosen)


@dataclass(frozen=True, slots=True)
class TradeOff:
    """All objectives on the scores of one run; `is_complete` once all of them are known."""

    measures: Sequence[Measure]
    aims: Sequence[Aim]
    is_complete: bool
    is_open: bool  # another run may be started


@dataclass(frozen=True, slots=True)
class Proof:
    """How good the run is known to be, in words. `can_check`: there is something to verify.

    notes: what it was asked beyond its aim, and what came of that. can_keep: another run that
    changes little may be started from it.
    """

    title: Text
    text: Text
    is_best: bool
    by_hand: Text = ""
    can_check: bool = True
    notes: Sequence[Text] = ()
    can_keep: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of an independent check."""

    is_good: bool
    lines: Sequence[tuple[bool, Text]]


@dataclass(frozen=True, slots=True)
class Found:
    """A mentor to ask about; `level` as everywhere."""

    mentor: Face
    level: int
    seat: Text


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a mentee has not got a mentor. `to` leads to the preview of trying it out."""

    pk: int
    mentee: Face
    mentor: Face
    level: int
    is_pair: bool
    sentences: Sequence[Text]
    moves: Sequence[tuple[Text, Text, Text]]  # mentee, mentor before, mentor after
    checks: Sequence[Text]
    differences: Sequence[Text]
    note: Text = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """The question "why not …?" beside a mentee: the word looked for, who was found, an answer."""

    pk: int
    q: str = ""
    found: Sequence[Found] = ()
    total: int = 0
    answer: WhyNot | None = None
