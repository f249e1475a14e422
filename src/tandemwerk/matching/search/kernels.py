"""The compiled scan: bounds from small columns, block by block, and exact totals for the rest.

Points of a criterion are multiples of 2**-23 (`fits.points`), so sums are exact in float32 in any
order. A bound is the sum of what is known of a pair and the most that the rest can bring. SLACK
covers the one estimate among it, a mentor's liking of topics (at most what they offer). Nobody who
could be among the best is dropped; whoever remains is scored by the functions of `fits`.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import fits
from ..compiled import compiled
from .columns import ANSWERS, FLAGS, HAS_TEXT, LISTED, MORE_TOPICS, NO_TOPIC, TOPIC_WORDS, Columns

SLACK = np.float32(2e-6)
BLOCKED = np.float32(-np.inf)
BLOCK_WORDS = 32  # of 64 mentors: what a block works in stays in the processor's first cache
CHUNK = 1024  # mentors whose records are read in one go, so that their memory comes at once
SPARSE = 10  # with fewer eligible in a word of 64, one by one is faster

TOPICS, LANGUAGES, EXPERIENCE, INDUSTRY, FUNCTION = 0, 1, 2, 3, 4
VALUES, AVAILABILITY, FORMAT, TEXT, WISHES = 5, 6, 7, 8, 9
OWN, RELATED = 1, 2

_ONE, _ZERO = np.uint64(1), np.uint64(0)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_NOTHING, _FULL = np.float32(0), np.float32(1)
_PER_ITEM = np.float32(0.25)  # bits of an answer
_LOW, _TEAM = np.uint64(0xFFFF), np.uint64(0xFFFFFFFF)


class Query(NamedTuple):
    """One mentee and the criteria as arrays; made by `queries.Asking`.

    shares: float32 (10,), 0 = not counted; musts: bool (10,). eligible: bits of whom to look at.
    Topics wanted, W of them: weights, codes int32; asked: sum of the weights; lines: where their
    bits are, in the columns if below the catalogue's size, else that much further in `extra`;
    near: catalogue topics related to each, as CSR; kind: uint8 (catalogue, W), OWN or RELATED;
    touched: bool (catalogue,), any of the two.
    job, way, tongue, years: float32 points per distinct answer, -inf where a rule forbids.
    hours: points per number of common hours, then of an unanswered week. values, text and wish
    are computed; record_most, text_most: the most points of free hours and answers, and of text.
    week, levels, answered: uint64, the mentee's bits, as wide as the mentors'.
    """

    shares: NDArray[np.float32]
    musts: NDArray[np.bool_]
    eligible: NDArray[np.uint64]
    weights: NDArray[np.int32]
    codes: NDArray[np.int32]
    lines: NDArray[np.int32]
    near_start: NDArray[np.int32]
    near: NDArray[np.int32]
    extra: NDArray[np.uint64]
    kind: NDArray[np.uint8]
    touched: NDArray[np.bool_]
    job: NDArray[np.float32]
    way: NDArray[np.float32]
    tongue: NDArray[np.float32]
    years: NDArray[np.float32]
    hours: NDArray[np.float32]
    week: NDArray[np.uint64]
    levels: NDArray[np.uint64]
    answered: NDArray[np.uint64]
    signature: NDArray[np.int8]
    asked: int
    has_week: bool
    has_text: bool
    team: int
    wish: np.float32
    record_most: np.float32
    text_most: np.float32


class Best(NamedTuple):
    """The best so far, best first, room for k: totals float32, rows and orders int64; found: one
    number, how many there are."""

    totals: NDArray[np.float32]
    rows: NDArray[np.int64]
    orders: NDArray[np.int64]
    found: NDArray[np.int64]


@compiled
def ones(word: np.uint64) -> int:
    """Bits set; LLVM makes one instruction of this."""
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + (
        (word >> np.uint64(2)) & np.uint64(0x3333333333333333)
    )
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int(np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56)))


@compiled
def topic_bits(c: Columns, q: Query, w: int, word: int) -> tuple[np.uint64, np.uint64]:
    """64 mentors' bits for one wanted topic: who offers it, and who only a related one."""
    line, catalogue = q.lines[w], c.topics.shape[0] - 1
    own = c.topics[line, word] if line < catalogue else q.extra[line - catalogue, word]
    near = _ZERO
    for place in range(q.near_start[w], q.near_start[w + 1]):
        near |= c.topics[q.near[place], word]
    return own, near & ~own


