"""Goals and tasks over the API, with a member's own token and nobody else's."""

import uuid
from datetime import UTC, datetime

import pytest

from tandemwerk.people.enums import Scope
from tandemwerk.people.services.tokens import token_create
from tests.factories.programmes import CoordinatorFactory
from tests.factories.rooms import active_tandem, person_of

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)


@pytest.fixture
def tandem(db):
    return active_tandem(NOW)


@pytest.fixture
def call(client, tandem):
    def send(method, path, body=None, user=None):
        user = user or person_of(tandem, "mentee")
        secret = token_create(user=user, name="t", scopes=list(Scope), now=datetime.now(UTC))[1]
        return getattr(client, method)(
            f"/api/v1/tandems/{tandem.pk}/{path}",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )

    return send


def test_a_goal_goes_its_way(call):
    own = str(uuid.uuid4())
    body = {"id": own, "title": "Frei sprechen", "levels": {"expected": "ohne Zettel"}}
    made = call("post", "goals", body)
    assert made.status_code == 201
    assert made.json()["id"] == own
    assert made.json()["levels"] == {"0": "ohne Zettel"}
    assert call("post", f"goals/{own}/steps", {"level": 1, "note": "gut"}).json()["level"] == 1
    assert call("post", f"goals/{own}/state", {"state": "reached"}).json()["state"] == "reached"
    assert call("put", f"goals/{own}", {"title": "Neu"}).json()["title"] == "Neu"
    assert call("get", "goals").json()["total"] == 1
    assert call("delete", f"goals/{own}").status_code == 204
    assert call("get", f"goals/{own}").status_code == 404


def test_a_task_goes_its_way(call, tandem):
    mentor = tandem.members.get(role="mentor")
    made = call("post", "action-items", {"text": "Anrufen", "owner_id": mentor.pk})
    item = made.json()["id"]
    assert (made.status_code, made.json()["owner_id"]) == (201, mentor.pk)
    assert call("post", f"action-items/{item}/done", {}).json()["done_at"] is not None
    assert call("put", f"action-items/{item}", {"text": "Mailen"}).json()["text"] == "Mailen"
    assert call("get", "action-items").json()["items"][0]["text"] == "Mailen"
    assert call("delete", f"action-items/{item}").status_code == 204
    assert call("get", f"action-items/{item}").status_code == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("goals", {"title": ""}),
        ("goals", {"title": "x", "surprise": 1}),
        ("action-items", {"text": "x" * 501}),
    ],
)
def test_bad_input_is_named(call, path, body):
    answer = call("post", path, body)
    assert answer.status_code == 422
    assert answer.json()["error"]["fields"]


def test_coordinators_get_nothing(call, tandem):
    staff = CoordinatorFactory(programme=tandem.cohort.programme).user
    assert call("get", "goals", user=staff).status_code == 404
    assert call("post", "goals", {"title": "x"}, user=staff).status_code == 404
