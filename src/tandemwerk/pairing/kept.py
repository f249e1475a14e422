"""What a process keeps of the runs it works with, so that only the first look at a board pays.

The inputs and results of a calculated run never change, so nothing kept can go stale; the key is
the run with the fingerprint of its inputs. The least recently used go first.
"""

import gc
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from tandemwerk.matching import Assignment, Scores
from tandemwerk.pairing.engine import scores_made
from tandemwerk.pairing.models import MatchRun
from tandemwerk.pairing.proofs import unpack_assignment
from tandemwerk.pairing.stored import RunInputs, decode_inputs, unpack_blocked, unpack_scores

T = TypeVar("T")
Key = tuple[int, str]
LARGE = {"inputs", "scores", "blocked", "proof"}


class Shelf(Generic[T]):
    """A few values by key, bounded by the pairs they are about; the latest is always kept."""

    def __init__(self, pairs: int) -> None:
        self.pairs = pairs
        self._lock = Lock()
        self._kept: OrderedDict[Key, tuple[int, T]] = OrderedDict()

    def get(self, key: Key, size: int, make: Callable[[], T]) -> T:
        """The value for the key, made (outside the lock) if it is not there."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][1]
        value = make()
        self.put(key, size, value)
        return value

    def put(self, key: Key, size: int, value: T) -> None:
        """Keep a value about `size` pairs."""
        with self._lock:
            self._kept[key] = (size, value)
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and sum(n for n, _ in self._kept.values()) > self.pairs:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """A calculated run unpacked. fits: float32, NaN = not allowed; blocked: int8; about 5 bytes a
    pair. assignment: as calculated, with its proof if the run has one."""

    inputs: RunInputs
    fits: NDArray[np.float32]
    blocked: NDArray[np.int8]
    assignment: Assignment


# 5 and 9 bytes a pair: at most 80 and 72 MB, or one run if that is larger.
_stored: Shelf[Stored] = Shelf(16_000_000)
_scores: Shelf[Scores] = Shelf(8_000_000)


def stored_of(run: MatchRun) -> Stored:
    """What the run stores, unpacked. No query once kept, else one (large values are deferred)."""
    with no_collection():
        return _stored.get(_key(run), _size(run), lambda: _unpacked(run))


def scores_of(run: MatchRun) -> Scores:
    """All scores of a calculated run, from its stored inputs; see `docs/explanation/matching.md`
    for what that costs."""
    inputs = stored_of(run).inputs
    with no_collection():
        return _scores.get(_key(run), _size(run), lambda: scores_made(inputs, run.criteria))


def scores_keep(run: MatchRun, scores: Scores) -> None:
    """Keep scores just made, for the next job of this process about the run."""
    _scores.put((run.pk, run.inputs_digest), scores.total.size, scores)


def forget_all() -> None:
    """Keep nothing any more."""
    _stored.clear()
    _scores.clear()


@contextmanager
def no_collection() -> Iterator[None]:
    """Without Python's search for cycles: thousands of rows or a million small objects are made
    and are no garbage yet; looking through them again and again takes a fifth of the time or more.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _key(run: MatchRun) -> Key:
    return (run.pk, run.inputs_digest)


def _size(run: MatchRun) -> int:
    return len(run.mentee_ids) * len(run.mentor_ids)


def _unpacked(run: MatchRun) -> Stored:
    if late := run.get_deferred_fields() & LARGE:
        run.refresh_from_db(fields=list(late))
    inputs = decode_inputs(run.inputs)
    shape = (len(run.mentee_ids), len(run.mentor_ids))
    fits = unpack_scores(run.scores, shape)
    return Stored(
        inputs=inputs,
        fits=fits,
        blocked=unpack_blocked(run.blocked, shape),
        assignment=unpack_assignment(
            run.proof,
            mentor_of=run.mentor_of,
            seats=run.seats,
            fixed=[pair for pair in inputs.locks if not np.isnan(fits[pair])],
            forbidden=inputs.forbidden,
            total=run.total or 0.0,
            upper_bound=run.upper_bound or 0.0,
            objective=run.objective,
            seed=run.seed,
            floor=inputs.floor,
        ),
    )