@compiled
def topic_points(c: Columns, q: Query, row: int) -> np.float32:
    """Points for topics, both sides joined; BLOCKED if a must is missed."""
    found: np.float32
    if q.asked == 0:
        found = fits.points(_FULL, q.shares[TOPICS])
        return found
    record, catalogue = c.record[row], len(q.touched)
    more = (record[FLAGS] >> np.uint64(MORE_TOPICS)) & _ONE != _ZERO
    offered = liked = 0
    for w in range(len(q.weights)):
        points = liking = 0
        if more:
            own, near = topic_bits(c, q, w, row >> 6)
            bit = np.uint64(row & 63)
            if (own >> bit) & _ONE != _ZERO:
                points, liking = 20, 14
            elif (near >> bit) & _ONE != _ZERO:
                points, liking = 10, 7
        for rank in range(LISTED):
            shift = np.uint64((rank & 3) << 4)
            topic = np.int64((record[TOPIC_WORDS + (rank >> 2)] >> shift) & _LOW)
            if topic == NO_TOPIC:
                break
            if topic == q.codes[w]:
                points = 20
                liking = max(liking, max(14, 20 - 2 * rank))
            elif topic < catalogue and q.touched[topic] and q.kind[topic, w] == RELATED:
                points = max(points, 10)
                liking = max(liking, max(7, 10 - rank))
        offered += q.weights[w] * points
        liked += q.weights[w] * liking
    if offered == 0 and q.musts[TOPICS] and record[TOPIC_WORDS] & _LOW != _LOW:
        return BLOCKED
    silent = record[TOPIC_WORDS] & _LOW == _LOW
    asked = np.float32(q.asked)
    fit = fits.both_sides(
        fits.topic_share(np.float32(offered), asked, silent),
        fits.topic_share(np.float32(liked), asked, silent),
    )
    found = fits.points(fit, q.shares[TOPICS])
    return found


@compiled
def records_points(
    record: NDArray[np.uint64],
    q: Query,
    rows: NDArray[np.int64],
    points: NDArray[np.float32],
) -> None:
    """Points for free hours and answers; BLOCKED where a must is missed.

    One record a mentor, without a branch between them, so that the processor waits for many at
    once.
    """
    monday, midweek, weekend = q.week[0], q.week[1], q.week[2]
    levels, answers, hours = q.levels, q.answered, q.hours
    words, has_week, unknown = len(q.levels), q.has_week, len(q.hours) - 1
    must, share = q.musts[VALUES], q.shares[VALUES]
    for place in range(len(rows)):
        row = rows[place]
        week0, week1, week2 = record[row, 0], record[row, 1], record[row, 2]
        common = ones(week0 & monday) + ones(week1 & midweek) + ones(week2 & weekend)
        known = has_week and (week0 | week1 | week2) != _ZERO
        distance = both = 0
        for word in range(words):
            answered = record[row, ANSWERS + words + word] & answers[word]
            distance += ones((record[row, ANSWERS + word] ^ levels[word]) & answered)
            both += ones(answered)
        fit = fits.values_fit(np.float32(distance), np.float32(both) * _PER_ITEM)
        found = hours[common if known else unknown] + fits.points(fit, share)
        points[place] = BLOCKED if must and fit < np.float32(0.5) else found


@compiled
def text_points(c: Columns, q: Query, row: int) -> np.float32:
    """Points for free text. Reads one signature."""
    dot = np.int32(0)
    known = q.has_text and (c.record[row, FLAGS] >> np.uint64(HAS_TEXT)) & _ONE != _ZERO
    if known:
        for place in range(64):
            dot += np.int32(c.signature[row, place]) * np.int32(q.signature[place])
    found: np.float32 = fits.points(fits.text_fit(np.float32(dot), known), q.shares[TEXT])
    return found


