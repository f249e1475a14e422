from tandemwerk.rooms.models.agreement import Agreement, AgreementSignature
from tandemwerk.rooms.models.closing import ClosingWords
from tandemwerk.rooms.models.content import RoomContent, place_of
from tandemwerk.rooms.models.goals import ActionItem, Goal, GoalStep
from tandemwerk.rooms.models.key import RoomKey
from tandemwerk.rooms.models.reviews import Review, ReviewAnswer

__all__ = [
    "ActionItem",
    "Agreement",
    "AgreementSignature",
    "ClosingWords",
    "Goal",
    "GoalStep",
    "Review",
    "ReviewAnswer",
    "RoomContent",
    "RoomKey",
    "place_of",
]
