"""The coordinator at the board: by keyboard, by mouse, without script, and two at once."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tandemwerk.notifications.models import OutboxMail
from tandemwerk.pairing.enums import MoveKind, RuleKind
from tandemwerk.pairing.models import MatchRun, PairRule
from tandemwerk.pairing.services.moves import Order, board_move
from tests.browser.ui.axe import overflow, violations
from tests.factories.pairing import NOW, calculated, coordinator, filled_cohort, mentee

# Milliseconds the first question on a machine may take, before the answer is compiled.
COMPILING = 30_000
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def run():
    """Four pairs, one mentee without a mentor, no free place."""
    cohort = filled_cohort(4, 4)
    mentee(cohort, "Ohne")
    run = calculated(cohort)
    run.created_by.locale = "de"
    run.created_by.save()
    return run


@pytest.fixture
def board(page: Page, log_in, run) -> Page:
    page.set_viewport_size({"width": 1440, "height": 900})
    log_in(run.created_by)
    page.goto(f"/runs/{run.pk}/")
    return page


def row(page: Page, name: str):
    return page.locator(f".row[data-name='{name} Muster']")


def pick(page: Page, name: str):
    """Put focus on a row and wait for its details."""
    row(page, name).locator(".why, .who").last.click()
    expect(page.locator("#board-detail h2").first).to_have_text(f"{name} Muster")


def walk_to(page: Page, name: str) -> None:
    """From row to row by key, as somebody without a mouse does."""
    page.keyboard.press("Home")
    for _step in range(12):
        if page.evaluate("document.activeElement.dataset.name") == f"{name} Muster":
            return
        page.keyboard.press("j")
    raise AssertionError(f"{name} was not reached by keyboard")


def pairs(run) -> dict[str, str]:
    lines = run.suggestions.select_related("mentee__user", "mentor__user")
    return {
        line.mentee.user.given_name: line.mentor.user.given_name if line.mentor else ""
        for line in lines
    }


def test_keep_rule_out_and_swap_by_keyboard_alone_then_undo_all(board: Page, run):
    before = pairs(run)
    pick(board, "Mentee0")
    board.keyboard.press("l")
    expect(row(board, "Mentee0").locator(".mark svg")).to_have_attribute(
        "aria-label", "Festgehalten"
    )

    pick(board, "Mentee1")
    board.keyboard.press("f")
    expect(board.locator("#board-preview")).to_contain_text("Alle Paare zusammen")
    assert not PairRule.objects.filter(kind=RuleKind.FORBIDDEN).exists()
    expect(board.locator("[data-apply]")).to_be_focused()
    board.keyboard.press("Enter")
    expect(board.locator("#board-lone")).to_contain_text("Mentee1")
    expect(board.locator("#board-detail")).to_contain_text("Wieder zulassen")

    pick(board, "Mentee2")
    board.keyboard.press("s")
    walk_to(board, "Mentee3")
    expect(board.locator("#board-preview .preview")).to_contain_text("Alle Paare zusammen")
    board.keyboard.press("Enter")
    expect(row(board, "Mentee2")).to_contain_text(before["Mentee3"])
    assert pairs(run)["Mentee3"] == before["Mentee2"]

    for _change in range(3):
        version = MatchRun.objects.get(pk=run.pk).version
        board.keyboard.press("u")
        expect(board.locator("#board-tools")).to_have_attribute("data-version", str(version + 1))
    assert pairs(run) == before
    assert not PairRule.objects.exists()
    expect(board.locator("#board-tools [data-key='u']")).to_be_disabled()
    assert not OutboxMail.objects.exists()


def test_swap_by_dragging_a_face_shows_the_effect_first(board: Page, run):
    before = pairs(run)
    face = row(board, "Mentee0").locator("[data-drag] .avatar").bounding_box()
    target = row(board, "Mentee1").bounding_box()
    board.mouse.move(face["x"] + 8, face["y"] + 8)
    board.mouse.down()
    board.mouse.move(face["x"] + 20, face["y"] + 20, steps=4)
    board.mouse.move(target["x"] + 200, target["y"] + 20, steps=8)
    expect(board.locator("#board-preview .preview")).to_contain_text("Alle Paare zusammen")
    assert pairs(run) == before
    board.mouse.up()
    expect(row(board, "Mentee0")).to_contain_text(before["Mentee1"])
    assert pairs(run)["Mentee1"] == before["Mentee0"]
    toast = board.locator("#toasts .toast[data-undo] form button")
    toast.click()
    expect(row(board, "Mentee0")).to_contain_text(before["Mentee0"])
    assert pairs(run) == before


def test_run_again_keeps_what_is_kept_and_ruled_out(board: Page, run):
    pick(board, "Mentee0")
    board.keyboard.press("l")
    expect(row(board, "Mentee0").locator(".mark svg")).to_be_visible()
    kept = pairs(run)["Mentee0"]
    board.get_by_role("button", name="Neu berechnen").click()
    expect(board.locator("progress")).to_be_visible()
    call_command("worker", batch=True)
    expect(board.locator("tw-board")).to_be_visible()
    expect(board.locator("h1 + .lead")).to_contain_text("Lauf 2")
    expect(row(board, "Mentee0").locator(".mark svg")).to_have_attribute(
        "aria-label", "Festgehalten"
    )
    expect(row(board, "Mentee0")).to_contain_text(kept)
    board.get_by_role("link", name="Läufe vergleichen").click()
    expect(board.locator("main")).to_contain_text("Beide Läufe schlagen dieselben Paare vor")


def test_second_coordinator_learns_that_the_board_is_old(
    board: Page, run, console_errors: list[str]
):
    pick(board, "Mentee0")
    other = run.suggestions.get(mentee__user__given_name="Mentee1")
    order = Order(MoveKind.LOCK, other.mentee_id, run.version)
    board_move(run=run, order=order, by=coordinator(run.cohort), now=NOW)
    board.keyboard.press("l")
    expect(board.locator("#toasts .toast.error")).to_contain_text("Lade die Seite neu")
    assert not run.suggestions.get(mentee__user__given_name="Mentee0").is_locked
    console_errors.clear()  # the browser notes the refusal itself
    with board.expect_navigation():
        board.locator("#toasts").get_by_role("button", name="Neu laden").click()
    pick(board, "Mentee0")
    board.keyboard.press("l")
    expect(row(board, "Mentee0").locator(".mark svg")).to_be_visible()


def test_opening_a_pair_on_an_old_board_shows_the_board_of_now(board: Page, run):
    other = run.suggestions.get(mentee__user__given_name="Mentee1")
    order = Order(MoveKind.LOCK, other.mentee_id, run.version)
    board_move(run=run, order=order, by=coordinator(run.cohort), now=NOW)
    expect(row(board, "Mentee1").locator(".mark svg")).to_have_count(0)
    with board.expect_navigation():
        row(board, "Mentee2").click()
    expect(row(board, "Mentee1").locator(".mark svg")).to_be_visible()
    expect(board.locator("#board-detail h2").first).to_have_text("Mentee2 Muster")
    expect(board.locator("#toasts")).to_contain_text("inzwischen woanders geändert")


def test_separating_fills_the_boxes_that_were_empty(page: Page, log_in):
    run = calculated(filled_cohort(2, 2))
    run.created_by.locale = "de"
    run.created_by.save()
    log_in(run.created_by)
    page.goto(f"/runs/{run.pk}/")
    expect(page.locator("#board-lone")).to_contain_text("Alle haben")
    pick(page, "Mentee1")
    page.locator("#board-detail").get_by_role("link", name="Lösen").click()
    page.locator("#board-preview [data-apply]").click()
    expect(page.locator("#board-lone .row")).to_have_count(1)
    expect(page.locator("#board-seats .row")).to_have_count(1)


def test_undo_leaves_the_open_pair_open(board: Page, run):
    pick(board, "Mentee1")
    board.keyboard.press("l")
    expect(row(board, "Mentee1").locator(".mark svg")).to_be_visible()
    pick(board, "Mentee2")
    board.keyboard.press("u")
    expect(row(board, "Mentee1").locator(".mark svg")).to_have_count(0)
    expect(board.locator("#board-detail h2").first).to_have_text("Mentee2 Muster")
    expect(board.locator(".row[aria-selected=true]")).to_have_count(1)


def test_why_not_somebody_is_answered_and_tried_by_hand(board: Page, run):
    pick(board, "Mentee0")
    board.locator("#why-not").fill("Mentor1")
    expect(board.locator("#why-not-found li")).to_have_count(1)
    board.locator("#why-not-found a").click()
    answer = board.locator("#why-not-answer")
    expect(answer).to_contain_text("auf Platz", timeout=COMPILING)
    expect(answer).to_contain_text("Passung kosten")
    assert violations(board) == []
    answer.get_by_role("link", name="Von Hand ausprobieren").click()
    preview = board.locator("#board-preview .preview")
    expect(preview).to_contain_text("Zwei Mentees tauschen")
    preview.get_by_role("link", name="Lassen").click()
    expect(preview).not_to_be_visible()


def test_without_script_links_and_forms_do_the_same(browser, run, base_url, log_in, context):
    log_in(run.created_by)
    before = pairs(run)
    plain = browser.new_context(java_script_enabled=False, base_url=base_url)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(f"/runs/{run.pk}/")
    page.get_by_role("link", name="Mentee0 Muster").first.click()
    page.locator("#why-not").fill("Mentor1")
    page.locator(".why-not button").click()
    page.locator("#why-not-found a").first.click()
    page.get_by_role("link", name="Von Hand ausprobieren").click()
    expect(page.locator(".preview")).to_contain_text("Alle Paare zusammen")
    page.get_by_role("button", name="Ausführen").click()
    assert pairs(run)["Mentee0"] == before["Mentee1"]
    page.locator("#board-tools form").first.locator("button").click()
    assert pairs(run) == before
    plain.close()


def test_phone_opens_the_details_at_their_beginning(board: Page, run):
    board.set_viewport_size({"width": 390, "height": 844})
    row(board, "Mentee2").get_by_role("link").click()
    heading = board.locator("#board-detail h2").first
    expect(heading).to_have_text("Mentee2 Muster")
    expect(heading).to_be_in_viewport()
    assert overflow(board) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_pages_have_no_barriers(board: Page, run, scheme, width):
    again = calculated(run.cohort, run.created_by)
    board.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    board.set_viewport_size({"width": width, "height": 900})
    first = run.suggestions.filter(mentor__isnull=False).first()
    for path in (
        f"/runs/{run.pk}/",
        f"/runs/{run.pk}/?pair={first.pk}",
        f"/runs/{run.pk}/preview/?mentee={first.pk}&to=none",
        f"/runs/{again.pk}/compare/",
        f"/runs/{run.pk}/confirm/",
        f"/cohorts/{run.cohort_id}/runs/",
    ):
        board.goto(path)
        assert violations(board) == [], path
        assert overflow(board) == 0, path


def test_the_keys_work_before_anything_was_clicked(board: Page):
    board.keyboard.press("j")
    expect(board.locator(".row[data-row]").first).to_be_focused()


def test_a_chosen_pair_can_be_scrolled_by_keyboard_and_the_board_leads_back(board: Page, run):
    board.goto(f"/runs/{run.pk}/?pair={run.suggestions.first().pk}")
    assert violations(board) == []
    board.get_by_role("link", name="Alle Läufe").click()
    expect(board).to_have_url(re.compile(rf"/cohorts/{run.cohort_id}/runs/$"))
