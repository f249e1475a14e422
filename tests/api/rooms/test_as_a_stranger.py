"""The addresses of a room as somebody uses them who has read the documents and nothing else."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tandemwerk.api.main import api
from tandemwerk.rooms.models import RoomContent, content_models
from tests.api.conftest import Caller
from tests.factories.people import UserFactory
from tests.factories.programmes import CoordinatorFactory
from tests.factories.rooms import active_tandem, person_of

pytestmark = pytest.mark.django_db
PARTS = (
    "", "/goals", "/action-items", "/notes", "/files", "/agreement", "/reviews", "/check-ins",
    "/closing", "/export",
)  # fmt: skip


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def tandem():
    return active_tandem(timezone.now())


@pytest.fixture
def mentee(client, tandem):
    return Caller(client, person_of(tandem, "mentee"))


def slashed(part):
    path, mark, query = part.partition("?")
    return f"{path}/{mark}{query}"


def test_every_part_is_documented_and_there_with_and_without_a_slash(mentee, tandem):
    documented = api.get_openapi_schema()["paths"]
    for part in PARTS:
        assert f"/api/v1/tandems/{{tandem_pk}}{part.partition('?')[0]}" in documented
        for written in (part, slashed(part)):
            assert mentee.get(f"/tandems/{tandem.pk}{written}").status_code == 200, written
    assert mentee.get("/tandems/").json()["items"][0]["id"] == tandem.pk


def test_members_alone_with_their_own_token(client, tandem):
    staff = CoordinatorFactory(programme=tandem.cohort.programme).user
    for user in (staff, UserFactory(), UserFactory(is_operator=True)):
        other = Caller(client, user)
        for part in PARTS[1:]:
            answer = other.get(f"/tandems/{tandem.pk}{part}")
            assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found"), part
    for part in PARTS:
        assert client.get(f"/api/v1/tandems/{tandem.pk}{part}").status_code == 401
    client.force_login(person_of(tandem, "mentee"))  # a browser's cookie is no token
    for part in PARTS:
        assert client.get(f"/api/v1/tandems/{tandem.pk}{part}").status_code == 401


@pytest.mark.parametrize("slash", ["", "/"])
def test_the_shortest_body_that_makes_sense_is_enough(mentee, tandem, slash):
    base = f"/tandems/{tandem.pk}"
    for part, body in (
        ("notes", {"body": "Hello"}),
        ("goals", {"title": "Speak freely"}),
        ("action-items", {"text": "Borrow the book"}),
        ("agreement", {"text": "We talk openly."}),
        ("reviews", {}),
    ):
        answer = mentee.post(f"{base}/{part}{slash}", body)
        assert answer.status_code == 201, (part, answer.content)
    sent = {"file": SimpleUploadedFile("list.txt", b"Words")}
    answer = mentee.client.post(f"/api/v1{base}/files{slash}", sent, headers=mentee.headers)
    assert answer.status_code == 201
    with zipfile.ZipFile(io.BytesIO(mentee.get(f"{base}/export").content)) as archive:
        whole = json.loads(archive.read("room.json"))
    assert [note["text"] for note in whole["notes"]] == ["Hello"]


UNKNOWN = "0193b9a4-3c1e-7d5a-9f0e-4a1b2c3d4e5f"
BAD = [
    ("notes", {}, "body"),
    ("notes", {"body": " "}, "body"),
    ("notes", {"body": 5}, "body"),
    ("notes", {"body": "x", "id": "mine"}, "id"),
    ("notes", {"body": "x", "kind": "secret"}, "kind"),
    ("notes", {"body": "x" * 200_001}, "body"),
    ("goals", {"title": "  "}, "title"),
    ("goals", {"title": "x", "due_on": "2027-02-30"}, "due_on"),
    ("action-items", {"text": " "}, "text"),
    ("action-items", {"text": "x", "owner_id": 999_999}, "owner_id"),
    ("action-items", {"text": "x", "goal_id": UNKNOWN}, "goal_id"),
    ("agreement", {"text": ""}, "text"),
    ("agreement", {"text": "We meet.", "filled": {"day": "Monday"}}, "filled.day"),
    ("check-ins", {"answer": "on_track"}, "key"),
    ("search", {"query": " "}, "query"),
]


def rows():
    return sum(model._base_manager.count() for model in content_models(RoomContent))


@pytest.mark.parametrize(("part", "body", "field"), BAD)
def test_bad_input_is_named_in_the_caller_s_language_and_changes_nothing(
    mentee, tandem, part, body, field
):
    before = rows()
    said = []
    for language in ("en", "de"):
        type(mentee.user).objects.filter(pk=mentee.user.pk).update(locale=language)
        answer = mentee.post(f"/tandems/{tandem.pk}/{part}", body, **{"Accept-Language": language})
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid")
        [problem] = answer.json()["error"]["fields"]
        assert problem["field"] == field
        said.append(problem["problem"])
    assert said[0] != said[1]
    assert rows() == before


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        ("{", "application/json"),
        (None, "multipart"),
        ("body=x", "application/x-www-form-urlencoded"),
    ],
)
def test_a_body_that_is_no_json_is_no_note_and_no_failure(mentee, tandem, sent, kind):
    given = {"data": {"body": "x"}} if sent is None else {"data": sent, "content_type": kind}
    answer = mentee.client.post(
        f"/api/v1/tandems/{tandem.pk}/notes", **given, headers=mentee.headers
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_request")
    assert rows() == 0


@pytest.mark.parametrize("base", ["?", "eA=="])
def test_a_mangled_base_overwrites_nobody(mentee, tandem, base):
    note = mentee.post(f"/tandems/{tandem.pk}/notes", {"body": "Ours"}).json()
    path = f"/tandems/{tandem.pk}/notes/{note['id']}"
    answer = mentee("put", path, {"body": "Mine", "base": base})
    assert answer.json()["error"]["fields"][0]["field"] == "base"
    assert mentee.get(path).json()["body"] == "Ours"


def test_what_both_wrote_is_found_in_any_spelling_and_private_notes_by_their_writer_alone(
    client, mentee, tandem
):
    mentor = Caller(client, person_of(tandem, "mentor"))
    base = f"/tandems/{tandem.pk}"
    mentee.post(f"{base}/goals", {"title": "Vor Größeren sprechen"})
    mentee.post(f"{base}/notes", {"body": "Größe zeigen", "kind": "private"})
    found = mentee.post(f"{base}/search", {"query": "grösse zeigen"}).json()["items"]
    assert [(hit["part"], hit["title"]) for hit in found] == [("notes", "Größe zeigen")]
    assert found[0]["found"].lower() == "größe"
    for caller, parts in ((mentee, ["goals", "notes"]), (mentor, ["goals"])):
        hits = caller.post(f"{base}/search", {"query": "GRO"}).json()["items"]
        assert [hit["part"] for hit in hits] == parts
