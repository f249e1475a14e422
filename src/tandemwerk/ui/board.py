"""What the matching board shows: the shapes its templates read, and nothing about how they come.

`pairing` fills these from its rows and renders `ui/board/*.html`; the styleguide fills them with
samples. Fit is a level (3 very good, 2 good, 1 possible, 0 not allowed), never a number. Texts come
translated. Endpoints, data attributes and events: docs/reference/components.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.functional import Promise

if TYPE_CHECKING:
    from tandemwerk.ui.board_whole import Asking, Checked, Proof, TradeOff

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Face:
    """One person as the board names them; `pk` is the participation."""

    pk: int
    name: str
    sub: Text = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """A small mark on a row, e.g. a wish fulfilled; `tone` as for chips."""

    icon: str
    label: Text
    tone: str = ""


@dataclass(frozen=True, slots=True)
class PairRow:
    """One suggested pair; `pk` is the suggestion, `reason` its best one in words."""

    pk: int
    mentee: Face
    mentor: Face
    level: int
    reason: Text
    is_locked: bool = False
    is_by_hand: bool = False
    flags: Sequence[Flag] = ()


@dataclass(frozen=True, slots=True)
class LoneRow:
    """A mentee without mentor, and why."""

    pk: int
    mentee: Face
    why: Text


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A mentor who still has room; `free` of `seats` places."""

    mentor: Face
    free: int
    seats: int

    @property
    def dots(self) -> list[bool]:
        """One entry per place, taken ones (True) first."""
        return [at < self.seats - self.free for at in range(self.seats)]


@dataclass(frozen=True, slots=True)
class Summary:
    """The cohort at a glance. `bins`: pairs per step of fit, weakest first, with their level."""

    matched: int
    mentees: int
    bins: Sequence[tuple[int, int]]  # (level, count), any number of bins
    counts: dict[int, int]  # level → pairs
    weakest: PairRow | None
    free_seats: int
    free_mentors: int
    whole: Text  # the whole against the best possible, in words
    is_best: bool
    changes: int = 0

    @property
    def bars(self) -> list[dict[str, float]]:
        """Bars of the histogram in a 240 × 56 box, at least a hairline high."""
        top = max((count for _, count in self.bins), default=0) or 1
        step = 240 / max(len(self.bins), 1)
        return [
            {
                "x": round(at * step + 1, 1),
                "width": round(step - 2, 1),
                "y": round(54 - max(count / top * 52, 1.5), 1),
                "height": round(max(count / top * 52, 1.5), 1),
                "level": level,
                "count": count,
            }
            for at, (level, count) in enumerate(self.bins)
        ]

    @property
    def lone(self) -> int:
        return self.mentees - self.matched


@dataclass(frozen=True, slots=True)
class Urls:
    """Where the board talks to. All GETs answer a full page without htmx, a fragment with it."""

    page: str  # GET ?pair=&q=&level=&flag=&sort=
    # GET ?mentee=<suggestion>&to=pair:<suggestion>|seat:<participation>|mentor:<participation>|
    # none|forbid
    preview: str
    act: str  # POST pair, act=lock|unlock|allow, version; allow: mentor=<participation>
    move: str  # POST mentee, to, version
    undo: str  # POST version
    redo: str  # POST version
    rerun: str  # POST
    compare: str  # GET page
    publish: str  # GET page that asks once, then POST
    trade_off: str = ""  # GET fragment until all objectives are known
    check: str = ""  # GET
    why_not: str = ""  # GET ?mentee=<suggestion>&q= or &mentor=<participation>
    fairness: str = ""  # GET page
    runs: str = ""  # GET page with all runs, the way back


@dataclass(frozen=True, slots=True)
class Tools:
    """State of the tool row; empty labels mean "nothing to take back"."""

    undo: Text = ""
    redo: Text = ""
    version: int = 0
    is_published: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What the list is filtered and sorted by; `shown` of `total` pairs fit.

    before, after: numbers of the pages of the list around this one, 0 = none.
    """

    q: str = ""
    level: str = ""
    flag: str = ""
    sort: str = "fit"
    shown: int = 0
    total: int = 0
    before: int = 0
    after: int = 0

    @property
    def address(self) -> str:
        """The filter for an address, without the page."""
        asked = {"q": self.q, "level": self.level, "flag": self.flag, "sort": self.sort}
        return urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the side-by-side: `state` "yes", "part" or "no" (icon and word)."""

    label: Text
    mentee: Text
    mentor: Text
    state: str


