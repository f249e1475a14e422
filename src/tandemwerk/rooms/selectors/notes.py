"""Notes and talks of a room in plain words, for those who may read them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from tandemwerk.core.markdown import markdown_html
from tandemwerk.rooms.comparing import Work
from tandemwerk.rooms.differences import Changes, paragraphs_of, what_changed
from tandemwerk.rooms.enums import NoteKind
from tandemwerk.rooms.merging import Document
from tandemwerk.rooms.models import Note, NoteUpdate, NoteVersion
from tandemwerk.rooms.points import Point, points, without_points
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.tandems.models import TandemMember
from tandemwerk.tandems.selectors.page import phase_now

_EXCERPT = 140
_WORK_OF_HISTORY = 2_000_000  # steps for all comparisons of a page, about a second
_MARK = re.compile(r"^[ \t]*(?:[-*] \[[ xX]\]|#+|[-*>]|\d+\.)[ \t]+", re.MULTILINE)
_SIGNS = re.compile(r"[*_`~]{2,}|(?<!\w)[*_`](?=\S)|(?<=\S)[*_`](?!\w)")
# No bracket inside and no more than so many signs: a text of nothing but brackets stays cheap.
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\([^)\s]{0,2000}\)")
_LOOKED_AT = 2_000  # characters of a text; enough for a name and an excerpt


def _plain(text: str) -> str:
    """How a text begins, without the signs of Markdown, for a line in a list."""
    begin = text.lstrip()[:_LOOKED_AT]
    return _LINK.sub(r"\1", _SIGNS.sub("", _MARK.sub("", begin))).strip()


@dataclass(frozen=True, slots=True)
class NoteRead:
    """A note as a member reads it. `met_on`, `place` and `held_at` belong to talks."""

    id: UUID
    kind: NoteKind
    title: str
    text: str
    place: str
    met_on: date | None
    held_at: datetime | None
    created_at: datetime
    changed_at: datetime

    @property
    def name(self) -> str:
        """What the note is called; a talk by its day, a nameless note by its first words."""
        if self.kind == NoteKind.TALK:
            return self._name_of_talk
        first = _plain(self.text).partition("\n")[0]
        return self.title or first[:60] or gettext("Without a title")

    @property
    def _name_of_talk(self) -> str:
        if self.held_at is None:
            return gettext("Our next talk")
        day = date_format(self.met_on or self.held_at, "DATE_FORMAT")
        return gettext("Talk of %(day)s") % {"day": day}

    @property
    def is_private(self) -> bool:
        return self.kind == NoteKind.PRIVATE

    @property
    def is_talk(self) -> bool:
        return self.kind == NoteKind.TALK

    @property
    def excerpt(self) -> str:
        """Its first words in one line, without those it is called by."""
        lines = _plain(self.text).splitlines()
        is_named = self.title or self.is_talk
        line = " ".join(" ".join(lines if is_named else lines[1:]).split())
        return line if len(line) <= _EXCERPT else line[:_EXCERPT].rsplit(" ", 1)[0] + " …"

    @property
    def html(self) -> SafeString:
        return markdown_html(self.text, keeps_lines=True)

    @property
    def rest_html(self) -> SafeString:
        """What stands beside the points."""
        return markdown_html(without_points(self.text), keeps_lines=True)

    @property
    def points(self) -> list[Point]:
        return points(self.text)


@dataclass(frozen=True, slots=True)
class VersionRead:
    """How `who` left a note (None: somebody who is gone), and whether it stands so now."""

    id: UUID
    title: str
    text: str
    who: TandemMember | None
    at: datetime
    is_present: bool


def notes_of(room: Room) -> QuerySet[Note]:
    """Notes the member may read: the shared ones, the talks, and the own private ones."""
    return room.rows(Note).filter(Q(owner__isnull=True) | Q(owner=room.me))


def notes_read(room: Room, *kinds: NoteKind) -> list[NoteRead]:
    """Notes of these kinds, all without one; the last changed first. One query."""
    rows = notes_of(room)
    rows = rows.filter(kind__in=kinds) if kinds else rows
    return [note_read(room, row) for row in rows.defer("snapshot")]


def note_or_404(room: Room, pk: UUID) -> Note:
    """One note the member may read; Http404 without it. One query."""
    return get_object_or_404(notes_of(room), pk=pk)


def removed_note_or_404(room: Room, pk: UUID) -> Note:
    """A note the member may bring back, removed or not; Http404 without it. One query."""
    mine = Q(owner__isnull=True) | Q(owner=room.me)
    return get_object_or_404(Note.objects.filter(mine, tandem=room.tandem), pk=pk)


def note_read(room: Room, note: Note) -> NoteRead:
    """One note in plain words. No query."""
    words = room.open(note)
    return NoteRead(
        id=note.pk,
        kind=NoteKind(note.kind),
        title=words["title"],
        text=words["text"],
        place=words.get("place", ""),
        met_on=note.met_on,
        held_at=note.held_at,
        created_at=note.created_at,
        changed_at=note.changed_at,
    )


def steps_after(room: Room, note: Note, after: int) -> list[bytes]:
    """Every step after number `after`, oldest first; begins with the snapshot if that is newer.

    All of it for -1. One query. Steps come up to number `note.seq` as it was read.
    """
    begin = max(after, note.snapshot_seq)
    rows = NoteUpdate.objects.filter(note=note, seq__gt=begin, seq__lte=note.seq)
    steps = [room.open_bytes(row, bytes(row.body)) for row in rows]
    if after >= note.snapshot_seq:
        return steps
    return [room.open_bytes(note, bytes(note.snapshot), "snapshot"), *steps]


def document_of(room: Room, note: Note) -> Document:
    """The note's document with every step in it. One query, about a millisecond a page of text."""
    return Document(steps_after(room, note, -1))


