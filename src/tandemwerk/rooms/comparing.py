"""Where two sequences differ, with a limit on the work: letters, words or lines. Pure.

Myers' way (An O(ND) Difference Algorithm, 1986): little work where little differs. Every step is
counted, so a text that was made to be hard costs no more than any other: it is refused. What the
standard library offers has no such limit, and for some texts takes cubic time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Gap = tuple[int, int, int, int]  # old[a:b] became new[c:d]
MOST_STEPS = 100_000  # for one comparison; some 50 ms


@dataclass(slots=True)
class Work:
    """How many steps are left for everything that is compared with it."""

    left: int = MOST_STEPS


def alike_at_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How much both begin with, and how much of the rest both end with. Linear."""
    short = min(len(old), len(new))
    head = 0
    while head < short and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < short - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def changes(old: Sequence[str], new: Sequence[str], work: Work) -> list[Gap] | None:
    """What turns `old` into `new`, in order and as short as possible.

    None if that would take more than MOST_STEPS or than is left of `work`, which is used up.
    """
    head, tail = alike_at_ends(old, new)
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    own = Work(min(MOST_STEPS, work.left))
    given = own.left
    stays = _what_stays(a, b, own)
    work.left -= given - max(0, own.left)
    if stays is None:
        return None
    gaps, i, j = [], 0, 0
    for x, y in [*stays, (len(a), len(b))]:
        if x > i or y > j:
            gaps.append((head + i, head + x, head + j, head + y))
        i, j = x + 1, y + 1
    return gaps


def _what_stays(a: Sequence[str], b: Sequence[str], work: Work) -> list[tuple[int, int]] | None:
    """Pairs of places that are the same in both, in order."""
    if not a or not b:
        return []
    furthest = {1: 0}  # by diagonal: how far in `a` one comes with so many changes
    trail: list[dict[int, int]] = []
    count = 0
    while work.left > count:
        work.left -= count + 1
        trail.append(dict(furthest))
        for diagonal in range(-count, count + 1, 2):
            x = _next(furthest, diagonal, count)
            begin, y = x, x - diagonal
            while x < len(a) and y < len(b) and a[x] == b[y]:
                x, y = x + 1, y + 1
            work.left -= x - begin
            furthest[diagonal] = x
            if x >= len(a) and y >= len(b):
                return _backwards(trail, x, y)
        count += 1
    work.left = 0
    return None


def _is_down(furthest: dict[int, int], diagonal: int, count: int) -> bool:
    if diagonal in (-count, count):
        return diagonal == -count
    return furthest[diagonal - 1] < furthest[diagonal + 1]


def _next(furthest: dict[int, int], diagonal: int, count: int) -> int:
    if _is_down(furthest, diagonal, count):
        return furthest[diagonal + 1]
    return furthest[diagonal - 1] + 1


def _backwards(trail: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    found = []
    for count in range(len(trail) - 1, -1, -1):
        furthest, diagonal = trail[count], x - y
        came = diagonal + 1 if _is_down(furthest, diagonal, count) else diagonal - 1
        begin = furthest[came]
        while x > begin and y > begin - came:
            x, y = x - 1, y - 1
            found.append((x, y))
        x, y = begin, begin - came
    return found[::-1]
