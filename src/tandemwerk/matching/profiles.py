"""The people to match, as plain immutable rows.

Nothing here is a protected attribute: sex, age, origin, religion, disability and orientation have
no field and so cannot enter a score.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .errors import ProfileError

HOURS_PER_WEEK = 168
FORMATS = frozenset({"online", "on_site"})
LOWEST_VALUE, HIGHEST_VALUE = 1, 5


class Role(StrEnum):
    """On which side of the match a person stands."""

    MENTEE = "mentee"
    MENTOR = "mentor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What mentees and mentors have in common. An empty field means "not answered".

    topics: catalogue slugs, most important first; wanted by a mentee, offered by a mentor.
    languages: ISO 639-1 codes, kept in small letters. experience_years: years of work, >= 0.
    function, industry, site, team: compared without regard to case and outer spaces.
    values: questionnaire item -> 1..5. week: bit mask, bit 0 = Monday 00:00-01:00 UTC, 168 bits.
    formats: subset of {"online", "on_site"}. reports_to: id or e-mail of the line manager.
    wishes: ids of the people this person would like best, favourite first.
    Raises ProfileError with the person's id and the field.
    """

    id: str
    name: str = ""
    email: str = ""
    topics: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    experience_years: float | None = None
    function: str = ""
    industry: str = ""
    values: Mapping[str, int] = field(default_factory=dict, hash=False)
    week: int = 0
    formats: frozenset[str] = frozenset()
    site: str = ""
    text: str = ""
    team: str = ""
    reports_to: str = ""
    wishes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.id:
            raise ProfileError("id_missing", person=self.name, field="id", value=self.id)
        years = self.experience_years
        if years is not None and not (math.isfinite(years) and years >= 0):
            raise self._error("experience_out_of_range", "experience_years", years)
        if not 0 <= self.week < 1 << HOURS_PER_WEEK:
            raise self._error("week_out_of_range", "week", self.week)
        # A text is a set of letters: "de" would be D and E.
        for name in ("languages", "formats"):
            if isinstance(getattr(self, name), str):
                raise self._error("not_a_set", name, getattr(self, name))
        object.__setattr__(self, "languages", frozenset(map(str.casefold, self.languages)))
        if not self.formats <= FORMATS:
            raise self._error("format_unknown", "formats", sorted(self.formats - FORMATS))
        for item, value in self.values.items():
            if type(value) is not int or not LOWEST_VALUE <= value <= HIGHEST_VALUE:
                raise self._error("value_out_of_range", f"values.{item}", value)
        for name in ("topics", "wishes"):
            entries: tuple[str, ...] = getattr(self, name)
            if len(set(entries)) != len(entries):
                raise self._error("entry_twice", name, list(entries))

    def _error(self, code: str, name: str, value: object) -> ProfileError:
        return ProfileError(code, person=self.id, field=name, value=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentee(Person):
    """Someone who looks for a mentor; `topics` are what they want to work on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentor(Person):
    """Someone who offers mentoring; `seats` is how many mentees they can still take, >= 0."""

    seats: int = 1

    def __post_init__(self) -> None:
        Person.__post_init__(self)
        if type(self.seats) is not int or self.seats < 0:
            raise self._error("seats_negative", "seats", self.seats)
