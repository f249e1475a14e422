"""Setting up a programme and importing lists in a real browser, in both languages and schemes."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import tandemwerk.demo
from tandemwerk.programmes.jobs import import_apply, import_check
from tandemwerk.programmes.models import Cohort, ImportBatch, Participation
from tests.browser.ui.axe import overflow, violations
from tests.factories.people import UserFactory
from tests.factories.programmes import CohortFactory, CoordinatorFactory, OwnerFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAMPLES = Path(tandemwerk.demo.__file__).parent / "samples"
LOOKS = [
    ("de", "light", 390),
    ("en", "dark", 320),
    ("de", "dark", 768),
    ("en", "light", 1440),
]


def problems(page: Page) -> list[str]:
    found = violations(page)
    if wide := overflow(page):
        found.append(f"{wide} px too wide")
    return [f"{page.url}: {problem}" for problem in found]


def look(page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_from_the_first_step_to_the_cohort(page, log_in, language, scheme, width):
    owner = OwnerFactory(user=UserFactory(locale=language))
    log_in(owner.user)
    look(page, scheme, width)
    page.goto("/programmes/new/")
    found = problems(page)
    page.locator("[name=template][value=women-in-leadership]").check()
    for step in ("template", "texts", "dates", "criteria", "agreement", "invitation"):
        expect(page).to_have_url(re.compile(f"/programmes/new/{step}/"))
        if step == "dates":
            page.locator("[name=starts_on]").fill("2027-03-01")
            page.locator("[name=starts_on]").blur()
            expect(page.locator("[name=registration_ends_on]")).to_have_value("2026-12-21")
        if step == "criteria":
            sentence = page.locator("#criteria-sentence").inner_text()
            page.locator("[name=weight_experience]").select_option("0")
            expect(page.locator("#criteria-sentence")).not_to_have_text(sentence)
        found += problems(page)
        page.locator("button[name=go][value=on]").click()
    expect(page).to_have_url(re.compile("/programmes/new/review/"))
    found += problems(page)
    page.locator("button[name=go][value=on]").click()
    expect(page).to_have_url(re.compile(r"/cohorts/\d+/$"))
    found += problems(page)
    cohort = Cohort.objects.select_related("programme").get()
    assert cohort.programme.criteria["weights"]["experience"] == 0
    assert found == []


def test_a_draft_survives_closing_the_page(page, log_in):
    owner = OwnerFactory(user=UserFactory(locale="en"))
    log_in(owner.user)
    page.goto("/programmes/new/")
    page.locator("[name=template][value=open-programme]").check()
    page.locator("button[value=on]").click()
    page.locator("[name=name_en]").fill("Half a name")
    page.locator("button[value=later]").click()
    expect(page).to_have_url(re.compile("/programmes/$"))
    page.get_by_role("link", name="Set up").first.click()
    expect(page.locator("[name=name_en]")).to_have_value("Half a name")
    page.locator("button[value=back]").click()
    expect(page.locator("[name=template][value=open-programme]")).to_be_checked()


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_the_broken_list_step_by_step(page, log_in, console_errors, language, scheme, width):
    coordinator = CoordinatorFactory(user=UserFactory(locale=language))
    cohort = CohortFactory(programme=coordinator.programme)
    log_in(coordinator.user)
    look(page, scheme, width)
    page.goto(f"/cohorts/{cohort.pk}/imports/new/")
    found = problems(page)
    page.locator("main form.card button.primary").click()
    expect(page.locator(".error-summary")).to_be_visible()
    console_errors.clear()  # the refused form
    found += problems(page)
    page.locator("input[type=file]").set_input_files(SAMPLES / "broken.csv")
    page.locator("[name=role][value=mentor]").check()
    page.locator("main form.card button.primary").click()
    expect(page).to_have_url(re.compile("/columns/$"))
    found += problems(page)
    page.locator("main form button.primary").click()
    bar = page.get_by_role("progressbar")
    expect(bar).to_be_visible()
    found += problems(page)
    page.reload()
    expect(bar).to_be_visible()
    batch = ImportBatch.objects.get()
    import_check.func(batch_pk=batch.pk)
    expect(page.locator("tbody tr")).to_have_count(6)
    found += problems(page)
    page.locator(".segment a").last.click()
    expect(page.locator("tbody tr")).to_have_count(10)
    found += problems(page)
    page.locator("form[action$='/take-over/'] button").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    import_apply.func(batch_pk=batch.pk)
    expect(page.locator("#import-progress")).to_have_count(0)
    found += problems(page)
    for path in (f"/cohorts/{cohort.pk}/", f"/cohorts/{cohort.pk}/people/"):
        page.goto(path)
        found += problems(page)
    page.locator("tbody th a").first.click()
    found += problems(page)
    page.goto(f"/programmes/{cohort.programme_id}/")
    found += problems(page)
    assert Participation.objects.count() == 4
    assert found == []
