import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REACTION_MS = 100  # a visible answer to every key, also with 500 pairs


def first_rows(board: Page):
    return board.locator("#pairs-head ~ .row[tabindex]")


def test_arrow_keys_and_letters_walk_through_the_list_and_the_details_follow(board: Page):
    rows = first_rows(board)
    rows.nth(0).locator(".why").click()
    expect(rows.nth(0)).to_be_focused()
    board.keyboard.press("j")
    board.keyboard.press("ArrowDown")
    expect(rows.nth(2)).to_be_focused()
    name = rows.nth(2).locator("a").inner_text()
    expect(board.locator("#board-detail h2").first).to_have_text(name)
    expect(rows.nth(2)).to_have_attribute("aria-selected", "true")
    board.keyboard.press("k")
    expect(rows.nth(1)).to_be_focused()
    board.keyboard.press("End")
    expect(rows.last).to_be_focused()


def test_the_list_is_one_tab_stop_and_enter_and_escape_go_in_and_out(board: Page):
    assert board.locator(".row[tabindex='0']").count() == 1
    rows = first_rows(board)
    rows.nth(0).locator(".why").click()
    board.keyboard.press("Enter")
    expect(board.locator("#board-detail")).to_be_focused()
    board.keyboard.press("Escape")
    expect(rows.nth(0)).to_be_focused()


def test_keep_by_key_answers_with_the_row_and_a_way_back(board: Page):
    row = first_rows(board).nth(1)
    row.locator(".why").click()
    expect(row).not_to_have_class("locked")
    board.keyboard.press("l")
    expect(row.locator(".mark svg")).to_have_attribute("aria-label", "Festgehalten")
    expect(row).to_be_focused()
    expect(board.locator("#board-detail button[value=unlock]")).to_be_visible()
    expect(board.locator("#toasts .toast form button")).to_be_visible()


def test_not_together_shows_its_effect_first(board: Page):
    first_rows(board).nth(1).locator(".why").click()
    board.keyboard.press("f")
    expect(board.locator("#board-preview .preview[data-to=forbid] .trend")).to_be_visible()


def test_swap_by_keyboard_shows_the_effect_before_it_is_done(board: Page):
    rows = first_rows(board)
    posts: list[str] = []
    board.on("request", lambda sent: posts.append(sent.url) if sent.method == "POST" else None)
    rows.nth(0).locator(".why").click()
    board.keyboard.press("s")
    expect(board.locator("[data-say]")).to_contain_text("Tauschmodus")
    board.keyboard.press("j")
    board.keyboard.press("j")
    preview = board.locator("#board-preview .preview")
    expect(preview).to_be_visible()
    expect(preview.locator(".trend")).to_be_visible()
    assert posts == []
    board.keyboard.press("Enter")
    expect(board.locator(".row.changed")).to_have_count(2)
    expect(preview).to_have_count(0)
    assert len(posts) == 1
    expect(rows.nth(0)).to_be_focused()


def test_enter_before_the_effect_is_shown_writes_nothing(board: Page):
    posts: list[str] = []
    board.on("request", lambda sent: posts.append(sent.url) if sent.method == "POST" else None)
    first_rows(board).nth(0).locator(".why").click()
    for key in ("s", "j", "Enter"):
        board.keyboard.press(key)
    expect(board.locator("#board-preview .preview")).to_be_visible()
    assert posts == []
    expect(board.locator("#board-preview [data-apply]")).to_be_focused()
    board.keyboard.press("Escape")
    expect(first_rows(board).nth(1)).to_be_focused()


def test_a_key_right_after_a_write_loses_neither(board: Page):
    rows = first_rows(board)
    rows.nth(0).locator(".why").click()
    for key in ("l", "j", "l", "k"):
        board.keyboard.press(key)
    for at in (0, 1):
        expect(rows.nth(at).locator(".mark svg")).to_have_attribute("aria-label", "Festgehalten")


