import base64
import time

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.urls import resolve
from django.utils import timezone

from tandemwerk.audit.models import AuditEntry
from tandemwerk.core.crypto import SealBroken, unseal
from tandemwerk.people.adapters import FACTOR_PLACE
from tandemwerk.people.enums import Scope
from tandemwerk.people.handlers import forget_factor
from tandemwerk.people.middleware import StaffNeedsMfa
from tandemwerk.people.selectors.security import has_second_factor
from tandemwerk.people.services.tokens import token_create
from tests.factories.people import UserFactory
from tests.factories.programmes import CoordinatorFactory, OwnerFactory
from tests.integration.people.helpers import code_now, give_app, last_mail, log_in, make_member

pytestmark = pytest.mark.django_db
INDEX = "/accounts/2fa/"
ACTIVATE = "/accounts/2fa/totp/activate/"
REQUIRED = "/accounts/2fa/?required=1"


def test_setting_up_the_app(signed_in, member, django_capture_on_commit_callbacks):
    page = signed_in.get(ACTIVATE).content.decode()
    secret = signed_in.session["mfa.totp.secret"]
    assert "<svg" in page
    assert "data:" not in page
    assert secret in page
    wrong = signed_in.post(ACTIVATE, {"code": "000000"})
    assert "newest" in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        done = signed_in.post(ACTIVATE, {"code": code_now(secret)})
    assert done["Location"] == "/accounts/2fa/recovery-codes/"
    assert last_mail().kind == "mfa_totp_activated"
    assert member.short_name in last_mail().text
    assert AuditEntry.objects.filter(action="factor.add", object_id=member.pk).exists()
    codes = signed_in.get("/accounts/2fa/recovery-codes/").content.decode()
    assert "10 of 10 codes" in codes
    assert signed_in.get("/accounts/2fa/recovery-codes/download/").status_code == 200


def test_secrets_are_sealed_in_the_database(member):
    secret = give_app(member)
    kept = Authenticator.objects.get(user=member).data["secret"]
    assert secret not in kept
    assert unseal(base64.b64decode(kept), place=FACTOR_PLACE) == secret
    with pytest.raises(SealBroken):
        unseal(base64.b64decode(kept), place="elsewhere")


def test_removing_the_app(signed_in, member):
    give_app(member)
    signed_in.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=member).exists()
    assert AuditEntry.objects.filter(action="factor.remove", object_id=member.pk).exists()


def test_staff_keep_their_last_factor(client):
    user = make_member(is_operator=True, second_factor=False)
    secret = give_app(user)
    log_in(client, user)
    client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)})
    page = client.post("/accounts/2fa/totp/deactivate/").content.decode()
    assert "Add another one" in page
    assert Authenticator.objects.filter(user=user, type="totp").exists()


@pytest.fixture(params=["coordinator", "owner", "operator"])
def staff(request):
    if request.param == "operator":
        return UserFactory(is_operator=True, second_factor=False)
    factory = CoordinatorFactory if request.param == "coordinator" else OwnerFactory
    return factory(second_factor=False).user


def test_staff_without_a_factor_see_only_its_setup(client, staff):
    client.force_login(staff)
    for path in ("/settings/", "/profile/", "/settings/data/download/", "/accounts/email/"):
        assert client.get(path)["Location"] == REQUIRED, path
    page = client.get(REQUIRED).content.decode()
    assert "needs a second factor" in page
    asked = client.get("/profile/", headers={"HX-Request": "true"})
    assert asked["HX-Redirect"] == REQUIRED
    assert client.post("/appearance", {"theme": "dark"}).status_code == 302
    assert client.post("/accounts/logout/").status_code == 302


def test_the_api_says_mfa_required(client, staff):
    _token, secret = token_create(user=staff, name="x", scopes=[Scope.READ], now=timezone.now())
    bearer = {"Authorization": f"Bearer {secret}"}
    answer = client.get("/api/v1/me", headers=bearer)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "mfa_required")
    give_app(staff)
    assert client.get("/api/v1/me", headers=bearer).status_code == 200


def test_staff_with_a_factor_pass(client, staff):
    give_app(staff)
    client.force_login(staff)
    assert client.get("/profile/").status_code == 200


def test_a_removed_factor_is_noticed_at_once(client, staff):
    key = Authenticator.objects.create(
        user=staff, type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": {}}
    )
    client.force_login(staff)
    assert client.get("/profile/").status_code == 200

    class Request:
        session = client.session

    key.delete()
    forget_factor(request=Request)
    Request.session.save()
    assert client.get("/profile/")["Location"] == REQUIRED


def test_recovery_codes_alone_are_no_factor(client, staff):
    Authenticator.objects.create(user=staff, type=Authenticator.Type.RECOVERY_CODES, data={})
    client.force_login(staff)
    assert client.get("/profile/")["Location"] == REQUIRED


def test_the_demo_asks_nobody(client, staff, settings):
    settings.DEMO = True
    client.force_login(staff)
    assert client.get("/profile/").status_code == 200


def test_what_it_costs(rf, staff, django_assert_num_queries):
    """People who run nothing: one query. Staff: two at most, then none for five minutes."""
    request = rf.get("/profile/")
    request.session, request.resolver_match = {}, resolve("/profile/")
    check = StaffNeedsMfa(lambda request: HttpResponse()).process_view
    request.user = UserFactory()
    with django_assert_num_queries(1):
        assert check(request, None, (), {}) is None
    give_app(staff)
    request.user = staff
    with django_assert_num_queries(1 if staff.is_operator else 2):
        assert check(request, None, (), {}) is None
    with django_assert_num_queries(0):
        assert check(request, None, (), {}) is None


def test_somebody_who_becomes_staff_is_asked_at_once(client):
    user = UserFactory()
    client.force_login(user)
    assert client.get("/profile/").status_code == 200
    CoordinatorFactory(user=user, second_factor=False)
    assert client.get("/profile/")["Location"] == REQUIRED


def key_of(user):
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": {}}
    )


def remove(client, key):
    return client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/")


def with_short_password(user):
    user.set_password("acht Zei")
    user.save(update_fields=["password"])
    return user


def test_staff_keep_their_last_key(client, staff):
    first, second = key_of(staff), key_of(staff)
    log_in_as(client, staff)
    assert remove(client, first).status_code == 302
    answer = remove(client, second)
    assert answer.status_code == 409
    assert Authenticator.objects.filter(pk=second.pk).exists()


def test_in_the_demo_staff_may_remove_it(client, staff, settings):
    settings.DEMO = True
    key = key_of(staff)
    log_in_as(client, staff)
    assert remove(client, key).status_code == 302


def test_a_short_password_never_stands_alone(client, settings):
    settings.DEMO = True  # no exception for this rule
    user = with_short_password(make_member(locale="en"))
    key = key_of(user)
    log_in_as(client, user)
    answer = remove(client, key)
    assert answer.status_code == 409
    assert "fewer than 15 characters" in answer.content.decode()
    key.delete()
    give_app(user)
    page = client.post("/accounts/2fa/totp/deactivate/").content.decode()
    assert "fewer than 15 characters" in page
    assert has_second_factor(user)
    user.set_password("lang genug um allein zu stehen")
    user.save(update_fields=["password"])
    log_in_as(client, user)
    client.post("/accounts/2fa/totp/deactivate/")
    assert not has_second_factor(user)


def log_in_as(client, user):
    """A session that has just shown who it is, so that no page asks again."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
