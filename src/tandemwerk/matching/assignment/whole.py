"""Whole numbers as they come: seats, columns and pairs of places, or a typed error for the first
that is none. Nothing is rounded, cut off or wrapped around."""

import operator
from collections.abc import Callable, Iterable
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import LockError, MatchingError, ObjectiveError
from .result import Pair

_HIGHEST = np.iinfo(np.int64).max

# The error about the value at a place.
Wrong = Callable[[int, object], MatchingError]


def array_of(values: object) -> NDArray[Any]:
    """An array; what a mask hides is NaN, and entries of different lengths stay objects."""
    if isinstance(values, np.ma.MaskedArray):
        hidden = np.ma.getmaskarray(values)
        return np.where(hidden, np.nan, values.data) if hidden.any() else np.asarray(values.data)
    try:
        return np.asarray(values)
    except ValueError:
        return np.asarray(values, dtype=object)


def whole_numbers(array: NDArray[Any], wrong: Wrong) -> NDArray[np.int64]:
    """One-dimensional numbers as int64; 2.0 is one, 2.5, NaN, True, "2" and 2**63 are none."""
    match array.dtype.kind:
        case "i":
            return array.astype(np.int64)
        case "u":
            bad = array > np.uint64(_HIGHEST)
        case "f":
            bad = ~((np.floor(array) == array) & (np.abs(array) < 2.0**63))
        case _:
            bad = np.array([_place(value) is None for value in array.tolist()], dtype=np.bool_)
    for place in np.flatnonzero(bad):
        raise wrong(int(place), array[place : place + 1].tolist()[0])
    return array.astype(np.int64)


def pairs_of(pairs: Iterable[Pair], shape: tuple[int, ...], code: str) -> list[Pair]:
    """The distinct pairs, in order.

    Raises LockError: `code` for an index outside the matrix (or a negative one), pair_not_places
    for what is not a row and a column.
    """
    found: dict[Pair, None] = {}
    try:
        given = list(pairs)
    except TypeError as error:
        raise LockError("pair_not_places", pair=repr(pairs)[:80]) from error
    for pair in given:
        row, column = _places(pair)
        if not (0 <= row < shape[0] and 0 <= column < shape[1]):
            raise LockError(code, row=row, column=column, shape=list(shape))
        found[row, column] = None
    return list(found)


def check_time_limit(time_limit: object) -> None:
    """Raises ObjectiveError unless it is None or a number of seconds >= 0."""
    if time_limit is None:
        return
    number = isinstance(time_limit, Real) and not isinstance(time_limit, bool)
    if not number or not float(time_limit) >= 0:  # type: ignore[arg-type]  # a number, see above
        raise ObjectiveError("time_limit_unusable", time_limit=time_limit)


def _places(pair: object) -> Pair:
    try:
        row, column = map(_place, pair)  # type: ignore[call-overload]  # any object may be given
    except (TypeError, ValueError):
        row = column = None
    if row is None or column is None:
        raise LockError("pair_not_places", pair=repr(pair)[:80])
    return row, column


def _place(value: object) -> int | None:
    """The whole number a value is, or None."""
    try:
        number = operator.index(value)  # type: ignore[arg-type]  # TypeError says no
    except TypeError:
        return None
    return number if abs(number) <= _HIGHEST and not isinstance(value, bool) else None
