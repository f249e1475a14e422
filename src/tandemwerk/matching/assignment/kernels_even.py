"""An auction with a step, for markets where seats are just enough: every seat finds its taker.

Where there are as many bidders as seats, bids without a step run in circles of tiny amounts, and
shortest paths run through the whole market to reach the last free seat. Here a bidder bids a step
more than the second best place is worth, so prices climb quickly; then again from these prices
with a smaller step. Nobody is then further than the last step from their best place.
Seats that stay free are held by fillers, bidders who gain nothing anywhere and so take the
cheapest seat: free seats all get the same, lowest price.
Source: auction with ε-scaling (Bertsekas 1988; for several seats Bertsekas & Castañon 1989).
"""

import numpy as np

from ..compiled import compiled
from .kernels_bid import push_bid, swap_least
from .kernels_path import sift_down, sift_up
from .market import Flags, Floats, Ints, Longs


@compiled
def _renew_top(heap: Ints, where: Ints, key: Floats, size: int, price: Floats) -> int:
    """The cheapest column; prices only rise, so only keys at the top need to be true."""
    while True:
        j = heap[0]
        if key[j] >= price[j]:
            return int(j)
        key[j] = price[j]
        sift_down(heap, where, key, size, j, 0)


@compiled
def even_bid(
    indptr: Longs,
    columns: Ints,
    fits: Floats,
    step: float,
    stop: int,
    work: int,
    start: Longs,
    bid: Floats,
    member: Ints,
    load: Longs,
    price: Floats,
    heap: Ints,
    where: Ints,
    key: Floats,
    waiting: Ints,
    first: int,
    count: int,
) -> tuple[int, int]:
    """Let the bidders waiting[first:][:count], a ring, bid until `stop` of them are left.

    Bidders from len(indptr) - 1 on are fillers. work: edges to look at before returning. start,
    bid, member: see `rows_bid`; every slot is to be filled. heap, where, key: all columns by a
    price not above their own; used by fillers only. Returns the new (first, count).
    """
    rows, ring, size = len(indptr) - 1, len(waiting), len(price)
    while count > stop and work > 0:
        i = waiting[first]
        first += 1
        if first == ring:
            first = 0
        count -= 1
        best, second = -np.inf, -np.inf
        j, own = -1, 0.0
        if i < rows:
            for e in range(indptr[i], indptr[i + 1]):
                gain = fits[e] - price[columns[e]]
                if gain > second:
                    if gain > best:
                        second = best
                        best = gain
                        j = columns[e]
                        own = fits[e]
                    else:
                        second = gain
            work -= indptr[i + 1] - indptr[i]
        else:
            j = _renew_top(heap, where, key, size, price)
            best = -price[j]
            if size > 1:
                key[j] = np.inf
                sift_down(heap, where, key, size, j, 0)
                second = -price[_renew_top(heap, where, key, size, price)]
                key[j] = price[j]
                sift_up(heap, where, key, where[j])
            work -= 20
        # Nothing else to go to: any finite step will do.
        second = max(second, best - 1.0 - abs(best))
        level = own - second + step
        base = start[j]
        slots = start[j + 1] - base
        if load[j] < slots:
            push_bid(bid, member, base, load[j], level, i)
            load[j] += 1
            if load[j] == slots:
                price[j] = max(price[j], bid[base])
        else:
            last = first + count
            waiting[last - ring if last >= ring else last] = member[base]
            count += 1
            swap_least(bid, member, base, slots, level, i)
            price[j] = max(price[j], bid[base])
    return first, count


@compiled
def uneasy(indptr: Longs, columns: Ints, fits: Floats, mate: Longs, price: Floats) -> Flags:
    """Rows without a mate, or that would gain more elsewhere."""
    found = np.zeros(len(mate), np.bool_)
    for i in range(len(mate)):
        own, best = -np.inf, -np.inf
        for e in range(indptr[i], indptr[i + 1]):
            gain = fits[e] - price[columns[e]]
            best = max(best, gain)
            if columns[e] == mate[i]:
                own = gain
        found[i] = mate[i] < 0 or own < best
    return found


@compiled
def with_outside(
    indptr: Longs, columns: Ints, fits: Floats, keep: Flags, outside: int
) -> tuple[Longs, Longs, Ints, Floats]:
    """The kept rows, each with one more edge, to the column `outside` with fit 0.

    Returns which rows these are, then indptr, columns, fits.
    """
    rows = np.flatnonzero(keep)
    start = np.zeros(len(rows) + 1, np.int64)
    for place in range(len(rows)):
        i = rows[place]
        start[place + 1] = start[place] + indptr[i + 1] - indptr[i] + 1
    mentors = np.empty(start[-1], np.int32)
    values = np.empty(start[-1], np.float64)
    for place in range(len(rows)):
        at = start[place]
        for e in range(indptr[rows[place]], indptr[rows[place] + 1]):
            mentors[at] = columns[e]
            values[at] = fits[e]
            at += 1
        mentors[at] = outside
        values[at] = 0.0
    return rows, start, mentors, values
