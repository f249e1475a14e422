"""What people's accounts keep under the master key: secrets of second factors."""

import base64
from typing import Any

from allauth.mfa.models import Authenticator

from tandemwerk.core.crypto import key_unwrap, key_version, key_wrap
from tandemwerk.core.sealed import SealedField, sealed_field
from tandemwerk.people.adapters import FACTOR_PLACE

# Where allauth puts what the adapter sealed; everything else in `data` is in the clear.
SEALED = ("secret", "seed", "migrated_codes")


def _sealed_in(data: dict[str, Any]) -> list[str]:
    found = [data[name] for name in SEALED if name in data]
    return [text for value in found for text in (value if isinstance(value, list) else [value])]


def _versions(data: dict[str, Any]) -> set[int]:
    return {key_version(base64.b64decode(text)) for text in _sealed_in(data)}


def _again(value: Any) -> Any:
    if isinstance(value, list):
        return [_again(text) for text in value]
    opened = key_unwrap(base64.b64decode(value), place=FACTOR_PLACE)
    return base64.b64encode(key_wrap(opened, place=FACTOR_PLACE)).decode("ascii")


def _resealed(row: Any) -> dict[str, Any]:
    data: dict[str, Any] = row.data
    return {name: _again(value) if name in SEALED else value for name, value in data.items()}


sealed_field(SealedField(Authenticator, "data", _versions, _resealed))
