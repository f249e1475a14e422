"""axe-core in a page: what breaks WCAG 2.2 A/AA or axe's best practice."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FEWEST_PASSES = 15  # a run that checked almost nothing must not count as clean


@lru_cache(maxsize=1)
def _source() -> str:
    return SOURCE.read_text()


def violations(page: Page, *, fewest_passes: int = FEWEST_PASSES) -> list[str]:
    """One line per rule and first element; empty is clean. Fails if axe hardly checked anything."""
    page.evaluate(_source())
    result: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})",
        TAGS,
    )
    assert len(result["passes"]) >= fewest_passes, "axe checked almost nothing"
    return [
        f"{found['id']} ×{len(found['nodes'])}: {found['nodes'][0]['html'][:160]}"
        for found in result["violations"]
    ]


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than its window; 0 is right."""
    width: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return max(width, 0)
