import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.db.models import ProtectedError
from django.test import Client

from tandemwerk.audit.models import AuditEntry
from tandemwerk.people import erasure, export
from tandemwerk.people.errors import AccountStillNeeded
from tandemwerk.people.models import ApiToken, Profile, User
from tandemwerk.people.services.accounts import account_erase, account_update
from tests.factories.people import ProfileFactory, UserFactory
from tests.integration.people.helpers import give_app, is_signed_in, log_in, make_member

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DELETE = "/settings/data/delete/"
NAMES = {
    "title": "Dr.",
    "given_name": "Ayşe",
    "family_name": "Yılmaz",
    "locale": "de",
    "timezone": "Europe/Lisbon",
}


def test_name_language_and_zone_are_saved_and_audited(signed_in, member):
    assert signed_in.post("/settings/", NAMES)["Location"] == "/settings/"
    member.refresh_from_db()
    assert (member.name, member.locale, member.timezone) == (
        "Dr. Ayşe Yılmaz",
        "de",
        "Europe/Lisbon",
    )
    page = signed_in.get("/settings/").content.decode()
    assert "Einstellungen" in page
    assert "Gespeichert." in page
    entry = AuditEntry.objects.get(action="account.update")
    assert set(entry.details["fields"]) == set(NAMES)
    assert "Ayşe" not in str(entry.details)


@pytest.mark.parametrize(
    "change",
    [{"given_name": ""}, {"locale": "fr"}, {"timezone": "Mars/Olympus"}, {"title": "x" * 31}],
)
def test_mistakes_are_explained_and_change_nothing(signed_in, member, change):
    response = signed_in.post("/settings/", {**NAMES, **change})
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    member.refresh_from_db()
    assert member.family_name == "Muster"


@pytest.mark.parametrize("change", [{"locale": "fr"}, {"timezone": "x"}, {"theme": "pink"}])
def test_the_service_refuses_unknown_choices(change):
    with pytest.raises(ValueError, match=next(iter(change))):
        account_update(user=UserFactory(), now=NOW, **change)


def test_a_zone_that_vanished_does_not_break_pages(client):
    user = UserFactory(timezone="Europe/Atlantis")
    client.force_login(user)
    assert client.get("/settings/").status_code == 200


def test_a_visitor_chooses_a_language(client):
    client.post("/appearance", {"language": "en", "next": "/accounts/login/"})
    assert "Log in" in client.get("/accounts/login/").content.decode()
    client.post("/appearance", {"language": "de", "next": "/accounts/login/"})
    assert "Anmelden" in client.get("/accounts/login/").content.decode()


def test_the_export_holds_what_apps_add_and_no_secret(signed_in, member, monkeypatch):
    ProfileFactory(user=member, position="Ingenieurin", about="Grüße")
    secret = give_app(member)
    monkeypatch.setitem(export._exporters, "tandems", lambda user: [{"of": user.pk, "at": NOW}])
    response = signed_in.get("/settings/data/download/")
    assert response["Content-Type"] == "application/zip"
    assert "attachment" in response["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert {"account.json", "profile.json", "acts.json", "tandems.json"} <= set(files)
    assert json.loads(files["profile.json"])["position"] == "Ingenieurin"
    assert "Grüße" in files["profile.json"]
    assert json.loads(files["tandems.json"]) == [{"of": member.pk, "at": "2026-11-02T09:00:00Z"}]
    everything = "".join(files.values())
    assert secret not in everything
    assert member.password not in everything


def test_rights_ask_for_the_password_when_the_log_in_is_old(client, member):
    client.force_login(member)
    for path in ("/settings/data/download/", DELETE):
        assert client.get(path)["Location"].startswith("/accounts/reauthenticate/?next=")
    client.post("/accounts/reauthenticate/", {"password": "wrong", "next": DELETE})
    assert client.get(DELETE).status_code == 302
    client.post("/accounts/reauthenticate/", {"password": "vier leise Wolken ziehen"})
    assert client.get(DELETE).status_code == 200


def test_leaving_takes_everything_but_the_record(signed_in, member):
    ProfileFactory(user=member)
    elsewhere = Client()
    log_in(elsewhere, member)
    pk = member.pk
    assert signed_in.post(DELETE, {}).status_code == 422
    assert signed_in.post(DELETE, {"confirm": "on"})["Location"] == "/goodbye/"
    assert not is_signed_in(signed_in)
    assert not User.objects.filter(pk=pk).exists()
    assert not Profile.objects.exists()
    assert not ApiToken.objects.exists()
    assert not [s for s in Session.objects.all() if s.get_decoded().get("_auth_user_id") == str(pk)]
    assert elsewhere.get("/settings/")["Location"].startswith("/accounts/login/")
    assert AuditEntry.objects.filter(action="account.erase", actor_id=pk).exists()
    assert signed_in.get("/goodbye/").status_code == 200


def test_apps_erase_in_their_order_before_the_account_goes(monkeypatch):
    seen = []

    def note(name):
        def erase(user, now):
            seen.append((name, User.objects.filter(pk=user.pk).exists(), now))

        return erase

    for name, order in (("participations", 20), ("tandems", 10)):
        monkeypatch.setitem(erasure._erasers, name, erasure.Eraser(name, order, note(name)))
    account_erase(user=UserFactory(), now=NOW)
    assert seen == [("tandems", True, NOW), ("participations", True, NOW)]


def test_a_refusal_erases_nothing(monkeypatch):
    def refuse(user, now):
        raise ProtectedError("needed", set())

    monkeypatch.setitem(erasure._erasers, "x", erasure.Eraser("x", 99, refuse))
    user = ProfileFactory().user
    with pytest.raises(AccountStillNeeded):
        account_erase(user=user, now=NOW)
    assert Profile.objects.filter(user=user).exists()
    assert not AuditEntry.objects.filter(action="account.erase").exists()


@pytest.mark.parametrize(
    ("register", "registry"),
    [
        (lambda: export.exporter("account")(lambda user: None), export._exporters),
        (lambda: erasure.eraser("profile", order=1)(lambda user, now: None), erasure._erasers),
    ],
)
def test_names_are_given_once(register, registry):
    before = dict(registry)
    with pytest.raises(ValueError, match="two"):
        register()
    assert registry == before


def test_members_do_not_see_each_other(client, member):
    other = make_member(given_name="Geheim")
    client.force_login(member)
    assert other.given_name not in client.get("/settings/").content.decode()


def test_a_zone_the_world_forgot_breaks_nothing(signed_in, member):
    User.objects.filter(pk=member.pk).update(timezone="Mars/Olympus")
    for path in ("/", "/settings/", "/tandems/"):
        assert signed_in.get(path).status_code == 200, path
