import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.core.crypto import SealBroken, seal, unseal


@given(text=st.text())
def test_sealed_text_opens_at_its_own_place(text):
    assert unseal(seal(text, place="a.b:1"), place="a.b:1") == text


def test_sealing_twice_differs():
    assert seal("same", place="a.b:1") != seal("same", place="a.b:1")


@pytest.mark.parametrize("place", ["a.b:2", "a.c:1", ""])
def test_moved_value_does_not_open(place):
    with pytest.raises(SealBroken):
        unseal(seal("text", place="a.b:1"), place=place)


@given(position=st.integers(0, 40), flip=st.integers(1, 255))
def test_any_changed_byte_is_noticed(position, flip):
    sealed = bytearray(seal("thirteen chars", place="a.b:1"))
    sealed[position] ^= flip
    with pytest.raises(SealBroken):
        unseal(bytes(sealed), place="a.b:1")


def test_short_value_is_refused():
    with pytest.raises(SealBroken):
        unseal(b"\x01short", place="a.b:1")
