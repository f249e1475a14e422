"""The search where few are in question: their records one by one, without a pass over everybody."""

import numpy as np
from numpy.typing import NDArray

from .. import fits
from ..compiled import compiled
from .columns import FLAGS, JOB, MORE_TOPICS, TONGUE, TOPIC_WORDS, WAY, YEARS, Columns
from .kernels import (
    CHUNK,
    OWN,
    RELATED,
    TOPICS,
    Best,
    Query,
    floor_of,
    ones,
    records_points,
    score_chunk,
)

_ONE, _ZERO = np.uint64(1), np.uint64(0)
_LOW = np.uint64(0xFFFF)
# About so many with the best records are scored first: their best totals are a bar that few others
# reach. Found from a sample of the bounds; whether it is a good one decides only over time.
FIRST, SAMPLE = 128, 512
CACHED = 256  # records that stay in the processor's first cache until they are read again


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
            if q.kind[topic, w] == OWN:
                worths[topic] += own
            elif q.kind[topic, w] == RELATED:
                worths[topic] += own * np.float32(0.5)
        if q.codes[w] >= catalogue:
            worths[catalogue] += own
    return worths


@compiled
def bound_topics(
    c: Columns,
    q: Query,
    rows: NDArray[np.int64],
    worths: NDArray[np.float32],
    bounds: NDArray[np.float32],
) -> None:
    """At most what topics can bring, per row, from the records. worths: see `topic_worths`."""
    record, most, catalogue = c.record, q.shares[TOPICS], len(q.touched)
    if q.asked == 0:
        bounds[:] = most
        return
    quiet = most * fits.UNKNOWN_OFFER
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
        if (record[row, FLAGS] >> np.uint64(MORE_TOPICS)) & _ONE != _ZERO:
            worth = most
        bounds[place] = min(worth, most)


@compiled
def most_of_tables(q: Query) -> np.float32:
    """The most that job, ways to meet, languages and years can bring together."""
    found: np.float32 = q.job.max() + q.way.max() + q.tongue.max() + q.years.max()
    return found


@compiled
def sampled_cut(bounds: NDArray[np.float32], first: int) -> np.float32:
    """A bound that about `first` of these reach; -inf if there are not many more."""
    step = max(1, len(bounds) // SAMPLE)
    sample = np.sort(bounds[::step])
    place = len(sample) - 1 - first // step
    return sample[place] if place > 0 and step > 1 else np.float32(-np.inf)


@compiled
def take_rows(
    c: Columns, q: Query, rows: NDArray[np.int64], first: int, least: np.float32, best: Best
) -> int:
    """Score those of the rows who may reach the best so far; gives how many texts were read.

    Reads every row's record, and tables, topics in order and text only of those still in the race.
    first: about so many with the best records are scored before the others.
    """
    answers = c.answers
    of_job, of_way, of_tongue, of_years = q.job, q.way, q.tongue, q.years
    room = np.empty(len(rows), dtype=np.float32)
    above = np.empty(len(rows), dtype=np.float32)
    worths = topic_worths(q)
    for start in range(0, len(rows), CACHED):
        some = rows[start : start + CACHED]
        records_points(c.record, q, some, room[start : start + CACHED])
        bound_topics(c, q, some, worths, above[start : start + CACHED])
    known = above + room
    split = sampled_cut(known, first)
    chosen = np.empty(CHUNK, dtype=np.int64)
    bounds, points = np.empty(CHUNK, np.float32), np.empty(CHUNK, np.float32)
    rest, most = q.text_most + q.wish, most_of_tables(q)
    texts = 0
    for leading in (True, False):
        count = 0
        cut = floor_of(best, least) - rest
        for place in range(len(rows)):
            if known[place] + most < cut or (known[place] >= split) != leading:
                continue
            row = rows[place]
            bound = (
                above[place]
                + (of_job[answers[row, JOB]] + of_way[answers[row, WAY]])
                + (of_tongue[answers[row, TONGUE]] + of_years[answers[row, YEARS]])
            )
            chosen[count], bounds[count], points[count] = row, bound, room[place]
            count += bound + room[place] >= cut
            if count == CHUNK:
                texts += score_chunk(c, q, chosen, bounds, points, least, best)
                count, cut = 0, floor_of(best, least) - rest
        texts += score_chunk(c, q, chosen[:count], bounds[:count], points[:count], least, best)
    return texts


@compiled
def search_few(c: Columns, q: Query, there: int, first: int, least: float, best: Best) -> int:
    """Find the best of the `there` eligible by their records; gives how many texts were read."""
    return take_rows(c, q, rows_of(q.eligible, there), first, np.float32(least), best)
