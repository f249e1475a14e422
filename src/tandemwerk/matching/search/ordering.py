"""Numbers that ascend with people's ids, so that compiled code can decide between equals."""

from bisect import bisect_left, insort
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# Numbers left free between two neighbours: twenty people can come between the same two, each
# halving what is left, before everyone is numbered again.
GAP = 1 << 20
MERGE = 1024  # ids added one by one before they join the sorted list


class Ordering:
    """A number per id; adding costs O(log n) nearly always, O(n log n) once per MERGE additions."""

    def __init__(self, ids: Sequence[str] = ()) -> None:
        self._number: dict[str, int] = {}
        self._sorted: list[str] = []
        self._recent: list[str] = []
        self._renumber(ids)

    def __getitem__(self, name: str) -> int:
        return self._number[name]

    def numbers(self, ids: Sequence[str]) -> NDArray[np.int64]:
        return np.array([self._number[name] for name in ids], dtype=np.int64)

    def add(self, name: str) -> bool:
        """Number one more id. True if everyone else's number changed too."""
        if len(self._recent) < MERGE:
            below, above = self._neighbours(name)
            if above - below > 1:
                self._number[name] = (below + above) // 2
                insort(self._recent, name)
                return False
        self._renumber([*self._number, name])
        return True

    def remove(self, name: str) -> None:
        """Forget an id. Its place in the lists stays until the next renumbering."""
        del self._number[name]

    def _neighbours(self, name: str) -> tuple[int, int]:
        below, above = -(1 << 62), 1 << 62
        for names in (self._sorted, self._recent):
            place = bisect_left(names, name)
            low, high = place - 1, place
            while low >= 0 and names[low] not in self._number:
                low -= 1
            while high < len(names) and names[high] not in self._number:
                high += 1
            if low >= 0:
                below = max(below, self._number[names[low]])
            if high < len(names):
                above = min(above, self._number[names[high]])
        if below == -(1 << 62):
            below = above - 2 * GAP if above != 1 << 62 else -GAP
        if above == 1 << 62:
            above = below + 2 * GAP
        return below, above

    def _renumber(self, ids: Sequence[str]) -> None:
        self._sorted, self._recent = sorted(ids), []
        self._number = {name: place * GAP for place, name in enumerate(self._sorted)}