@compiled
def keep_best(best: Best, total: np.float32, row: int, order: int) -> None:
    """Insert into the best so far: descending total, then ascending order."""
    totals, rows, orders = best.totals, best.rows, best.orders
    k, found = len(totals), best.found[0]
    if found == k:
        if total < totals[k - 1] or (total == totals[k - 1] and order > orders[k - 1]):
            return
        place = k - 1
    else:
        place = found
        best.found[0] = found + 1
    while place > 0 and (
        total > totals[place - 1] or (total == totals[place - 1] and order < orders[place - 1])
    ):
        totals[place], rows[place] = totals[place - 1], rows[place - 1]
        orders[place] = orders[place - 1]
        place -= 1
    totals[place], rows[place], orders[place] = total, row, order


@compiled
def floor_of(best: Best, least: np.float32) -> np.float32:
    """Below this total nobody is wanted any more; lowered by SLACK."""
    k = len(best.totals)
    floor = max(least, best.totals[k - 1]) if best.found[0] == k else least
    return floor - SLACK


@compiled
def score_chunk(
    c: Columns,
    q: Query,
    chosen: NDArray[np.int64],
    bounds: NDArray[np.float32],
    room: NDArray[np.float32],
    least: np.float32,
    best: Best,
) -> int:
    """Score these mentors exactly and keep the best; gives how many texts were read.

    bounds: float32 per chosen mentor, at most what all but record, text and wish can bring.
    room: float32 per chosen mentor, what the record brings.
    """
    share = q.text_most
    floor = floor_of(best, least)
    read = 0
    for place in range(len(chosen)):
        row = chosen[place]
        if bounds[place] + room[place] + share + q.wish < floor:
            continue
        if q.team > 0 and c.record[row, FLAGS] & _TEAM == np.uint64(q.team):
            continue
        known = q.job[c.job[row]] + q.way[c.way[row]]
        known += q.tongue[c.tongue[row]] + q.years[c.years[row]]
        known += topic_points(c, q, row) + room[place] + q.wish
        if known + share < floor:
            continue
        total = known
        if share > _NOTHING:
            total += text_points(c, q, row)
            read += 1
        if total >= least:
            keep_best(best, total, row, c.order[row])
            floor = floor_of(best, least)
    return read


@compiled
def score_special(
    c: Columns,
    q: Query,
    rows: NDArray[np.int64],
    wishes: NDArray[np.float32],
    least: np.float32,
    best: Best,
) -> None:
    """Score mentors with wish points of their own and keep the best."""
    room = np.empty(len(rows), dtype=np.float32)
    records_points(c.record, q, rows, room)
    for place in range(len(rows)):
        row = rows[place]
        if q.team > 0 and c.record[row, FLAGS] & _TEAM == np.uint64(q.team):
            continue
        total = q.job[c.job[row]] + q.way[c.way[row]]
        total += q.tongue[c.tongue[row]] + q.years[c.years[row]]
        total += topic_points(c, q, row) + room[place] + wishes[place]
        if q.shares[TEXT] > _NOTHING:
            total += text_points(c, q, row)
        if total >= least:
            keep_best(best, total, row, c.order[row])


@compiled
def take_between(
    c: Columns,
    q: Query,
    bounds: NDArray[np.float32],
    tops: NDArray[np.float32],
    low: float,
    high: float,
    least: float,
    best: Best,
) -> tuple[int, int]:
    """Score whoever has low <= bound < high and may reach the best so far.

    The cut rises with the k-th best. Gives how many records and how many texts were read.
    """
    rest = q.record_most + q.text_most + q.wish
    lowest, wanted = np.float32(low), np.float32(least)
    top = np.float32(high)
    chosen, above = np.empty(CHUNK + 64, dtype=np.int64), np.empty(CHUNK + 64, dtype=np.float32)
    room = np.empty(CHUNK + 64, dtype=np.float32)
    count = records = texts = 0
    cut = max(lowest, floor_of(best, wanted) - rest)
    for word in range(len(tops)):
        if tops[word] < cut:
            continue
        for row in range(word << 6, (word << 6) + 64):
            chosen[count], above[count] = row, bounds[row]
            count += bounds[row] >= cut and bounds[row] < top
        if count >= CHUNK:
            records_points(c.record, q, chosen[:count], room)
            texts += score_chunk(c, q, chosen[:count], above[:count], room, wanted, best)
            records += count
            count = 0
            cut = max(lowest, floor_of(best, wanted) - rest)
    records_points(c.record, q, chosen[:count], room)
    texts += score_chunk(c, q, chosen[:count], above[:count], room, wanted, best)
    return records + count, texts
