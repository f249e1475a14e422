"""Agreement, looks back and closing over the API, with a member's own token and nobody else's."""

import uuid
from datetime import UTC, datetime

import pytest

from tandemwerk.people.enums import Scope
from tandemwerk.people.services.tokens import token_create
from tests.factories.programmes import CoordinatorFactory
from tests.factories.rooms import active_tandem, person_of

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)
TEXT = "We meet {{frequency}}."


@pytest.fixture
def tandem(db):
    tandem = active_tandem(NOW, agreement_text={"en": TEXT})
    for member in tandem.members.all():
        type(member.participation).objects.filter(pk=member.participation_id).update(seats_taken=1)
    return tandem


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


def test_an_agreement_goes_its_way(call):
    own = str(uuid.uuid4())
    assert call("get", "agreement").json()["programme_text"] == TEXT
    made = call("post", "agreement", {"filled": {"frequency": "weekly"}, "id": own})
    assert made.status_code == 201
    assert made.json()["proposed"]["id"] == own
    assert len(made.json()["proposed"]["missing"]) == 1
    signed = call("post", f"agreement/{own}/sign", role="mentor").json()
    assert (signed["in_force"]["id"], signed["proposed"]) == (own, None)
    again = call("post", "agreement", {"text": "We talk {{place}}.", "filled": {"place": "here"}})
    assert again.json()["in_force"]["filled"] == {"frequency": "weekly"}
    assert again.json()["proposed"]["filled"] == {"place": "here"}
    assert call("post", f"agreement/{own}/sign").json()["error"]["code"] == "agreement_replaced"


def test_a_look_back_goes_its_way(call):
    made = call("post", "reviews", {}).json()
    review = f"reviews/{made['id']}"
    count = len(made["questions"])
    answers = ["Questions", *[""] * (count - 1)]
    assert not call("put", review, {"answers": answers}).json()["voices"][0]["is_answered"]
    assert call("post", f"{review}/release").json()["error"]["code"] == "review_not_answered"
    call("put", review, {"answers": answers, "is_finished": True})
    assert call("get", review, role="mentor").json()["voices"][1]["answers"] == []
    call("post", f"{review}/release")
    assert call("get", review, role="mentor").json()["voices"][1]["answers"] == answers
    assert call("post", "reviews", {}).json()["error"]["code"] == "review_open"
    assert call("get", "reviews").json()["total"] == 1


def test_a_closing_goes_its_way(call):
    assert call("post", "closing/confirm").json()["error"]["code"] == "closing_not_now"
    assert call("get", "certificate").json()["error"]["code"] == "certificate_not_yet"
    assert call("post", "closing/begin").json()["state"] == "closing"
    assert call("post", "closing/take-back", role="mentor").json()["state"] == "active"
    assert call("post", "closing/take-back").json()["error"]["code"] == "closing_not_now"
    assert call("post", "closing/begin", role="mentor").json()["state"] == "closing"
    assert call("put", "closing", {"thanks": "For all"}).json()["thanks"] == "For all"
    assert call("post", "closing/confirm").json()["has_confirmed"]
    done = call("post", "closing/confirm", role="mentor").json()
    assert done["state"] == "closed"
    assert [said["text"] for said in done["received"]] == ["For all"]
    assert call("put", "closing", {"thanks": "More"}).json()["error"]["code"] == "room_read_only"
    pdf = call("get", "certificate?language=en")
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("post", "agreement", {"text": "We {{mistype}}"}),
        ("post", "agreement", {"text": TEXT}),
        ("post", "agreement", {"surprise": 1}),
        ("put", "closing", {"thanks": "x" * 4001}),
    ],
)
def test_bad_input_is_named(call, method, path, body):
    answer = call(method, path, body)
    assert answer.status_code == 422
    assert answer.json()["error"]["fields"]


def test_an_answer_to_no_question_is_refused_and_nothing_kept(call):
    review = call("post", "reviews", {}).json()
    asked = len(review["questions"])
    path = f"reviews/{review['id']}"
    answer = call("put", path, {"answers": ["Yes"] * (asked + 1)})
    assert answer.status_code == 422
    [fault] = answer.json()["error"]["fields"]
    assert "answers" in str(fault)
    assert str(asked) in str(fault)
    assert call("get", path).json()["voices"][0]["answers"] == []
    assert call("put", path, {"answers": ["Yes"]}).json()["voices"][0]["answers"][0] == "Yes"


def test_finishing_with_nothing_said_is_named(call):
    review = call("post", "reviews", {}).json()["id"]
    answer = call("put", f"reviews/{review}", {"answers": ["", ""], "is_finished": True})
    assert answer.status_code == 422


def test_coordinators_get_nothing(call, tandem):
    staff = CoordinatorFactory(programme=tandem.cohort.programme).user
    for path in ("agreement", "reviews", "closing", "certificate"):
        assert call("get", path, user=staff).status_code == 404
    assert call("post", "closing/begin", user=staff).status_code == 404
