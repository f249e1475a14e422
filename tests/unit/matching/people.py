"""Mentees and mentors for tests: by hand, and as Hypothesis strategies."""

from typing import Any

from hypothesis import strategies as st

from tandemwerk.matching import Mentee, Mentor, topics

SLUGS = (*tuple(topics())[:12], "our-own-topic")
TEXTS = (
    "",
    "Ich möchte zum ersten Mal ein Team führen und suche ehrliche Rückmeldung",
    "I would like to lead my first team and negotiate my salary",
    "Gehaltsverhandlung und Rückkehr aus der Elternzeit",
    "Kochen, Wandern und die Arbeit in der Entwicklung",
)


def mentee(key: str = "mia", **fields: Any) -> Mentee:
    return Mentee(**{"id": key, "name": key.title(), **fields})


def mentor(key: str = "tom", **fields: Any) -> Mentor:
    return Mentor(**{"id": key, "name": key.title(), **fields})


def _fields(prefix: str, others: str) -> dict[str, st.SearchStrategy[Any]]:
    return {
        "topics": st.lists(st.sampled_from(SLUGS), unique=True, max_size=4).map(tuple),
        "languages": st.frozensets(st.sampled_from(["de", "en", "tr"]), max_size=3),
        "experience_years": st.none() | st.integers(0, 40).map(float),
        "function": st.sampled_from(["", "IT", " it", "HR"]),
        "industry": st.sampled_from(["", "Bank", "Health"]),
        "values": st.dictionaries(st.sampled_from("abcd"), st.integers(1, 5)),
        "week": st.just(0) | st.integers(0, (1 << 168) - 1),
        "formats": st.frozensets(st.sampled_from(["online", "on_site"])),
        "site": st.sampled_from(["", "Köln", "Bonn"]),
        "text": st.sampled_from(TEXTS),
        "team": st.sampled_from(["", "A", "B"]),
        "reports_to": st.sampled_from(["", f"{others}0", f"{others}1", f"{prefix}0"]),
        "wishes": st.lists(
            st.sampled_from([f"{others}0", f"{others}1", "elsewhere"]), unique=True
        ).map(tuple),
    }


def mentees(least: int = 1, most: int = 5) -> st.SearchStrategy[list[Mentee]]:
    rows = st.lists(st.fixed_dictionaries(_fields("e", "o")), min_size=least, max_size=most)
    return rows.map(lambda found: [mentee(f"e{i}", **row) for i, row in enumerate(found)])


def mentors(least: int = 1, most: int = 5) -> st.SearchStrategy[list[Mentor]]:
    fields = {**_fields("o", "e"), "seats": st.integers(0, 2)}
    rows = st.lists(st.fixed_dictionaries(fields), min_size=least, max_size=most)
    return rows.map(lambda found: [mentor(f"o{i}", **row) for i, row in enumerate(found)])
