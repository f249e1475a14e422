"""All addresses of the installation, read from the resolver itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    view_name: str
    kwargs: tuple[str, ...]


def addresses() -> list[Address]:
    found: dict[str, set[str]] = {}
    for name, kwargs in _walk(get_resolver(), (), ()):
        found.setdefault(name, set()).update(kwargs)
    return [Address(name, tuple(sorted(kwargs))) for name, kwargs in sorted(found.items())]


def _walk(
    resolver: URLResolver, namespaces: tuple[str, ...], kwargs: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in resolver.url_patterns:
        own = (*kwargs, *pattern.pattern.converters, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern, inner, own)
        elif isinstance(pattern, URLPattern):
            yield ":".join([*namespaces, pattern.name or "UNNAMED"]), own
