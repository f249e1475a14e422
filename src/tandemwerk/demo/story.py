"""The story as data: `story.toml` read once, and its days turned into instants."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")
Entry = Mapping[str, Any]
Act = Callable[[datetime], None]


@dataclass(frozen=True, slots=True)
class Story:
    """The parts of the file in its order; each entry as written there."""

    organisations: Sequence[Entry]
    people: Sequence[Entry]
    programmes: Sequence[Entry]
    cohorts: Sequence[Entry]
    participations: Sequence[Entry]
    tandems: Sequence[Entry]

    def cohorts_of(self, programme: str) -> list[Entry]:
        return [cohort for cohort in self.cohorts if cohort["programme"] == programme]

    def first_invitation(self, cohorts: Sequence[Entry]) -> int:
        """The day on which the first people of these cohorts were invited."""
        keys = {cohort["key"] for cohort in cohorts}
        days: list[int] = [p["invited"] for p in self.participations if p["cohort"] in keys]
        return min(days)


@lru_cache(maxsize=1)
def story() -> Story:
    """The story the demo tells. Read once per process."""
    text = resources.files(__package__).joinpath("story.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Story(
        organisations=data["organisation"],
        people=data["person"],
        programmes=data["programme"],
        cohorts=data["cohort"],
        participations=data["participation"],
        tandems=data["tandem"],
    )


@dataclass(slots=True)
class Diary:
    """Everything that happened, to be lived through in order of time.

    `now` is the instant of loading; no act lies after it.
    """

    now: datetime
    acts: list[tuple[datetime, int, Act]] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.now.astimezone(ZONE).date()

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def note(self, offset: int, at: time, act: Act) -> None:
        """Have `act` happen on that day at that hour (Berlin), but not after now."""
        moment = datetime.combine(self.day(offset), at, tzinfo=ZONE)
        self.acts.append((min(moment, self.now), len(self.acts), act))

    def live(self) -> None:
        """Do all of it, the earliest first, in the order noted within one instant."""
        for moment, _number, act in sorted(self.acts, key=lambda entry: entry[:2]):
            act(moment)
