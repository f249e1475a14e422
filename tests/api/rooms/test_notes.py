"""Notes and talks over the API, with a member's own token and nobody else's."""

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
    def send(method, path, body=None, role="mentee", user=None):
        user = user or person_of(tandem, role)
        secret = token_create(user=user, name="t", scopes=list(Scope), now=datetime.now(UTC))[1]
        return getattr(client, method)(
            f"/api/v1/tandems/{tandem.pk}/{path}",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )

    return send


def test_a_note_goes_its_way(call):
    own = str(uuid.uuid4())
    made = call("post", "notes", {"id": own, "body": "# Worum es geht"})
    assert made.status_code == 201
    assert (made.json()["id"], made.json()["body"]) == (own, "# Worum es geht")
    changed = call("put", f"notes/{own}", {"body": "Neu", "title": "Plan"})
    assert (changed.json()["title"], changed.json()["body"]) == ("Plan", "Neu")
    assert call("get", "notes").json()["items"][0]["body"] == "Neu"
    assert call("get", f"notes/{own}/history").json()["total"] == 1
    assert call("delete", f"notes/{own}").status_code == 204
    assert call("get", f"notes/{own}").status_code == 404


def test_two_programs_do_not_overwrite_each_other(call):
    made = call("post", "notes", {"body": "eins\n"}).json()
    where = f"notes/{made['id']}"
    call("put", where, {"body": "null\neins\n", "base": made["base"]}, role="mentor")
    both = call("put", where, {"body": "eins\nzwei\n", "base": made["base"]}).json()
    assert both["body"] == "null\neins\nzwei\n"
    versions = call("get", f"{where}/history").json()["items"]
    assert [version["body"] for version in versions][-1] == "eins\nzwei\n" or len(versions) > 1
    old = versions[-1]
    back = call("post", f"{where}/history/{old['id']}/restore", {}).json()
    assert back["body"] == old["body"]


def test_private_notes_are_their_owners_alone(call):
    made = call("post", "notes", {"kind": "private", "body": "nur ich"}).json()
    assert call("get", "notes").json()["total"] == 1
    assert call("get", "notes", role="mentor").json()["total"] == 0
    for method, path in (
        ("get", f"notes/{made['id']}"),
        ("get", f"notes/{made['id']}/history"),
        ("delete", f"notes/{made['id']}"),
    ):
        assert call(method, path, role="mentor").status_code == 404


def test_a_talk_goes_its_way(call):
    made = call("post", "notes", {"kind": "talk", "body": "- [ ] Standort\n- [x] Urlaub"}).json()
    talk = f"talks/{made['id']}"
    planned = call("put", f"{talk}/plan", {"on": "2027-04-02", "place": "Café"}).json()
    assert (planned["met_on"], planned["place"]) == ("2027-04-02", "Café")
    assert call("post", f"{talk}/held", {}).json()["held_at"] is not None
    bodies = {row["id"]: row["body"] for row in call("get", "notes").json()["items"]}
    assert len(bodies) == 2
    del bodies[made["id"]]
    assert list(bodies.values()) == ["- [ ] Standort\n"]
    assert call("post", "notes", {"kind": "talk", "body": ""}).status_code == 409


@pytest.mark.parametrize(
    "body", [{}, {"body": "x" * 200_001}, {"body": "", "kind": "secret"}, {"body": "", "more": 1}]
)
def test_bad_input_is_named(call, body):
    answer = call("post", "notes", body)
    assert answer.status_code == 422
    assert answer.json()["error"]["fields"]


def test_coordinators_get_nothing(call, tandem):
    staff = CoordinatorFactory(programme=tandem.cohort.programme).user
    assert call("get", "notes", user=staff).status_code == 404
    assert call("post", "notes", {"body": "x"}, user=staff).status_code == 404
