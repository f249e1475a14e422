"""A fingerprint of a run's inputs: the same fingerprint promises the same pairs."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache
from importlib import resources

from .criteria import Criteria
from .profiles import Person

# Raised whenever the same input may give other scores or pairs.
ENGINE_VERSION = "2.0"


def inputs_digest(
    mentees: Iterable[Person],
    mentors: Iterable[Person],
    criteria: Criteria,
    *,
    capacity: Mapping[str, int] | None = None,
    fixed: Iterable[tuple[str, str]] = (),
    forbidden: Iterable[tuple[str, str]] = (),
    floor: float | None = None,
    previous: Iterable[tuple[str, str]] | None = None,
    objective: str = "total",
    seed: int = 0,
    text_model: str = "",
) -> str:
    """SHA-256 in hex over everything that decides a run; pairs are (mentee id, mentor id).

    previous: pairs to keep where possible, None where they don't count. text_model: name of the
    model for free text, empty for the built-in reading. Covers the engine version and the topic
    catalogue. The order of people and pairs doesn't matter; any other change does.
    """
    record = {
        "engine": ENGINE_VERSION,
        "catalogue": _catalogue_digest(),
        "mentees": sorted((_row(p) for p in mentees), key=_canonical),
        "mentors": sorted((_row(p) for p in mentors), key=_canonical),
        "criteria": criteria.to_dict(),
        "capacity": dict(capacity) if capacity is not None else None,
        "fixed": sorted(set(fixed)),
        "forbidden": sorted(set(forbidden)),
        "floor": floor,
        "objective": objective,
        "seed": seed,
        "text_model": text_model,
    }
    if previous is not None:  # else left out: fingerprints made before it was known stay
        record["previous"] = sorted(set(previous))
    return hashlib.sha256(_canonical(record).encode()).hexdigest()


def _row(person: Person) -> dict[str, object]:
    row: dict[str, object] = {}
    for item in fields(person):
        value = getattr(person, item.name)
        if isinstance(value, frozenset):
            value = sorted(value)
        elif isinstance(value, Mapping):
            value = dict(value)
        elif item.name == "week":
            value = f"{value:x}"
        elif item.name == "experience_years" and value is not None:
            value = float(value)
        row[item.name] = value
    return row


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


@cache
def _catalogue_digest() -> str:
    folder = resources.files("tandemwerk.matching.catalogue")
    digest = hashlib.sha256()
    for name in ("topics.toml", "directions.toml"):
        digest.update(hashlib.sha256(folder.joinpath(name).read_bytes()).digest())
    return digest.hexdigest()
