"""Assignment problems to measure on: the same seed makes the same problem.

Fits are whole millionths, so a solver for integers and one for floats have the same optimum.
"""

from pathlib import Path

import numpy as np

UNIT = 1_000_000


def dense(size: int, *, kind: str, seed: int) -> np.ndarray:
    """size × size fits in [0, 1], float64. kind: "random", or "structured" (talents and tastes)."""
    chance = np.random.default_rng(seed)
    if kind == "random":
        fits = chance.random((size, size))
    else:
        left, right = chance.normal(size=(2, size, 8))
        fits = left @ right.T / 8 + chance.normal(scale=0.3, size=size)
        fits += chance.normal(scale=0.05, size=(size, size))
        fits = (fits - fits.min()) / (fits.max() - fits.min())
    return np.round(fits * UNIT) / UNIT


def sparse(mentees: int, k: int, *, seats_per_mentee: float, seed: int) -> dict[str, np.ndarray]:
    """Up to k candidates a mentee among mentees / 2 mentors, most from their own field.

    Mentors differ in how sought after they are. With 1.5 seats per mentee ("loose") everybody finds
    one, with one ("tight") all but a few in a thousand, with 0.85 ("scarce") one in seven doesn't.
    Returns indptr (int64), indices (int32, sorted in a row), fits (float64), seats (int64).
    """
    chance = np.random.default_rng(seed)
    mentors = mentees // 2
    fields = max(5, mentors // 200)
    field = np.sort(chance.integers(fields, size=mentors))
    quality = chance.normal(size=mentors)
    reach = np.concatenate(([0.0], np.cumsum(np.exp(0.8 * quality))))
    starts = np.searchsorted(field, np.arange(fields + 1))
    own = chance.integers(fields, size=mentees)
    low, high = reach[starts[own]], reach[starts[own + 1]]
    near = round(k * 0.75)
    spot = chance.random((mentees, k))
    spot[:, :near] = low[:, None] + spot[:, :near] * (high - low)[:, None]
    spot[:, near:] *= reach[-1]
    found = np.searchsorted(reach, spot, side="right") - 1
    found = np.sort(np.clip(found, 0, mentors - 1), axis=1)
    first = np.ones(found.shape, dtype=bool)
    first[:, 1:] = found[:, 1:] != found[:, :-1]
    indices = found[first]
    rows = np.repeat(np.arange(mentees), first.sum(axis=1))
    fits = 0.5 + 0.1 * quality[indices] + 0.1 * (field[indices] == own[rows])
    fits += chance.normal(scale=0.1, size=len(fits))
    seats = 1 + chance.multinomial(
        round(mentees * seats_per_mentee) - mentors, np.full(mentors, 1 / mentors)
    )
    return {
        "indptr": np.concatenate(([0], np.cumsum(first.sum(axis=1)))).astype(np.int64),
        "indices": indices.astype(np.int32),
        "fits": np.round(np.clip(fits, 0.001, 1) * UNIT) / UNIT,
        "seats": seats.astype(np.int64),
    }


def even(mentees: int, k: int, *, seed: int) -> dict[str, np.ndarray]:
    """As `sparse`, with exactly the seats that one hidden choice of a candidate each would fill.

    Everybody can be matched and not a single seat is left over: the hardest market of all.
    """
    problem = sparse(mentees, k, seats_per_mentee=1.0, seed=seed)
    starts = problem["indptr"][:-1]
    chance = np.random.default_rng([seed, mentees]).random(mentees)
    chosen = problem["indices"][starts + (chance * np.diff(problem["indptr"])).astype(np.int64)]
    return {**problem, "seats": np.bincount(chosen, minlength=mentees // 2).astype(np.int64)}


def store(folder: Path, name: str, **arrays: np.ndarray) -> Path:
    """Write a problem where every environment can read it."""
    path = folder / f"{name}.npz"
    np.savez(path, **arrays)
    return path
