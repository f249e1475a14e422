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
from .columns import (
    ANSWERS,
    FLAGS,
    HAS_TEXT,
    JOB,
    LISTED,
    MORE_TOPICS,
    NO_TOPIC,
    TONGUE,
    TOPIC_WORDS,
    WAY,
    YEARS,
    Columns,
)

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
_NOTHING, _FULL, _UNBOUND = np.float32(0), np.float32(1), np.float32(16)
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
def records_points(
    record: NDArray[np.uint64],
    q: Query,
    rows: NDArray[np.int64],
    points: NDArray[np.float32],
) -> None:
    """Points for free hours and answers; BLOCKED where a must is missed.

    The first round does little, so that the processor waits for many records at once; the second
    has no branch between them.
    """
    monday, midweek, weekend = q.week[0], q.week[1], q.week[2]
    levels, answers, hours = q.levels, q.answered, q.hours
    words, has_week, unknown = len(q.levels), q.has_week, len(q.hours) - 1
    must, share = q.musts[VALUES], q.shares[VALUES]
    for place in range(len(rows)):
        points[place] = ones(record[rows[place], 2] & weekend)
    for place in range(len(rows)):
        row = rows[place]
        week0, week1, week2 = record[row, 0], record[row, 1], record[row, 2]
        common = ones(week0 & monday) + ones(week1 & midweek) + np.int64(points[place])
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
    # Arrays by themselves: passing a tuple of many on for every mentor would cost more than the
    # mentor.
    answers, record, signature = c.answers, c.record, c.signature
    of_job, of_way, of_tongue, of_years = q.job, q.way, q.tongue, q.years
    weights, codes, kind, touched, own_text = q.weights, q.codes, q.kind, q.touched, q.signature
    catalogue, asked, team, wish = len(touched), q.asked, np.uint64(q.team), q.wish
    share, of_topics, of_text = q.text_most, q.shares[TOPICS], q.shares[TEXT]
    must, all_topics = q.musts[TOPICS], fits.points(_FULL, q.shares[TOPICS])
    points, liking = np.zeros(len(weights), np.int64), np.zeros(len(weights), np.int64)
    floor = floor_of(best, least)
    read = 0
    for place in range(len(chosen)):
        row = chosen[place]
        if bounds[place] + room[place] + share + wish < floor:
            continue
        flags = record[row, FLAGS]
        if team != _ZERO and flags & _TEAM == team:
            continue
        known = of_job[answers[row, JOB]] + of_way[answers[row, WAY]] + room[place] + wish
        known += of_tongue[answers[row, TONGUE]] + of_years[answers[row, YEARS]]
        if asked == 0:
            known += all_topics
        else:
            points[:] = 0
            liking[:] = 0
            if (flags >> np.uint64(MORE_TOPICS)) & _ONE != _ZERO:
                unlisted_topics(c, q, row, points, liking)
            for rank in range(LISTED):
                shift = np.uint64((rank & 3) << 4)
                topic = np.int64((record[row, TOPIC_WORDS + (rank >> 2)] >> shift) & _LOW)
                if topic == NO_TOPIC:
                    break
                if topic < catalogue and not touched[topic]:
                    continue
                for w in range(len(weights)):
                    if topic == codes[w]:
                        points[w] = 20
                        liking[w] = max(liking[w], max(14, 20 - 2 * rank))
                    elif topic < catalogue and kind[topic, w] == RELATED:
                        points[w] = max(points[w], 10)
                        liking[w] = max(liking[w], max(7, 10 - rank))
            offered = liked = 0
            for w in range(len(weights)):
                offered += weights[w] * points[w]
                liked += weights[w] * liking[w]
            silent = record[row, TOPIC_WORDS] & _LOW == _LOW
            if must and offered == 0 and not silent:
                continue
            fit = fits.both_sides(
                fits.topic_share(np.float32(offered), np.float32(asked), silent),
                fits.topic_share(np.float32(liked), np.float32(asked), silent),
            )
            known += fits.points(fit, of_topics)
        if known + share < floor:
            continue
        total = known
        if share > _NOTHING:
            there = q.has_text and (flags >> np.uint64(HAS_TEXT)) & _ONE != _ZERO
            dot = np.int32(0)
            if there:
                for part in range(64):
                    dot += np.int32(signature[row, part]) * np.int32(own_text[part])
            total += fits.points(fits.text_fit(np.float32(dot), there), of_text)
            read += 1
        if total >= least and total >= floor:
            keep_best(best, total, row, c.order[row])
            floor = floor_of(best, least)
    return read


@compiled
def unlisted_topics(
    c: Columns, q: Query, row: int, points: NDArray[np.int64], liking: NDArray[np.int64]
) -> None:
    """What a mentor with more topics than a record lists offers at least, per wanted topic."""
    bit = np.uint64(row & 63)
    for w in range(len(points)):
        own, near = topic_bits(c, q, w, row >> 6)
        if (own >> bit) & _ONE != _ZERO:
            points[w], liking[w] = 20, 14
        elif (near >> bit) & _ONE != _ZERO:
            points[w], liking[w] = 10, 7


@compiled
def score_special(
    c: Columns,
    q: Query,
    rows: NDArray[np.int64],
    wishes: NDArray[np.float32],
    least: float,
    best: Best,
) -> None:
    """Score mentors with wish points of their own and keep the best."""
    room, bounds = np.empty(len(rows), np.float32), np.full(len(rows), _UNBOUND)
    records_points(c.record, q, rows, room)
    for place in range(len(rows)):
        # Exact, as all points are multiples of one small number.
        room[place] += wishes[place] - q.wish
    score_chunk(c, q, rows, bounds, room, np.float32(least), best)


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
