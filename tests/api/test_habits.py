"""What all operations of the API share."""

import json

import pytest

from tandemwerk.api.main import api
from tests.factories import pairing as factory
from tests.factories.programmes import CohortFactory, CoordinatorFactory

pytestmark = pytest.mark.django_db


def test_forbidden_absent_and_unknown_addresses_answer_the_same(caller):
    cohort = CohortFactory()
    answers = [caller.get(path) for path in (f"/cohorts/{cohort.pk}", "/cohorts/999999", "/nope")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({answer.content for answer in answers}) == 1


def test_every_answer_says_how_much_is_left(caller):
    left = [int(caller.get("/me")["RateLimit-Remaining"]) for _ in range(3)]
    assert left == [599, 598, 597]
    assert caller.get("/me")["RateLimit-Limit"] == "600"


def test_who_asks_too_often_hears_when_to_come_back(client):
    wrong = {"email": "nobody@example.org", "password": "wrong"}
    for _ in range(21):
        answer = client.post("/api/v1/auth/token", wrong, content_type="application/json")
    assert answer.status_code == 429
    assert answer["RateLimit-Remaining"] == "0"
    assert 0 < int(answer["Retry-After"]) <= 61


@pytest.mark.parametrize(
    "body", ["{", '{"given_name": "\\u0000"}', '{"given_name": NaN}', "[" * 100_000]
)
def test_a_body_that_is_no_usable_json_is_refused(caller, body):
    answer = caller.client.patch(
        "/api/v1/me", body, content_type="application/json", headers=caller.headers
    )
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "bad_request"


def test_zero_characters_in_the_address_are_refused(caller):
    assert caller.get("/topics?q=%00").status_code == 400
    assert caller.client.get("/accounts/login/?next=%00").status_code == 400


@pytest.mark.parametrize("number", [2**63, 10**30])
def test_endless_numbers_are_refused_or_absent(caller, number):
    run = factory.calculated(factory.filled_cohort())
    CoordinatorFactory(user=caller.user, programme=run.cohort.programme)
    assert caller.get(f"/tandems/{number}").status_code == 404
    assert caller.get(f"/runs/{run.pk}/pairs/{number}/alternatives").status_code == 404
    assert caller.get(f"/tandems?offset={number}").status_code == 422


def test_the_document_says_how_to_sign_in_and_what_can_go_wrong():
    document = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    assert document["components"]["securitySchemes"]["Bearer"]["scheme"] == "bearer"
    checked = 0
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert {"401", "404", "422", "429"} <= operation["responses"].keys(), path
            checked += 1
    assert checked > 40


def test_a_broken_form_is_answered_in_the_form_of_the_api(caller):
    answer = caller.client.post(
        "/api/v1/cohorts/1/imports", b"x", content_type="multipart/form-data; boundary=",
        headers=caller.headers,
    )  # fmt: skip
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_request")


@pytest.mark.parametrize(
    ("path", "field", "english", "german"),
    [
        (
            "/me/tokens?limit=x",
            "limit",
            "This must be a whole number.",
            "Hier gehört eine ganze Zahl hin.",
        ),
        (
            "/me/tokens?limit=0",
            "limit",
            "This must be at least 1.",
            "Der Wert muss mindestens 1 sein.",
        ),
    ],
)
def test_a_wrong_value_is_explained_in_the_caller_s_language(caller, path, field, english, german):
    for language, sentence in (("en", english), ("de", german)):
        answer = caller.get(path, **{"Accept-Language": language})
        assert answer.status_code == 422
        assert answer.json()["error"]["fields"] == [{"field": field, "problem": sentence}]


def test_a_body_nobody_can_read_is_explained_in_german_too(caller):
    headers = {**caller.headers, "Accept-Language": "de"}
    answer = caller.client.patch(
        "/api/v1/me", "{", content_type="application/json", headers=headers
    )
    assert "Bitte sende JSON" in answer.json()["error"]["message"]


def test_a_method_that_is_not_there_is_answered_in_the_form_of_the_api(caller):
    answer = caller.delete("/me/tokens")
    assert answer.status_code == 405
    assert answer.json()["error"]["code"] == "method_not_allowed"
    assert "GET" in answer["Allow"]


def test_an_unknown_field_is_named_instead_of_ignored(caller):
    answer = caller.patch("/me", {"frist_name": "Eva"})
    assert answer.status_code == 422
    assert answer.json()["error"]["fields"] == [
        {
            "field": "frist_name",
            "problem": "There is no such field here; please check how it is written.",
        }
    ]


def test_a_body_of_another_kind_is_called_body(caller):
    answer = caller("patch", "/me", [1])
    assert (answer.status_code, answer.json()["error"]["fields"][0]["field"]) == (422, "body")
