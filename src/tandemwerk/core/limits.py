"""How much a request may bring along, enforced before anything of it is kept."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Message = Mapping[str, Any]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

MEGABYTE = 1024 * 1024
# The largest list is 10 MB; the form around it needs little.
MAX_BODY_BYTES = 12 * MEGABYTE
# The places for larger files, 20 MB: a room and a programme's library. Django keeps up to
# FILE_UPLOAD_MAX_MEMORY_SIZE in memory, so that nothing people send is ever written to a
# temporary folder in the clear.
MAX_ROOM_FILE_BYTES = 22 * MEGABYTE
ROOM_FILES = re.compile(
    r"(/api/v1)?/tandems/\d+/files/?"
    r"|/programmes/\d+/library/new/file/"
    r"|/api/v1/programmes/\d+/material-files"
)


class BodyLimit:
    """ASGI: answer 413 to a body over the limit instead of writing it to the disk.

    `most` bytes, or `most_of_file` where files of rooms are sent. Django spools the whole body
    before its first middleware runs, so the limit stands in front of it. An announced length is
    refused unread; an unannounced one as soon as it is passed.
    """

    def __init__(
        self,
        application: Application,
        *,
        most: int = MAX_BODY_BYTES,
        most_of_file: int = MAX_ROOM_FILE_BYTES,
    ) -> None:
        self.application, self.most, self.most_of_file = application, most, most_of_file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        is_file = ROOM_FILES.fullmatch(scope.get("path", "")) is not None
        most = self.most_of_file if is_file else self.most
        if _announced(scope) > most:
            await _refuse(send, most)
            return
        size, is_refused = 0, False

        async def counted() -> Message:
            nonlocal size, is_refused
            message = await receive()
            size += len(message.get("body", b""))
            if size > most and not is_refused:
                is_refused = True
                await _refuse(send, most)
                return {"type": "http.disconnect"}
            return message

        async def unless_refused(message: Message) -> None:
            if not is_refused:
                await send(message)

        await self.application(scope, counted, unless_refused)


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


async def _refuse(send: Send, most: int) -> None:
    message = f"This is larger than {most // MEGABYTE} MB. Please send something smaller."
    body = json.dumps({"error": {"code": "body_too_large", "message": message}}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
