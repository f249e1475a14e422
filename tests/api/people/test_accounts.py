"""Ways into an account and what protects it, without a browser."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from tandemwerk.audit.models import AuditEntry
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.people.models import ApiToken, User
from tests.api.conftest import Caller
from tests.factories.people import UserFactory
from tests.factories.programmes import CoordinatorFactory
from tests.integration.people.helpers import (
    NEW_PASSWORD,
    PASSWORD,
    code_now,
    give_app,
    last_mail,
    link_in,
    make_member,
)

pytestmark = pytest.mark.django_db
SIGN_UP = {
    "given_name": "Ayşe",
    "family_name": "Yılmaz",
    "email": "Ayse.Yilmaz@Example.org",
    "password": PASSWORD,
    "locale": "en",
}


def call(client, path, data):
    answer = client.post(f"/api/v1{path}", data, content_type="application/json")
    assert not answer.cookies, "a program gets no cookie"
    return answer


def code_of(answer):
    return answer.status_code, answer.json()["error"]["code"]


@pytest.fixture
def member(client):
    return Caller(client, make_member())


def key_in(mail):
    return link_in(mail).rstrip("/").rpartition("/")[2]


def test_sign_up_confirm_and_get_a_token(client, settings):
    settings.OPEN_SIGNUP = True
    assert call(client, "/auth/sign-up", SIGN_UP).status_code == 202
    user = User.objects.get()
    assert (user.email, user.name, user.locale) == ("ayse.yilmaz@example.org", "Ayşe Yılmaz", "en")
    assert AuditEntry.objects.filter(action="account.create", object_id=user.pk).exists()
    sign_in = {"email": user.email, "password": PASSWORD}
    assert call(client, "/auth/token", sign_in).status_code == 401
    key = key_in(last_mail())
    assert call(client, "/auth/confirmation/confirm", {"key": key}).status_code == 204
    assert call(client, "/auth/token", sign_in).status_code == 201
    assert code_of(call(client, "/auth/confirmation/confirm", {"key": key})) == (409, "link_ended")


def test_sign_up_is_closed_without_the_setting(client):
    assert code_of(call(client, "/auth/sign-up", SIGN_UP)) == (409, "sign_up_closed")
    assert not User.objects.exists()


def test_a_known_address_gets_the_same_answer(client, settings):
    settings.OPEN_SIGNUP = True
    known = make_member(email="ayse.yilmaz@example.org")
    answer = call(client, "/auth/sign-up", SIGN_UP)
    fresh = call(client, "/auth/sign-up", {**SIGN_UP, "email": "new@example.org"})
    assert (answer.status_code, answer.content) == (fresh.status_code, fresh.content)
    assert OutboxMail.objects.get(to=known.email).kind == "account_account_already_exists"


@pytest.mark.parametrize(
    ("field", "value"), [("email", "nobody"), ("password", "short"), ("password", "1" * 16)]
)
def test_each_mistake_of_a_sign_up_is_named(client, settings, field, value):
    settings.OPEN_SIGNUP = True
    answer = call(client, "/auth/sign-up", {**SIGN_UP, field: value})
    assert code_of(answer) == (422, "invalid")
    assert answer.json()["error"]["fields"][0]["field"].endswith(field)
    assert not User.objects.exists()


def test_the_link_is_sent_again_to_those_who_wait_for_it(client, member):
    fresh = UserFactory()
    EmailAddress.objects.create(user=fresh, email=fresh.email, verified=False, primary=True)
    for email in (fresh.email, member.user.email, "nobody@example.org"):
        assert call(client, "/auth/confirmation", {"email": email}).status_code == 202
    assert [mail.to for mail in OutboxMail.objects.all()] == [fresh.email]


def test_a_forgotten_password_is_set_anew(client):
    user = make_member()
    assert call(client, "/auth/password-reset", {"email": user.email}).status_code == 202
    mail = last_mail()
    key = mail.text.partition("/accounts/password/reset/key/")[2].partition("/")[0]
    reset = {"key": key, "password": NEW_PASSWORD}
    short = call(client, "/auth/password-reset/confirm", {**reset, "password": "short"})
    assert code_of(short) == (422, "invalid")
    assert call(client, "/auth/password-reset/confirm", reset).status_code == 204
    again = call(client, "/auth/password-reset/confirm", reset)
    assert code_of(again) == (409, "link_ended")
    sign_in = {"email": user.email, "password": NEW_PASSWORD}
    assert call(client, "/auth/token", sign_in).status_code == 201
    assert AuditEntry.objects.filter(action="password.reset", object_id=user.pk).exists()


def test_an_unknown_address_hears_the_same(client):
    answer = call(client, "/auth/password-reset", {"email": "nobody@example.org"})
    assert (answer.status_code, answer.content) == (202, b"")


@pytest.mark.parametrize("key", ["", "nonsense", "1-nonsense", "-", "ZZZZZZZZZZZZZZZ-1"])
def test_broken_keys_are_refused(client, key):
    reset = {"key": key, "password": NEW_PASSWORD}
    for part, sent in (("confirmation", {"key": key}), ("password-reset", reset)):
        answer = call(client, f"/auth/{part}/confirm", sent)
        assert code_of(answer) == (409, "link_ended")


def test_the_password_is_changed_with_the_old_one(client, member):
    wrong = member.post("/me/password", {"password": "no", "new_password": NEW_PASSWORD})
    assert code_of(wrong) == (422, "invalid")
    assert wrong.json()["error"]["fields"][0]["field"].endswith("password")
    done = member.post("/me/password", {"password": PASSWORD, "new_password": NEW_PASSWORD})
    assert done.status_code == 204
    assert User.objects.get(pk=member.user.pk).check_password(NEW_PASSWORD)
    assert last_mail().kind == "account_password_changed"


def test_another_address_counts_once_it_is_confirmed(client, member):
    refused = member.post("/me/email", {"email": "new@example.org", "password": "wrong"})
    assert code_of(refused) == (403, "password_wrong")
    asked = member.post("/me/email", {"email": "new@example.org", "password": PASSWORD})
    assert asked.status_code == 202
    assert asked.json() == {"email": member.user.email, "waiting": "new@example.org"}
    mail = OutboxMail.objects.get(to="new@example.org")
    call(client, "/auth/confirmation/confirm", {"key": key_in(mail)})
    assert member.get("/me/email").json() == {"email": "new@example.org", "waiting": ""}


def test_one_takes_everything_along_and_leaves(client, member):
    assert code_of(member.post("/me/data", {"password": "wrong"})) == (403, "password_wrong")
    data = member.post("/me/data", {"password": PASSWORD})
    assert data.status_code == 200
    assert member.user.email in data.content.decode()
    assert member.post("/me/delete", {"password": PASSWORD}).status_code == 422
    gone = member.post("/me/delete", {"password": PASSWORD, "confirm": True})
    assert gone.status_code == 204
    assert not User.objects.filter(pk=member.user.pk).exists()
    assert member.get("/me").status_code == 401


def test_tokens_are_listed_and_revoked(client, member):
    other = Caller(client, member.user)
    foreign = Caller(client, UserFactory())
    listed = member.get("/me/tokens").json()
    assert {row["id"] for row in listed["items"]} == {member.token.pk, other.token.pk}
    assert listed["total"] == 2
    assert "digest" not in listed["items"][0]
    assert member.delete(f"/me/tokens/{foreign.token.pk}").status_code == 404
    assert member.delete(f"/me/tokens/{other.token.pk}").status_code == 204
    assert other.get("/me").status_code == 401
    assert member.delete(f"/me/tokens/{other.token.pk}").status_code == 404
    assert ApiToken.objects.filter(revoked_at=None).count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_tokens_take_the_same_queries_for_any_number(client, count, django_assert_num_queries):
    user = UserFactory()
    callers = [Caller(client, user) for _ in range(count)]
    callers[0].get("/me")
    with django_assert_num_queries(4):
        assert callers[0].get("/me/tokens").json()["total"] == count


def begin(caller):
    return caller.post("/me/factors/app", {"password": PASSWORD}).json()


def test_an_app_is_set_up_used_and_removed(client, member):
    assert code_of(member.post("/me/factors/app", {"password": "no"})) == (403, "password_wrong")
    begun = begin(member)
    assert begun["secret"] in begun["uri"]
    wrong = member.post("/me/factors/app/confirm", {"ticket": begun["ticket"], "code": "000000"})
    assert code_of(wrong) == (422, "code_wrong")
    assert not Authenticator.objects.exists()
    code = code_now(begun["secret"])
    done = member.post("/me/factors/app/confirm", {"ticket": begun["ticket"], "code": code})
    assert done.status_code == 201
    codes = done.json()["recovery_codes"]
    assert len(codes) == 10
    assert member.get("/me/factors").json() == {
        "has_app": True,
        "recovery_codes_left": 10,
        "passkeys": [],
    }
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert begun["secret"] not in kept
    sign_in = {"email": member.user.email, "password": PASSWORD}
    assert code_of(call(client, "/auth/token", sign_in)) == (401, "code_needed")
    assert call(client, "/auth/token", {**sign_in, "code": codes[0]}).status_code == 201
    shown = member.post("/me/recovery-codes/show", {"password": PASSWORD}).json()
    assert shown["recovery_codes"] == codes[1:]
    fresh = member.post("/me/recovery-codes", {"password": PASSWORD})
    assert fresh.status_code == 201
    assert not set(fresh.json()["recovery_codes"]) & set(codes)
    assert code_of(member.post("/me/factors/app", {"password": PASSWORD})) == (409, "factor_there")
    assert member.post("/me/factors/app/remove", {"password": PASSWORD}).status_code == 204
    assert not Authenticator.objects.exists()
    acts = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"factor.add", "factor.remove", "factor.reset"} <= acts


def test_a_ticket_is_for_one_person_only(client, member):
    other = Caller(client, make_member())
    begun = begin(member)
    code = code_now(begun["secret"])
    stolen = other.post("/me/factors/app/confirm", {"ticket": begun["ticket"], "code": code})
    assert code_of(stolen) == (409, "link_ended")
    broken = member.post("/me/factors/app/confirm", {"ticket": "nonsense", "code": code})
    assert code_of(broken) == (409, "link_ended")


@pytest.mark.parametrize("path", ["factors/app/remove", "recovery-codes", "recovery-codes/show"])
def test_nothing_to_remove_or_show_without_an_app(member, path):
    assert code_of(member.post(f"/me/{path}", {"password": PASSWORD})) == (409, "factor_missing")


def test_staff_set_up_their_app_by_api_and_keep_it(client):
    user = make_member()
    CoordinatorFactory(user=user, second_factor=False)
    caller = Caller(client, user)
    assert code_of(caller.get("/me")) == (403, "mfa_required")
    begun = begin(caller)
    code = code_now(begun["secret"])
    caller.post("/me/factors/app/confirm", {"ticket": begun["ticket"], "code": code})
    assert caller.get("/me").status_code == 200
    kept = caller.post("/me/factors/app/remove", {"password": PASSWORD})
    assert code_of(kept) == (409, "factor_needed")


def test_passkeys_are_listed(member):
    give_app(member.user)
    Authenticator.objects.create(user=member.user, type="webauthn", data={"name": "Key"})
    found = member.get("/me/factors").json()
    assert [(key["name"], key["is_passwordless"]) for key in found["passkeys"]] == [("Key", False)]


def test_guessing_the_password_is_limited(member):
    codes = {code_of(member.post("/me/data", {"password": f"guess {n}"}))[1] for n in range(8)}
    assert codes == {"password_wrong", "too_many_attempts"}
