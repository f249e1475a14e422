"""Where two sequences differ: as little as possible, and never more work than is allowed."""

from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.rooms.comparing import MOST_STEPS, Work, changes

texts = st.text("abc", max_size=14)


def common(one, other):
    """The length of the longest common subsequence, the plain way."""
    row = [0] * (len(other) + 1)
    for letter in one:
        before = 0
        for at, letter_2 in enumerate(other, start=1):
            here = row[at]
            row[at] = before + 1 if letter == letter_2 else max(row[at], row[at - 1])
            before = here
    return row[-1]


@given(old=texts, new=texts)
def test_the_gaps_turn_one_into_the_other_and_are_as_small_as_can_be(old, new):
    gaps = changes(old, new, Work())
    said, at = "", 0
    for a, b, c, d in gaps:
        assert at <= a <= b
        assert b > a or d > c
        said += old[at:a] + new[c:d]
        at = b
    assert said + old[at:] == new
    gone = sum(b - a for a, b, _c, _d in gaps)
    added = sum(d - c for _a, _b, c, d in gaps)
    assert gone + added == len(old) + len(new) - 2 * common(old, new)


@given(old=texts, new=texts, left=st.integers(0, 60))
def test_work_is_counted_and_never_below_nothing(old, new, left):
    work = Work(left)
    gaps = changes(old, new, work)
    assert 0 <= work.left <= left
    assert gaps is not None or work.left == 0


def test_one_comparison_takes_only_its_part_of_a_large_work():
    work = Work(10 * MOST_STEPS)
    assert changes("ab" * 50_000, "cd" * 50_000, work) is None
    assert work.left == 9 * MOST_STEPS


def test_ends_that_are_alike_cost_nothing():
    work = Work(10)
    old = "a" * 100_000
    assert changes(f"{old}b{old}", f"{old}c{old}", work) == [(100_000, 100_001, 100_000, 100_001)]
    assert work.left > 0
