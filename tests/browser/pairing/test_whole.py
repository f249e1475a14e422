"""A coordinator chooses an objective, compares, asks why not, reads the report, and stops a run."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tandemwerk.pairing.models import MatchRun
from tests.browser.ui.axe import overflow, violations
from tests.factories.pairing import coordinator, filled_cohort, mentee

# Milliseconds the first question on a machine may take, before the answer is compiled.
COMPILING = 30_000
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cohort():
    """Four pairs can be made; one mentee more."""
    made = filled_cohort(4, 4)
    mentee(made, "Ohne")
    return made


def test_objective_picture_why_not_report_and_stopping(page: Page, log_in, cohort):
    by = coordinator(cohort)
    by.locale = "de"
    by.save()
    log_in(by)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"/cohorts/{cohort.pk}/runs/")
    page.get_by_role("radio", name="Stabil").check()
    assert violations(page) == []
    page.get_by_role("button", name="Ersten Lauf starten").click()
    expect(page.locator("progress")).to_be_visible()
    expect(page.get_by_text("Profile werden gelesen")).to_be_visible()
    call_command("worker", batch=True)
    expect(page.locator("tw-board")).to_be_visible()
    expect(page.locator(".board-head .lead")).to_contain_text("Stabil")

    picture = page.locator("#board-trade-off")
    expect(picture.locator("svg polygon.on").first).to_be_visible()
    picture.get_by_text("Die Zahlen").click()
    expect(picture.locator("table")).to_contain_text("Schwächstes Paar")
    page.get_by_role("link", name="Noch einmal prüfen").click()
    expect(page.locator("#board-checked")).to_contain_text("Es stimmt")
    assert violations(page) == []

    picture.get_by_role("button", name="Berechnen Ausgewogen").click()
    expect(page.locator("progress")).to_be_visible()
    page.get_by_role("button", name="Lauf anhalten").click()
    expect(page.locator("main")).to_contain_text("wurde angehalten")
    call_command("worker", batch=True)
    assert MatchRun.objects.latest("pk").state == "cancelled"
    page.get_by_role("button", name="Noch einmal starten").click()
    expect(page.locator("progress")).to_be_visible()
    call_command("worker", batch=True)
    expect(page.locator(".board-head .lead")).to_contain_text("Ausgewogen")

    page.get_by_role("link", name="Läufe vergleichen").click()
    expect(page.locator("main")).to_contain_text("Stabil")
    page.go_back()
    page.locator("#board-lone .row .who").first.click()
    expect(page.locator("#board-detail .nobody")).to_be_visible()
    page.locator("#why-not-found a").first.click()
    expect(page.locator("#why-not-answer")).to_contain_text("auf Platz", timeout=COMPILING)

    page.goto(f"/runs/{MatchRun.objects.latest('pk').pk}/")
    page.get_by_role("link", name="Fairnessbericht").click()
    expect(page.locator("main")).to_contain_text("Tauschprobe")
    for width in (390, 820, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) == 0
        assert violations(page) == []
