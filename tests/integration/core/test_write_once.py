import hashlib
import threading
import uuid
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client

from tandemwerk.core.models import ProcessedWrite
from tandemwerk.people.models import ApiToken
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    user = UserFactory()
    client.force_login(user)
    return client, user


def create_token(client, client_id, **extra):
    data = {"name": "Script", "may": "read", "days": "90", "client_id": client_id, **extra}
    return client.post("/settings/tokens/", data)


def test_repeated_write_happens_once_and_answers_the_same(signed_in):
    client, user = signed_in
    client_id = str(uuid.uuid4())
    first = create_token(client, client_id)
    second = create_token(client, client_id)
    assert ApiToken.objects.filter(user=user).count() == 1
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert second["Idempotency-Replayed"] == "true"


def test_refused_write_leaves_no_record_and_can_be_tried_again(signed_in):
    client, user = signed_in
    client_id = str(uuid.uuid4())
    assert create_token(client, client_id, name="").status_code in {400, 422}
    assert not ProcessedWrite.objects.exists()
    create_token(client, client_id)
    assert ApiToken.objects.filter(user=user).count() == 1


def test_client_id_of_somebody_else_is_their_own(signed_in):
    client, _ = signed_in
    other = Client()
    other.force_login(UserFactory())
    client_id = str(uuid.uuid4())
    create_token(client, client_id)
    create_token(other, client_id)
    assert ApiToken.objects.count() == 2


def test_same_id_on_another_page_is_another_write(signed_in):
    client, user = signed_in
    client_id = str(uuid.uuid4())
    create_token(client, client_id)
    data = {"client_id": client_id, "given_name": "Ada", "family_name": "L", "locale": "en"}
    assert "Idempotency-Replayed" not in client.post("/settings/", data)
    assert ApiToken.objects.filter(user=user).count() == 1


def test_a_form_sent_again_with_other_words_is_a_write_of_its_own(signed_in):
    """The browser's way back shows the old form: what is written there then must not be lost."""
    client, user = signed_in
    client_id = str(uuid.uuid4())
    for name in ("First", "Second", "Second", "First"):
        create_token(client, client_id, name=name)
    names = sorted(ApiToken.objects.filter(user=user).values_list("name", flat=True))
    assert names == ["First", "Second"]


def test_how_a_form_is_packed_and_its_proof_of_origin_do_not_matter(signed_in):
    client, user = signed_in
    data = {"name": "a\nb", "may": "read", "days": "90", "client_id": "an-id"}
    client.post("/settings/tokens/", {**data, "csrfmiddlewaretoken": "one"})
    later = urlencode({**data, "name": "a\r\nb", "csrfmiddlewaretoken": "two"})
    again = client.post("/settings/tokens/", later, "application/x-www-form-urlencoded")
    assert again["Idempotency-Replayed"] == "true"
    assert ApiToken.objects.filter(user=user).count() == 1


def test_a_repetition_without_proof_of_origin_gets_nothing(signed_in):
    client, user = signed_in
    create_token(client, "an-id")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    answer = create_token(strict, "an-id")
    assert answer.status_code == 403
    assert "Idempotency-Replayed" not in answer


def test_the_record_holds_no_word_and_no_plain_hash(signed_in):
    client, _ = signed_in
    create_token(client, "an-id")
    row = ProcessedWrite.objects.get()
    assert row.client_id == row.where
    assert len(row.where) == 64
    plain = hashlib.sha256(b"POST /settings/tokens/").hexdigest()
    assert plain not in row.where


def test_stored_answer_is_sealed(signed_in):
    client, _ = signed_in
    create_token(client, "an-id")
    row = ProcessedWrite.objects.get()
    assert b"<html" not in bytes(row.answer)


@pytest.mark.django_db(transaction=True)
def test_simultaneous_repetitions_happen_once():
    user = UserFactory()
    client_id = str(uuid.uuid4())
    statuses = []

    def send():
        client = Client()
        client.force_login(user)
        statuses.append(create_token(client, client_id).status_code)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(statuses)) == 1
    assert ApiToken.objects.filter(user=user).count() == 1
