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
from .columns import JOB, TONGUE, WAY, YEARS, Columns
from .kernels import (
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
from .kernels_few import most_of_tables, rows_of, sampled_cut

_ONE, _ZERO = np.uint64(1), np.uint64(0)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
STEPS = 24  # that all wanted topics together are worth: few digits, and not much lost by rounding
LEVEL_WORDS = 256  # at a time: what is added up stays in the processor's first cache
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
def add_steps(
    digits: NDArray[np.uint64],
    first: int,
    own: NDArray[np.uint64],
    near: NDArray[np.uint64],
    both: NDArray[np.uint64],
    carry: NDArray[np.uint64],
    whole: int,
    part: int,
) -> None:
    """Add `whole` steps to the mentors of `own` and `part` to those of `near`; nobody is in both.

    own, near, both (either of them), carry (room): uint64 (words,), which begin at `first` in
    `digits`.
    """
    rising = False
    for digit in range(digits.shape[0]):
        line = digits[digit, first : first + len(own)]
        to_own, to_near = (whole >> digit) & 1, (part >> digit) & 1
        if to_own or to_near:
            mask = (both if to_near else own) if to_own else near
            if rising:
                for i in range(len(mask)):
                    odd = line[i] ^ mask[i]
                    up = (line[i] & mask[i]) | (odd & carry[i])
                    line[i] = odd ^ carry[i]
                    carry[i] = up
            else:
                for i in range(len(mask)):
                    carry[i] = line[i] & mask[i]
                    line[i] ^= mask[i]
            rising = True
        elif rising:
            for i in range(len(carry)):
                up = line[i] & carry[i]
                line[i] ^= carry[i]
                carry[i] = up


@compiled
def climb(c: Columns, q: Query, digits: NDArray[np.uint64]) -> None:
    """Count everybody's steps. digits: uint64 (digits, words), written.

    Who offers nothing that is wanted has none; who did not say what they offer has at least one.
    """
    topics, extra, lines = c.topics, q.extra, q.lines
    near_start, relatives = q.near_start, q.near
    catalogue, words = topics.shape[0] - 1, digits.shape[1]
    quiet = max(1, int(np.ceil(np.float32(STEPS) * fits.UNKNOWN_OFFER)))
    room = np.empty((4, LEVEL_WORDS), np.uint64)
    for first in range(0, words, LEVEL_WORDS):
        size = min(LEVEL_WORDS, words - first)
        own, near, both, carry = room[0, :size], room[1, :size], room[2, :size], room[3, :size]
        digits[:, first : first + size] = _ZERO
        for w in range(len(lines)):
            if lines[w] < catalogue:
                own[:] = topics[lines[w], first : first + size]
            else:
                own[:] = extra[lines[w] - catalogue, first : first + size]
            both[:] = own
            for place in range(near_start[w], near_start[w + 1]):
                line = topics[relatives[place], first : first + size]
                for i in range(size):
                    both[i] |= line[i]
            for i in range(size):
                near[i] = both[i] & ~own[i]
            weight = q.weights[w] * STEPS
            whole, part = -(-weight // q.asked), -(-weight // (2 * q.asked))
            add_steps(digits, first, own, near, both, carry, whole, part)
        own[:] = topics[catalogue, first : first + size]
        add_steps(digits, first, own, own, own, carry, quiet, 0)


@compiled
def reaching(
    digits: NDArray[np.uint64], eligible: NDArray[np.uint64], steps: int, out: NDArray[np.uint64]
) -> int:
    """Write who of the eligible has at least so many steps; gives how many they are.

    out may be `eligible` itself.
    """
    count = 0
    room = np.empty(LEVEL_WORDS, np.uint64)
    if steps >> digits.shape[0]:
        out[:] = _ZERO
        return 0
    for first in range(0, len(out), LEVEL_WORDS):
        to = room[: min(LEVEL_WORDS, len(out) - first)]
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
def worths_of(q: Query, height: int) -> NDArray[np.float32]:
    """`points_of` every number of steps that so many digits can hold."""
    worth = np.empty(1 << height, np.float32)
    for steps in range(len(worth)):
        worth[steps] = points_of(q, steps)
    return worth


@compiled
def add_tables(c: Columns, q: Query, rows: NDArray[np.int64], known: NDArray[np.float32]) -> None:
    """Add points for job, ways to meet, languages and years; -inf where a rule forbids.

    Two rounds: the first does so little that the processor fetches many mentors' answers at once.
    """
    answers = c.answers
    of_job, of_way, of_tongue, of_years = q.job, q.way, q.tongue, q.years
    for place in range(len(rows)):
        known[place] += of_job[answers[rows[place], JOB]]
    for place in range(len(rows)):
        row = rows[place]
        known[place] += of_way[answers[row, WAY]] + (
            of_tongue[answers[row, TONGUE]] + of_years[answers[row, YEARS]]
        )


@compiled
def take_leading(
    c: Columns,
    q: Query,
    digits: NDArray[np.uint64],
    rows: NDArray[np.int64],
    first: int,
    least: np.float32,
    best: Best,
) -> tuple[int, int]:
    """Score those of the rows who may reach the best so far, about `first` with the best bounds
    before the others, so that these are few.

    Gives how many records and how many texts were read.
    """
    height = digits.shape[0]
    worth, known = worths_of(q, height), np.empty(len(rows), np.float32)
    for place in range(len(rows)):
        word, bit = rows[place] >> 6, np.uint64(rows[place] & 63)
        own = _ZERO
        for digit in range(height):
            own |= ((digits[digit, word] >> bit) & _ONE) << np.uint64(digit)
        known[place] = worth[own]
    add_tables(c, q, rows, known)
    split = sampled_cut(known, first)
    rest = q.record_most + q.text_most + q.wish
    chosen, above = np.empty(CHUNK, np.int64), np.empty(CHUNK, np.float32)
    room = np.empty(CHUNK, np.float32)
    records = texts = 0
    for leading in (True, False):
        count = 0
        cut = floor_of(best, least) - rest
        for place in range(len(rows)):
            chosen[count], above[count] = rows[place], known[place]
            count += known[place] >= cut and (known[place] >= split) == leading
            if count == CHUNK:
                records_points(c.record, q, chosen, room)
                texts += score_chunk(c, q, chosen, above, room, least, best)
                records += count
                count, cut = 0, floor_of(best, least) - rest
        records_points(c.record, q, chosen[:count], room)
        texts += score_chunk(c, q, chosen[:count], above[:count], room, least, best)
        records += count
    return records, texts


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
    eligible, height = q.eligible, digits.shape[0]
    worth = worths_of(q, height)
    rest = q.record_most + q.text_most + q.wish
    rows, known = np.empty(CHUNK + 64, np.int64), np.empty(CHUNK + 64, np.float32)
    chosen, above = np.empty(2 * CHUNK + 64, np.int64), np.empty(2 * CHUNK + 64, np.float32)
    room = np.empty(2 * CHUNK + 64, np.float32)
    found = count = records = texts = 0
    cut = floor_of(best, least) - rest
    # Steps of 24 and more need five digits at least; fetched once for 64 mentors.
    digit0, digit1, digit2 = digits[0], digits[1], digits[2]
    digit3, digit4 = digits[3], digits[4]
    last = len(eligible) - 1
    for word in range(len(eligible)):
        here = eligible[word]
        has1, has2, has4 = digit0[word], digit1[word], digit2[word]
        has8, has16 = digit3[word], digit4[word]
        while here != _ZERO:
            low = here & (~here + _ONE)
            here ^= low
            bit = np.uint64(ones(low - _ONE))
            own = (
                ((has1 >> bit) & _ONE)
                + (((has2 >> bit) & _ONE) << np.uint64(1))
                + (((has4 >> bit) & _ONE) << np.uint64(2))
                + (((has8 >> bit) & _ONE) << np.uint64(3))
                + (((has16 >> bit) & _ONE) << np.uint64(4))
            )
            for digit in range(5, height):
                own |= ((digits[digit, word] >> bit) & _ONE) << np.uint64(digit)
            rows[found], known[found] = (word << 6) + np.int64(bit), worth[own]
            found += 1
        if found >= CHUNK or word == last:
            add_tables(c, q, rows[:found], known[:found])
            for place in range(found):
                chosen[count], above[count] = rows[place], known[place]
                count += known[place] >= cut
            found = 0
        if count >= CHUNK or word == last:
            records_points(c.record, q, chosen[:count], room)
            texts += score_chunk(c, q, chosen[:count], above[:count], room, least, best)
            records += count
            count, cut = 0, floor_of(best, least) - rest
    return records, texts


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
    steps are scored before anybody else; first: see `take_leading`. q.eligible is changed to
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
    records, texts = take_leading(c, q, digits, rows_of(ahead, there), first, wanted, best)
    rest = most_of_tables(q) + q.record_most + q.text_most + q.wish
    cut = floor_of(best, wanted)
    lowest = 0
    while lowest < top and points_of(q, lowest) + rest < cut:
        lowest += 1
    for word in range(len(eligible)):
        eligible[word] &= ~ahead[word]
    if lowest == top:
        return 0, there, records, texts
    left = reaching(digits, eligible, lowest, eligible)
    if left > limit:
        return left, there, records, texts
    more, read = take_reaching(c, q, digits, wanted, best)
    return 0, there + left, records + more, texts + read
