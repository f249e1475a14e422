from tandemwerk.rooms.models.content import RoomContent, content_models, place_of
from tandemwerk.rooms.models.files import RoomFile
from tandemwerk.rooms.models.goals import ActionItem, Goal, GoalStep
from tandemwerk.rooms.models.key import RoomKey

__all__ = [
    "ActionItem",
    "Goal",
    "GoalStep",
    "RoomContent",
    "RoomFile",
    "RoomKey",
    "content_models",
    "place_of",
]
