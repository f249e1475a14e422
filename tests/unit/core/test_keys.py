"""Keys of a smaller scope, and sealing of bytes under several versions of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.core.crypto import (
    SealBroken,
    key_make,
    key_unwrap,
    key_version,
    key_wrap,
    seal_bytes,
    unseal_bytes,
)


@given(data=st.binary(max_size=200), versions=st.sets(st.integers(1, 255), min_size=1, max_size=4))
def test_the_newest_key_seals_and_every_kept_one_opens(data, versions):
    keys = {version: key_make() for version in versions}
    sealed = seal_bytes(data, keys=keys, place="a.b:1")
    assert key_version(sealed) == max(versions)
    later = {**keys, 256: key_make()}
    assert unseal_bytes(sealed, keys=later, place="a.b:1") == data
    del later[max(versions)]
    with pytest.raises(SealBroken):
        unseal_bytes(sealed, keys=later, place="a.b:1")


def test_a_wrapped_key_comes_back_at_its_place_only():
    key = key_make()
    wrapped = key_wrap(key, place="a.b:1")
    assert key not in wrapped
    assert key_unwrap(wrapped, place="a.b:1") == key
    with pytest.raises(SealBroken):
        key_unwrap(wrapped, place="a.b:2")


def test_version_is_bound_to_the_value():
    key = key_make()
    sealed = bytearray(seal_bytes(b"text", keys={1: key, 2: key}, place="a.b:1"))
    sealed[0] = 1
    with pytest.raises(SealBroken):
        unseal_bytes(bytes(sealed), keys={1: key, 2: key}, place="a.b:1")