def history_read(room: Room, note: Note) -> list[VersionRead]:
    """Who had the note how, the newest first. One query."""
    return _histories(room, [note]).get(note.pk, [])


def with_changes(
    versions: Sequence[VersionRead],
) -> list[tuple[VersionRead, Changes | None]]:
    """Each version, the newest first, with what changed since the one before it.

    None for the oldest that is kept. No query; about a second where everything was made to differ.
    """
    work = Work(_WORK_OF_HISTORY)
    texts = [paragraphs_of(f"{version.title}\n{version.text}") for version in versions]
    return [
        (version, what_changed(texts[at + 1], texts[at], work) if at + 1 < len(texts) else None)
        for at, version in enumerate(versions)
    ]


def histories_read(room: Room) -> dict[UUID, list[VersionRead]]:
    """The history of every note the member may read, by the note's id. Two queries."""
    return _histories(room, notes_of(room).defer("snapshot"))


def _histories(room: Room, notes: Iterable[Note]) -> dict[UUID, list[VersionRead]]:
    now = {note.pk: room.open(note) for note in notes}
    people = {member.pk: member for member in room.tandem.members.all()}
    found: dict[UUID, list[VersionRead]] = {}
    for row in room.rows(NoteVersion).filter(note__in=now):
        words, present = room.open(row), now[row.note_id]
        is_present = all(words[name] == present[name] for name in ("title", "text"))
        who = people.get(row.author_id or 0)
        version = VersionRead(
            row.pk, words["title"], words["text"], who, row.changed_at, is_present
        )
        found.setdefault(row.note_id, []).append(version)
    return found


def version_or_404(room: Room, note: Note, pk: UUID) -> NoteVersion:
    """One version of a note; Http404 without it. One query."""
    return get_object_or_404(room.rows(NoteVersion).filter(note=note), pk=pk)


def talk_or_404(room: Room, pk: UUID) -> Note:
    """A talk, agenda or minutes; Http404 without it. One query."""
    note = note_or_404(room, pk)
    if note.kind != NoteKind.TALK:
        raise Http404
    return note


def talks_read(room: Room) -> tuple[NoteRead | None, Sequence[NoteRead]]:
    """The agenda of the next talk, if there is one, and minutes, the newest first. One query."""
    found = notes_read(room, NoteKind.TALK)
    minutes = [talk for talk in found if talk.held_at is not None]
    minutes.sort(key=lambda talk: talk.held_at or talk.created_at, reverse=True)
    return next((talk for talk in found if talk.held_at is None), None), minutes


def starters(room: Room, talk: NoteRead | None, now: datetime) -> list[str]:
    """Openings and questions of the present phase that are not on the agenda `talk` yet.

    In the reader's language. No query.
    """
    phase = phase_now(room.tandem, room.me.user, now)
    if phase is None:
        return []
    language = (get_language() or "de")[:2]
    there = {point.text for point in talk.points} if talk else set()
    found = [
        text
        for texts in (phase.starters, phase.questions)
        for text in texts.get(language) or texts.get("de") or ()
        if text not in there
    ]
    return list(dict.fromkeys(found))
