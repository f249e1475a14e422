import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_menu_opens_by_keyboard_moves_by_arrows_and_gives_focus_back(page: Page):
    page.goto("/styleguide")
    button = page.locator("button[popovertarget=sample-menu]")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    items = page.locator("#sample-menu :is(a, button)")
    expect(items.nth(0)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(items.last).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#sample-menu")).to_be_hidden()
    expect(button).to_be_focused()


def test_menu_stays_inside_the_window(page: Page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/styleguide")
    page.locator("button[popovertarget=user-menu]").click()
    box = page.locator("#user-menu").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320


def test_focus_starts_at_the_error_summary_and_its_links_lead_to_the_fields(page: Page):
    page.goto("/styleguide")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    links = summary.get_by_role("link")
    for at in range(links.count()):
        target = links.nth(at).get_attribute("href")
        assert target
        expect(page.locator(target)).to_have_count(1)
    links.first.click()
    expect(page.locator("#wrong_name")).to_be_focused()


def test_a_wrong_field_is_described_by_its_error(page: Page):
    page.goto("/styleguide")
    field = page.locator("#wrong_name")
    described = field.get_attribute("aria-describedby") or ""
    said = " ".join(page.locator(f"#{part}").inner_text() for part in described.split())
    assert "Bitte fülle dieses Feld aus." in said
    assert field.get_attribute("aria-invalid") == "true"


def test_topic_picker_finds_by_other_words_and_repeats_what_is_chosen(page: Page):
    page.goto("/styleguide")
    picker = page.locator("#ok_topics")
    expect(picker.locator("[data-chosen] button")).to_have_count(1)
    picker.locator("[data-filter]").fill("geld")
    expect(picker.locator("[data-item]:visible")).to_have_count(1)
    picker.locator("[data-filter]").fill("xyz")
    expect(picker.locator("[data-none]")).to_be_visible()
    picker.locator("[data-filter]").fill("")
    picker.get_by_label("Delegieren").check()
    expect(picker.locator("[data-chosen] button")).to_have_count(2)
    picker.locator("[data-chosen] button").first.click()
    expect(picker.locator("[data-item] input:checked")).to_have_count(1)


def test_undo_stays_long_enough_to_be_reached(page: Page):
    page.clock.install()
    page.goto("/styleguide/board?n=100")
    page.locator("#pairs-head + .row .why").click()
    page.locator("#board-detail button[value=lock]").click()
    toast = page.locator("#toasts .toast")
    expect(toast).to_have_count(1)
    page.mouse.move(5, 5)
    page.clock.fast_forward(12_000)
    expect(toast).to_have_count(1)
    page.clock.fast_forward(6_000)
    expect(toast).to_have_count(0)


def test_a_focused_toast_does_not_leave(page: Page):
    page.clock.install()
    page.goto("/styleguide/board?n=100")
    page.locator("#pairs-head + .row .why").click()
    page.locator("#board-detail button[value=lock]").click()
    toast = page.locator("#toasts .toast")
    toast.locator("form button").focus()
    page.clock.fast_forward(60_000)
    expect(toast).to_have_count(1)


def test_theme_changes_at_once_and_is_there_on_the_next_page(page: Page):
    page.goto("/styleguide")
    page.locator("button[popovertarget=user-menu]").click()
    with page.expect_response(re.compile("/appearance")):
        page.locator("button[name=theme][value=dark]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/accounts/login/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_theme_as_device_leaves_the_choice_to_the_browser_at_once(page: Page):
    page.goto("/styleguide")
    page.locator("button[popovertarget=user-menu]").click()
    page.locator("button[name=theme][value=dark]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator("button[name=theme][value=system]").click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", re.compile("."))


def test_language_switch_works_without_script(page_without_script: Page):
    page = page_without_script
    page.goto("/accounts/login/")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.locator("button[popovertarget=user-menu]").click()
    page.locator("button[value=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_server_errors_and_a_lost_connection_are_said(page: Page, console_errors):
    page.goto("/styleguide/board?n=100")
    page.route("**/styleguide/board?pair=*", lambda route: route.fulfill(status=500, body="broken"))
    page.locator("#pairs-head + .row .why").click()
    expect(page.locator("#toasts .toast.error")).to_contain_text("Das hat nicht geklappt")
    page.unroute("**/styleguide/board?pair=*")
    page.route("**/styleguide/board?pair=*", lambda route: route.abort())
    page.locator("#pairs-head + .row + .row .why").click()
    expect(page.locator("#toasts .toast.warning")).to_contain_text("Gerade keine Verbindung")
    console_errors.clear()
