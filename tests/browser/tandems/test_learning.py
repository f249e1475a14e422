"""A coordinator switches learning on, waits for enough meetings, and reads what came of it."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tandemwerk.tandems.services.learning import organisation_learn
from tests.browser.ui.axe import overflow, violations
from tests.factories.chemistry import meetings_held
from tests.factories.pairing import NOW, calculated, coordinator, filled_cohort

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_switching_on_waiting_and_reading(page: Page, log_in):
    cohort = filled_cohort(3, 3)
    by = coordinator(cohort)
    by.locale = "de"
    by.save()
    log_in(by)
    programme = f"/programmes/{cohort.programme_id}/"
    page.goto(f"{programme}settings/")
    page.get_by_label("Aus Kennenlerngesprächen lernen").check()
    assert violations(page) == []
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator("#learning")).to_contain_text("werden gerade ausgewertet")
    call_command("worker", batch=True)
    page.reload()
    box = page.locator("#learning")
    expect(box).to_contain_text("Noch nicht genug: 0 von 100 Gesprächen, 0 von 3 Durchgängen.")
    expect(box.locator("svg circle, table")).to_have_count(0)
    assert violations(page) == []

    run = calculated(cohort)
    meetings_held(cohort.programme)
    organisation_learn(organisation_pk=cohort.programme.organisation_id, now=NOW)
    page.reload()
    expect(box).to_contain_text("120 Gespräche in 3 Durchgängen")
    expect(box.locator("svg circle").first).to_be_visible()
    box.get_by_text("Als Tabelle").click()
    box.get_by_text("Zahlen für Fachleute").click()
    expect(box.locator("table").last).to_contain_text("AUC")
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []
        assert overflow(page) <= 0

    page.goto(f"/runs/{run.pk}/?pair={run.suggestions.first().pk}")
    expect(page.locator("#board-detail")).to_contain_text("Wollen beide weitermachen?")
    expect(page.locator("#board-detail")).to_contain_text("Weder Passung noch Paare ändern sich")
    assert violations(page) == []
