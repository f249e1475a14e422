from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.utils import timezone

from tandemwerk.people.enums import Scope
from tandemwerk.people.models import ApiToken
from tandemwerk.people.services.tokens import token_revoke
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
RIGHT = {"email": "Ada@example.org", "password": "a long enough password"}


def ask(client, **data):
    return client.post("/api/v1/auth/token", {**RIGHT, **data}, content_type="application/json")


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_token_by_password_opens_the_door(client, person):
    made = ask(client)
    assert made.status_code == 201
    headers = {"Authorization": f"Bearer {made.json()['token']}"}
    assert client.get("/api/v1/me", headers=headers).json()["email"] == "ada@example.org"


def test_secret_is_kept_nowhere(client, person):
    secret = ask(client).json()["token"]
    row = ApiToken.objects.get()
    assert secret not in {row.digest, row.prefix}


@pytest.mark.parametrize(
    "wrong", [{"password": "wrong"}, {"email": "nobody@example.org"}, {"password": ""}]
)
def test_wrong_answers_sound_the_same(client, person, wrong):
    answer = ask(client, **wrong)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "sign_in_refused"


def test_unconfirmed_address_gets_no_token(client, person):
    EmailAddress.objects.update(verified=False)
    assert ask(client).status_code == 401


def test_second_factor_is_asked_for_and_checked(client, person):
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    assert ask(client).json()["error"]["code"] == "code_needed"
    assert ask(client, code="000000").json()["error"]["code"] == "sign_in_refused"
    assert ask(client, code=code_of(secret)).status_code == 201


def test_recovery_code_works_once(client, person):
    TOTP.activate(person, generate_totp_secret())
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    assert ask(client, code=code).status_code == 201
    assert ask(client, code=code).status_code == 401


def test_guessing_is_limited(client, person):
    codes = {ask(client, password=f"guess {n}").status_code for n in range(25)}
    assert 429 in codes


@pytest.mark.parametrize("change", ["revoked", "expired", "inactive"])
def test_dead_token_is_refused(client, caller, change):
    assert caller.get("/me").status_code == 200
    if change == "revoked":
        token_revoke(token=caller.token, by=caller.user, now=timezone.now())
    elif change == "expired":
        ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    else:
        type(caller.user).objects.update(is_active=False)
    assert caller.get("/me").status_code == 401


def test_reading_token_can_not_write(client, person):
    reader = Caller(client, person, scopes=[Scope.READ])
    answer = reader.patch("/me", {"first_name": "Eva"})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "scope_missing"


def test_reading_token_can_end_itself_but_no_other(client, person):
    reader, other = (Caller(client, person, scopes=[Scope.READ]) for _ in range(2))
    assert reader.delete(f"/me/tokens/{other.token.pk}").status_code == 403
    assert reader.delete("/auth/token/current").status_code == 204
    assert reader.get("/me").status_code == 401
    assert other.get("/me").status_code == 200


def test_token_can_end_itself(caller):
    assert caller.delete("/auth/token/current").status_code == 204
    assert caller.get("/me").status_code == 401


def test_session_alone_is_not_enough(client, person):
    client.force_login(person)
    assert client.get("/api/v1/me").status_code == 401


def test_slash_at_the_end_is_welcome(caller):
    assert caller.get("/me/").status_code == 200


def test_description_is_public_and_complete(client):
    spec = client.get("/api/v1/openapi.json").json()
    assert {"/api/v1/auth/token", "/api/v1/me"} <= set(spec["paths"])
