"""What a member may take out of the room for a report: a registry, so that nothing slips in.

A part of the room that can be shown to safeguarding people registers a reader here::

    disclosable("goal", _("Goal"), goals)

`goals(room)` gives the rows the member reads anyway, in plain words; whatever has no reader can't
be taken along. Private notes of somebody else have none.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tandemwerk.rooms.models import ActionItem, Goal, GoalStep
from tandemwerk.rooms.selectors.room import Room, Row


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a row; `read` gives its bytes when they are needed."""

    name: str
    media_type: str
    read: Callable[[], bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Words:
    """One row as its reader found it."""

    id: UUID
    title: str
    text: str
    by: str  # who wrote it, as the room names people
    on: datetime
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Disclosable:
    """One row with its kind; `key` names it in forms and addresses."""

    kind: str
    label: str | Promise
    words: Words

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.words.id}"


Reader = Callable[[Room], Iterable[Words]]
_readers: dict[str, tuple[str | Promise, Reader]] = {}


def disclosable(kind: str, label: str | Promise, reader: Reader) -> None:
    """Let rows of one kind be taken along; `kind` is a slug. Registering twice replaces."""
    _readers[kind] = (label, reader)


def disclosable_rows(room: Room, only: Collection[str] | None = None) -> list[Disclosable]:
    """What the member may take along, by kind and in order; `only`: kinds that are wanted.

    Queries: those of the readers, two each.
    """
    return [
        Disclosable(kind, label, words)
        for kind, (label, reader) in _readers.items()
        if only is None or kind in only
        for words in reader(room)
    ]


def written(room: Room, model: type[Row]) -> Iterator[tuple[Row, str]]:
    """Rows of one kind with the name of who wrote them, oldest first. One query."""
    for row in room.rows(model).select_related("author__user"):
        yield row, row.author.user.name if row.author else ""


def goals(room: Room) -> Iterator[Words]:
    """Goals with their levels and what was said about them. Two queries."""
    notes: dict[UUID, list[str]] = {}
    for step, by in written(room, GoalStep):
        said = room.open(step)["note"]
        if said:
            notes.setdefault(step.goal_id, []).append(f"{step.created_at:%Y-%m-%d} {by}: {said}")
    for goal, by in written(room, Goal):
        words = room.open(goal)
        levels = [f"{int(at):+d}: {text}" for at, text in sorted(words["levels"].items()) if text]
        text = "\n".join(filter(None, [words["why"], *levels, *notes.get(goal.pk, ())]))
        yield Words(goal.pk, words["title"], text, by, goal.created_at)


def action_items(room: Room) -> Iterator[Words]:
    """Tasks. One query."""
    for item, by in written(room, ActionItem):
        yield Words(item.pk, room.open(item)["text"], "", by, item.created_at)


disclosable("goal", _("Goal"), goals)
disclosable("task", _("Task"), action_items)
