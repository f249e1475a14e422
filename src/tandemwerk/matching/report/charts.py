"""Pictures as SVG inside the page: positions across in per cent, so that words keep their size.

Each has a text alternative; the figures stand in a table beside it.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .markup import Safe, join, tag

TOP, FLOOR, FOOT = 26, 168, 26
ROW = 62


@dataclass(frozen=True, slots=True)
class Column:
    """A bar of a distribution from `low` to `high`. step: 1 to 3, for its colour."""

    low: float
    high: float
    count: int
    step: int


@dataclass(frozen=True, slots=True)
class Span:
    """A row with two points: the weakest and the mean; None without any pair."""

    label: str
    note: str
    low: float | None
    high: float | None
    chosen: bool


def distribution(
    columns: Sequence[Column],
    ticks: Sequence[tuple[float, str]],
    borders: Sequence[tuple[float, float, str]],
    label: str,
) -> Safe:
    """Bars over an axis. ticks: place and word. borders: the steps as (from, to, word)."""
    first, last = columns[0].low, columns[-1].high

    def x(value: float) -> str:
        return f"{(value - first) / (last - first) * 100:.2f}%"

    most = max(column.count for column in columns)
    scale = (FLOOR - TOP - 20) / most
    parts = []
    for low, high, word in borders:
        low, high = max(low, first), min(high, last)
        if low >= high:
            continue
        parts.append(
            tag("text", word, x=x((low + high) / 2), y=14, class_="zone", text_anchor="middle")
        )
        if low > first:
            parts.append(tag("line", x1=x(low), x2=x(low), y1=4, y2=FLOOR, class_="border"))
    width = f"{(columns[0].high - first) / (last - first) * 100 * 0.86:.2f}%"
    for column in columns:
        if not column.count:
            continue
        height = max(2.0, column.count * scale)
        left = column.low + (column.high - column.low) * 0.07
        middle = x((column.low + column.high) / 2)
        parts += [
            tag(
                "rect", x=x(left), y=FLOOR - height, width=width, height=height, rx=3,
                class_=f"step{column.step}",
            ),
            tag(
                "text", str(column.count), x=middle, y=FLOOR - height - 6, class_="count",
                text_anchor="middle",
            ),
        ]  # fmt: skip
    parts.append(tag("line", x1="0%", x2="100%", y1=FLOOR, y2=FLOOR, class_="axis"))
    parts += [
        tag("text", word, x=x(place), y=FLOOR + 18, class_="tick", text_anchor="middle")
        for place, word in ticks
        if first < place < last
    ]
    return _picture(parts, FLOOR + FOOT, label)


def spans(rows: Sequence[Span], number: "Number", label: str, empty: str) -> Safe:
    """A line per row from its weakest to its mean, on one scale."""
    known = [row for row in rows if row.low is not None]
    low = min((row.low or 0.0 for row in known), default=0.0)
    high = max((row.high or 0.0 for row in known), default=1.0)
    wide = max(high - low, 0.05)

    def x(value: float) -> str:
        return f"{14 + (value - low) / wide * 70:.2f}%"

    parts = []
    for place, row in enumerate(rows):
        y = place * ROW + 44
        mark = "chosen" if row.chosen else None
        parts.append(tag("text", row.label, x="0%", y=y - 22, class_=f"name {mark or ''}".strip()))
        parts.append(tag("text", row.note, x="100%", y=y - 22, class_="note", text_anchor="end"))
        parts.append(tag("line", x1="0%", x2="100%", y1=y, y2=y, class_="rail"))
        if row.low is None or row.high is None:
            parts.append(tag("text", empty, x="0%", y=y + 5, class_="note"))
            continue
        two = row.high - row.low > wide / 50
        if two:
            parts.append(
                tag("line", x1=x(row.low), x2=x(row.high), y1=y, y2=y, class_=f"span {mark}")
            )
        parts += [
            _value(x(row.low), y, -10, number(row.low), "end"),
            _value(x(row.high), y, 10, number(row.high), "start"),
            tag("circle", cx=x(row.low), cy=y, r=6, class_=f"low {mark}"),
            tag("circle", cx=x(row.high), cy=y, r=6, class_=f"high {mark}"),
        ]
    return _picture(parts, len(rows) * ROW + 4, label)


def bars(rows: Iterable[tuple[str, float, str]], label: str) -> Safe:
    """Horizontal bars. rows: word before, length in [0, 1], word behind."""
    parts = []
    place = 0
    for place, (before, length, behind) in enumerate(rows, start=1):
        y = place * 34 - 22
        parts += [
            tag("text", before, x="0%", y=y + 4, class_="name"),
            tag("rect", x="36%", y=y - 9, width=f"{max(length * 50, 0.4):.2f}%", height=18, rx=4,
                class_="step3"),
            _value(f"{36 + length * 50:.2f}%", y, 8, behind, "start"),
        ]  # fmt: skip
    return _picture(parts, place * 34, label)


def fit_mark(step: int) -> Safe:
    """The fit as one to three filled bars; the word stands beside it."""
    return tag(
        "svg",
        *(
            tag(
                "rect", x=place * 9, y=9 - place * 3, width=7, height=6 + place * 3, rx=2,
                class_=f"step{step}" if place < step else "off",
            )
            for place in range(3)
        ),
        class_="mark", width=25, height=15, viewBox="0 0 25 15", aria_hidden="true",
    )  # fmt: skip


def share_mark(share: float) -> Safe:
    """A share in [0, 1] as a small bar; the number stands beside it."""
    return tag(
        "svg",
        tag("rect", x=0, y=3, width=80, height=8, rx=4, class_="off"),
        tag("rect", x=0, y=3, width=max(share * 80, 2), height=8, rx=4, class_="step3"),
        class_="mark", width=80, height=14, viewBox="0 0 80 14", aria_hidden="true",
    )  # fmt: skip


class Number:
    """Writes a number with the right decimal mark.

    down: cut instead of rounded, so that 0.498 is not told as "fair 0.50" beside "good 0.50".
    """

    def __init__(self, language: str, digits: int = 2, *, down: bool = False) -> None:
        self.mark = "," if language == "de" else "."
        self.digits = digits
        self.down = down

    def __call__(self, value: float) -> str:
        """The number, -0 as 0."""
        if self.down:
            # A hair up: 0.5 may be stored a little below itself.
            value = math.floor(value * 10**self.digits + 1e-6) / 10**self.digits
        text = f"{value:.{self.digits}f}"
        if not float(text):
            text = text.removeprefix("-")
        return text.replace(".", self.mark).replace("-", "−")


def _value(x: str, y: float, shift: float, text: str, anchor: str) -> Safe:
    """A number beside a point; the shift is in pixels although the place is in per cent."""
    return tag("text", text, x=x, y=y + 5, dx=shift, class_="value", text_anchor=anchor)


def _picture(parts: Sequence[Safe], height: float, label: str) -> Safe:
    return tag(
        "svg", tag("title", label), join(*parts), class_="chart", width="100%", height=height,
        role="img",
    )  # fmt: skip
