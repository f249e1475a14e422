"""Answers that a browser keeps as a file and never opens inside our pages."""

from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from tandemwerk.rooms.models import RoomFile
from tandemwerk.rooms.selectors.files import file_read
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.export import room_zip
from tandemwerk.rooms.services.files import file_open


def download(data: bytes, *, name: str, content_type: str) -> HttpResponse:
    """Bytes as an attachment of this name (any letters), typed as said and never guessed."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def zip_answer(room: Room, now: datetime | None = None) -> HttpResponse:
    """The room to take along, as its member `room.me` reads it."""
    now = now or timezone.now()
    name = f"tandem-{room.pk}-{timezone.localdate(now):%Y-%m-%d}.zip"
    return download(room_zip(room, now), name=name, content_type="application/zip")


def file_answer(room: Room, row: RoomFile) -> HttpResponse:
    """One file of the room. Raises SealBroken, FileNotFoundError."""
    file = file_read(room, row)
    return download(file_open(room, row), name=file.name, content_type=file.type)
