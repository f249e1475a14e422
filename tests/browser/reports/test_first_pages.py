"""The landing page and the first page of people without anything, in all looks."""

import pytest
from playwright.sync_api import Browser

from tests.browser.ui.axe import overflow, violations
from tests.factories.people import UserFactory
from tests.factories.programmes import OwnerFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [(320, "light", "de"), (820, "light", "en"), (1440, "dark", "en")]


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS)
def test_the_landing_page(browser: Browser, base_url: str, width, scheme, locale):
    context = browser.new_context(
        base_url=base_url,
        locale=locale,
        color_scheme=scheme,
        viewport={"width": width, "height": 800},
    )
    page = context.new_page()
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == locale
    assert violations(page) == []
    assert overflow(page) == 0
    context.close()


def test_the_language_is_one_tap_away(page):
    page.goto("/")
    page.get_by_role("main").get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("main").get_by_role("button", name="Deutsch").click()
    assert page.locator("html").get_attribute("lang") == "de"


@pytest.mark.parametrize("make", ["stranger", "owner", "operator"])
def test_an_empty_house_has_a_way_on(page, log_in, settings, make):
    settings.DEMO = True
    user = {
        "stranger": lambda: UserFactory(locale="de"),
        "owner": lambda: OwnerFactory(user__locale="de").user,
        "operator": lambda: UserFactory(is_operator=True, locale="de"),
    }[make]()
    log_in(user)
    page.goto("/")
    assert violations(page) == []
    assert page.locator("main a.btn.primary").count() == 1
