from itertools import product

import pytest
from playwright.sync_api import Browser

from tests.browser.ui.axe import overflow, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    "path", ["/styleguide", "/styleguide/board?n=16&pair=3", "/accounts/login/"]
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_breaks_accessibility_at_any_width(browser: Browser, base_url, path, language):
    context = browser.new_context(base_url=base_url, locale=language, reduced_motion="reduce")
    page = context.new_page()
    page.goto(path)
    assert page.locator("html").get_attribute("lang") == language
    for scheme, width in product(("light", "dark"), (320, 768, 1440)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], f"{scheme}, {width} px"
        assert overflow(page) == 0, f"{scheme}, {width} px"
    context.close()


def test_axe_sees_a_planted_fault(page):
    page.goto("/styleguide")
    page.evaluate("document.querySelector('#ok_name').labels[0].remove()")
    assert any(line.startswith("label ") for line in violations(page))


def test_nothing_violates_the_content_security_policy(page, console_errors):
    page.goto("/styleguide")
    page.goto("/styleguide/board")
    assert console_errors == []


def test_text_at_double_size_still_fits(page):
    page.set_viewport_size({"width": 640, "height": 900})
    page.goto("/styleguide")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(page) == 0


def test_print_has_no_navigation(page):
    page.goto("/styleguide")
    page.emulate_media(media="print")
    assert not page.locator(".topbar").is_visible()
    assert page.locator("#people").is_visible()


def test_main_targets_are_large_enough(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/styleguide")
    heights = page.locator(".btn:not(.small):visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert len(heights) > 10
    assert min(heights) >= 44
