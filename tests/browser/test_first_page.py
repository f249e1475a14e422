"""The page everybody sees first, in a real browser: it looks right and calls nobody."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import LogIn
from tests.factories.people import UserFactory


@pytest.mark.browser
def test_the_login_page_is_styled_and_asks_no_foreign_server(page: Page, base_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/accounts/login/")

    assert page.get_by_role("main").is_visible()
    assert page.locator("html").get_attribute("lang") == "de"
    font = page.evaluate("getComputedStyle(document.body).fontFamily")
    assert "Figtree" in font
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(base_url).netloc}
    assert any(url.endswith(".css") for url in asked)


@pytest.mark.browser
def test_a_broken_resource_fails_the_test(page: Page, console_errors: list[str]) -> None:
    page.goto("/accounts/login/")

    with page.expect_event("console", lambda message: message.type == "error"):
        page.evaluate("document.body.append(Object.assign(new Image(), {src: '/nothing.png'}))")

    assert len(console_errors) == 1
    console_errors.clear()


@pytest.mark.browser
def test_a_person_can_be_logged_in(page: Page, base_url: str, log_in: LogIn) -> None:
    log_in(UserFactory())

    page.goto("/accounts/password/change/")

    assert urlsplit(page.url).path == "/accounts/password/change/"
    assert page.get_by_role("main").is_visible()
