"""Files of a room in plain words, for its members."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from tandemwerk.rooms.models import RoomFile
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.selectors.search import Findable
from tandemwerk.tandems.models import TandemMember


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file as a member sees it in the list; without `author` it is from somebody who left."""

    id: UUID
    name: str
    type: str
    size: int
    author: TandemMember | None
    is_mine: bool
    created_at: datetime


def files_read(room: Room) -> list[FileRead]:
    """All files, the newest first. One query; the contents stay where they are."""
    return [file_read(room, row) for row in room.rows(RoomFile)]


def file_read(room: Room, row: RoomFile) -> FileRead:
    """One file's name and type. No query."""
    words = room.open(row)
    author = next((member for member in room.members if member.pk == row.author_id), None)
    return FileRead(
        id=row.pk,
        name=words["name"],
        type=words["type"],
        size=row.size,
        author=author,
        is_mine=row.author_id == room.me.pk,
        created_at=row.created_at,
    )


def files_findable(room: Room) -> Iterator[Findable]:
    """Names of files for the search."""
    url = reverse("rooms:file_list", args=[room.pk])
    for file in files_read(room):
        yield Findable(title=file.name, url=f"{url}#file-{file.id}")
