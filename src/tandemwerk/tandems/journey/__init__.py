"""The course of a tandem as pure decisions: which state follows which act, and what is due when.

No Django, no database, no clock: time comes as an argument, results are frozen. The services carry
out what is decided here.
"""

from .course import (
    Course,
    Refusal,
    Refused,
    Said,
    end_early,
    expire,
    leave,
    record_meeting,
    say_no,
    say_yes,
)
from .states import (
    ENDED,
    OPEN,
    TABLE,
    Act,
    Answer,
    Change,
    End,
    Side,
    State,
    change,
)
from .timeline import Due, Phase, PhaseState, Timeline, journey_is_sound, timeline

__all__ = [
    "ENDED",
    "OPEN",
    "TABLE",
    "Act",
    "Answer",
    "Change",
    "Course",
    "Due",
    "End",
    "Phase",
    "PhaseState",
    "Refusal",
    "Refused",
    "Said",
    "Side",
    "State",
    "Timeline",
    "change",
    "end_early",
    "expire",
    "journey_is_sound",
    "leave",
    "record_meeting",
    "say_no",
    "say_yes",
    "timeline",
]
