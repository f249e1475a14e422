"""A free seat that still has a price: bring somebody to it, or bring its price down to 0.

The counterpart of `insert_rows`, on the same state (see `kernels_path`): a seat became free, or
more seats opened, and the seat takes a mentee from another mentor, who takes one from another,
until somebody without mentor comes in or a seat's price has fallen to 0.
"""

import numpy as np

from ..compiled import compiled
from .kernels_path import link, pop_least, sift_up, unlink
from .market import Floats, Ints, Longs


@compiled
def fill_columns(
    by_column: Longs,
    rows: Ints,
    fits: Floats,
    seats: Longs,
    outside: float,
    order: Longs,
    first: int,
    work: int,
    mate: Longs,
    mate_fit: Floats,
    head: Longs,
    after: Longs,
    before: Longs,
    load: Longs,
    price: Floats,
) -> int:
    """Settle the columns order[first:] until about `work` edges were looked at.

    A column is settled when it is full or costs 0; it stays in turn until then. by_column, rows,
    fits: edges by column. outside: what an unmatched row gains (-inf: there is none to bring in).
    Returns the next place in `order`. Cost per seat: a Dijkstra over the columns it touches.
    """
    mentors = len(seats)
    dist = np.full(mentors, np.inf)
    via = np.empty(mentors, np.int64)
    via_fit = np.empty(mentors, np.float64)
    to = np.empty(mentors, np.int64)
    heap = np.empty(mentors, np.int32)
    where = np.full(mentors, -1, np.int32)
    touched = np.empty(mentors, np.int32)
    at = first
    while at < len(order) and work > 0:
        source = order[at]
        if load[source] >= seats[source] or price[source] <= 0.0:
            at += 1
            continue
        best = np.inf
        end_row, end_column, end_fit = -1, source, 0.0
        dist[source] = 0.0
        heap[0] = source
        where[source] = 0
        touched[0] = source
        size, count = 1, 1
        while size > 0:
            k = pop_least(heap, where, dist, size)
            size -= 1
            d = dist[k]
            if d >= best:
                break
            if d + price[k] < best:
                best = d + price[k]
                end_row, end_column = -1, k
            for e in range(by_column[k], by_column[k + 1]):
                i = rows[e]
                j = mate[i]
                if j == k:
                    continue
                base = d - (fits[e] - price[k])
                if j < 0:
                    if max(d, base + outside) < best and outside > -np.inf:
                        best = max(d, base + outside)
                        end_row, end_column, end_fit = i, k, fits[e]
                    continue
                reach = base + (mate_fit[i] - price[j])
                if reach >= best or reach >= dist[j] or where[j] == -2:
                    continue
                if where[j] == -1:
                    heap[size] = j
                    where[j] = size
                    size += 1
                    touched[count] = j
                    count += 1
                dist[j] = max(d, reach)
                via[j] = i
                via_fit[j] = fits[e]
                to[j] = k
                sift_up(heap, where, dist, where[j])
            work -= by_column[k + 1] - by_column[k]
        for place in range(count):
            j = touched[place]
            if where[j] == -2 and dist[j] < best:
                price[j] = max(0.0, price[j] - (best - dist[j]))
            dist[j] = np.inf
            where[j] = -1
        k = end_column
        if end_row >= 0:
            link(end_row, k, head, after, before)
            mate[end_row] = k
            mate_fit[end_row] = end_fit
            load[k] += 1
        else:
            price[k] = 0.0
        while k != source:
            i = via[k]
            unlink(i, k, head, after, before)
            load[k] -= 1
            mate[i] = to[k]
            mate_fit[i] = via_fit[k]
            k = to[k]
            link(i, k, head, after, before)
            load[k] += 1
    return at
