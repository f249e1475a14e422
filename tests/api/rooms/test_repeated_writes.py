"""A write of a program that is sent again: the same one once, another one never unseen."""

import pytest
from django.core.cache import cache
from django.test import Client

from tandemwerk.core import middleware
from tandemwerk.core.models import ProcessedWrite
from tandemwerk.core.rates import PerToken
from tandemwerk.people.enums import Scope
from tandemwerk.rooms.models import Goal
from tests.api.conftest import Caller
from tests.factories.rooms import active_tandem, person_of
from tests.world import NOW

pytestmark = pytest.mark.django_db
KEY = {"Idempotency-Key": "one-key"}


@pytest.fixture
def tandem():
    return active_tandem(NOW)


@pytest.fixture
def mentee(client, tandem):
    return Caller(client, person_of(tandem, "mentee"))


@pytest.fixture
def path(tandem):
    return f"/tandems/{tandem.pk}/goals"


def code_of(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_the_same_write_happens_once(mentee, path):
    first, again = (mentee.post(path, {"title": "Frei sprechen"}, **KEY) for _ in range(2))
    assert again["Idempotency-Replayed"] == "true"
    assert again.json() == first.json()
    assert Goal.objects.count() == 1


def test_other_words_under_the_same_key_are_refused_and_not_swallowed(mentee, path):
    mentee.post(path, {"title": "Frei sprechen"}, **KEY)
    answer = mentee.post(path, {"title": "Zuhören"}, **KEY)
    assert code_of(answer) == (422, "idempotency_key_reused")
    assert mentee.post(path, {"title": "Zuhören"}, **{"Idempotency-Key": "two"}).status_code == 201
    assert Goal.objects.count() == 2


def test_the_same_key_at_another_address_is_refused(mentee, path, tandem):
    mentee.post(path, {"title": "Frei sprechen"}, **KEY)
    answer = mentee.post(f"/tandems/{tandem.pk}/action-items", {"title": "Frei sprechen"}, **KEY)
    assert code_of(answer) == (422, "idempotency_key_reused")


def test_a_reading_token_does_not_get_the_answer_of_a_write(client, mentee, path):
    mentee.post(path, {"title": "Frei sprechen"}, **KEY)
    reader = Caller(client, mentee.user, scopes=[Scope.READ])
    assert code_of(reader.post(path, {"title": "Frei sprechen"}, **KEY)) == (403, "scope_missing")
    other = Caller(client, mentee.user)
    answer = other.post(path, {"title": "Frei sprechen"}, **KEY)
    assert code_of(answer) == (422, "idempotency_key_reused")


def test_a_session_without_a_token_does_not_get_it_either(mentee, path):
    mentee.post(path, {"title": "Frei sprechen"}, **KEY)
    browser = Client()
    browser.force_login(mentee.user)
    answer = browser.post(
        f"/api/v1{path}", '{"title": "Frei sprechen"}', "application/json", headers=KEY
    )
    assert code_of(answer) == (401, "not_signed_in")


def test_whoever_has_left_does_not_get_it_any_more(mentee, path, tandem):
    mentee.post(path, {"title": "Frei sprechen"}, **KEY)
    tandem.members.filter(role="mentee").update(left_at=NOW)
    answer = mentee.post(path, {"title": "Frei sprechen"}, **KEY)
    assert code_of(answer) == (404, "not_found")
    assert Goal.objects.count() == 1


def test_repetitions_count_as_requests(mentee, path, monkeypatch):
    cache.clear()
    monkeypatch.setattr(middleware, "REPLAYS", PerToken("3/m"))
    answers = [mentee.post(path, {"title": "Frei sprechen"}, **KEY) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 429]
    assert code_of(answers[-1]) == (429, "too_many_requests")
    assert Goal.objects.count() == 1
    cache.clear()


def test_a_refused_write_may_be_sent_again_with_its_key(mentee, path):
    assert mentee.post(path, {"title": ""}, **KEY).status_code == 422
    assert not ProcessedWrite.objects.exists()
    assert mentee.post(path, {"title": "Frei sprechen"}, **KEY).status_code == 201


def test_a_search_leaves_no_record(mentee, tandem):
    reader = Caller(mentee.client, mentee.user, scopes=[Scope.READ])
    mentee.post(f"/tandems/{tandem.pk}/goals", {"title": "Frei sprechen"})
    answer = reader.post(f"/tandems/{tandem.pk}/search", {"query": "SPRECHEN"}, **KEY)
    assert [hit["title"] for hit in answer.json()["items"]] == ["Frei sprechen"]
    assert not ProcessedWrite.objects.exists()
    assert reader.get(f"/tandems/{tandem.pk}/search?q=sprechen").status_code == 405
