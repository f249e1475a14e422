from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tandemwerk.audit.models import AuditEntry
from tandemwerk.people.enums import Scope
from tandemwerk.people.errors import TokenLimitReached
from tandemwerk.people.models import ApiToken, User
from tandemwerk.people.services.tokens import MAX_TOKENS, token_create, token_revoke, token_user
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
URL = "/settings/tokens/"


def make(user, **changes):
    given = {"name": "Intranet", "scopes": [Scope.READ], "now": NOW, **changes}
    return token_create(user=user, **given)


def test_a_secret_opens_until_it_expires_and_is_kept_nowhere():
    user = UserFactory()
    token, secret = make(user, lifetime=timedelta(days=1))
    assert token_user(secret=secret, now=NOW).user == user
    assert token_user(secret=secret, now=NOW + timedelta(days=1)) is None
    assert token_user(secret=secret + "x", now=NOW) is None
    row = ApiToken.objects.values().get()
    assert secret not in str(row)
    assert secret.startswith(token.prefix)
    assert secret not in str(list(AuditEntry.objects.values()))


def test_revoking_ends_it_at_once_and_is_audited_once():
    user = UserFactory()
    token, secret = make(user)
    token_revoke(token=token, by=user, now=NOW)
    token_revoke(token=token, by=user, now=NOW)
    assert token_user(secret=secret, now=NOW) is None
    assert AuditEntry.objects.filter(action="token.revoke").count() == 1


def test_a_switched_off_person_has_no_tokens():
    user = UserFactory()
    _token, secret = make(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert token_user(secret=secret, now=NOW) is None


def test_use_is_noted_every_five_minutes_only(django_assert_num_queries):
    _token, secret = make(UserFactory())
    with django_assert_num_queries(2):
        token_user(secret=secret, now=NOW)
    with django_assert_num_queries(1):
        token_user(secret=secret, now=NOW + timedelta(minutes=4))
    with django_assert_num_queries(2):
        token_user(secret=secret, now=NOW + timedelta(minutes=6))


def test_there_is_a_limit():
    user = UserFactory()
    for _number in range(MAX_TOKENS):
        make(user)
    with pytest.raises(TokenLimitReached):
        make(user)
    make(user, now=NOW + timedelta(days=91))


@pytest.mark.parametrize(
    "changes",
    [
        {"scopes": []},
        {"lifetime": timedelta(0)},
        {"lifetime": timedelta(days=367)},
        {"scopes": ["admin"]},
    ],
)
def test_senseless_tokens_are_refused(changes):
    with pytest.raises(ValueError, match=r"."):
        make(UserFactory(), **changes)


def test_the_page_shows_the_secret_once(client):
    user = UserFactory()
    client.force_login(user)
    made = client.post(URL, {"name": "Intranet", "may": "write", "days": "30"}).content.decode()
    token = ApiToken.objects.get()
    assert token.scopes == ["read", "write"]
    secret = made.split('id="secret" value="')[1].split('"')[0]
    assert token_user(secret=secret, now=token.created_at).pk == token.pk
    later = client.get(URL).content.decode()
    assert secret not in later
    assert token.prefix in later


def test_a_wrong_form_makes_nothing(client):
    client.force_login(UserFactory())
    answer = client.post(URL, {"name": "", "may": "everything", "days": "9999"})
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_only_ones_own_tokens_can_be_revoked(client):
    owner, stranger = UserFactory(), UserFactory()
    token, _secret = make(owner)
    client.force_login(stranger)
    assert client.post(f"{URL}{token.pk}/revoke/").status_code == 404
    client.force_login(owner)
    assert client.post(f"{URL}{token.pk}/revoke/")["Location"] == URL
    assert client.post(f"{URL}{token.pk}/revoke/").status_code == 404


def test_the_list_takes_the_same_queries_for_any_number(client):
    counts = []
    for number in (1, 3):
        user = UserFactory()
        for _token in range(number):
            make(user)
        client.force_login(user)
        client.get(URL)
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def bearer(secret, scheme="Bearer"):
    return {"Authorization": f"{scheme} {secret}"}


@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
def test_a_token_speaks_for_its_person_on_the_api(client, scheme):
    user = UserFactory()
    _token, secret = make(user, now=datetime.now(UTC))
    assert client.get("/api/v1/me", headers=bearer(secret, scheme)).json()["email"] == user.email


def test_a_token_opens_no_page(client):
    _token, secret = make(UserFactory(), now=datetime.now(UTC))
    assert client.get("/profile/", headers=bearer(secret)).status_code == 302


def test_a_wrong_token_counts_more_than_a_session(client):
    client.force_login(UserFactory())
    answer = client.get("/api/v1/me", headers=bearer("tw_wrong"))
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_signed_in")


def test_a_token_leaves_the_session_alone(client):
    _token, secret = make(UserFactory(), now=datetime.now(UTC))
    answer = client.get("/api/v1/me", headers=bearer(secret))
    assert not answer.cookies


def test_a_session_alone_opens_no_api(client):
    client.force_login(UserFactory())
    assert client.get("/api/v1/me").status_code == 401
