"""The states of a tandem and the only ways from one to another."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    PROPOSED = "proposed"
    CHEMISTRY = "chemistry"
    ACTIVE = "active"
    CLOSING = "closing"
    CLOSED = "closed"
    DECLINED = "declined"
    DISSOLVED = "dissolved"


class Side(StrEnum):
    MENTEE = "mentee"
    MENTOR = "mentor"

    @property
    def other(self) -> "Side":
        return Side.MENTOR if self is Side.MENTEE else Side.MENTEE


class Answer(StrEnum):
    PENDING = "pending"
    YES = "yes"
    NO = "no"


class End(StrEnum):
    """Why a tandem ended, without blame and without who."""

    DECLINED = "declined"
    EXPIRED = "expired"
    NO_CHEMISTRY = "no_chemistry"
    NO_SEAT = "no_seat"
    COMPLETED = "completed"
    EARLY = "early"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What happens to the two together; a single yes is no act yet."""

    BOTH_YES = "both_yes"
    NO = "no"
    NO_SEAT = "no_seat"  # both said yes, but a place was gone
    EXPIRE = "expire"
    END_EARLY = "end_early"
    BEGIN_CLOSING = "begin_closing"
    CLOSE = "close"
    TAKE_BACK = "take_back"  # one of the two would rather go on
    TIME_OVER = "time_over"  # long after the journey's end nobody has closed it
    LEAVE = "leave"  # one of the two leaves the programme


@dataclass(frozen=True, slots=True)
class Change:
    """Where an act leads, and what it does to the counts of both participations.

    `seats`: +1 takes a seat of each, -1 gives it back (to the mentor alone once a tandem is closed:
    its mentee is not waiting for another). `proposals`: -1 settles an open proposal.
    `is_history`: the two are never proposed to each other again.
    """

    to: State
    end: End | None = None
    seats: int = 0
    proposals: int = 0
    is_history: bool = False


OPEN = frozenset({State.PROPOSED, State.CHEMISTRY, State.ACTIVE, State.CLOSING})
ENDED = frozenset({State.CLOSED, State.DECLINED, State.DISSOLVED})

TABLE: Mapping[tuple[State, Act], Change] = {
    (State.PROPOSED, Act.BOTH_YES): Change(State.CHEMISTRY, seats=1, proposals=-1),
    (State.PROPOSED, Act.NO): Change(State.DECLINED, End.DECLINED, proposals=-1, is_history=True),
    # Neither said no: the two may be proposed to each other again once there is a place.
    (State.PROPOSED, Act.NO_SEAT): Change(State.DECLINED, End.NO_SEAT, proposals=-1),
    (State.PROPOSED, Act.EXPIRE): Change(
        State.DECLINED, End.EXPIRED, proposals=-1, is_history=True
    ),
    (State.PROPOSED, Act.LEAVE): Change(
        State.DECLINED, End.WITHDRAWN, proposals=-1, is_history=True
    ),
    (State.CHEMISTRY, Act.BOTH_YES): Change(State.ACTIVE),
    (State.CHEMISTRY, Act.NO): Change(State.DECLINED, End.NO_CHEMISTRY, seats=-1, is_history=True),
    (State.CHEMISTRY, Act.EXPIRE): Change(State.DECLINED, End.EXPIRED, seats=-1, is_history=True),
    (State.CHEMISTRY, Act.LEAVE): Change(State.DECLINED, End.WITHDRAWN, seats=-1, is_history=True),
    (State.ACTIVE, Act.END_EARLY): Change(State.DISSOLVED, End.EARLY, seats=-1, is_history=True),
    (State.ACTIVE, Act.LEAVE): Change(State.DISSOLVED, End.WITHDRAWN, seats=-1, is_history=True),
    (State.ACTIVE, Act.BEGIN_CLOSING): Change(State.CLOSING),
    (State.ACTIVE, Act.TIME_OVER): Change(State.CLOSED, End.COMPLETED, seats=-1, is_history=True),
    (State.CLOSING, Act.TAKE_BACK): Change(State.ACTIVE),
    (State.CLOSING, Act.CLOSE): Change(State.CLOSED, End.COMPLETED, seats=-1, is_history=True),
    (State.CLOSING, Act.END_EARLY): Change(State.DISSOLVED, End.EARLY, seats=-1, is_history=True),
    (State.CLOSING, Act.LEAVE): Change(State.DISSOLVED, End.WITHDRAWN, seats=-1, is_history=True),
}


def change(state: State, act: Act) -> Change | None:
    """What `act` does in `state`; None where it is not possible."""
    return TABLE.get((state, act))
