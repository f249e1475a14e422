"""Every page of the demo, as every role: no barrier, no dead end, no overflow, no stranger."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser

from tandemwerk.people.models import User
from tests.browser.crawl import axe_violations, foreign_requests, is_dead_end, overflow, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "open sesame for the demo"
ROLES = {
    "anonymous": None,
    "mentee": "mentee@demo.example",
    "mentor": "mentor@demo.example",
    "coordinator": "coordinator@demo.example",
}
# Language, colour scheme and width change together: each value meets each role once.
LOOKS = {
    "anonymous": [("de", "light", 320), ("en", "dark", 1440)],
    "mentee": [("de", "light", 320), ("en", "dark", 1440)],
    "mentor": [("en", "light", 320), ("de", "dark", 768)],
    "coordinator": [("de", "light", 1440), ("en", "dark", 320)],
}
CASES = [(role, *look) for role, looks in LOOKS.items() for look in looks]


@pytest.fixture
def demo(settings, live_server):
    settings.DEMO = True
    settings.DEMO_PASSWORD = PASSWORD
    call_command("demo_load")
    return live_server.url


@pytest.mark.parametrize(("role", "language", "scheme", "width"), CASES)
def test_every_page(browser: Browser, browser_context_args, demo, role, language, scheme, width):
    context = browser.new_context(
        **{
            **browser_context_args,
            "locale": language,
            "color_scheme": scheme,
            "viewport": {"width": width, "height": 900},
        }
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    strangers = foreign_requests(page, demo)
    if email := ROLES[role]:
        User.objects.filter(email=email).update(locale=language)
        page.goto(f"{demo}/accounts/login/")
        page.locator("input[name=login]").fill(email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(f"{demo}/")
    problems, visited = [], 0
    for visit in walk(page, demo):
        visited += 1
        found = [f"status {visit.status}"] if visit.status >= 400 else []
        found += axe_violations(page)
        found += [f"{overflow(page)} px too wide"] if overflow(page) > 0 else []
        found += ["dead end"] if is_dead_end(page) else []
        found += ["no title"] if not visit.title.strip() else []
        found += complaints
        complaints.clear()
        problems += [f"{visit.path}: {problem}" for problem in found]
    context.close()
    assert visited >= {"anonymous": 3}.get(role, 6)
    assert problems == []
    assert strangers == []
