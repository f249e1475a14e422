from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser

from tests.browser.demo.person import people_with_browsers

PASSWORD = "willow-harbour-lantern"
SAMPLES = Path(__file__).resolve().parents[3] / "src/tandemwerk/demo/samples"


@pytest.fixture
def demo(settings: Any, transactional_db: None) -> str:
    """The demo is loaded; returns the password of its accounts."""
    settings.DEMO = True
    settings.DEMO_PASSWORD = PASSWORD
    call_command("demo_load", verbosity=0)
    return PASSWORD


@pytest.fixture
def arrive(browser: Browser, base_url: str) -> Iterator[Any]:
    """Open a browser for somebody."""
    with people_with_browsers(browser, base_url) as run:
        yield run
