from tandemwerk.rooms.models.content import RoomContent, place_of
from tandemwerk.rooms.models.goals import ActionItem, Goal, GoalStep
from tandemwerk.rooms.models.key import RoomKey

__all__ = ["ActionItem", "Goal", "GoalStep", "RoomContent", "RoomKey", "place_of"]
