"""Somebody at a browser: speaks a language, presses what is written on the page, can be watched."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGINT, SIGTERM, getsignal, signal
from typing import Any

from django.core import mail
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext
from playwright.sync_api import Browser, Locator, Page, expect

# A folder; when it is set, every step of a walk leaves a picture there.
PICTURES = os.environ.get("PICTURES", "")


def let_the_worker_work() -> None:
    """Run all waiting jobs, and those they bring about, with the real worker."""
    handlers = {number: getsignal(number) for number in (SIGINT, SIGTERM)}
    try:
        call_command("worker", batch=True)
    finally:
        for number, handler in handlers.items():
            signal(number, handler)


def link_from_mail(to: str, path: str) -> str:
    """The path of the latest link beginning with `path` that was sent to this address."""
    texts = [str(message.body) for message in mail.outbox if message.to == [to]]
    links = [found for text in texts for found in re.findall(rf"https?://[^/\s]+({path}\S+)", text)]
    assert links, f"no mail to {to} with {path} among {len(mail.outbox)} mails"
    return links[-1]


class Person:
    """One browser of one person; `page` is what they look at."""

    def __init__(self, page: Page, language: str, name: str) -> None:
        self.page, self.language, self.name, self.number = page, language, name, 0

    def text(
        self, words: str, context: str = "", plural: str = "", n: int = 1, **params: Any
    ) -> str:
        """Words of the interface in the person's language, as the page writes them."""
        with translation.override(self.language):
            if plural:
                found = ngettext(words, plural, n)
            else:
                found = pgettext(context, words) if context else gettext(words)
        return found % params if params else found

    def open(self, path: str) -> None:
        self.page.goto(path)

    def button(self, words: str, **params: Any) -> Locator:
        return self.page.get_by_role("button", name=self.text(words, **params)).first

    def link(self, words: str, **params: Any) -> Locator:
        return self.page.get_by_role("link", name=self.text(words, **params)).first

    def press(self, words: str, **params: Any) -> None:
        self.button(words, **params).click()

    def follow(self, words: str, **params: Any) -> None:
        self.link(words, **params).click()

    def sees(self, words: str, **params: Any) -> None:
        expect(self.page.get_by_text(self.text(words, **params)).first).to_be_visible()

    def log_in(self, email: str, password: str) -> None:
        self.open("/accounts/login/")
        self.page.locator("[name=login]").fill(email)
        self.page.locator("[name=password]").fill(password)
        self.press("Log in")
        self.page.wait_for_url("**/")

    def picture(self, what: str) -> None:
        """Leave a picture of the whole page, if somebody wants to look."""
        if PICTURES:
            self.number += 1
            path = Path(PICTURES) / f"{self.name}-{self.number:02d}-{what}.png"
            self.page.screenshot(path=path, full_page=True)


@contextmanager
def people_with_browsers(browser: Browser, base_url: str) -> Iterator[Any]:
    """Gives `arrive(name, language, phone=False)`; fails if any browser complained."""
    contexts, complaints = [], []

    def complained(text: str) -> None:
        complaints.append(text)

    def arrive(name: str, language: str = "de", phone: bool = False) -> Person:
        size = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
        context = browser.new_context(base_url=base_url, locale=language, viewport=size)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda m: complained(f"{m.text} {m.location}") if m.type == "error" else None
        )
        page.on("pageerror", lambda error: complained(str(error)))
        return Person(page, language, name)

    yield arrive
    for context in contexts:
        context.close()
    assert complaints == [], f"a browser complained: {complaints}"
