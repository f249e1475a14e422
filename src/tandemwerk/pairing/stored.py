"""What a run stores: people, rules and matrices as bytes, the same bytes for the same content.

Pure: no rows, no clock. JSON is canonical (sorted keys, no spaces).
"""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tandemwerk.matching import Mentee, Mentor

Pair = tuple[int, int]
_SETS = ("languages", "formats")
_TUPLES = ("topics", "wishes")
ZLIB_LEVEL = 6
# Fits hardly shrink (by a third), and shrinking those of 2,000 × 2,000 people takes a second.
NOT_SHRUNK, SHRUNK = 0, 1


@dataclass(frozen=True, slots=True, eq=False)
class RunInputs:
    """Everything a calculation depends on, beside criteria and seed.

    mentees, mentors: the pool, by participation id; `id` of a person is their user id, so somebody
    in both roles is recognised; names and mail addresses stay out. mentee_ids, mentor_ids:
    participation ids in the same order. locks, forbidden: (row, column). floor: lowest fit of a
    pair, None = any. previous: per mentee the column of the mentor so far, -1 = none; None = pairs
    of before do not count.
    """

    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    mentee_ids: tuple[int, ...]
    mentor_ids: tuple[int, ...]
    locks: tuple[Pair, ...] = ()
    forbidden: tuple[Pair, ...] = ()
    floor: float | None = None
    previous: tuple[int, ...] | None = None


def encode_inputs(inputs: RunInputs) -> bytes:
    """Canonical JSON of the inputs, compressed. About 0.3 kB a person."""
    return zlib.compress(_canonical(_plain(inputs)), SHRUNK)


def decode_inputs(blob: bytes | memoryview) -> RunInputs:
    """The inputs again, equal to what was encoded."""
    data = json.loads(zlib.decompress(bytes(blob)))
    return RunInputs(
        mentees=tuple(Mentee(**_person(row)) for row in data["mentees"]),
        mentors=tuple(Mentor(**_person(row)) for row in data["mentors"]),
        mentee_ids=tuple(data["mentee_ids"]),
        mentor_ids=tuple(data["mentor_ids"]),
        locks=_pairs(data["locks"]),
        forbidden=_pairs(data["forbidden"]),
        floor=data.get("floor"),
        previous=tuple(data["previous"]) if "previous" in data else None,
    )


def pack(matrix: NDArray[Any]) -> bytes:
    """A matrix as little-endian rows in the zlib format; only rules (int8) are made smaller."""
    level = SHRUNK if matrix.dtype == np.int8 else NOT_SHRUNK
    return zlib.compress(np.ascontiguousarray(matrix).tobytes(), level)


def is_packed(blob: bytes | memoryview, matrix: NDArray[Any]) -> bool:
    """Whether `blob` holds exactly this matrix, byte for byte, however small it was made."""
    return zlib.decompress(bytes(blob)) == np.ascontiguousarray(matrix).tobytes()


def unpack_scores(blob: bytes | memoryview, shape: tuple[int, int]) -> NDArray[np.float32]:
    """Fit of every pair, mentees × mentors, float32, NaN = not allowed."""
    return np.frombuffer(zlib.decompress(bytes(blob)), dtype="<f4").reshape(shape)


def unpack_blocked(blob: bytes | memoryview, shape: tuple[int, int]) -> NDArray[np.int8]:
    """`matching.Rule` of every pair, mentees × mentors, int8, 0 = allowed."""
    return np.frombuffer(zlib.decompress(bytes(blob)), dtype="i1").reshape(shape)


def _plain(inputs: RunInputs) -> dict[str, Any]:
    # Left out where nobody asked for it, so that runs made before keep their bytes.
    asked: dict[str, Any] = {} if inputs.floor is None else {"floor": inputs.floor}
    if inputs.previous is not None:
        asked["previous"] = list(inputs.previous)
    return {
        **asked,
        "mentees": [_row(mentee) for mentee in inputs.mentees],
        "mentors": [_row(mentor) for mentor in inputs.mentors],
        "mentee_ids": list(inputs.mentee_ids),
        "mentor_ids": list(inputs.mentor_ids),
        "locks": sorted(map(list, inputs.locks)),
        "forbidden": sorted(map(list, inputs.forbidden)),
    }


def _row(person: Mentee | Mentor) -> dict[str, Any]:
    """Only what was answered: an empty field is left out."""
    row = {f.name: getattr(person, f.name) for f in fields(person)}
    for name in _SETS:
        row[name] = sorted(row[name])
    row["values"] = dict(row["values"])
    row["week"] = f"{row['week']:x}" if row["week"] else ""
    return {k: v for k, v in row.items() if k == "seats" or v not in (None, "", [], {}, ())}


def _person(row: dict[str, Any]) -> dict[str, Any]:
    person = dict(row)
    for name in _SETS:
        person[name] = frozenset(person.get(name, ()))
    for name in _TUPLES:
        person[name] = tuple(person.get(name, ()))
    person["week"] = int(person.get("week") or "0", 16)
    return person


def _pairs(rows: Sequence[Sequence[int]]) -> tuple[Pair, ...]:
    return tuple((row, column) for row, column in rows)


def _canonical(data: object) -> bytes:
    return json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()
