"""Every page of the demo, as every role: no barrier, no dead end, no overflow, no stranger."""

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, BrowserContext

from tandemwerk.people.models import User
from tests.browser.crawl import axe_violations, foreign_requests, is_dead_end, overflow, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROLES = {
    "anonymous": None,
    "mentee": "mentee@demo.example",
    "mentor": "mentor@demo.example",
    "coordinator": "coordinator@demo.example",
}
# Language, colour scheme and width change together; over all roles each value meets the others.
LOOKS = {
    "anonymous": [("de", "light", 320), ("en", "dark", 1440)],
    "mentee": [("de", "dark", 320), ("en", "light", 1440)],
    "mentor": [("en", "dark", 320), ("de", "light", 768)],
    "coordinator": [("de", "light", 1440), ("en", "dark", 320)],
}


@pytest.fixture
def demo(settings, live_server):
    settings.DEMO = True
    call_command("demo_load")
    return live_server.url


@pytest.mark.parametrize("role", ROLES)
def test_every_page(browser: Browser, browser_context_args, demo, role):
    problems = []
    # Two pages of a kind, an empty and a full one perhaps; one of each again in the second look.
    for per_shape, (language, scheme, width) in zip((2, 1), LOOKS[role], strict=True):
        look = {"locale": language, "color_scheme": scheme}
        window = {"viewport": {"width": width, "height": 900}}
        context = browser.new_context(**{**browser_context_args, **look, **window})
        if email := ROLES[role]:
            User.objects.filter(email=email).update(locale=language)
            sign_in(context, demo, User.objects.get(email=email))
        visited, found = problems_of(context, demo, per_shape)
        context.close()
        assert visited >= (3 if role == "anonymous" else 6)
        problems += [f"{language} {scheme} {width} {problem}" for problem in found]
    assert problems == []


def sign_in(context: BrowserContext, url: str, user: User) -> None:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])


def problems_of(context: BrowserContext, url: str, per_shape: int) -> tuple[int, list[str]]:
    """Number of pages walked through, and everything that is wrong with them."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    strangers = foreign_requests(page, url)
    visited, problems = 0, []
    for visit in walk(page, url, per_shape=per_shape):
        visited += 1
        found = [f"status {visit.status}"] if visit.status >= 400 else []
        found += axe_violations(page)
        found += [f"{overflow(page)} px too wide"] if overflow(page) > 0 else []
        found += ["dead end"] if is_dead_end(page) else []
        found += ["no title"] if not visit.title.strip() else []
        found += complaints
        complaints.clear()
        problems += [f"{visit.path}: {problem}" for problem in found]
    return visited, problems + [f"foreign request: {address}" for address in strangers]
