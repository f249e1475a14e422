"""Files of a room, for its members' own programs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from tandemwerk.core.shapes import Body, Page, Paging, page_of
from tandemwerk.people.requests import person
from tandemwerk.rooms.api.schemas import OWN_ID
from tandemwerk.rooms.models import RoomFile
from tandemwerk.rooms.selectors.files import FileRead, file_read, files_read
from tandemwerk.rooms.selectors.room import Room, room_or_404, row_or_404
from tandemwerk.rooms.services.downloads import file_answer
from tandemwerk.rooms.services.files import file_add
from tandemwerk.rooms.services.writing import row_remove

router = Router()
ROOM = "/tandems/{int:tandem_pk}"
FILE = ROOM + "/files/{uuid:file_pk}"


class FileForm(Body):
    id: UUID | None = OWN_ID


class FileOut(Schema):
    id: UUID
    name: str
    type: str = Field(description="Media type.")
    size: int = Field(description="Bytes; pictures may be smaller than what was sent.")
    author_id: int | None = Field(description="A member of the room; null: somebody who left.")
    created_at: datetime

    @staticmethod
    def resolve_author_id(file: FileRead) -> int | None:
        return None if file.author is None else file.author.pk


@router.get(f"{ROOM}/files", response=Page[FileOut], url_name="file_list")
def file_list(request: HttpRequest, tandem_pk: int, wanted: Query[Paging]) -> dict[str, Any]:
    """The files of your room, the newest first."""
    return page_of(files_read(_room(request, tandem_pk)), wanted)


@router.post(f"{ROOM}/files", response={201: FileOut}, url_name="file_list")
def file_create(
    request: HttpRequest, tandem_pk: int, form: Form[FileForm], file: File[UploadedFile]
) -> Status[FileRead]:
    """Add a file (multipart: file, id). It is checked; pictures lose place and camera."""
    room, now = _room(request, tandem_pk), timezone.now()
    row = file_add(room=room, name=file.name or "", data=file.read(), now=now, pk=form.id)
    return Status(201, file_read(_room(request, tandem_pk), row))


@router.get(FILE, response=FileOut, url_name="file_detail")
def file_detail(request: HttpRequest, tandem_pk: int, file_pk: UUID) -> FileRead:
    """Name, type and size of one file."""
    room = _room(request, tandem_pk)
    return file_read(room, row_or_404(room, RoomFile, file_pk))


@router.delete(FILE, response={204: None}, url_name="file_detail")
def file_delete(request: HttpRequest, tandem_pk: int, file_pk: UUID) -> Status[None]:
    """Remove a file."""
    room = _room(request, tandem_pk)
    row_remove(room=room, row=row_or_404(room, RoomFile, file_pk), now=timezone.now())
    return Status(204, None)


@router.get(f"{FILE}/content", url_name="file_content")
def file_content(request: HttpRequest, tandem_pk: int, file_pk: UUID) -> HttpResponse:
    """The file itself."""
    room = _room(request, tandem_pk)
    return file_answer(room, row_or_404(room, RoomFile, file_pk))


def _room(request: HttpRequest, tandem_pk: int) -> Room:
    return room_or_404(person(request), tandem_pk)
