"""No secret of an address reaches the log, whichever address it is."""

import logging
import re

import pytest
from django.conf import settings
from django.urls import reverse

from tandemwerk.core.secret_paths import HIDDEN, NoSecrets, secret_prefixes, without_secrets

SECRET = "sEcReT-Kanarienvogel_0123456789"
KNOWN = (
    "/safeguarding/question/{}/",
    "/invitation/{}/",
    "/coordination/{}/",
    "/accounts/confirm-email/{}/",
    "/accounts/password/reset/key/1-{}/",
)


def places():
    """One address for every pattern with a secret part, out of the registry of addresses."""
    return [
        "/" + re.sub(r"\\(.)", r"\1", prefix.replace(r"[^/\s]+", "7")) + SECRET
        for prefix in secret_prefixes()
    ]


def test_the_registry_knows_them_all():
    for place in KNOWN:
        assert any(place.startswith(known.removesuffix(SECRET)) for known in places()), place


@pytest.mark.parametrize("place", places())
@pytest.mark.parametrize("end", ["/", "", ").", "/x", "%20", "/?a=b"])
def test_nothing_of_it_is_left(place, end):
    for said in (f"Not Found: {place}{end}", f'"POST {place}{end} HTTP/1.1" 422'):
        clean = without_secrets(said)
        assert SECRET not in clean
        assert HIDDEN in clean
    assert without_secrets("Not Found: /tandems/7/") == "Not Found: /tandems/7/"


@pytest.mark.django_db
@pytest.mark.parametrize("place", [*(known.format(SECRET) for known in KNOWN), *places()])
def test_whatever_an_address_answers_the_log_is_clean(client, caplog, place):
    """Handlers of others hear it, too: the filter stands at the loggers."""
    caplog.set_level(logging.DEBUG, logger="django.request")
    strict = type(client)(enforce_csrf_checks=True)
    for call in (client.get, client.post, strict.post):
        call(place, {"x": "y"})
        call(place.rstrip("/") + "/wrong/", {"x": "y"})
    assert SECRET not in caplog.text


@pytest.mark.django_db
def test_a_form_with_a_fault_names_no_secret(client, caplog, monkeypatch):
    place = reverse("safeguarding:question", args=[SECRET])
    caplog.set_level(logging.DEBUG)
    assert client.get(place).status_code == 404
    assert f"/safeguarding/question/{HIDDEN}" in caplog.text
    assert SECRET not in caplog.text


def test_every_record_goes_through_it():
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["no_secrets"]
    record = logging.LogRecord("x", 20, "", 1, "%s: %s", ("a", f"/invitation/{SECRET}/"), None)
    assert NoSecrets().filter(record)
    assert record.getMessage() == f"a: /invitation/{HIDDEN}"
