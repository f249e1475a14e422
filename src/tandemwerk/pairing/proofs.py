"""What proves a run's result, as bytes that are stored beside it and checked again at any time.

Pure: no rows, no clock. JSON keeps every number exactly (the shortest text that reads back as the
same float).
"""

import json
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tandemwerk.matching import Assignment, Balance, Certificate, Price
from tandemwerk.pairing.stored import ZLIB_LEVEL, Pair

Flags = NDArray[np.bool_]


def pack_proof(assignment: Assignment) -> bytes:
    """Certificate, price and balance of an assignment; about 20 bytes a person.

    Without a certificate the result is empty bytes.
    """
    proof = assignment.certificate
    if proof is None:
        return b""
    data: dict[str, Any] = {
        "prices": proof.prices.tolist(),
        "lift": proof.lift,
        "mentees": _bits(proof.mentees),
        "mentors": _bits(proof.mentors),
    }
    if assignment.price is not None:
        price = assignment.price
        data["best"] = {
            "mentor_of": price.best.tolist(),
            "people": price.people,
            "total": price.total,
            "worst": price.worst,
            "people_lost": price.people_lost,
            "total_lost": price.total_lost,
            "worst_lost": price.worst_lost,
        }
    if assignment.balance is not None:
        balance = assignment.balance
        data["balance"] = {
            "spread": balance.spread,
            "value": balance.value,
            "upper_bound": balance.upper_bound,
            "prices": balance.prices.tolist(),
            "lift": balance.lift,
        }
    return zlib.compress(json.dumps(data, allow_nan=False).encode(), ZLIB_LEVEL)


def unpack_assignment(
    blob: bytes | memoryview,
    *,
    mentor_of: Sequence[int],
    seats: Sequence[int],
    fixed: Sequence[Pair],
    forbidden: Sequence[Pair],
    total: float,
    upper_bound: float,
    objective: str,
    seed: int,
    floor: float | None = None,
) -> Assignment:
    """The assignment of a stored run with its proof; `blob` may be empty (a run made before)."""
    data = json.loads(zlib.decompress(bytes(blob))) if blob else {}
    certificate, price, balance = None, None, None
    if data:
        certificate = Certificate(
            prices=np.array(data["prices"]),
            lift=data["lift"],
            mentees=_flags(data["mentees"]),
            mentors=_flags(data["mentors"]),
        )
    if best := data.get("best"):
        price = Price(best=np.array(best.pop("mentor_of"), dtype=np.int64), **best)
    if kept := data.get("balance"):
        balance = Balance(**{**kept, "prices": np.array(kept["prices"])})
    return Assignment(
        mentor_of=np.array(mentor_of, dtype=np.int64),
        total=total,
        upper_bound=upper_bound,
        gap=max(0.0, upper_bound - total),
        objective=objective,
        seconds=0.0,
        capacity=np.array(seats, dtype=np.int64),
        floor=floor,
        fixed=frozenset(fixed),
        forbidden=frozenset(forbidden),
        seed=seed,
        certificate=certificate,
        price=price,
        balance=balance,
    )


def _bits(flags: Flags | None) -> str | None:
    return None if flags is None else "".join("1" if flag else "0" for flag in flags.tolist())


def _flags(bits: str | None) -> Flags | None:
    return None if bits is None else np.array([bit == "1" for bit in bits], dtype=np.bool_)
