"""Journeys of running tandems, for those who run the programme: numbers and words of the template.

Nothing of a room: which version how many follow, and what the newest one would change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from tandemwerk.programmes.models import Cohort
from tandemwerk.programmes.selectors.journey import Difference, differences, journey_content
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.journey import Phase, Side, Timeline, timeline
from tandemwerk.tandems.models import Tandem

RUNNING = (TandemState.ACTIVE, TandemState.CLOSING)


@dataclass(frozen=True, slots=True)
class MoveGroup:
    """Running tandems that follow one earlier version, and what becomes different for them."""

    number: int
    count: int
    changes: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class MovePreview:
    """What moving a cohort's tandems to the newest version would do."""

    number: int
    groups: tuple[MoveGroup, ...]

    @property
    def count(self) -> int:
        """How many tandems would be moved."""
        return sum(group.count for group in self.groups)


def tandems_on_older_versions(cohort: Cohort) -> QuerySet[Tandem]:
    """Running tandems of the cohort that follow another version than the newest. One query."""
    number = cohort.programme.journey_number
    return Tandem.objects.filter(cohort=cohort, state__in=RUNNING).exclude(journey_number=number)


def move_preview(cohort: Cohort) -> MovePreview:
    """How many tandems follow which version, and the differences. One query and one a version."""
    programme = cohort.programme
    rows = (
        tandems_on_older_versions(cohort)
        .order_by("journey_number")
        .values_list("journey_number")
        .annotate(count=Count("pk"))
    )
    groups = [
        MoveGroup(
            number,
            count,
            tuple(differences(journey_content(programme, str(number)), programme.journey)),
        )
        for number, count in rows
    ]
    return MovePreview(programme.journey_number, tuple(groups))


@dataclass(frozen=True, slots=True)
class SampleWay:
    """A journey on a sample calendar, as one of the two would see it."""

    way: Timeline
    side: Side
    week: int

    @property
    def phases(self) -> list[tuple[Phase, list[Any]]]:
        """Every phase with what is due for this side."""
        return [
            (phase, [item for item in phase.due if self.side in item.sides])
            for phase in self.way.phases
        ]


def sample_way(journey: Mapping[str, Any], side: Side, start: date, week: int) -> SampleWay:
    """The journey of a tandem that began on `start`, seen `week` weeks later. No query."""
    return SampleWay(timeline(journey, start, start + timedelta(weeks=week)), side, week)
