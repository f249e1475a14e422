"""The short preparation of mentors and mentees as it is shipped. Pure: no database.

One TOML file per role lies in `course_texts/`: ``[[step]]`` with `key`, `title` and `question` as
``{ de, en }``, and the text as `de` and `en` (plain Markdown). The question is for thinking; no
answer is ever asked.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

Texts = Mapping[str, str]
ROLES = ("mentee", "mentor")
LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Step:
    """One step, two minutes to read; texts by language."""

    key: str
    title: Texts = field(hash=False)
    text: Texts = field(hash=False)
    question: Texts = field(hash=False)


@lru_cache(maxsize=len(ROLES))
def shipped_steps(role: str) -> tuple[Step, ...]:
    """The steps for "mentee" or "mentor", in their order. Read once per process."""
    file = resources.files(__package__).joinpath("course_texts", f"{role}.toml")
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["step"]
    return tuple(
        Step(
            key=row["key"],
            title=row["title"],
            text={code: row[code].strip() for code in LANGUAGES},
            question=row["question"],
        )
        for row in rows
    )


def next_unread(keys: tuple[str, ...], read: frozenset[str]) -> str | None:
    """The first step nobody has ticked yet; None when all are read."""
    return next((key for key in keys if key not in read), None)
