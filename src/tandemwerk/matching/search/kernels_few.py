"""When few are eligible: their records one by one, without a pass over everybody."""

import numpy as np
from numpy.typing import NDArray

from .. import fits
from ..compiled import compiled
from .columns import FLAGS, MORE_TOPICS, TOPIC_WORDS, Columns
from .kernels import TOPICS, Best, Query, ones, records_points, score_chunk

_ONE, _ZERO = np.uint64(1), np.uint64(0)
_LOW = np.uint64(0xFFFF)


@compiled
def rows_of(eligible: NDArray[np.uint64], count: int) -> NDArray[np.int64]:
    """The numbers of the bits set, ascending; count: how many there are."""
    rows = np.empty(count, dtype=np.int64)
    found = 0
    for word in range(len(eligible)):
        here = eligible[word]
        while here != _ZERO:
            low = here & (~here + _ONE)
            here ^= low
            rows[found] = (word << 6) + ones(low - _ONE)
            found += 1
    return rows


@compiled
def topic_worths(q: Query) -> NDArray[np.float32]:
    """Per catalogue topic the most points it can bring when offered, then of any other topic."""
    catalogue = len(q.touched)
    worths = np.zeros(catalogue + 1, dtype=np.float32)
    for w in range(len(q.weights)):
        own = q.shares[TOPICS] * np.float32(q.weights[w]) / np.float32(q.asked)
        for topic in range(catalogue):
            if q.kind[topic, w] == 1:
                worths[topic] += own
            elif q.kind[topic, w] == 2:
                worths[topic] += own * np.float32(0.5)
        if q.codes[w] >= catalogue:
            worths[catalogue] += own
    return worths


@compiled
def bound_few(c: Columns, q: Query, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """At most what all but the record's points and the text can bring, and wishes, per row."""
    job, way, tongue, years, record = c.job, c.way, c.tongue, c.years, c.record
    of_job, of_way, of_tongue, of_years = q.job, q.way, q.tongue, q.years
    bounds, catalogue = np.empty(len(rows), dtype=np.float32), len(q.touched)
    most = q.shares[TOPICS]
    quiet = most * fits.UNKNOWN_OFFER
    worths = topic_worths(q)
    free = q.asked == 0
    for place in range(len(rows)):
        row = rows[place]
        worth = np.float32(0)
        for word in range(2):
            four = record[row, TOPIC_WORDS + word]
            worth += worths[min(int(np.int64(four & _LOW)), catalogue)]
            worth += worths[min(int(np.int64((four >> np.uint64(16)) & _LOW)), catalogue)]
            worth += worths[min(int(np.int64((four >> np.uint64(32)) & _LOW)), catalogue)]
            worth += worths[min(int(np.int64(four >> np.uint64(48))), catalogue)]
        if record[row, TOPIC_WORDS] & _LOW == _LOW:
            worth = quiet
        if free or (record[row, FLAGS] >> np.uint64(MORE_TOPICS)) & _ONE != _ZERO:
            worth = most
        bounds[place] = (
            min(worth, most)
            + (of_job[job[row]] + of_way[way[row]])
            + (of_tongue[tongue[row]] + of_years[years[row]])
        )
    return bounds


@compiled
def bound_records(c: Columns, q: Query, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """Points for free hours and answers per row."""
    room = np.empty(len(rows), dtype=np.float32)
    records_points(c.record, q, rows, room)
    return room


@compiled
def take_few(
    c: Columns,
    q: Query,
    rows: NDArray[np.int64],
    bounds: NDArray[np.float32],
    room: NDArray[np.float32],
    low: float,
    high: float,
    least: float,
    best: Best,
) -> int:
    """Score the rows with low <= bounds + room < high; gives how many texts were read."""
    chosen = np.empty(len(rows), dtype=np.int64)
    above, points = np.empty(len(rows), np.float32), np.empty(len(rows), np.float32)
    count = 0
    from_here, to_here = np.float32(low), np.float32(high)
    for place in range(len(rows)):
        bound = bounds[place] + room[place]
        chosen[count], above[count] = rows[place], bounds[place]
        points[count] = room[place]
        count += bound >= from_here and bound < to_here
    return score_chunk(c, q, chosen[:count], above[:count], points[:count], np.float32(least), best)
