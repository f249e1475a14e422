"""The timeline as the journey component of the design system wants it."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import pgettext
from i18nfield.strings import LazyI18nString

from tandemwerk.tandems.journey import PhaseState, Timeline

STATES = {PhaseState.DONE: "done", PhaseState.CURRENT: "now", PhaseState.UPCOMING: "next"}


@dataclass(frozen=True, slots=True)
class Step:
    label: LazyI18nString
    when: str
    state: str


def journey_steps(way: Timeline, met_on: date | None) -> list[Step]:
    """One step a phase, with the day it begins in the reader's language.

    Of what led to the tandem only the last phase is shown, with the day the two met.
    """
    before = [phase for phase in way.phases if phase.is_before_start]
    return [
        Step(
            label=LazyI18nString(dict(phase.title)),
            when=_when(met_on if phase.is_before_start else phase.start_on),
            state=STATES[phase.state],
        )
        for phase in way.phases
        if phase not in before[:-1]
    ]


def _when(day: date | None) -> str:
    form = pgettext("PHP date format: day and short month", "j M")
    return date_format(day, form) if day else ""
