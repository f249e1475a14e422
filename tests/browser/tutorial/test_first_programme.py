"""The tutorial does what it says: each of its steps is done here, with the words it prints in bold.

A step in the document is everything from its comment `<!-- step: … -->` to the next. What is bold
in it must be pressed or seen by the function of the same name, and nothing else is pressed.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tandemwerk.tandems.models import Tandem
from tests.browser.demo.conftest import PASSWORD, arrive, demo
from tests.browser.demo.person import Person, let_the_worker_work

__all__ = ["arrive", "demo"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "docs/tutorial/first-programme.md").read_text(encoding="utf-8")
STEP = re.compile(r"<!-- step: ([\w-]+) -->")
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
steps: dict[str, Callable[["Reader"], None]] = {}


def parts() -> dict[str, str]:
    """The text of every step, in the order of the document."""
    _intro, *found = STEP.split(TEXT)
    return dict(zip(found[::2], found[1::2], strict=True))


class Reader:
    """Somebody who does what the page says; keeps a list of the words used in the present step."""

    def __init__(self, person: Person) -> None:
        self.person, self.page = person, person.page
        self.used: set[str] = set()

    def locate(self, label: str) -> Locator:
        """A button, link or choice with this name."""
        roles = ("button", "link", "radio", "menuitem")
        exact = [self.page.get_by_role(role, name=label, exact=True) for role in roles]
        begins = [
            self.page.get_by_role(role, name=re.compile(f"^{re.escape(label)}")) for role in roles
        ]
        found = exact[0]
        for other in [*exact[1:], *begins]:
            found = found.or_(other)
        return found.filter(visible=True).first

    def press(self, label: str) -> None:
        self.used.add(label)
        target = self.locate(label)
        expect(target, label).to_be_visible()
        target.check() if target.get_attribute("type") == "radio" else target.click()

    def see(self, label: str) -> None:
        self.used.add(label)
        expect(self.page.get_by_text(label).filter(visible=True).first, label).to_be_visible()

    def menu(self) -> None:
        self.page.locator("[popovertarget=user-menu]").click()

    def log_in(self, email: str) -> None:
        self.page.locator("[name=login]").fill(email)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("main form button.primary").first.click()
        self.page.wait_for_url("**/")


def step(function: Callable[[Reader], None]) -> Callable[[Reader], None]:
    steps[function.__name__.replace("_", "-")] = function
    return function


def file_named(text: str) -> Path:
    """The one file of the project that a step names."""
    (path,) = [ROOT / name for name in CODE.findall(text) if name.endswith(".csv")]
    assert path.is_file()
    return path


@step
def start(me: Reader) -> None:
    assert re.search(r"^run:.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    me.page.goto("/")


@step
def log_in(me: Reader) -> None:
    me.press("Log in")
    me.log_in("coordinator@demo.example")
    expect(me.page.get_by_role("heading", level=1)).to_contain_text("Katharina")


@step
def language(me: Reader) -> None:
    me.menu()
    me.see("Deutsch")
    me.press("English")
    expect(me.page.locator("html")).to_have_attribute("lang", "en")


@step
def begin(me: Reader) -> None:
    me.press("Programmes")
    me.press("Set up a programme")
    me.page.wait_for_url("**/programmes/new/organisation/")
    me.see("Save and continue later")


@step
def organisation(me: Reader) -> None:
    me.press("Nordlicht Werke")
    me.press("Continue")


@step
def template(me: Reader) -> None:
    me.press("Company mentoring")
    me.press("Continue")


@step
def name(me: Reader) -> None:
    german, english = CODE.findall(parts()["name"])
    for code, text in (("German", german), ("English", english)):
        me.page.get_by_label(f"Name, {code}").fill(text)
    me.press("Continue")
    me.page.wait_for_url("**/dates/")


@step
def dates(me: Reader) -> None:
    me.press("Continue")
    me.page.wait_for_url("**/criteria/")


@step
def criteria(me: Reader) -> None:
    me.press("Continue")
    me.page.wait_for_url("**/agreement/")


@step
def agreement(me: Reader) -> None:
    me.press("Continue")
    me.page.wait_for_url("**/invitation/")
    me.press("Continue")
    me.page.wait_for_url("**/review/")


@step
def create(me: Reader) -> None:
    me.press("Create the programme")
    me.page.wait_for_url("**/cohorts/*/")
    me.see("Nobody here yet")


def upload(me: Reader, file: Path, who: str) -> None:
    me.press("Import a list")
    me.page.locator("input[type=file]").set_input_files(file)
    me.press(who)
    me.press("Upload and look at it")


def check(me: Reader) -> None:
    me.press("Check the rows")
    let_the_worker_work()


def take_over(me: Reader, label: str) -> None:
    me.press(label)
    let_the_worker_work()
    expect(me.page.get_by_role("heading", level=1)).to_have_text("The list is taken over")
    me.press("To the cohort")


@step
def upload_mentees(me: Reader) -> None:
    upload(me, file_named(parts()["upload-mentees"]), "Mentees")


@step
def columns_mentees(me: Reader) -> None:
    check(me)


@step
def take_over_mentees(me: Reader) -> None:
    me.see("New person")
    take_over(me, "Take over all 60 rows")


@step
def mentors(me: Reader) -> None:
    upload(me, file_named(parts()["mentors"]), "Mentors")
    check(me)
    take_over(me, "Take over all 45 rows")


@step
def run(me: Reader) -> None:
    me.press("Get ready to match")
    me.press("Start the first run")
    let_the_worker_work()
    expect(me.page.locator("tw-board")).to_be_visible()


def pair(me: Reader, place: int) -> Locator:
    return me.page.locator("#board-list .board-grid .row[data-row]").nth(place)


@step
def board(me: Reader) -> None:
    me.see("Best possible")
    pair(me, 0).locator(".who").last.click()
    me.see("Why this pair")


@step
def keep(me: Reader) -> None:
    me.press("Keep")
    expect(pair(me, 0)).to_have_class(re.compile("locked"))


@step
def swap(me: Reader) -> None:
    pair(me, 2).locator(".who").last.click()
    old_mentor = pair(me, 2).locator(".who b").inner_text()
    me.page.keyboard.press("s")
    preview = me.page.locator("#board-preview .preview")
    for place in range(3, 40):
        me.page.keyboard.press("j")
        drop = pair(me, place).get_attribute("data-drop") or ""
        expect(preview).to_have_attribute("data-to", drop)
        if preview.get_attribute("data-allowed") == "true":
            break
    swapped = pair(me, 2).get_attribute("id")
    me.page.keyboard.press("Enter")
    row = me.page.locator(f"#{swapped}")
    expect(row).not_to_contain_text(old_mentor)
    expect(row.locator(".mark svg")).to_have_count(1)
    for key, has_changed in (("u", False), ("Shift+U", True)):
        me.page.keyboard.press(key)
        expect(row.locator(".mark svg")).to_have_count(1 if has_changed else 0)


@step
def publish(me: Reader) -> None:
    me.press("Publish …")
    me.press("Publish")
    me.page.wait_for_url("**/tandems/")
    let_the_worker_work()
    assert Tandem.objects.filter(state="proposed", suggestion__run__number=1).count() >= 60


def change_to(me: Reader, email: str) -> None:
    me.menu()
    me.press("Log out")
    me.page.wait_for_url("**/accounts/login/")
    me.log_in(email)
    me.menu()
    me.press("English")


@step
def mentor(me: Reader) -> None:
    change_to(me, "mentor@demo.example")
    me.press("Read the proposal")
    me.press("Yes, I would")
    expect(me.page.get_by_role("heading", level=1)).to_contain_text("Getting to know Ole")


@step
def mentee(me: Reader) -> None:
    change_to(me, "mentee@demo.example")
    me.press("My tandem")
    expect(me.page.locator(".journey [aria-current=step]")).to_be_visible()


def test_the_document_and_this_test_have_the_same_steps() -> None:
    assert list(parts()) == list(steps)


def test_the_tutorial_works(demo: str, arrive: Any) -> None:
    person = arrive("tutorial", "en")
    me = Reader(person)
    for name_of_step, text in parts().items():
        me.used.clear()
        steps[name_of_step](me)
        person.picture(name_of_step)
        bold = {" ".join(label.split()) for label in BOLD.findall(text)}
        assert me.used == bold, f"step {name_of_step}"
