"""Make `matching/catalogue/directions.toml`: a direction in 64 dimensions for every topic.

Run it after topics or their relations changed: `python -m tools.text_directions`. Signatures of
texts change with it, so the engine's version has to rise too.

Topics are points whose coordinates are themselves (1) and their related topics (0.5). The best 64
dimensions for the cosines between these points come from an eigen-decomposition; the result is
rounded to int8 and kept as a file, because the last bits of a decomposition depend on the machine.
"""

import numpy as np
from numpy.typing import NDArray

from tandemwerk.matching.catalogue import topics
from tandemwerk.matching.signatures import LENGTH, SIGNATURE_SIZE
from tools.shared import ROOT

FILE = ROOT / "src" / "tandemwerk" / "matching" / "catalogue" / "directions.toml"
RELATED = 0.5
HEAD = """# Directions of the topics for signatures of texts: 64 signed bytes each, in hexadecimal.
# Made by tools/text_directions.py from the relations in topics.toml; don't edit.

"""


def directions() -> tuple[list[str], NDArray[np.int8]]:
    """Slugs in order, and their directions: int8 (topics, 64), each about LENGTH long."""
    slugs = sorted(topics())
    place = {slug: number for number, slug in enumerate(slugs)}
    points = np.eye(len(slugs))
    for slug, number in place.items():
        for other in topics()[slug].related:
            points[number, place[other]] = RELATED
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    values, vectors = np.linalg.eigh(points @ points.T)
    best = np.argsort(-values)[:SIGNATURE_SIZE]
    rows = vectors[:, best] * np.sqrt(values[best])
    # Spread over all dimensions alike, so that rounding costs every topic little.
    turn, _ = np.linalg.qr(np.random.default_rng(3).standard_normal((SIGNATURE_SIZE,) * 2))
    rows = rows @ turn
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return slugs, np.rint(LENGTH * rows).astype(np.int8)


def main() -> None:
    """Write the file."""
    slugs, rows = directions()
    lines = [f'{slug} = "{row.tobytes().hex()}"\n' for slug, row in zip(slugs, rows, strict=True)]
    FILE.write_text(HEAD + "".join(lines), encoding="utf-8")
    print(f"{len(slugs)} directions written to {FILE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
