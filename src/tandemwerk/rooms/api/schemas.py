"""Shapes that the API of rooms takes and gives."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema

from tandemwerk.core.shapes import Body, Said
from tandemwerk.rooms.enums import GoalState
from tandemwerk.rooms.selectors.goals import ActionItemRead
from tandemwerk.rooms.services import action_items, goals
from tandemwerk.rooms.services.goals import GoalWords

Text = Annotated[str, Field(max_length=goals.LONGEST_TEXT)]
OWN_ID = Field(None, description="A random id (UUID) of your own; sending it again is harmless.")


class LevelsIn(Body):
    """Goal Attainment Scaling; leave out what the two have not described."""

    much_less: Text = ""
    less: Text = ""
    expected: Text = ""
    more: Text = ""
    much_more: Text = ""

    def by_level(self) -> dict[str, str]:
        """As the services take them."""
        texts = {
            "-2": self.much_less,
            "-1": self.less,
            "0": self.expected,
            "1": self.more,
            "2": self.much_more,
        }
        return {level: text for level, text in texts.items() if text}


class GoalIn(Body):
    title: Said = Field(max_length=goals.LONGEST_TITLE)
    why: Text = ""
    levels: LevelsIn = LevelsIn()
    due_on: date | None = None

    def act(self) -> dict[str, Any]:
        """Arguments for the services."""
        words = GoalWords(title=self.title, why=self.why, levels=self.levels.by_level())
        return {"words": words, "due_on": self.due_on}


class NewGoalIn(GoalIn):
    id: UUID | None = OWN_ID


class GoalStepIn(Body):
    level: int = Field(ge=-2, le=2)
    note: Text = ""


class GoalStateIn(Body):
    state: GoalState


class GoalStepOut(Schema):
    level: int
    note: str
    on: datetime


class GoalOut(Schema):
    id: UUID
    title: str
    why: str
    levels: dict[int, str] = Field(description="Text by level, -2 to 2.")
    level: int | None = Field(description="Where the two stand; null until they say so.")
    state: GoalState
    due_on: date | None
    steps: list[GoalStepOut]
    changed_at: datetime


class ActionItemIn(Body):
    text: Said = Field(max_length=action_items.LONGEST_TEXT)
    owner_id: int | None = Field(None, description="A member of the room; null: all of them.")
    goal_id: UUID | None = None
    due_on: date | None = None


class NewActionItemIn(ActionItemIn):
    id: UUID | None = OWN_ID


class DoneIn(Body):
    is_done: bool = True


class ActionItemOut(Schema):
    id: UUID
    text: str
    owner_id: int | None
    is_mine: bool
    goal_id: UUID | None
    due_on: date | None
    done_at: datetime | None
    changed_at: datetime

    @staticmethod
    def resolve_owner_id(item: ActionItemRead) -> int | None:
        return None if item.owner is None else item.owner.pk
