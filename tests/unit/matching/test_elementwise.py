"""The small functions that compiled loops are made of hold in plain NumPy too."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.matching import dots, fits, lines

words = st.lists(st.integers(0, (1 << 64) - 1), min_size=1, max_size=8)
unit = st.floats(0, 1, width=32)


@given(words=words)
def test_bits_are_counted_as_numpy_counts_them(words: list[int]) -> None:
    bits = np.array(words, dtype=np.uint64)
    assert np.array_equal(lines.bit_count(bits), np.bitwise_count(bits))


@given(one=unit, other=unit)
def test_a_view_is_one_side_or_both_joined(one: float, other: float) -> None:
    mentee, mentor = np.float32([one]), np.float32([other])
    assert lines.seen(mentee, mentor, lines.MENTEE) == mentee
    assert lines.seen(mentee, mentor, lines.MENTOR) == mentor
    assert lines.seen(mentee, mentor, lines.JOINED) == fits.both_sides(mentee, mentor)


@given(missed=st.booleans(), rule=st.integers(0, 20), code=st.integers(0, 20))
def test_the_smallest_missed_rule_stays(missed: bool, rule: int, code: int) -> None:
    found = lines.smallest(np.array([missed]), np.int8([rule]), np.int8([code]))
    assert found == (min(rule, code) if missed else code)


@given(start=st.integers(0, 4), first=st.integers(0, 3), last=st.integers(3, 6))
def test_four_dimensions_at_a_time_are_those_of_the_signature(
    start: int, first: int, last: int
) -> None:
    own = np.arange(8, dtype=np.int8)
    others = np.arange(8 * 6, dtype=np.int8).reshape(8, 6)
    assert list(dots._four(own, start)) == own[start : start + 4].tolist()
    found = np.array(dots._four_lines(others, start, first, last))
    assert np.array_equal(found, others[start : start + 4, first:last])
