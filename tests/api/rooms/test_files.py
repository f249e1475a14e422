"""Files and the export over the API, with a member's own token."""

import io
import json
import uuid
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tandemwerk.people.enums import Scope
from tandemwerk.people.services.tokens import token_create
from tests.factories.people import UserFactory
from tests.factories.rooms import active_tandem, person_of

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)


@pytest.fixture
def tandem(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return active_tandem(NOW)


@pytest.fixture
def call(client, tandem):
    def send(method, path, body=None, user=None):
        user = user or person_of(tandem, "mentee")
        secret = token_create(user=user, name="t", scopes=list(Scope), now=datetime.now(UTC))[1]
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": str(uuid.uuid4())}
        address = f"/api/v1/tandems/{tandem.pk}/{path}"
        return getattr(client, method)(address, body, headers=headers)

    return send


def upload(name="Plan.txt", data=b"Erst fragen"):
    return {"file": SimpleUploadedFile(name, data)}


def test_a_file_goes_its_way(call):
    own = str(uuid.uuid4())
    made = call("post", "files", {**upload(), "id": own})
    assert made.status_code == 201, made.content
    assert made.json()["id"] == own
    assert (made.json()["name"], made.json()["size"]) == ("Plan.txt", 11)
    assert call("post", "files", {**upload(), "id": own}).json()["id"] == own
    assert call("get", "files").json()["total"] == 1
    assert call("get", f"files/{own}").json()["type"] == "text/plain; charset=utf-8"
    content = call("get", f"files/{own}/content")
    assert content.content == b"Erst fragen"
    assert "attachment" in content["Content-Disposition"]
    assert call("delete", f"files/{own}").status_code == 204
    assert call("get", f"files/{own}").status_code == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (upload("x.exe"), "file_kind_refused"),
        (upload("x.pdf"), "file_differs"),
        (upload(data=b""), "room_file_empty"),
        ({}, "invalid"),
    ],
)
def test_bad_files_are_refused_with_a_code(call, body, code):
    answer = call("post", "files", body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)


def test_nobody_else_gets_a_file_or_the_room(call):
    own = call("post", "files", upload()).json()["id"]
    stranger = UserFactory()
    for path in ("files", f"files/{own}", f"files/{own}/content", "export"):
        assert call("get", path, user=stranger).status_code == 404


def test_the_room_can_be_taken_along(call):
    call("post", "files", upload())
    answer = call("get", "export")
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert sorted(archive.namelist()) == ["files/Plan.txt", "room.html", "room.json"]
        assert archive.read("files/Plan.txt") == b"Erst fragen"
        assert json.loads(archive.read("room.json"))["files"][0]["name"] == "Plan.txt"
