"""The way around: apps register what they add to the main navigation, each for its own people.

Upper apps can't be imported here, so they register a provider in their `AppConfig.ready`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

MAIN = "main"  # top bar, and the first five in the phone bar
PERSON = "person"  # menu behind the person's face


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry; `order` sorts across apps, `prefix` marks it as current below that path,
    or below any of several.

    `icon` is a name in `frontend/icons.json`; `place` says which menu shows it.
    """

    label: str | Promise
    url: str
    icon: str
    order: int
    prefix: str | tuple[str, ...]
    place: str = MAIN

    def is_current(self, path: str) -> bool:
        return path == self.url or (self.prefix != "/" and path.startswith(self.prefix))


Provider = Callable[[HttpRequest], Iterable[NavItem]]
_providers: list[Provider] = []


def navigation(provider: Provider) -> Provider:
    """Register a provider; it is called once a page for signed-in people and states its queries."""
    _providers.append(provider)
    return provider


def nav_items(request: HttpRequest) -> list[NavItem]:
    """Everything the person can go to, in order. Queries: those of the providers."""
    items = [item for provider in _providers for item in provider(request)]
    return sorted(items, key=lambda item: item.order)
