"""Everything of a room as a member may take it along for a report."""

from collections.abc import Iterable, Iterator
from functools import partial
from uuid import UUID

from tandemwerk.rooms.models import (
    ActionItem,
    Agreement,
    ClosingWords,
    Goal,
    GoalStep,
    Note,
    NoteVersion,
    RoomContent,
    RoomFile,
)
from tandemwerk.rooms.selectors.agreement import AgreementRead, agreements_read
from tandemwerk.rooms.selectors.closing import closing_read
from tandemwerk.rooms.selectors.disclosable import Attachment, Line, Words, written
from tandemwerk.rooms.selectors.files import file_read
from tandemwerk.rooms.selectors.notes import NoteRead, note_read, notes_of
from tandemwerk.rooms.selectors.reviews import ReviewRead, Voice, reviews_read
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.files import file_open


def goals(room: Room) -> Iterator[Words]:
    """Goals with their levels and what was said about them. Two queries."""
    said: dict[UUID, list[Line]] = {}
    for step, by in written(room, GoalStep):
        line = Line(
            "step", f"{step.level:+d} {room.open(step)['note']}".strip(), by, step.created_at
        )
        said.setdefault(step.goal_id, []).append(line)
    for goal, by in written(room, Goal):
        words = room.open(goal)
        levels = sorted(((int(at), text) for at, text in words["levels"].items()), reverse=True)
        lines = [
            Line("why", words["why"]),
            *(Line("level", f"{at:+d} {text}") for at, text in levels if text),
            *said.get(goal.pk, ()),
        ]
        yield _words(goal, words["title"], lines, by)


def action_items(room: Room) -> Iterator[Words]:
    """Tasks. One query."""
    for item, by in written(room, ActionItem):
        yield _words(item, room.open(item)["text"], [], by)


def notes(room: Room) -> Iterator[Words]:
    """Shared notes and the own private ones; never somebody else's. One query."""
    for note, read, by in _notes(room):
        if not read.is_talk:
            yield _words(note, read.title, [Line("text", read.text)], by)


def talks(room: Room) -> Iterator[Words]:
    """Agendas and minutes. One query."""
    for note, read, by in _notes(room):
        if read.is_talk:
            day = read.met_on.isoformat() if read.met_on else ""
            lines = [Line("text", read.text), Line("met_on", day), Line("place", read.place)]
            yield _words(note, read.title, lines, by)


def _notes(room: Room) -> Iterator[tuple[Note, NoteRead, str]]:
    for note in notes_of(room).select_related("author__user").defer("snapshot"):
        yield note, note_read(room, note), note.author.user.name if note.author else ""


def versions(room: Room) -> Iterator[Words]:
    """Notes as they were before: what somebody wrote and took away again. Two queries."""
    now = {note.pk: room.open(note) for note in notes_of(room).defer("snapshot")}
    for row, by in written(room, NoteVersion):
        words = room.open(row)
        present = now.get(row.note_id)
        if present and any(words[name] != present[name] for name in ("title", "text")):
            yield Words(row.pk, words["title"], [Line("text", words["text"])], by, row.changed_at)


def agreements(room: Room) -> Iterator[Words]:
    """Every version as it reads with its gaps filled, and who signed it. Three queries."""
    versions = {version.id: version for version in agreements_read(room).versions}
    for row, by in written(room, Agreement):
        yield _words(row, "", _agreement_lines(versions[row.pk]), by)


def _agreement_lines(version: AgreementRead) -> Iterator[Line]:
    yield Line("version", str(version.number))
    text = "\n\n".join(f"{each.lead} {each.text}".strip() for each in version.paragraphs)
    yield Line("text", text)
    for signature in version.signatures:
        yield Line("signature", signature.name, on=signature.on)


def reviews(room: Room) -> Iterator[Words]:
    """What each member said looking back, as far as the reader may read it. Two queries."""
    for review in reviews_read(room):
        for voice in review.voices:
            if voice.id is not None and any(voice.answers):
                by = voice.member.user.name if voice.member else ""
                yield Words(voice.id, "", list(_said(review, voice)), by, review.began_at)


def _said(review: ReviewRead, voice: Voice) -> Iterator[Line]:
    for question, answer in zip(review.questions, voice.answers, strict=True):
        if answer:
            yield Line("question", question)
            yield Line("answer", answer)


def closing(room: Room) -> Iterator[Words]:
    """The own last words, and thanks of the others once they may be read. Five queries."""
    read = closing_read(room)
    thanks = {each.id: each.text for each in read.received}
    for row, by in written(room, ClosingWords):
        if row.pk in thanks:
            yield _words(row, "", [Line("thanks", thanks[row.pk])], by)
        elif row.author_id == room.me.pk:
            yield _words(row, "", [Line("thanks", read.thanks), Line("stays", read.stays)], by)


def files(room: Room) -> Iterator[Words]:
    """Files with their name; what is in one is read when it is sent. One query."""
    for row, by in written(room, RoomFile):
        read = file_read(room, row)
        attachment = Attachment(read.name, read.type, partial(file_open, room, row))
        yield Words(row.pk, read.name, [], by, row.created_at, attachment)


def _words(row: RoomContent, title: str, lines: Iterable[Line], by: str) -> Words:
    """A row by its own id and day, without lines that say nothing."""
    said = [line for line in lines if line.text]
    return Words(row.pk, title, said, by, row.created_at)
