"""Random numbers that depend on seed, role, person and question alone.

A counter-based generator: the number for a question is a hash (splitmix64) of where it is asked,
so nobody's answers depend on how many people there are or in which order they are made.
"""

import numpy as np
from numpy.typing import NDArray

from ..profiles import Role

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Question -> how many numbers it takes. Append only: the place in this table is part of the hash.
_WIDTHS = {
    "background": 1, "first_name": 1, "last_name": 1, "other_name": 2,
    "industry": 1, "function": 1, "site": 1, "team": 1,
    "reports": 1, "superior": 1, "experience": 1,
    "languages": 4, "topic_count": 1, "areas": 5, "topics": 5,
    "traits": 8, "noise": 12, "unanswered": 12,
    "window_count": 1, "days": 4, "windows": 4, "formats": 1, "seats": 1,
    "tongue": 1, "phrases": 6, "wish_count": 1, "wishes": 2, "declared": 1,
    "missing": 12,
}  # fmt: skip
_FIRST = dict(zip(_WIDTHS, np.cumsum([0, *_WIDTHS.values()]).tolist(), strict=False))

_STEP = np.uint64(0x9E3779B97F4A7C15)
_ROLES = {Role.MENTEE: 0x6D656E746565, Role.MENTOR: 0x6D656E746F72}


class Draws:
    """The random numbers of some people of one role. numbers: int64 (people,), from 1."""

    def __init__(self, seed: int, role: Role, numbers: Ints) -> None:
        key = _mixed(np.array([seed % (1 << 64)], np.uint64)) ^ np.uint64(_ROLES[role])
        self.seed, self.role = seed, role
        self.numbers = numbers
        self._people = _mixed(_mixed(key) + numbers.astype(np.uint64) * _STEP)

    def many(self, question: str) -> Floats:
        """Uniform numbers in [0, 1), float64 (people, width of the question)."""
        first = _FIRST[question]
        slots = np.arange(first, first + _WIDTHS[question], dtype=np.uint64)
        bits = _mixed(self._people[:, None] + (slots + np.uint64(1)) * _STEP)
        return (bits >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def one(self, question: str) -> Floats:
        """The first number of a question, float64 (people,)."""
        first: Floats = self.many(question)[:, 0]
        return first

    def choice(self, question: str, weights: Floats) -> Ints:
        """A place in `weights` per person, as likely as its weight says; int64 (people,)."""
        return chosen(self.one(question), weights)


def chosen(uniform: Floats, weights: Floats) -> Ints:
    """The places that uniform numbers fall on; weights: float64 (choices,), any positive sum."""
    edges = np.cumsum(weights) / np.sum(weights)
    places = np.searchsorted(edges[:-1], uniform, side="right")
    return places.astype(np.int64)


def bell(uniform: Floats) -> Floats:
    """Mean 0 and variance 1, nearly normal: the sum of four uniform numbers (people, 4)."""
    summed: Floats = (uniform.sum(axis=1) - 2.0) * np.sqrt(3.0)
    return summed


def zipf(count: int, exponent: float) -> Floats:
    """Weights 1 / place^exponent, float64 (count,)."""
    weights: Floats = np.arange(1, count + 1, dtype=np.float64) ** -exponent
    return weights


def _mixed(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """splitmix64 (Steele, Lea and Flood 2014); wraps around on purpose."""
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))