def test_escape_ends_swap_mode_without_a_write(board: Page):
    posts: list[str] = []
    board.on("request", lambda sent: posts.append(sent.url) if sent.method == "POST" else None)
    rows = first_rows(board)
    rows.nth(0).locator(".why").click()
    board.keyboard.press("s")
    board.keyboard.press("j")
    expect(rows.nth(1)).to_have_class("row target")
    board.keyboard.press("Escape")
    expect(board.locator(".row.target, .row.source")).to_have_count(0)
    board.keyboard.press("Enter")
    assert posts == []


def drag(board: Page, source, target) -> None:
    start, end = source.bounding_box(), target.bounding_box()
    board.mouse.move(start["x"] + 10, start["y"] + 10)
    board.mouse.down()
    board.mouse.move(end["x"] + 80, end["y"] + 15, steps=6)


@pytest.mark.parametrize("goal", ["#pairs-head ~ .row >> nth=3", "#board-seats .row >> nth=1"])
def test_dragging_a_face_shows_the_effect_and_then_does_it(board: Page, goal):
    target = board.locator(goal)
    drag(board, board.locator("#board-lone .row .avatar").first, target)
    expect(board.locator(".drag-ghost")).to_be_visible()
    to = target.get_attribute("data-drop")
    expect(board.locator(f"#board-preview:not(.stale) .preview[data-to='{to}']")).to_be_visible()
    with board.expect_request(lambda sent: sent.method == "POST") as sent:
        board.mouse.up()
    assert "mentee=" in (sent.value.post_data or "")
    expect(board.locator(".drag-ghost")).to_have_count(0)
    expect(board.locator("#toasts .toast")).to_have_count(1)


def test_dropping_on_nothing_changes_nothing(board: Page):
    posts: list[str] = []
    board.on("request", lambda sent: posts.append(sent.url) if sent.method == "POST" else None)
    avatar = first_rows(board).nth(0).locator(".avatar").first
    drag(board, avatar, board.locator("#board-summary"))
    board.mouse.up()
    expect(board.locator(".drag-ghost, .row.source")).to_have_count(0)
    assert posts == []


def test_filter_and_sort_come_from_the_server(board: Page):
    board.locator("select[name=flag]").select_option("locked")
    expect(board.locator("#pairs-head .shown")).not_to_contain_text("100 von 100")
    marks = first_rows(board).locator(".mark svg")
    expect(marks).to_have_count(first_rows(board).count())
    board.keyboard.press("Escape")
    board.locator("input[name=q]").fill("xyzzy")
    expect(board.get_by_text("Kein Paar passt zu diesem Filter.")).to_be_visible()


def test_everything_can_be_reached_without_script(page_without_script: Page):
    page = page_without_script
    page.goto("/styleguide/board?n=100")
    page.locator("#pair-5 a").click()
    expect(page.locator("#board-detail h2").first).to_be_visible()
    page.locator(".alternatives a").first.click()
    expect(page.locator("#board-preview .preview")).to_be_visible()
    expect(page.locator("#board-preview form[method=post] button")).to_be_visible()
    page.goto("/styleguide/board?n=100&pair=5")
    expect(page.locator("#board-detail form[method=post] button[value=lock]")).to_be_visible()
    assert not page.locator("#board-detail button[data-key=s]").is_visible()
    page.locator("#board-detail button[value=lock]").click()
    expect(page.locator("#toasts .toast")).to_contain_text("Paar festgehalten.")
    expect(page.locator("h1")).to_be_visible()


def test_500_pairs_answer_a_key_at_once(board: Page):
    board.goto("/styleguide/board?n=500")
    rows = first_rows(board)
    assert rows.count() == 500
    rows.nth(3).focus()
    times = board.evaluate(
        """async () => {
          const times = [];
          for (let at = 0; at < 30; at++) {
            const start = performance.now();
            const key = new KeyboardEvent("keydown", {key: "j", bubbles: true});
            document.activeElement.dispatchEvent(key);
            times.push(performance.now() - start);
            await new Promise((done) => requestAnimationFrame(done));
          }
          return times.sort((a, b) => a - b);
        }"""
    )
    assert len(times) == 30
    assert times[len(times) // 2] < REACTION_MS
