"""The profile on a phone: choose topics, put them in order, be saved in passing."""

import pytest
from playwright.sync_api import Page, expect

from tandemwerk.people.models import Profile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": {"width": 390, "height": 844}}


def test_topics_are_searched_chosen_and_put_in_order(page: Page, user):
    page.goto("/profile/topics/")
    picker = page.locator("#picker-wanted")
    search = picker.get_by_label("Themen suchen")
    search.press_sequentially("konflikt")
    results = picker.get_by_role("group", name="Themen zur Auswahl")
    expect(results.get_by_role("status")).to_contain_text("gefunden")
    first = results.get_by_role("button").first
    name = first.inner_text().strip()
    first.click()
    chosen = picker.get_by_role("list", name="Woran ich arbeiten will")
    expect(chosen).to_contain_text(name)
    results.get_by_role("button").first.click()
    expect(chosen.get_by_role("listitem")).to_have_count(2)
    chosen.get_by_role("button", name="Nach oben").click()
    expect(chosen.get_by_role("listitem").nth(1)).to_contain_text(name)
    chosen.get_by_role("listitem").nth(0).get_by_role("button", name="Entfernen").click()
    expect(chosen.get_by_role("listitem")).to_have_count(1)
    profile = Profile.objects.get(user=user)
    assert profile.topics.filter(kind="wanted").count() == 1


def test_a_step_saves_in_passing(page: Page, user):
    page.goto("/profile/about/")
    page.get_by_label("Was machst du?").fill("Projektleitung")
    page.get_by_label("Branche").focus()
    expect(page.locator("#saved")).to_have_text("Gespeichert.")
    assert Profile.objects.get(user=user).position == "Projektleitung"
    page.goto("/profile/about/")
    expect(page.get_by_label("Was machst du?")).to_have_value("Projektleitung")


def test_everything_works_without_script(browser, user, context, live_server):
    plain = browser.new_context(java_script_enabled=False, locale="de-DE")
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(f"{live_server.url}/profile/topics/")
    picker = page.locator("#picker-wanted")
    picker.get_by_label("Themen suchen").fill("Führung")
    picker.get_by_role("button", name="Suchen").click()
    page.locator("#picker-wanted").get_by_role("group").get_by_role("button").first.click()
    expect(page.locator("#picker-wanted").get_by_role("listitem").first).to_be_visible()
    assert Profile.objects.get(user=user).topics.count() == 1
    plain.close()


def test_the_appearance_changes_without_leaving_the_page(page: Page, user):
    page.goto("/settings/")
    page.get_by_role("main").get_by_role("button", name="Dunkel").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
