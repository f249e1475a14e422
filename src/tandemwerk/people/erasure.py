"""What happens to each app's data when a person deletes their account.

Apps register erasers; they run in order, in one transaction, before the account itself goes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tandemwerk.people.models import User

Erase = Callable[[User, datetime], None]


@dataclass(frozen=True, slots=True)
class Eraser:
    name: str
    order: int
    erase: Erase


_erasers: dict[str, Eraser] = {}


def eraser(name: str, *, order: int) -> Callable[[Erase], Erase]:
    """Register an eraser; lower `order` runs first (tandems end before participations go)."""

    def register(function: Erase) -> Erase:
        if name in _erasers:
            raise ValueError(f"two erasers are called {name}")
        _erasers[name] = Eraser(name, order, function)
        return function

    return register


def erasers() -> list[Eraser]:
    """All erasers in their order."""
    return sorted(_erasers.values(), key=lambda entry: (entry.order, entry.name))
