"""How much a request may bring along, enforced before anything of it is kept."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Message = Mapping[str, Any]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# The largest file is 10 MB; the form around it needs little.
MAX_BODY_BYTES = 12 * 1024 * 1024
TOO_LARGE = json.dumps(
    {
        "error": {
            "code": "body_too_large",
            "message": "This is larger than 12 MB. Please send something smaller.",
        }
    }
).encode()


class BodyLimit:
    """ASGI: answer 413 to a body over the limit instead of writing it to the disk.

    Django spools the whole body before its first middleware runs, so the limit stands in front of
    it. An announced length is refused unread; an unannounced one as soon as it is passed.
    """

    def __init__(self, application: Application, *, most: int = MAX_BODY_BYTES) -> None:
        self.application, self.most = application, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        if _announced(scope) > self.most:
            await _refuse(send)
            return
        size, is_refused = 0, False

        async def counted() -> Message:
            nonlocal size, is_refused
            message = await receive()
            size += len(message.get("body", b""))
            if size > self.most and not is_refused:
                is_refused = True
                await _refuse(send)
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


async def _refuse(send: Send) -> None:
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(TOO_LARGE)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": TOO_LARGE})
