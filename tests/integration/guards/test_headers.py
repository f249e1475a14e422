"""What every answer carries, and from where writes are accepted."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
PAGES = ["/", "/accounts/login/", "/no/such/page/", "/healthz", "/api/v1/openapi.json"]


@pytest.mark.parametrize("path", PAGES)
def test_policy_is_strict(client, path):
    policy = client.get(path)["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    assert directives["default-src"] == "'none'"
    assert {value for name, value in directives.items() if name.endswith("-src")} <= {
        "'none'",
        "'self'",
    }
    assert directives["frame-ancestors"] == "'none'"
    assert directives["base-uri"] == "'none'"
    assert directives["form-action"] == "'self'"


@pytest.mark.parametrize("path", PAGES)
def test_usual_protections(client, path):
    response = client.get(path)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_pages_of_a_person_are_not_cached(client):
    client.force_login(UserFactory())
    assert "no-store" in client.get("/")["Cache-Control"]


@pytest.mark.parametrize(
    ("origin", "is_accepted"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://127.0.0.1:8001", False),
        ("https://127.0.0.1:8000", False),
        ("http://evil.example", False),
        ("null", False),
    ],
)
def test_writes_come_from_the_exact_origin(origin, is_accepted):
    client = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1:8000"})
    page = client.get(reverse("account_login"))
    token = page.context["csrf_token"]
    answer = client.post(
        reverse("account_login"),
        {"login": "a@example.org", "password": "x", "csrfmiddlewaretoken": str(token)},
        headers={"origin": origin},
    )
    assert (answer.status_code != 403) == is_accepted


def test_foreign_host_is_refused(client):
    assert client.get("/healthz", headers={"host": "evil.example"}).status_code == 400


def test_cookies_are_closed(client):
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": "a@example.org", "password": "x"})
    assert client.cookies
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


@override_settings(DEBUG=False)
def test_error_pages_tell_nothing_about_the_inside(client):
    body = client.get("/no/such/page/").content
    assert b"Traceback" not in body
    assert b"urlpatterns" not in body
