"""Shortest augmenting paths with seats: one mentee in, everything stays optimal.

State of a market: mate (int64 per row, -1 = unmatched), mate_fit (float64 per row), members of
each column as a doubly linked list (head per column; after, before per row), load (int64 per
column), price (float64 per column, >= 0). Invariant (complementary slackness) for the rows that
are in: nobody prefers another column at these prices, a row matched gains
fit + lift - price >= 0, a row unmatched could gain nothing, a column with a free seat costs 0.
Source: successive shortest paths (Jonker & Volgenant 1987), with seats instead of copies.
"""

import numpy as np

from ..compiled import compiled
from .market import Floats, Ints, Longs


@compiled
def sift_up(heap: Ints, where: Ints, key: Floats, place: int) -> None:
    """Move the column at this place up in the heap of columns by key."""
    j = heap[place]
    while place > 0:
        above = (place - 1) >> 1
        k = heap[above]
        if key[k] <= key[j]:
            break
        heap[place] = k
        where[k] = place
        place = above
    heap[place] = j
    where[j] = place


@compiled
def sift_down(heap: Ints, where: Ints, key: Floats, size: int, j: int, place: int) -> None:
    """Put column j at this place of the heap, or further down where its key belongs."""
    while True:
        below = 2 * place + 1
        if below >= size:
            break
        if below + 1 < size and key[heap[below + 1]] < key[heap[below]]:
            below += 1
        k = heap[below]
        if key[j] <= key[k]:
            break
        heap[place] = k
        where[k] = place
        place = below
    heap[place] = j
    where[j] = place


@compiled
def pop_least(heap: Ints, where: Ints, key: Floats, size: int) -> int:
    """Take the column with the least key out of a heap of this size."""
    least = heap[0]
    where[least] = -2
    if size > 1:
        sift_down(heap, where, key, size - 1, heap[size - 1], 0)
    return int(least)


@compiled
def unlink(i: int, j: int, head: Longs, after: Longs, before: Longs, load: Longs) -> None:
    """Take row i out of the list of column j."""
    load[j] -= 1
    if before[i] >= 0:
        after[before[i]] = after[i]
    else:
        head[j] = after[i]
    if after[i] >= 0:
        before[after[i]] = before[i]


@compiled
def link(i: int, j: int, head: Longs, after: Longs, before: Longs, load: Longs) -> None:
    """Put row i first into the list of column j."""
    load[j] += 1
    before[i] = -1
    after[i] = head[j]
    if head[j] >= 0:
        before[head[j]] = i
    head[j] = i


@compiled
def come_nearer(
    heap: Ints, where: Ints, key: Floats, touched: Ints, size: int, count: int, j: int, to: float
) -> tuple[int, int]:
    """Node j is nearer than known: into the heap, or up in it. Returns the new (size, count)."""
    if where[j] == -1:
        heap[size] = j
        where[j] = size
        size += 1
        touched[count] = j
        count += 1
    key[j] = to
    sift_up(heap, where, key, where[j])
    return size, count


@compiled
def raise_prices(
    touched: Ints, count: int, where: Ints, key: Floats, price: Floats, best: float
) -> None:
    """Whatever a search has taken out of its heap before it ended at `best` costs more by the rest.

    Clears the marks for the next search. Nodes beyond the prices have none.
    """
    for place in range(count):
        j = touched[place]
        if where[j] == -2 and key[j] < best < np.inf and j < len(price):
            price[j] += best - key[j]
        key[j] = np.inf
        where[j] = -1


