"""The points of an agenda: lines of its text like ``- [ ] Salary talk``, ticked as ``- [x] …``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_POINT = re.compile(r"^(?P<before>[ \t]*[-*] \[)(?P<mark>[ xX])(?P<after>\] )(?P<text>.*\S)[ \t]*$")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to talk about."""

    text: str
    is_done: bool


def points(text: str) -> list[Point]:
    """All points in their order."""
    found = (_POINT.match(line) for line in text.split("\n"))
    return [Point(match["text"], match["mark"] != " ") for match in found if match]


def without_points(text: str) -> str:
    """What else stands there."""
    return "\n".join(line for line in text.split("\n") if not _POINT.match(line)).strip()


def with_points(text: str, more: Iterable[str]) -> str:
    """The text with points added below; one that is there already is left out."""
    there = {point.text for point in points(text)}
    lines = [text.rstrip()] if text.strip() else []
    for point in (" ".join(point.split()) for point in more):
        if point and point not in there:
            there.add(point)
            lines.append(f"- [ ] {point}")
    return "\n".join(lines) + "\n" if lines else ""


def ticked(text: str, point: str, *, is_done: bool) -> str:
    """The text with one point ticked or opened again; unchanged without such a point."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        match = _POINT.match(line)
        if match and match["text"] == point and (match["mark"] != " ") is not is_done:
            mark = "x" if is_done else " "
            lines[at] = f"{match['before']}{mark}{match['after']}{match['text']}"
            break
    return "\n".join(lines)
