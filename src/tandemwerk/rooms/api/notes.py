"""Notes and talks of a room for their members' own programs."""

import base64
import binascii
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status
from pydantic import model_validator

from tandemwerk.core.shapes import Body, Page, Paging, page_of
from tandemwerk.people.requests import person, unfit
from tandemwerk.rooms.api.schemas import OWN_ID
from tandemwerk.rooms.enums import NoteKind
from tandemwerk.rooms.merging import Document, StepBroken
from tandemwerk.rooms.models import Note
from tandemwerk.rooms.selectors.notes import (
    NoteRead,
    VersionRead,
    document_of,
    history_read,
    note_or_404,
    note_read,
    notes_read,
    talk_or_404,
    version_or_404,
)
from tandemwerk.rooms.selectors.room import Room, room_or_404
from tandemwerk.rooms.services import notes, talks
from tandemwerk.rooms.services.notes import note_add, note_version_restore, note_write
from tandemwerk.rooms.services.talks import talk_hold, talk_plan
from tandemwerk.rooms.services.writing import row_remove

router = Router()
ROOM = "/tandems/{int:tandem_pk}"
NOTE = ROOM + "/notes/{uuid:note_pk}"
VERSION = NOTE + "/history/{uuid:version_pk}"
TALK = ROOM + "/talks/{uuid:talk_pk}"


class NoteIn(Body):
    body: str = Field(max_length=notes.LONGEST_TEXT, description="Markdown.")
    title: str = Field("", max_length=notes.LONGEST_TITLE)


class NewNoteIn(NoteIn):
    id: UUID | None = OWN_ID
    kind: NoteKind = NoteKind.SHARED

    @model_validator(mode="after")
    def says_something(self) -> "NewNoteIn":
        """A note with neither title nor words is a mistake of the program."""
        if self.kind != NoteKind.TALK and not (self.body.strip() or self.title.strip()):
            raise ValueError(_("A note needs words or a title."))
        return self


class NoteChangeIn(NoteIn):
    base: str = Field(
        "",
        max_length=4 * notes.LARGEST_STEP,
        description="As the note had it when you read it. With it, only what you changed is "
        "changed, and what others wrote meanwhile stays.",
    )


class TalkPlanIn(Body):
    on: date | None = None
    place: str = Field("", max_length=talks.LONGEST_PLACE)


class NoteOut(Schema):
    id: UUID
    kind: NoteKind
    title: str
    body: str = Field(alias="text", description="Markdown.")
    met_on: date | None = Field(description="Day of a talk.")
    place: str
    held_at: datetime | None = Field(description="When an agenda became the minutes.")
    created_at: datetime
    changed_at: datetime


class NoteWithBase(NoteOut):
    base: str = Field(description="Hand it back when you change the note.")


class VersionOut(Schema):
    id: UUID
    title: str
    body: str = Field(alias="text")
    member_id: int | None = Field(description="Who left it so; null: somebody who is gone.")
    at: datetime
    is_present: bool

    @staticmethod
    def resolve_member_id(version: VersionRead) -> int | None:
        return None if version.who is None else version.who.pk


@router.get(f"{ROOM}/notes", response=Page[NoteOut], url_name="note_list")
def note_list(request: HttpRequest, tandem_pk: int, wanted: Query[Paging]) -> dict[str, Any]:
    """Shared notes, talks and your own private notes, the last changed first."""
    return page_of(notes_read(_room(request, tandem_pk)), wanted)


@router.post(f"{ROOM}/notes", response={201: NoteWithBase}, url_name="note_list")
def note_create(request: HttpRequest, tandem_pk: int, data: NewNoteIn) -> Status[dict[str, Any]]:
    """Write a note. Of kind `talk` there is one agenda at a time."""
    note = note_add(
        room=_room(request, tandem_pk),
        now=timezone.now(),
        kind=data.kind,
        title=data.title,
        text=data.body,
        pk=data.id,
    )
    return Status(201, note_detail(request, tandem_pk, note.pk))


