"""The way around: apps hand in their entries, the bars show them.

An app registers a provider in its `AppConfig.ready()`; `ui` itself knows no page.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the top bar and, up to five of them, of the phone bar.

    `icon` is a name in `frontend/icons.json`; `order` sorts ascending; `current` is set by
    `nav_for`, the longest matching `url` wins.
    """

    label: str | Promise
    url: str
    icon: str
    order: int = 50
    current: bool = False


Provider = Callable[[HttpRequest], Iterable[NavItem]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Add a source of entries; usable as a decorator. Registering twice has no effect."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def nav_for(request: HttpRequest) -> list[NavItem]:
    """Entries for this request, in order, at most one of them marked as current."""
    items = sorted(
        (item for provider in _providers for item in provider(request)),
        key=lambda item: item.order,
    )
    under = [item for item in items if _is_under(request.path, item.url)]
    here = max(under, key=lambda item: len(item.url), default=None)
    return [replace(item, current=item is here) for item in items]


def _is_under(path: str, url: str) -> bool:
    """`path` is the page of `url` or below it; the root is current only on itself."""
    if path == url:
        return True
    return url.endswith("/") and url.count("/") > 1 and path.startswith(url)
