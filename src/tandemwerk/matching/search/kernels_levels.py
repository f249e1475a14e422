"""The first pass of a search: who offers enough of the wanted topics to be among the best at all.

A mentor's topics are worth a whole number of steps, rounded up. The steps of 64 mentors are added
at once, digit by digit: line p of `digits` has digit p of each. Those with the most steps are
scored first; their best totals tell how many steps anybody else must have, and only who has them
is looked at.
"""

import numpy as np
from numpy.typing import NDArray

from .. import fits
from ..compiled import compiled
from .columns import Columns
from .kernels import (
    BLOCK_WORDS,
    CHUNK,
    SLACK,
    TOPICS,
    Best,
    Query,
    floor_of,
    ones,
    records_points,
    score_chunk,
)
from .kernels_few import most_of_tables, rows_of, take_rows

_ONE, _ZERO = np.uint64(1), np.uint64(0)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
STEPS = 24  # that all wanted topics together are worth: few digits, and not much lost by rounding
SAMPLED = 512  # words in which is counted how many have how many steps
# With a larger share of all mentors left to look at, a pass over everybody's columns is faster.
MANY = 0.4


@compiled
def digits_needed(q: Query) -> int:
    """Digits that hold the most steps anybody can have."""
    most = 0
    for w in range(len(q.weights)):
        most += -(-q.weights[w] * STEPS // q.asked)
    digits = 0
    while most >> digits:
        digits += 1
    return digits


@compiled
def add_steps(digits: NDArray[np.uint64], start: int, mask: NDArray[np.uint64], steps: int) -> None:
    """Add so many steps to the mentors of a mask, whose words begin at `start` in `digits`."""
    carry = np.empty(len(mask), np.uint64)
    for low in range(digits.shape[0]):
        if not (steps >> low) & 1:
            continue
        carry[:] = mask
        for high in range(low, digits.shape[0]):
            line = digits[high, start : start + len(mask)]
            for i in range(len(mask)):
                both = line[i] & carry[i]
                line[i] ^= carry[i]
                carry[i] = both


@compiled
def climb(c: Columns, q: Query, digits: NDArray[np.uint64]) -> None:
    """Count everybody's steps. digits: uint64 (digits, words), written.

    Who offers nothing that is wanted has none; who did not say what they offer has at least one.
    """
    topics, extra, lines = c.topics, q.extra, q.lines
    near_start, relatives = q.near_start, q.near
    catalogue, words = topics.shape[0] - 1, digits.shape[1]
    quiet = max(1, int(np.ceil(np.float32(STEPS) * fits.UNKNOWN_OFFER)))
    digits[:] = _ZERO
    own, near = np.empty(BLOCK_WORDS, np.uint64), np.empty(BLOCK_WORDS, np.uint64)
    for first in range(0, words, BLOCK_WORDS):
        size = min(BLOCK_WORDS, words - first)
        mine, close = own[:size], near[:size]
        for w in range(len(lines)):
            if lines[w] < catalogue:
                mine[:] = topics[lines[w], first : first + size]
            else:
                mine[:] = extra[lines[w] - catalogue, first : first + size]
            close[:] = _ZERO
            for place in range(near_start[w], near_start[w + 1]):
                line = topics[relatives[place], first : first + size]
                for i in range(size):
                    close[i] |= line[i]
            for i in range(size):
                close[i] &= ~mine[i]
            weight = q.weights[w] * STEPS
            add_steps(digits, first, mine, -(-weight // q.asked))
            add_steps(digits, first, close, -(-weight // (2 * q.asked)))
        add_steps(digits, first, topics[catalogue, first : first + size], quiet)


@compiled
def reaching(
    digits: NDArray[np.uint64], eligible: NDArray[np.uint64], steps: int, out: NDArray[np.uint64]
) -> int:
    """Write who of the eligible has at least so many steps; gives how many they are.

    out may be `eligible` itself.
    """
    count = 0
    room = np.empty(BLOCK_WORDS, np.uint64)
    if steps >> digits.shape[0]:
        out[:] = _ZERO
        return 0
    for first in range(0, len(out), BLOCK_WORDS):
        to = room[: min(BLOCK_WORDS, len(out) - first)]
        to[:] = _ALL
        for digit in range(digits.shape[0]):
            line = digits[digit, first : first + len(to)]
            if (steps >> digit) & 1:
                for i in range(len(to)):
                    to[i] &= line[i]
            else:
                for i in range(len(to)):
                    to[i] |= line[i]
        for i in range(len(to)):
            out[first + i] = to[i] & eligible[first + i]
            count += ones(out[first + i])
    return count


@compiled
def leading_steps(digits: NDArray[np.uint64], eligible: NDArray[np.uint64], wanted: int) -> int:
    """The most steps that about `wanted` of the eligible have; counted in a sample of the words."""
    stride = max(1, len(eligible) // SAMPLED)
    # Copied, so that counting reads them in one go; the stride is the same for all lines.
    some = np.ascontiguousarray(digits[:, ::stride])
    there, out = np.ascontiguousarray(eligible[::stride]), np.empty_like(eligible[::stride])
    low, high = 0, 1 << digits.shape[0]
    while high - low > 1:
        middle = (low + high) >> 1
        if reaching(some, there, middle, out) * stride >= wanted:
            low = middle
        else:
            high = middle
    return low


@compiled
def take_reaching(
    c: Columns,
    q: Query,
    digits: NDArray[np.uint64],
    least: np.float32,
    best: Best,
) -> tuple[int, int]:
    """Score who of q.eligible may reach the best so far, by steps and tables, then as ever.

    Gives how many records and how many texts were read.
    """
    job, way, tongue, years = c.job, c.way, c.tongue, c.years
    of_job, of_way, of_tongue, of_years = q.job, q.way, q.tongue, q.years
    eligible, height = q.eligible, digits.shape[0]
    worth = np.empty(1 << height, np.float32)
    for steps in range(len(worth)):
        worth[steps] = points_of(q, steps)
    rest = q.record_most + q.text_most + q.wish
    chosen, above = np.empty(CHUNK + 64, np.int64), np.empty(CHUNK + 64, np.float32)
    room = np.empty(CHUNK + 64, np.float32)
    count = records = texts = 0
    cut = floor_of(best, least) - rest
    for word in range(len(eligible)):
        here = eligible[word]
        while here != _ZERO:
            low = here & (~here + _ONE)
            here ^= low
            bit = np.uint64(ones(low - _ONE))
            row = (word << 6) + np.int64(bit)
            own = _ZERO
            for digit in range(height):
                own |= ((digits[digit, word] >> bit) & _ONE) << np.uint64(digit)
            bound = (
                worth[own]
                + (of_job[job[row]] + of_way[way[row]])
                + (of_tongue[tongue[row]] + of_years[years[row]])
            )
            chosen[count], above[count] = row, bound
            count += bound >= cut
        if count >= CHUNK:
            records_points(c.record, q, chosen[:count], room)
            texts += score_chunk(c, q, chosen[:count], above[:count], room, least, best)
            records += count
            count, cut = 0, floor_of(best, least) - rest
    records_points(c.record, q, chosen[:count], room)
    texts += score_chunk(c, q, chosen[:count], above[:count], room, least, best)
    return records + count, texts


@compiled
def points_of(q: Query, steps: int) -> np.float32:
    """At most what so many steps bring."""
    share = q.shares[TOPICS] * np.float32(min(steps, STEPS)) / np.float32(STEPS)
    return np.float32(share + SLACK)


@compiled
def search_levels(
    c: Columns,
    q: Query,
    digits: NDArray[np.uint64],
    leading: int,
    first: int,
    least: float,
    best: Best,
) -> tuple[int, int, int, int]:
    """Find the best of q.eligible, or so many of them that the others can be told apart.

    digits: uint64 (`digits_needed`, words), room. leading: about how many with the most
    steps are scored before anybody else; first: see `take_rows`. q.eligible is changed to
    whoever may still be among the best and was not looked at. Gives their number, 0 when the
    search is done; and how many mentors, records and texts were looked at.
    """
    climb(c, q, digits)
    wanted, eligible = np.float32(least), q.eligible
    if q.musts[TOPICS]:
        reaching(digits, eligible, 1, eligible)
    ahead = np.empty_like(eligible)
    top = leading_steps(digits, eligible, leading)
    there = reaching(digits, eligible, top, ahead)
    limit = MANY * 64 * len(eligible)
    if there > limit:
        return there, 0, 0, 0
    texts = take_rows(c, q, rows_of(ahead, there), first, wanted, best)
    rest = most_of_tables(q) + q.record_most + q.text_most + q.wish
    cut = floor_of(best, wanted)
    lowest = 0
    while lowest < top and points_of(q, lowest) + rest < cut:
        lowest += 1
    for word in range(len(eligible)):
        eligible[word] &= ~ahead[word]
    if lowest == top:
        return 0, there, there, texts
    left = reaching(digits, eligible, lowest, eligible)
    if left > limit:
        return left, there, there, texts
    records, read = take_reaching(c, q, digits, wanted, best)
    return 0, there + left, there + records, texts + read