@compiled
def insert_rows(
    indptr: Longs,
    columns: Ints,
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
) -> tuple[int, int]:
    """Bring the rows order[first:] in, one by one, until about `work` edges were looked at.

    outside: what a row gains without a seat; -inf: it must have one. Returns the next place in
    `order` and the row that cannot have a seat whoever moves (-1: none so far; it stops there).
    Cost per row: a Dijkstra over the columns it touches.
    """
    mentors = len(seats)
    dist = np.full(mentors, np.inf)
    via = np.empty(mentors, np.int64)
    via_fit = np.empty(mentors, np.float64)
    heap = np.empty(mentors, np.int32)
    where = np.full(mentors, -1, np.int32)
    touched = np.empty(mentors, np.int32)
    at = first
    while at < len(order) and work > 0:
        start = order[at]
        gain = outside
        for e in range(indptr[start], indptr[start + 1]):
            gain = max(gain, fits[e] - price[columns[e]])
        if gain <= outside and outside > -np.inf:
            at += 1
            continue
        best = gain - outside
        end_row, end_column = start, -1
        size = 0
        count = 0
        for e in range(indptr[start], indptr[start + 1]):
            j = columns[e]
            d = gain - (fits[e] - price[j])
            if d < best:
                if load[j] < seats[j]:
                    best = d
                    end_row, end_column = -1, j
                via[j] = start
                via_fit[j] = fits[e]
                size, count = come_nearer(heap, where, dist, touched, size, count, j, d)
        work -= indptr[start + 1] - indptr[start]
        while size > 0:
            k = pop_least(heap, where, dist, size)
            size -= 1
            d = dist[k]
            if d >= best:
                break
            i = head[k]
            while i >= 0:
                base = d + (mate_fit[i] - price[k])
                if base - outside < best:
                    best = max(d, base - outside)
                    end_row, end_column = i, -1
                for e in range(indptr[i], indptr[i + 1]):
                    j = columns[e]
                    reach = base - (fits[e] - price[j])
                    if reach >= best or reach >= dist[j] or where[j] == -2:
                        continue
                    via[j] = i
                    via_fit[j] = fits[e]
                    to = max(d, reach)
                    size, count = come_nearer(heap, where, dist, touched, size, count, j, to)
                    if load[j] < seats[j]:
                        best = dist[j]
                        end_row, end_column = -1, j
                work -= indptr[i + 1] - indptr[i]
                i = after[i]
        raise_prices(touched, count, where, dist, price, best)
        if best == np.inf:
            return at, start
        at += 1
        k = end_column
        if end_row >= 0 and end_row != start:
            k = mate[end_row]
            unlink(end_row, k, head, after, before, load)
            mate[end_row] = -1
        while k >= 0:
            i = via[k]
            old = mate[i]
            if old >= 0:
                unlink(i, old, head, after, before, load)
            link(i, k, head, after, before, load)
            mate[i] = k
            mate_fit[i] = via_fit[k]
            k = old
    return at, -1


@compiled
def fill_seats(
    indptr: Longs,
    rows: Ints,
    fits: Floats,
    order: Ints,
    first: int,
    work: int,
    need: Longs,
    worth: Floats,
    holder: Ints,
    hold_fit: Floats,
) -> int:
    """Fill the empty seats of the mentors order[first:], where mentees are plenty.

    The mirror of `insert_rows`, by mentor: paths over mentees, whose `worth` is their price; a
    path ends at a mentee without mentor. Returns the next place in `order`.
    """
    dist = np.full(len(worth), np.inf)
    via = np.empty(len(worth), np.int32)
    via_fit = np.empty(len(worth), np.float64)
    dropped = np.empty(len(worth), np.int32)
    heap = np.empty(len(worth), np.int32)
    where = np.full(len(worth), -1, np.int32)
    touched = np.empty(len(worth), np.int32)
    at = first
    while at < len(order) and work > 0:
        source = order[at]
        if need[source] <= 0:
            at += 1
            continue
        gain = -np.inf
        for e in range(indptr[source], indptr[source + 1]):
            if holder[rows[e]] != source:
                gain = max(gain, fits[e] - worth[rows[e]])
        size = 0
        count = 0
        best = np.inf
        end = -1
        bidder, base, d, given = source, gain, 0.0, -1
        while True:
            for e in range(indptr[bidder], indptr[bidder + 1]):
                r = rows[e]
                reach = base - (fits[e] - worth[r])
                if reach >= best or reach >= dist[r] or where[r] == -2 or holder[r] == bidder:
                    continue
                via[r] = bidder
                via_fit[r] = fits[e]
                dropped[r] = given
                to = max(d, reach)
                size, count = come_nearer(heap, where, dist, touched, size, count, r, to)
                if holder[r] < 0:
                    best = dist[r]
                    end = r
            work -= indptr[bidder + 1] - indptr[bidder]
            if size == 0:
                break
            given = pop_least(heap, where, dist, size)
            size -= 1
            d = dist[given]
            if d >= best:
                break
            bidder = holder[given]
            base = d + (hold_fit[given] - worth[given])
        raise_prices(touched, count, where, dist, worth, best)
        if end < 0:
            at += 1
            continue
        while end >= 0:
            holder[end] = via[end]
            hold_fit[end] = via_fit[end]
            end = dropped[end]
        need[source] -= 1
    return at
