"""Distinct answers as small numbers: a query scores every answer once, a scan looks it up.

A population of a million knows some hundred jobs, ways to meet, sets of languages and years.
"""

from collections.abc import Hashable
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Key = TypeVar("Key", bound=Hashable)
Ids = NDArray[np.uint32]


class Answers(Generic[Key]):
    """Distinct keys, numbered as they appear. Nothing is ever taken out: numbers stay valid."""

    __slots__ = ("_number", "keys")

    def __init__(self) -> None:
        self.keys: list[Key] = []
        self._number: dict[Key, int] = {}

    def add(self, key: Key) -> int:
        """The number of a key, new or known."""
        number = self._number.setdefault(key, len(self.keys))
        if number == len(self.keys):
            self.keys.append(key)
        return number


def number_rows(answers: Answers[tuple[int, ...]], columns: NDArray[np.int64]) -> Ids:
    """The numbers of many keys at once. columns: (parts of a key, people).

    Cost: a sort; the dictionary is asked once per distinct key.
    """
    order = np.lexsort(columns)
    ordered = columns[:, order]
    fresh = np.ones(columns.shape[1], dtype=np.bool_)
    fresh[1:] = (ordered[:, 1:] != ordered[:, :-1]).any(axis=0)
    numbers = [answers.add(tuple(key)) for key in ordered[:, fresh].T.tolist()]
    found = np.empty(columns.shape[1], dtype=np.uint32)
    found[order] = np.array(numbers, dtype=np.uint32)[np.cumsum(fresh) - 1]
    return found
