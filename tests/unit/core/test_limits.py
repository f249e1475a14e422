import asyncio

import pytest

from tandemwerk.core.limits import MAX_BODY_BYTES, MAX_ROOM_FILE_BYTES, BodyLimit


async def swallow(scope, receive, send):
    """An application that reads everything, as Django does, and then answers."""
    while (message := await receive())["type"] == "http.request":
        if not message.get("more_body"):
            break
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"fine"})


def call(chunks, headers=(), path="/"):
    """Status of the answer and how many chunks were read."""
    sent, waiting = [], list(chunks)

    async def receive():
        body = waiting.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(waiting)}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "headers": list(headers), "path": path}
    asyncio.run(BodyLimit(swallow, most=10, most_of_file=20)(scope, receive, send))
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    return sent[0]["status"], len(chunks) - len(waiting)


@pytest.mark.parametrize(
    ("chunks", "headers", "expected"),
    [
        ([b"12345", b"67890"], [], (200, 2)),
        ([b"12345", b"67890", b"1", b"more"], [], (413, 3)),
        ([b"x" * 11], [(b"content-length", b"11")], (413, 0)),
        ([b"x"], [(b"content-length", b"nonsense")], (200, 1)),
    ],
)
def test_a_body_over_the_limit_is_refused_before_it_is_read(chunks, headers, expected):
    assert call(chunks, headers) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/tandems/7/files/", 200),
        ("/api/v1/tandems/7/files", 200),
        ("/programmes/7/library/new/file/", 200),
        ("/api/v1/programmes/7/material-files", 200),
        ("/programmes/7/library/new/page/", 413),
        ("/tandems/7/files/x/", 413),
        ("/tandems/x/files/", 413),
        ("/x/tandems/7/files/", 413),
    ],
)
def test_only_where_files_of_rooms_are_sent_more_may_come(path, expected):
    assert call([b"x" * 15], path=path)[0] == expected
    assert call([b"x" * 21], path=path)[0] == 413


def test_nothing_that_passes_is_written_to_a_temporary_folder(settings):
    assert max(MAX_BODY_BYTES, MAX_ROOM_FILE_BYTES) <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    assert settings.FILE_UPLOAD_HANDLERS == [
        "django.core.files.uploadhandler.MemoryFileUploadHandler"
    ]


def test_sockets_pass():
    seen = []

    async def application(scope, receive, send):
        seen.append(scope["type"])

    asyncio.run(BodyLimit(application)({"type": "websocket"}, None, None))
    assert seen == ["websocket"]
