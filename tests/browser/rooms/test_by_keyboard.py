"""A filled room by keyboard alone, on a phone's width; axe on what is full and what is wrong."""

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tandemwerk.rooms.models import ActionItem, Goal
from tandemwerk.rooms.selectors.goals import goals_read
from tandemwerk.rooms.selectors.notes import notes_read, talks_read
from tests.browser.ui.axe import overflow, violations
from tests.factories.rooms import active_tandem, person_of, room_for, room_objects

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_TABS = 90


@pytest.fixture
def tandem(db):
    tandem = active_tandem(timezone.now())
    for member in tandem.members.all():
        member.user.locale = "de"
        member.user.save()
    room_objects(tandem, person_of(tandem, "mentee"), timezone.now())
    return tandem


def reach(page: Page, target: Locator) -> None:
    """Press Tab until the focus is there, and see that a person sees where it is."""
    for _step in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            break
    else:
        pytest.fail(f"not reached by Tab: {target}")
    ring = target.evaluate("element => getComputedStyle(element).outlineStyle")
    assert ring != "none", f"no ring around {target}"
    assert target.evaluate("element => element.checkVisibility()")


def follow(page: Page, target: Locator) -> None:
    """Go to a link or button by keyboard and press it; it leads to another page."""
    reach(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def fill(page: Page, name: str, text: str) -> None:
    reach(page, page.locator(f"main [name={name}]:not([type=hidden])"))
    page.keyboard.type(text)


def is_fine(page: Page) -> None:
    """Nothing for axe to say, in light and in dark, and nothing beyond the edge."""
    assert overflow(page) == 0
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(page) == [], f"{page.url} {scheme}"


def test_a_room_by_keyboard_alone(tandem, person, console_errors):
    page = person(person_of(tandem, "mentee"))
    page.goto(f"/tandems/{tandem.pk}/")
    is_fine(page)

    follow(page, page.get_by_role("link", name="Ziele", exact=True))
    is_fine(page)
    tick = page.get_by_role("button", name="Erledigt: Vortrag anmelden")
    follow(page, tick)
    expect(page.get_by_role("button", name="Wieder öffnen: Vortrag anmelden")).to_be_visible()
    assert ActionItem.objects.get().done_at

    follow(page, page.get_by_role("link", name="Neues Ziel"))
    follow(page, page.get_by_role("button", name="Ziel festhalten"))
    expect(page.locator(".error-summary")).to_be_focused()
    is_fine(page)
    console_errors.clear()  # the browser notes the form that was refused
    fill(page, "title", "Vor dem Vorstand sprechen")
    follow(page, page.get_by_role("button", name="Ziel festhalten"))
    assert "Vor dem Vorstand sprechen" in [goal.title for goal in goals_read(room_for(tandem))]
    assert Goal.objects.count() == 2

    follow(page, page.get_by_role("link", name="Notizen", exact=True))
    fill(page, "title", "Lesetipps")
    follow(page, page.get_by_role("button", name="Notiz speichern"))
    assert "Lesetipps" in [note.title for note in notes_read(room_for(tandem))]
    is_fine(page)

    reach(page, page.get_by_role("button", name="Mehr", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Gespräche")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Gespräche")).to_be_visible()
    fill(page, "text", "Generalprobe")
    follow(page, page.get_by_role("button", name="Auf die Themenliste"))
    agenda = talks_read(room_for(tandem))[0]
    assert "Generalprobe" in [point.text for point in agenda.points]
    is_fine(page)


def test_the_row_of_parts_stays_one_row_and_names_the_present_one(tandem, person):
    page = person(person_of(tandem, "mentee"))
    for width in (320, 390, 768, 820, 1055, 1056, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"/tandems/{tandem.pk}/signals/")
        row = page.locator("nav.parts")
        assert row.bounding_box()["height"] < 60, width
        assert overflow(page) == 0
        present = row.get_by_text("Hilfe und Pause").locator("visible=true")
        expect(present).to_have_count(1)
        box = present.bounding_box()
        assert box["x"] + box["width"] <= width
