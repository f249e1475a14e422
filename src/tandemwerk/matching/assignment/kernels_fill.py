"""A free seat that still has a price: bring somebody to it, or bring its price down to 0.

The counterpart of `insert_rows`, on the same state (see `kernels_path`): a seat became free, or
more seats opened, and the seat takes a mentee from another mentor, who takes one from another,
until somebody without mentor comes in or a seat's price has fallen to 0.
"""

import numpy as np

from ..compiled import compiled
from .kernels_path import come_nearer, link, pop_least, unlink
from .market import Floats, Ints, Longs


@compiled
def thread_edges(
    indptr: Longs, columns: Ints, first: int, last: int, row_of: Ints, first_edge: Longs,
    next_edge: Longs,
) -> None:  # fmt: skip
    """Put the edges of the rows first:last into the lists of their columns.

    row_of, next_edge: per edge; first_edge: per column, -1 = none.
    """
    for i in range(first, last):
        for e in range(indptr[i], indptr[i + 1]):
            row_of[e] = i
            next_edge[e] = first_edge[columns[e]]
            first_edge[columns[e]] = e


@compiled
def fill_columns(
    first_edge: Longs,
    next_edge: Longs,
    row_of: Ints,
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

    A column is settled when it is full or costs 0; it stays in turn until then. first_edge,
    next_edge, row_of: lists of edges by column (`thread_edges`). outside: what an unmatched row
    gains (-inf: there is none to bring in). Rows with a mate below -1 are gone for good.
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
        size, count = come_nearer(heap, where, dist, touched, 0, 0, source, 0.0)
        while size > 0:
            k = pop_least(heap, where, dist, size)
            size -= 1
            d = dist[k]
            if d >= best:
                break
            if d + price[k] < best:
                best = d + price[k]
                end_row, end_column = -1, k
            e = first_edge[k]
            while e >= 0:
                work -= 1
                here = e
                e = next_edge[e]
                i = row_of[here]
                j = mate[i]
                if j == k or j < -1:
                    continue
                base = d - (fits[here] - price[k])
                if j < 0:
                    if max(d, base + outside) < best and outside > -np.inf:
                        best = max(d, base + outside)
                        end_row, end_column, end_fit = i, k, fits[here]
                    continue
                reach = base + (mate_fit[i] - price[j])
                if reach >= best or reach >= dist[j] or where[j] == -2:
                    continue
                via[j] = i
                via_fit[j] = fits[here]
                to[j] = k
                far = max(d, reach)
                size, count = come_nearer(heap, where, dist, touched, size, count, j, far)
        for place in range(count):
            j = touched[place]
            if where[j] == -2 and dist[j] < best:
                price[j] = max(0.0, price[j] - (best - dist[j]))
            dist[j] = np.inf
            where[j] = -1
        k = end_column
        if end_row >= 0:
            link(end_row, k, head, after, before, load)
            mate[end_row] = k
            mate_fit[end_row] = end_fit
        else:
            price[k] = 0.0
        while k != source:
            i = via[k]
            unlink(i, k, head, after, before, load)
            mate[i] = to[k]
            mate_fit[i] = via_fit[k]
            k = to[k]
            link(i, k, head, after, before, load)
    return at
