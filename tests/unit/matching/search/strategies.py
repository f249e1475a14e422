"""Criteria as a Hypothesis strategy, and many people at once for tests of size."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from tandemwerk.matching import Criteria, Criterion, Mentee, Mentor, topics

POSSIBLE = [c for c in Criterion if c is not Criterion.TEXT]
SLUGS = tuple(topics())
TEXTS = (
    "",
    "Ich möchte zum ersten Mal ein Team führen",
    "I would like to negotiate my salary and lead a team",
    "Rückkehr aus der Elternzeit, Vereinbarkeit und Teilzeit",
    "Public speaking and career change",
)


def criteria() -> st.SearchStrategy[Criteria]:
    """Any weights, musts and options."""
    weights = st.fixed_dictionaries({c: st.sampled_from([0, 1, 3.5, 10]) for c in Criterion})
    return st.builds(
        lambda found, musts, teams, hours, function, industry: Criteria(
            weights=found if any(found.values()) else {},
            musts=musts,
            same_team_forbidden=teams,
            min_overlap_hours=hours,
            function_mode=function,
            industry_mode=industry,
        ),
        weights,
        st.frozensets(st.sampled_from(POSSIBLE), max_size=3),
        st.booleans(),
        st.sampled_from([0, 1, 30]),
        st.sampled_from(["same", "different"]),
        st.sampled_from(["same", "different"]),
    )


def many(kind: type[Any], count: int, seed: int) -> list[Any]:
    """People as a town has them: common topics, languages and sites, some silence."""
    rng = np.random.default_rng(seed)
    prefix = "e" if kind is Mentee else "o"
    common = 1 / np.arange(1, len(SLUGS) + 1)
    found = []
    for place in range(count):
        chosen = rng.choice(len(SLUGS), rng.integers(0, 11), replace=False, p=common / common.sum())
        week = 0
        for _ in range(rng.integers(0, 4)):
            week |= 15 << int(24 * rng.integers(0, 5) + rng.integers(7, 18))
        fields: dict[str, Any] = {
            "id": f"{prefix}{place}",
            "topics": tuple(SLUGS[topic] for topic in chosen),
            "languages": frozenset(
                rng.choice(["de", "en", "tr", "fr"], rng.integers(0, 3)).tolist()
            ),
            "experience_years": None if rng.random() < 0.1 else float(rng.integers(0, 40)),
            "function": str(rng.choice(["", "IT", "HR", "Law"])),
            "industry": str(rng.choice(["", "Bank", "Health"])),
            "values": {f"q{item}": int(rng.integers(1, 6)) for item in range(rng.integers(0, 20))},
            "week": week,
            "formats": frozenset(rng.choice(["online", "on_site"], rng.integers(0, 3)).tolist()),
            "site": str(rng.choice(["", "Köln", "Bonn"])),
            "text": TEXTS[rng.integers(0, len(TEXTS))],
            "team": f"T{rng.integers(0, 1 + count // 8)}",
        }
        if kind is Mentor:
            fields["seats"] = int(rng.integers(0, 3))
        found.append(kind(**fields))
    return found
