"""The one family of errors that people see: a code for machines, a sentence for people."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What people hear from more than one place, in the same words.
NOTHING_HERE = _("There is nothing here that you may see.")
NO_TOKEN = _("Please send a valid token.")
TOO_MANY = _("Too many requests. Please wait a moment.")
NO_METHOD = _("This address does not know this method; the header Allow names those it knows.")


class DomainError(Exception):
    """An act was refused and nothing changed.

    Subclasses set `code` (stable, documented in docs/reference/errors.md), `message` (translated,
    with %(name)s placeholders; says what happened and what to do) and, if not 409, `status`.
    With `is_stale` the page the act came from is old, and loading it again is the way on.
    """

    code: str = "domain_error"
    message: str | Promise = _("This is not possible at the moment.")
    status: int = 409
    is_stale: bool = False

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message) % self.params


class IdempotencyKeyReused(DomainError):
    code = "idempotency_key_reused"
    message = _("This key belongs to another write already. Send a new one with every new write.")
    status = 422


def all_errors() -> list[type[DomainError]]:
    """Every concrete domain error that is imported, sorted by code."""
    found: set[type[DomainError]] = set()
    queue = [DomainError]
    while queue:
        for child in queue.pop().__subclasses__():
            found.add(child)
            queue.append(child)
    return sorted(found, key=lambda error: error.code)
