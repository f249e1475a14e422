"""Notes: write together, look back, bring an old version back."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from tandemwerk.rooms.enums import NoteKind
from tandemwerk.rooms.errors import (
    AgendaThere,
    NoteStepBroken,
    NoteTooLong,
    RoomRowGone,
    RoomRowTaken,
    TooManyNotes,
)
from tandemwerk.rooms.merging import Document, StepBroken
from tandemwerk.rooms.models import Note, NoteUpdate, NoteVersion
from tandemwerk.rooms.selectors.notes import document_of, notes_of
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.writing import limit_of, row_add, row_change, row_restore, writing

MOST_NOTES = 100
LONGEST_TITLE = 200  # characters
LONGEST_TEXT = 200_000  # bytes
LARGEST_WHOLE = 1_000_000  # bytes of a document: its text, what was deleted, who wrote what
LARGEST_STEP = LARGEST_WHOLE  # a whole text with its past may come at once
MOST_STEPS = 100  # kept one by one before they become the snapshot
LARGEST_KEPT = 50_000  # bytes of new steps; with more, all become the snapshot at once
MOST_VERSIONS = 100
ONE_SITTING = timedelta(minutes=10)
Step = tuple[UUID, bytes]


@transaction.atomic
def note_add(
    *,
    room: Room,
    now: datetime,
    kind: NoteKind = NoteKind.SHARED,
    title: str = "",
    text: str = "",
    pk: UUID | None = None,
) -> Note:
    """A new note; a private one belongs to who writes it, and nobody else ever reads it.

    Raises TooManyNotes, NoteTooLong, AgendaThere, RoomReadOnly, RoomRowTaken. Nine queries.
    """
    room = writing(room, now)
    note = Note(id=pk or uuid4(), kind=kind, tandem=room.tandem)
    _must_fit(room, note)
    there = notes_of(room).filter(kind=NoteKind.TALK, held_at__isnull=True)
    if kind == NoteKind.TALK and there.exclude(pk=note.pk).exists():
        raise AgendaThere
    note.owner = room.me if kind == NoteKind.PRIVATE else None
    document = Document()
    document.rewrite(_plain(title, text))
    words = _fitting(document)
    note.snapshot = room.seal_bytes(note, document.whole(), "snapshot")
    row = row_add(room, note, {**words, "place": ""}, now)
    if row is note and any(words.values()):
        _version_keep(room, note, words, now, is_own=True)
    return row


@limit_of(Note)
def _must_fit(room: Room, note: Note) -> None:
    if notes_of(room).count() >= MOST_NOTES:
        raise TooManyNotes(most=MOST_NOTES)


@transaction.atomic
def note_steps_add(*, room: Room, note: Note, steps: Sequence[Step], now: datetime) -> Note:
    """Take steps in that a browser has made, each with an id of its own; a known id is left out.

    Returns the note as it is afterwards. Raises NoteStepBroken, NoteTooLong, RoomRowGone,
    RoomRowTaken, RoomReadOnly. Eleven queries, and some milliseconds to put the text together.
    """
    room = writing(room, now)
    note = _locked(room, note)
    known = dict(NoteUpdate.objects.filter(pk__in=dict(steps)).values_list("pk", "note"))
    if any(other != note.pk for other in known.values()):
        raise RoomRowTaken
    new = [(pk, step) for pk, step in dict(steps).items() if pk not in known]
    if not new:
        return note
    document = document_of(room, note)
    try:
        if any(len(step) > LARGEST_STEP for _pk, step in new):
            raise StepBroken
        document.apply(*(step for _pk, step in new))
    except StepBroken as error:
        raise NoteStepBroken from error
    return _take(room, note, document, new, now)


@transaction.atomic
def note_write(
    *, room: Room, note: Note, title: str, text: str, now: datetime, base: bytes = b""
) -> Note:
    """Make a note say this. With `base` (the document as the writer had it before them) only what
    they changed themselves is changed, and what others wrote meanwhile stays.

    Raises NoteTooLong, RoomRowGone, RoomReadOnly. Eleven queries.
    """
    room = writing(room, now)
    note = _locked(room, note)
    document = document_of(room, note)
    before, words = document.words, _plain(title, text)
    try:
        step = document.rewrite(words, base)
    except StepBroken:  # no document of ours: then what stands there now is the base
        document = document_of(room, note)
        step = document.rewrite(words)
    if document.words == before:
        return note
    return _take(room, note, document, [(uuid4(), step)], now)


@transaction.atomic
def note_version_restore(*, room: Room, note: Note, version: NoteVersion, now: datetime) -> Note:
    """Bring an old version back as a new step; what stood until now stays in the history.

    Raises RoomRowGone, RoomReadOnly. Eleven queries.
    """
    room = writing(room, now)
    note = _locked(room, note)
    words = room.open(version)
    document = document_of(room, note)
    step = document.rewrite({"title": words["title"], "text": words["text"]})
    return _take(room, note, document, [(uuid4(), step)], now, is_own=True)


@transaction.atomic
def note_bring_back(*, room: Room, note: Note, now: datetime) -> None:
    """Bring a removed note back. Raises AgendaThere if there is a new agenda by now, TooManyNotes.

    Eight queries.
    """
    room = writing(room, now)
    is_agenda = note.kind == NoteKind.TALK and note.held_at is None
    others = notes_of(room).filter(kind=NoteKind.TALK, held_at__isnull=True).exclude(pk=note.pk)
    if is_agenda and others.exists():
        raise AgendaThere
    row_restore(room=room, model=Note, pk=note.pk, now=now)


def _locked(room: Room, note: Note) -> Note:
    """The note as it is now, held until commit: its counter numbers the steps."""
    found = notes_of(room).select_for_update(of=("self",)).filter(pk=note.pk).first()
    if found is None:
        raise RoomRowGone
    return found


def _take(
    room: Room,
    note: Note,
    document: Document,
    steps: Sequence[Step],
    now: datetime,
    *,
    is_own: bool = False,
) -> Note:
    """Store steps that are in `document` already, and what the note says with them."""
    words = _fitting(document)
    NoteUpdate.objects.bulk_create(
        _update(room, note, number, step, now)
        for number, step in enumerate(steps, start=note.seq + 1)
    )
    note.seq += len(steps)
    fields = ["seq"]
    is_much = sum(len(step) for _pk, step in steps) > LARGEST_KEPT
    if is_much or note.seq - note.snapshot_seq >= MOST_STEPS:
        fields += _compact(room, note, document)
    before = room.open(note)
    if any(before[name] != words[name] for name in words):
        _version_keep(room, note, words, now, is_own=is_own)
    return row_change(room, note, now, {**before, **words}, fields)


def _update(room: Room, note: Note, number: int, step: Step, now: datetime) -> NoteUpdate:
    row = NoteUpdate(id=step[0], note=note, seq=number, tandem=room.tandem, author=room.me)
    row.created_at = row.changed_at = now
    row.body = room.seal_bytes(row, step[1])
    return row


def _compact(room: Room, note: Note, document: Document) -> list[str]:
    """All steps become the snapshot; it no longer holds the characters that were deleted."""
    note.snapshot = room.seal_bytes(note, document.whole(), "snapshot")
    note.snapshot_seq = note.seq
    NoteUpdate.objects.filter(note=note).delete()
    return ["snapshot", "snapshot_seq"]


def _version_keep(
    room: Room, note: Note, words: Mapping[str, str], now: datetime, *, is_own: bool
) -> None:
    """Note how somebody left the text: one version for each sitting of each person.

    A sitting goes on while nobody else writes, or while the text only grows: what somebody took
    away always stays in an older version.
    """
    rows = room.rows(NoteVersion).filter(note=note)
    mine = rows.filter(author=room.me, created_at__gt=now - ONE_SITTING).first()
    if mine is not None and not is_own:
        is_last = not rows.filter(changed_at__gt=mine.changed_at).exists()
        if is_last or len(words["text"]) >= len(room.open(mine)["text"]):
            row_change(room, mine, now, words)
            return
    row_add(room, NoteVersion(note=note), words, now)
    old = rows.order_by("-changed_at", "pk").values_list("pk", flat=True)[MOST_VERSIONS:]
    if too_old := list(old):
        NoteVersion.objects.filter(pk__in=too_old).delete()


def _plain(title: str, text: str) -> dict[str, str]:
    """Line ends as browsers have them inside, and a title of one line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return {"title": " ".join(title.replace("\0", "").split()), "text": text}


def _fitting(document: Document) -> dict[str, str]:
    words = document.words
    if len(words["text"].encode()) > LONGEST_TEXT or len(words["title"]) > LONGEST_TITLE:
        raise NoteTooLong(most=LONGEST_TEXT, title=LONGEST_TITLE)
    if len(document.whole()) > LARGEST_WHOLE:  # much that nobody sees
        raise NoteTooLong(most=LONGEST_TEXT, title=LONGEST_TITLE)
    return words
