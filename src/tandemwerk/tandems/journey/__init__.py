"""The course of a tandem as pure decisions: which state follows which act, and what is due when.

No Django, no database, no clock: time comes as an argument, results are frozen. The services carry
out what is decided here.
"""

from .closing import (
    TIME_TO_CLOSE,
    Closing,
    begin_closing,
    close_in_time,
    closing_due_on,
    confirm_closing,
)
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
    "TIME_TO_CLOSE",
    "Act",
    "Answer",
    "Change",
    "Closing",
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
    "begin_closing",
    "change",
    "close_in_time",
    "closing_due_on",
    "confirm_closing",
    "end_early",
    "expire",
    "journey_is_sound",
    "leave",
    "record_meeting",
    "say_no",
    "say_yes",
    "timeline",
]
