"""A real Chromium, Debian's, that talks to nobody but the live server of the test."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, expect

# Playwright keeps an event loop in this thread; the tests beside it use the database as usual.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Two browsers and their servers share two cores; a page may take more than five seconds.
expect.set_options(timeout=20_000)

QUIET = (
    "--no-sandbox",  # root in a container has no user namespaces to build a sandbox from
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's browser instead of a downloaded one."""
    return {
        **browser_type_launch_args,
        "executable_path": shutil.which("chromium") or "/usr/bin/chromium",
        "args": [*browser_type_launch_args.get("args", []), *QUIET],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """German, in Berlin, on a laptop; a test that wants a phone makes its own context."""
    return {
        **browser_context_args,
        "locale": "de-DE",
        "timezone_id": "Europe/Berlin",
        "viewport": {"width": 1280, "height": 800},
    }


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    """Address of the application under test; makes `page.goto("/")` work."""
    return str(live_server.url)


@pytest.fixture
def console_errors() -> list[str]:
    """What the browser complained about; a test that provokes an error clears the list."""
    return []


@pytest.fixture
def context(context: BrowserContext, console_errors: list[str]) -> Iterator[BrowserContext]:
    """A context that fails the test when a script breaks or a resource is refused."""
    context.on(
        "console",
        lambda message: console_errors.append(message.text) if message.type == "error" else None,
    )
    context.on("weberror", lambda error: console_errors.append(str(error.error)))
    context.set_default_timeout(20_000)
    yield context
    assert console_errors == [], "the browser's console complained"


LogIn = Callable[[Any], None]


@pytest.fixture
def log_in(context: BrowserContext, base_url: str) -> LogIn:
    """Give the browser a person's session, without the detour over the login page."""

    def run(user: Any) -> None:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base_url}])

    return run
