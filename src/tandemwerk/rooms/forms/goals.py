"""Forms for goals and tasks."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tandemwerk.rooms.enums import GoalLevel
from tandemwerk.rooms.models import ActionItem
from tandemwerk.rooms.selectors.goals import GoalRead
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services import action_items, goals
from tandemwerk.rooms.services.goals import GoalWords

LEVEL_HINTS = {
    -2: _("for example: it has not moved at all"),
    -1: _("for example: begun, but not far"),
    0: _("what you realistically hope for"),
    1: _("for example: sooner, or further than hoped for"),
    2: _("for example: a success you would tell others about"),
}


def date_field(label: Any, **options: Any) -> forms.DateField:
    """An optional day, entered with the browser's own calendar."""
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Enter a day that exists, or leave it empty.")},
        **options,
    )


class GoalForm(forms.Form):
    """A goal with its five levels; only the title is needed."""

    title = forms.CharField(
        label=_("What do you want to reach?"),
        max_length=goals.LONGEST_TITLE,
        error_messages={"required": _("Say in a few words what you want to reach.")},
    )
    why = forms.CharField(
        label=_("Why does it matter?"),
        required=False,
        max_length=goals.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = date_field(_("Until when?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level in GoalLevel:
            self.fields[f"level_{level.value}"] = forms.CharField(
                label=level.label,
                help_text=LEVEL_HINTS[level.value],
                required=False,
                max_length=goals.LONGEST_TEXT,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def low_levels(self) -> list[forms.BoundField]:
        """The two levels below what one hopes for."""
        return [self["level_-1"], self["level_-2"]]

    @classmethod
    def initial_of(cls, goal: GoalRead) -> dict[str, Any]:
        """A goal as the form shows it for changing."""
        levels = {f"level_{level}": text for level, text in goal.levels.items()}
        return {"title": goal.title, "why": goal.why, "due_on": goal.due_on, **levels}

    def act(self) -> dict[str, Any]:
        """Arguments for the services."""
        data: Mapping[str, Any] = self.cleaned_data
        levels = {str(level.value): data[f"level_{level.value}"] for level in GoalLevel}
        words = GoalWords(
            title=data["title"],
            why=data["why"],
            levels={level: text for level, text in levels.items() if text},
        )
        return {"words": words, "due_on": data["due_on"]}


class GoalStepForm(forms.Form):
    """Where the two stand now."""

    level = forms.TypedChoiceField(
        label=_("Where do you stand?"),
        choices=GoalLevel.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the five levels.")},
    )
    note = forms.CharField(
        label=_("What made the difference?"),
        required=False,
        max_length=goals.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, goal: GoalRead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (level.value, goal.levels.get(level.value) or level.label) for level in GoalLevel
        ]
        self.fields["level"].choices = choices  # type: ignore[attr-defined]  # it is a choice field


class ActionItemForm(forms.Form):
    """A task: what, who, until when, for which goal."""

    text = forms.CharField(
        label=_("What is to be done?"),
        max_length=action_items.LONGEST_TEXT,
        error_messages={"required": _("Say what is to be done.")},
    )
    owner = forms.ChoiceField(label=_("Who?"), required=False)
    due_on = date_field(_("Until when?"))
    goal = forms.ChoiceField(label=_("For which goal?"), required=False)

    def __init__(self, *args: Any, room: Room, goals: list[GoalRead], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room = room
        people = [(str(m.pk), m.user.short_name) for m in room.members if m.pk != room.me.pk]
        mine = (str(room.me.pk), _("Me"))
        self.fields["owner"].choices = [mine, *people, ("", _("All of us"))]  # type: ignore[attr-defined]
        self.fields["goal"].choices = [  # type: ignore[attr-defined]  # both are choice fields
            ("", _("None")),
            *((str(goal.id), goal.title) for goal in goals),
        ]

    @classmethod
    def initial_of(cls, item: ActionItem, text: str) -> dict[str, Any]:
        """A task as the form shows it for changing."""
        return {
            "text": text,
            "owner": str(item.owner_id or ""),
            "due_on": item.due_on,
            "goal": str(item.goal_id or ""),
        }

    def act(self) -> dict[str, Any]:
        """Arguments for the services; the goal as id."""
        data = self.cleaned_data
        owner = next((m for m in self.room.members if str(m.pk) == data["owner"]), None)
        due_on: date | None = data["due_on"]
        return {"text": data["text"], "owner": owner, "due_on": due_on}
