"""Who may have an answer again: a repeated write reaches no view, so its rights are asked here.

An app registers what its views would ask, when it is loaded::

    @replay_guard("tandem_pk")
    def may_see_tandem(request, pk) -> bool: ...
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest

RequestCheck = Callable[[HttpRequest], object]
Guard = Callable[[HttpRequest, Any], bool]
_checks: dict[str, RequestCheck] = {}
_guards: dict[str, Guard] = {}


def request_check(function: RequestCheck) -> RequestCheck:
    """Register what the request itself must carry; raises a DomainError without it. No query."""
    _checks[function.__name__] = function
    return function


def replay_guard(name: str) -> Callable[[Guard], Guard]:
    """Register who may have answers about the row that an address names so (``tandem_pk``)."""

    def register(function: Guard) -> Guard:
        _guards[name] = function
        return function

    return register


def request_must_fit(request: HttpRequest) -> None:
    """Raises the DomainError of a check that the request does not pass."""
    for check in _checks.values():
        check(request)


def replay_must_be_allowed(request: HttpRequest, named: Mapping[str, Any]) -> None:
    """Raises Http404 where the person may not see what the address names any more.

    One query for each name that has a guard.
    """
    for name, guard in _guards.items():
        if name in named and not guard(request, named[name]):
            raise Http404
