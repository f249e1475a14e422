"""Keeping secrets out of the log that stand in addresses: letters' links are keys to a role."""

import logging
import re
import sys
from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

SECRET_PARTS = frozenset({"secret", "key", "uidb36"})
HIDDEN = "[hidden]"
_PART = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>")


class NoSecrets(logging.Filter):
    """Replaces what stands in an address from its first secret part on. Lets every record through.

    Whole registry, not the single request: mail programs cut links short or put a dot behind, and
    what was nearly the secret is as good as it. A search over one line of text a record.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            said = record.getMessage()
        except (TypeError, ValueError):  # arguments that do not fit: the handler says so
            return True
        clean = without_secrets(said)
        if clean != said:
            record.msg, record.args = clean, None
        return True


def without_secrets(text: str) -> str:
    """`text` with the secret parts of all addresses in it replaced.

    Before the addresses are loaded nobody has called one, and loading them from inside a log record
    could wait for an import that waits for this: so it is left as it is.
    """
    if not hasattr(sys.modules.get(settings.ROOT_URLCONF), "urlpatterns"):
        return text
    return _places().sub(rf"\1{HIDDEN}", text)


def secret_prefixes() -> list[str]:
    """What comes before the first secret part of each address that has one, as regular
    expressions; sorted, each once."""
    return sorted({prefix for prefix in map(_prefix, _routes(get_resolver(), "")) if prefix})


@cache
def _places() -> re.Pattern[str]:
    # Up to the next blank or quote: everything behind the prefix may be the secret.
    return re.compile(rf"(/(?:{'|'.join(secret_prefixes())}))[^\s\"']+")


def _routes(resolver: URLResolver, before: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        own = str(entry.pattern)
        if isinstance(entry.pattern, RegexPattern):
            own = own.removeprefix("^")
        if isinstance(entry, URLPattern):
            yield before + own
        else:
            yield from _routes(entry, before + own)


def _prefix(route: str) -> str:
    """The regular expression of what is before the first secret part; empty: it has none."""
    found, last = "", 0
    for part in _PART.finditer(route):
        found += re.escape(route[last : part.start()])
        if (part[1] or part[2]) in SECRET_PARTS:
            return found
        found, last = found + r"[^/\s]+", part.end()
    return ""
