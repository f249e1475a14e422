"""Facts that travel upwards: an app publishes, apps above it subscribe in `handlers.py`."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

EventT = TypeVar("EventT")
Handler = Callable[[Any], None]
_handlers: defaultdict[type, list[Handler]] = defaultdict(list)


def subscribe(
    event_type: type[EventT],
) -> Callable[[Callable[[EventT], None]], Callable[[EventT], None]]:
    """Register the decorated function for `event_type`; it may only enqueue jobs."""

    def register(handler: Callable[[EventT], None]) -> Callable[[EventT], None]:
        _handlers[event_type].append(handler)
        return handler

    return register


def publish(event: object) -> None:
    """Hand a fact (frozen dataclass, ids only) upwards once the row is committed."""
    for handler in _handlers[type(event)]:
        _after_commit(handler, event)


def _after_commit(handler: Handler, event: object) -> None:
    def call() -> None:  # a function, not partial: robust on_commit logs __qualname__
        handler(event)

    transaction.on_commit(call, robust=True)
