"""The sentences synthetic people write, by role and language."""

from dataclasses import dataclass

from . import phrases_mentees, phrases_mentors

__all__ = ["BOOKS", "Book"]


@dataclass(frozen=True, slots=True)
class Book:
    """openings, closings: whole sentences. topic: with {topic}. areas: one per catalogue area."""

    openings: tuple[str, ...]
    topic: tuple[str, ...]
    areas: dict[str, str]
    closings: tuple[str, ...]


BOOKS: dict[tuple[str, str], Book] = {
    ("mentee", "de"): Book(**phrases_mentees.GERMAN),
    ("mentee", "en"): Book(**phrases_mentees.ENGLISH),
    ("mentor", "de"): Book(**phrases_mentors.GERMAN),
    ("mentor", "en"): Book(**phrases_mentors.ENGLISH),
}
