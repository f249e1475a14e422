"""The timeline as the journey component of the design system wants it."""

from dataclasses import dataclass

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


def journey_steps(way: Timeline) -> list[Step]:
    """One step a phase, with the day it begins in the reader's language."""
    day = pgettext("PHP date format: day and short month", "j M")
    return [
        Step(
            label=LazyI18nString(dict(phase.title)),
            when=date_format(phase.start_on, day),
            state=STATES[phase.state],
        )
        for phase in way.phases
    ]
