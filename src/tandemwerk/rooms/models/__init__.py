from tandemwerk.rooms.models.agreement import Agreement, AgreementSignature
from tandemwerk.rooms.models.closing import ClosingWords
from tandemwerk.rooms.models.content import RoomContent, content_models, place_of
from tandemwerk.rooms.models.files import RoomFile
from tandemwerk.rooms.models.goals import ActionItem, Goal, GoalStep
from tandemwerk.rooms.models.key import RoomKey
from tandemwerk.rooms.models.notes import Note, NoteUpdate, NoteVersion
from tandemwerk.rooms.models.reviews import Review, ReviewAnswer

__all__ = [
    "ActionItem",
    "Agreement",
    "AgreementSignature",
    "ClosingWords",
    "Goal",
    "GoalStep",
    "Note",
    "NoteUpdate",
    "NoteVersion",
    "Review",
    "ReviewAnswer",
    "RoomContent",
    "RoomFile",
    "RoomKey",
    "content_models",
    "place_of",
]