@dataclass(frozen=True, slots=True)
class WeekCell:
    """One part of a day in the small week: who has time."""

    x: int
    y: int
    who: str  # "both", "mentee", "mentor" or ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another mentor for this mentee; `effect` on the whole in words, `trend` -1, 0 or 1."""

    to: str  # "pair:<suggestion>" (swap) or "seat:<participation>" (free place)
    mentor: Face
    level: int
    seat: Text
    effect: Text
    trend: int = 0


@dataclass(frozen=True, slots=True)
class Chemistry:
    """An estimate of how likely both want to go on, in per cent; information, it decides nothing.

    low, high: where it lies with 90 %. rate: how many of all meetings ended so.
    tells_apart: whether such estimates told pairs apart better than guessing.
    """

    percent: int
    low: int
    high: int
    meetings: int
    rate: int
    tells_apart: bool = True

    @property
    def width(self) -> int:
        """Of the interval in a picture 200 wide."""
        return 2 * (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Detail:
    """The right side: one pair (or a lone mentee, then `pair` is None) in full."""

    pk: int
    mentee: Face
    mentor: Face | None
    level: int
    seats: Text = ""
    is_locked: bool = False
    is_by_hand: bool = False
    why: Text = ""  # for a lone mentee
    checks: Sequence[Text] = ()
    differences: Sequence[Text] = ()
    compared: Sequence[Compared] = ()
    week: Sequence[WeekCell] = ()
    week_text: Text = ""
    alternatives: Sequence[Alternative] = ()
    ruled_out: Sequence[Face] = ()  # mentors a coordinator ruled out; may be allowed again
    chemistry: Chemistry | None = None
    version: int = 0
    is_open: bool = True  # False: published or put aside, nothing can be changed


@dataclass(frozen=True, slots=True)
class Change:
    """One person's side of a planned move: the fit before and after (None: without mentor)."""

    mentee: Face
    before: Face | None
    before_level: int | None
    after: Face | None
    after_level: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The effect of a move, shown before it is done."""

    mentee: int
    to: str
    title: Text
    changes: Sequence[Change]
    effect: Text
    trend: int  # of the whole: -1 weaker, 0 about the same, 1 better
    warnings: Sequence[Text] = ()
    is_allowed: bool = True
    version: int = 0


@dataclass(frozen=True, slots=True)
class Load:
    """How many mentees a mentor has in this run, of how many places."""

    mentor: Face
    taken: int
    seats: int

    @property
    def is_over(self) -> bool:
        return self.taken > self.seats


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody who is not in the run, and what is missing."""

    person: Face
    missing: Text


@dataclass(frozen=True, slots=True)
class Overview:
    """The right side while no pair is chosen: the run as a group, and what needs a look."""

    weakest: Sequence[PairRow]
    loads: Sequence[Load]
    full: int  # mentors without a free place
    incomplete: Sequence[Absent] = ()
    notes: Sequence[Text] = ()  # e.g. a lock that could not be kept
    mentors: int = 0  # of which `loads` are the first


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the page needs. `lone` and `seats` are the first of `…_count`, if given."""

    title: Text
    lead: Text
    urls: Urls
    summary: Summary
    tools: Tools
    query: Query
    pairs: Sequence[PairRow]
    lone: Sequence[LoneRow] = field(default_factory=list)
    lone_count: int = 0
    seats: Sequence[SeatRow] = field(default_factory=list)
    seats_count: int = 0
    detail: Detail | None = None
    preview: Preview | None = None
    overview: Overview | None = None
    selected: int | None = None
    trade_off: TradeOff | None = None
    proof: Proof | None = None
    checked: Checked | None = None
    asking: Asking | None = None
