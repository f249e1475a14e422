"""Walk through every page a person can reach and hold each against the house's bars."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page, Request

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
LEFT_OUT = re.compile(
    r"/accounts/logout/|/export|/download|\.(csv|xlsx|json|zip|txt|svg|pdf)(\?|$)"
)
AXE_RUN = """async () => {
  const found = await axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  });
  const where = violation => violation.nodes.slice(0, 3).map(node => node.target).join(' | ');
  return found.violations.map(violation => `${violation.id}: ${where(violation)}`);
}"""


@dataclass(frozen=True)
class Visit:
    path: str
    status: int
    title: str


def shape(path: str) -> str:
    """`/tandems/12/?a=b` and `/tandems/7/` are the same kind of page: one view draws them."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return path


def walk(page: Page, base_url: str, *, start: str = "/", per_shape: int = 2) -> Iterator[Visit]:
    """Visit pages breadth-first, at most `per_shape` of a kind; each stays open while yielded."""
    queue, seen, shapes = deque([start]), {start}, Counter()
    while queue:
        path = queue.popleft()
        if shapes[shape(path)] >= per_shape:
            continue
        shapes[shape(path)] += 1
        response = page.goto(f"{base_url}{path}")
        assert response is not None
        yield Visit(path, response.status, page.title())
        for href in page.eval_on_selector_all("a[href]", "links => links.map(a => a.href)"):
            parts = urlsplit(href)
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            if f"{parts.scheme}://{parts.netloc}" != base_url or LEFT_OUT.search(target):
                continue
            if target not in seen:
                seen.add(target)
                queue.append(target)


def axe_violations(page: Page) -> list[str]:
    """What axe finds on the open page, WCAG 2.2 AA and good practice."""
    # Evaluated by the debugger, not as a script of the page: the content policy stays untouched.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(AXE_RUN)
    return found


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def is_dead_end(page: Page) -> bool:
    """Is there nothing to go on with in the main part?"""
    return page.locator("main a[href]:visible, main button:visible:enabled").count() == 0


def foreign_requests(page: Page, base_url: str) -> list[str]:
    """A list that fills with every request to another origin from now on."""
    found: list[str] = []

    def look(request: Request) -> None:
        if not request.url.startswith((base_url, "about:", "blob:")):
            found.append(request.url)

    page.on("request", look)
    return found
