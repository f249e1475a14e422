from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tandemwerk.people.models import User
from tests.integration.people.helpers import (
    code_now,
    give_app,
    give_codes,
    is_signed_in,
    log_in,
    make_member,
)

pytestmark = pytest.mark.django_db


def test_log_in_keeps_where_one_wanted_to_go(client, member):
    asked = client.get("/profile/")
    assert asked["Location"] == "/accounts/login/?next=/profile/"
    page = client.get(asked["Location"]).content.decode()
    assert 'name="next" value="/profile/"' in page
    assert log_in(client, member, after="/profile/")["Location"] == "/profile/"


def test_a_foreign_next_is_not_followed(client, member):
    response = log_in(client, member, after="https://evil.example/")
    assert "evil" not in response["Location"]


def test_wrong_password_and_unknown_address_sound_the_same(client, member):
    known = log_in(client, member, password="wrong").content.decode()
    unknown = log_in(client, User(email="nobody@example.org"), password="wrong").content.decode()
    assert "don&#x27;t match" in known or "passen nicht" in known
    assert [line for line in known.splitlines() if "error" in line and "@" not in line] == [
        line for line in unknown.splitlines() if "error" in line and "@" not in line
    ]
    assert not is_signed_in(client)


def test_too_many_attempts_pause_even_the_right_password(client, member):
    for _attempt in range(6):
        log_in(client, member, password="wrong")
    page = log_in(client, member).content.decode()
    assert "Zu viele Versuche" in page or "Too many attempts" in page
    assert not is_signed_in(client)


def test_a_switched_off_account_stays_out(client, member):
    User.objects.filter(pk=member.pk).update(is_active=False)
    log_in(client, member)
    assert not is_signed_in(client)


def test_the_app_is_asked_for_its_code(client, member):
    secret = give_app(member)
    assert log_in(client, member)["Location"].startswith("/accounts/2fa/authenticate/")
    assert not is_signed_in(client)
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "newest" in wrong.content.decode() or "neuesten" in wrong.content.decode()
    right = client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)})
    assert right["Location"] == "/settings/"
    assert is_signed_in(client)


def test_a_recovery_code_works_once(client, member):
    give_app(member)
    code = give_codes(member)[0]
    log_in(client, member)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert is_signed_in(client)
    client.post("/accounts/logout/")
    log_in(client, member)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert not is_signed_in(client)


def test_codes_cannot_be_guessed_without_end(client, member):
    secret = give_app(member)
    log_in(client, member)
    for guess in range(6):
        client.post("/accounts/2fa/authenticate/", {"code": f"{guess:06d}"})
    client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)})
    assert not is_signed_in(client)


def test_log_out_by_post_only(client, member):
    log_in(client, member)
    client.get("/accounts/logout/")
    assert is_signed_in(client)
    assert client.post("/accounts/logout/")["Location"] == "/accounts/login/"
    assert not is_signed_in(client)


def test_no_session_outlives_two_weeks(client, member):
    log_in(client, member)
    assert client.session.get_expiry_date() <= timezone.now() + timedelta(days=14, minutes=1)


@pytest.mark.parametrize(
    "path",
    ["/accounts/login/", "/accounts/password/reset/", "/accounts/inactive/", "/goodbye/"],
)
@pytest.mark.parametrize(("language", "word"), [("de", 'lang="de"'), ("en", 'lang="en"')])
def test_public_pages_come_in_both_languages(client, path, language, word):
    page = client.get(path, headers={"Accept-Language": language}).content.decode()
    assert word in page


def test_staff_made_by_the_operator_can_log_in(client):
    user = make_member(is_operator=True, second_factor=False)
    assert log_in(client, user)["Location"] == "/settings/"
    assert client.get("/settings/")["Location"] == "/accounts/2fa/?required=1"


def test_a_flood_from_one_address_gets_a_calm_page(client, member):
    for _attempt in range(31):
        answer = client.get("/accounts/login/")
        if answer.status_code == 200:
            answer = log_in(client, member, password="wrong")
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    assert "wait a few minutes" in answer.content.decode().lower() or (
        "ein paar minuten" in answer.content.decode().lower()
    )


@pytest.mark.parametrize("is_open", [True, False])
def test_an_account_is_offered_only_where_one_may_be_made(client, settings, is_open):
    settings.OPEN_SIGNUP = is_open
    page = client.get(reverse("account_login")).content.decode()
    assert (reverse("account_signup") in page) == is_open
