"""What a member may take out of the room for a report: a registry, so that nothing slips in.

A part of the room that can be shown to safeguarding people registers a reader in `rooms/parts.py`::

    disclosable("goal", _("Goal"), goals, of=(Goal, GoalStep))

`goals(room)` gives the rows the member reads anyway, in plain words; whatever has no reader can't
be taken along. Kinds and fields are kept as codes, so each reader gets their names in the own
language. Private notes of somebody else have no reader.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tandemwerk.rooms.models import RoomContent
from tandemwerk.rooms.selectors.room import Room, Row

LONGEST_HEADING = 120
# What a line of a row is; a line without a name of its own says it by itself.
FIELDS: dict[str, str | Promise] = {
    "text": "",
    "why": _("Why?"),
    "level": _("Level"),
    "step": _("Where you stood"),
    "met_on": _("Day"),
    "place": _("Place"),
    "version": _("Version"),
    "signature": _("Signed by"),
    "question": _("Question"),
    "answer": pgettext_lazy("said", "Answer"),
    "thanks": _("Thanks"),
    "stays": _("What stays"),
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a row; `read` gives its bytes when they are needed."""

    name: str
    media_type: str
    read: Callable[[], bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing a row says. `field`: a code out of `FIELDS`; `by` and `on` where they differ."""

    field: str
    text: str
    by: str = ""
    on: datetime | None = None

    @property
    def label(self) -> str:
        """What the line is, in the reader's language."""
        return str(FIELDS.get(self.field, ""))


def heading_of(title: str, lines: Sequence[Line]) -> str:
    """What a row is called in a list: its title, its version, or how it begins."""
    if title:
        return title
    for line in lines:
        if line.field == "version":
            return gettext("Version %(number)s") % {"number": line.text}
    first = next((line.text for line in lines if line.text), "")
    return first[:LONGEST_HEADING]


@dataclass(frozen=True, slots=True)
class Words:
    """One row as its reader found it: nothing but what people wrote, and codes for the rest."""

    id: UUID
    title: str
    lines: Sequence[Line]
    by: str  # who wrote it, as the room names people; empty once the account is gone
    on: datetime
    attachment: Attachment | None = None

    @property
    def heading(self) -> str:
        return heading_of(self.title, self.lines)


@dataclass(frozen=True, slots=True)
class Disclosable:
    """One row with its kind; `key` names it in forms and addresses."""

    kind: str
    words: Words

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.words.id}"

    @property
    def label(self) -> str:
        """What kind of row it is, in the reader's language."""
        return kind_label(self.kind)


Reader = Callable[[Room], Iterable[Words]]


@dataclass(frozen=True, slots=True)
class Kind:
    """What was registered for one kind of row."""

    label: str | Promise
    reader: Reader
    of: Sequence[type[RoomContent]]


_kinds: dict[str, Kind] = {}


def disclosable(
    kind: str, label: str | Promise, reader: Reader, *, of: Sequence[type[RoomContent]]
) -> None:
    """Let rows of one kind be taken along. Registering twice replaces.

    `kind`: a slug, kept in cases for years. `of`: the models whose words the rows give.
    """
    _kinds[kind] = Kind(label, reader, of)


def kind_label(kind: str) -> str:
    """The name of a kind in the reader's language; empty for one that nobody registered."""
    return str(_kinds[kind].label) if kind in _kinds else ""


def disclosable_models() -> set[type[RoomContent]]:
    """Every model whose words can be taken along."""
    return {model for kind in _kinds.values() for model in kind.of}


def disclosable_rows(room: Room, only: Collection[str] | None = None) -> list[Disclosable]:
    """What the member may take along, by kind and in order; `only`: kinds that are wanted.

    Queries: those of the readers, two to four each.
    """
    return [
        Disclosable(name, words)
        for name, kind in _kinds.items()
        if only is None or name in only
        for words in kind.reader(room)
    ]


def written(room: Room, model: type[Row]) -> Iterator[tuple[Row, str]]:
    """Rows of one kind with the name of who wrote them, oldest first. One query."""
    for row in room.rows(model).select_related("author__user"):
        yield row, row.author.user.name if row.author else ""
