"""Synthetic populations: realistic people who do not exist, the same for the same seed.

For trials, comparisons and measurements. What they answer, and how often, is written in
docs/reference/synthetic-people.md. Nobody is real: mail addresses end in `.example`.
"""

from ..errors import SyntheticError
from ..profiles import Mentee, Mentor, Role
from .files import GROUP_COLUMN, write_people
from .people import declared, people

__all__ = [
    "GROUP_COLUMN",
    "MOST",
    "check_count",
    "declared",
    "people",
    "population",
    "write_people",
]

MOST = 10_000_000


def population(
    mentees: int, mentors: int, seed: int = 0
) -> tuple[tuple[Mentee, ...], tuple[Mentor, ...]]:
    """So many mentees and mentors, each depending only on seed, role and number.

    The first people are the same for any size. Raises SyntheticError("count_out_of_range") unless
    both numbers are 1 to MOST. Cost: some 30 µs a person; `people` yields them one by one.
    """
    check_count("mentees", mentees)
    check_count("mentors", mentors)
    return (
        tuple(p for p in people(Role.MENTEE, mentees, seed) if isinstance(p, Mentee)),
        tuple(p for p in people(Role.MENTOR, mentors, seed) if isinstance(p, Mentor)),
    )


def check_count(side: str, count: int) -> None:
    """Raises SyntheticError("count_out_of_range") unless 1 <= count <= MOST."""
    if not 1 <= count <= MOST:
        raise SyntheticError("count_out_of_range", side=side, value=count, limit=MOST)
