"""The styleguide is a demo page; these tests switch the demo on."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture(autouse=True)
def demo(settings: Any, live_server: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def board(page: Page) -> Page:
    """The sample board with 100 pairs, ready."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/styleguide/board?n=100")
    page.locator("tw-board .row[tabindex='0']").first.wait_for()
    return page


@pytest.fixture
def page_without_script(browser: Browser, base_url: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, base_url=base_url, locale="de-DE")
    yield context.new_page()
    context.close()