@router.get(NOTE, response=NoteWithBase, url_name="note_detail")
def note_detail(request: HttpRequest, tandem_pk: int, note_pk: UUID) -> dict[str, Any]:
    """One note, with what a later change is based on."""
    room = _room(request, tandem_pk)
    return _with_base(room, note_or_404(room, note_pk))


@router.put(NOTE, response=NoteWithBase, url_name="note_detail")
def note_replace(
    request: HttpRequest, tandem_pk: int, note_pk: UUID, data: NoteChangeIn
) -> dict[str, Any]:
    """Say a note differently, together with what others write."""
    room = _room(request, tandem_pk)
    note = note_or_404(room, note_pk)
    note_write(
        room=room,
        note=note,
        title=data.title,
        text=data.body,
        base=_base(data.base),
        now=timezone.now(),
    )
    return note_detail(request, tandem_pk, note_pk)


@router.delete(NOTE, response={204: None}, url_name="note_detail")
def note_delete(request: HttpRequest, tandem_pk: int, note_pk: UUID) -> Status[None]:
    """Remove a note."""
    room = _room(request, tandem_pk)
    row_remove(room=room, row=note_or_404(room, note_pk), now=timezone.now())
    return Status(204, None)


@router.get(f"{NOTE}/history", response=Page[VersionOut], url_name="note_history")
def note_history(
    request: HttpRequest, tandem_pk: int, note_pk: UUID, wanted: Query[Paging]
) -> dict[str, Any]:
    """Who left the note how, the newest first."""
    room = _room(request, tandem_pk)
    return page_of(history_read(room, note_or_404(room, note_pk)), wanted)


@router.post(f"{VERSION}/restore", response=NoteWithBase, url_name="note_version_restore")
def note_restore(
    request: HttpRequest, tandem_pk: int, note_pk: UUID, version_pk: UUID
) -> dict[str, Any]:
    """Bring an older version back; the present one stays in the history."""
    room = _room(request, tandem_pk)
    note = note_or_404(room, note_pk)
    version = version_or_404(room, note, version_pk)
    note_version_restore(room=room, note=note, version=version, now=timezone.now())
    return note_detail(request, tandem_pk, note_pk)


@router.put(f"{TALK}/plan", response=NoteWithBase, url_name="talk_plan")
def talk_change(
    request: HttpRequest, tandem_pk: int, talk_pk: UUID, data: TalkPlanIn
) -> dict[str, Any]:
    """Say when and where you talk."""
    room = _room(request, tandem_pk)
    talk = talk_or_404(room, talk_pk)
    talk_plan(room=room, talk=talk, on=data.on, place=data.place, now=timezone.now())
    return note_detail(request, tandem_pk, talk_pk)


@router.post(f"{TALK}/held", response=NoteWithBase, url_name="talk_held")
def talk_took_place(request: HttpRequest, tandem_pk: int, talk_pk: UUID) -> dict[str, Any]:
    """Make the agenda the minutes; open points move to a new agenda."""
    room = _room(request, tandem_pk)
    talk_hold(room=room, talk=talk_or_404(room, talk_pk), now=timezone.now())
    return note_detail(request, tandem_pk, talk_pk)


def _room(request: HttpRequest, tandem_pk: int) -> Room:
    return room_or_404(person(request), tandem_pk)


def _with_base(room: Room, note: Note) -> dict[str, Any]:
    read: NoteRead = note_read(room, note)
    base = base64.b64encode(document_of(room, note).whole()).decode()
    return {name: getattr(read, name) for name in _NAMES} | {"base": base}


_NAMES = (
    "id", "kind", "title", "text", "met_on", "place", "held_at", "created_at", "changed_at"
)  # fmt: skip


def _base(text: str) -> bytes:
    """What a program hands back. A mangled one would overwrite others' words, so it is refused."""
    try:
        base = base64.b64decode(text, validate=True)
        if base:
            Document([base])
    except (binascii.Error, ValueError, StepBroken) as error:
        raise unfit("base", _("This is not the base that came with the note.")) from error
    return base
