"""What is sealed directly under the master key, so that a new key can reach all of it.

An app registers in its module `sealed`, which is loaded as the app gets ready::

    sealed_bytes(TandemMember, "decline_note", place=note_place)  # in <app>/sealed.py

`place` names the row in the error if a value does not open.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from tandemwerk.core.crypto import key_unwrap, key_version, key_wrap
from tandemwerk.core.models import ProcessedWrite

Reseal = Callable[[Any], Any]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SealedField:
    """One field with sealed values.

    `versions(value)`: which master keys a value of the field needs; none if nothing is sealed.
    `resealed(row)`: the field's value under the newest key; raises SealBroken.
    """

    model: type[Model]
    field: str
    versions: Callable[[Any], set[int]]
    resealed: Reseal

    @property
    def name(self) -> str:
        return f"{self.model._meta.label}.{self.field}"


_fields: dict[str, SealedField] = {}


def sealed_field(entry: SealedField) -> None:
    """Register a field whose values hold sealed parts in a form of their own."""
    _fields[entry.name] = entry


def sealed_bytes(model: type[Model], field: str, *, place: Callable[[Any], str]) -> None:
    """Register a BinaryField that holds one sealed value, or nothing. `place(row)`: as sealed."""

    def resealed(row: Any) -> bytes:
        where = place(row)
        return key_wrap(key_unwrap(getattr(row, field), place=where), place=where)

    sealed_field(SealedField(model, field, _version_of, resealed))


def sealed_fields() -> list[SealedField]:
    """Everything registered, by name."""
    return [entry for _name, entry in sorted(_fields.items())]


def _version_of(value: Any) -> set[int]:
    return {key_version(value)} if value else set()


_inner: dict[str, Callable[[Say], None]] = {}


def inner_keys(name: str, function: Callable[[Say], None]) -> None:
    """Register what renews keys of a smaller scope; `function(say)` can be killed and repeated."""
    _inner[name] = function


def inner_keys_renew(say: Say) -> None:
    """Renew all keys of smaller scopes, one kind after the other; `say` gets a line a kind."""
    for _name, renew in sorted(_inner.items()):
        renew(say)


sealed_bytes(ProcessedWrite, "answer", place=lambda row: f"processed_write.answer:{row.pk}")
