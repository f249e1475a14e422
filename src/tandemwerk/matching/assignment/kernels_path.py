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
from .market import Flags, Floats, Ints, Longs


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
def pop_least(heap: Ints, where: Ints, key: Floats, size: int) -> int:
    """Take the column with the least key out of a heap of this size."""
    least = heap[0]
    where[least] = -2
    j = heap[size - 1]
    size -= 1
    place = 0
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
    if size > 0:
        heap[place] = j
        where[j] = place
    return int(least)


@compiled
def unlink(i: int, j: int, head: Longs, after: Longs, before: Longs) -> None:
    """Take row i out of the list of column j."""
    if before[i] >= 0:
        after[before[i]] = after[i]
    else:
        head[j] = after[i]
    if after[i] >= 0:
        before[after[i]] = before[i]


@compiled
def link(i: int, j: int, head: Longs, after: Longs, before: Longs) -> None:
    """Put row i first into the list of column j."""
    before[i] = -1
    after[i] = head[j]
    if head[j] >= 0:
        before[head[j]] = i
    head[j] = i


@compiled
def insert_rows(
    indptr: Longs,
    columns: Ints,
    fits: Floats,
    seats: Longs,
    order: Longs,
    first: int,
    work: int,
    lift: float,
    mate: Longs,
    mate_fit: Floats,
    head: Longs,
    after: Longs,
    before: Longs,
    load: Longs,
    price: Floats,
) -> int:
    """Bring the rows order[first:] in, one by one, until about `work` edges were looked at.

    Returns the next place in `order`. Cost per row: a Dijkstra over the columns it touches.
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
        at += 1
        gain = 0.0
        for e in range(indptr[start], indptr[start + 1]):
            gain = max(gain, fits[e] + lift - price[columns[e]])
        if gain <= 0.0:
            continue
        best = gain
        end_row, end_column = start, -1
        size = 0
        count = 0
        for e in range(indptr[start], indptr[start + 1]):
            j = columns[e]
            d = gain - (fits[e] + lift - price[j])
            if d < best:
                dist[j] = d
                via[j] = start
                via_fit[j] = fits[e]
                heap[size] = j
                where[j] = size
                size += 1
                sift_up(heap, where, dist, size - 1)
                touched[count] = j
                count += 1
        work -= indptr[start + 1] - indptr[start]
        while size > 0:
            k = pop_least(heap, where, dist, size)
            size -= 1
            d = dist[k]
            if d >= best:
                break
            if load[k] < seats[k]:
                best = d
                end_row, end_column = -1, k
                break
            i = head[k]
            while i >= 0:
                base = d + (mate_fit[i] - price[k])
                if base + lift < best:
                    best = max(d, base + lift)
                    end_row, end_column = i, -1
                for e in range(indptr[i], indptr[i + 1]):
                    j = columns[e]
                    if where[j] == -2:
                        continue
                    reach = max(d, base - (fits[e] - price[j]))
                    if reach < best and reach < dist[j]:
                        if where[j] == -1:
                            heap[size] = j
                            where[j] = size
                            size += 1
                            touched[count] = j
                            count += 1
                        dist[j] = reach
                        via[j] = i
                        via_fit[j] = fits[e]
                        sift_up(heap, where, dist, where[j])
                work -= indptr[i + 1] - indptr[i]
                i = after[i]
        for place in range(count):
            j = touched[place]
            if dist[j] < best and where[j] == -2:
                price[j] += best - dist[j]
        k = end_column
        if end_row >= 0 and end_row != start:
            k = mate[end_row]
            unlink(end_row, k, head, after, before)
            load[k] -= 1
            mate[end_row] = -1
        while k >= 0:
            i = via[k]
            old = mate[i]
            if old >= 0:
                unlink(i, old, head, after, before)
                load[old] -= 1
            link(i, k, head, after, before)
            load[k] += 1
            mate[i] = k
            mate_fit[i] = via_fit[k]
            k = old
        for place in range(count):
            dist[touched[place]] = np.inf
            where[touched[place]] = -1
    return at


@compiled
def reach_from_unmatched(
    indptr: Longs, columns: Ints, mate: Longs, head: Longs, after: Longs
) -> tuple[Flags, Flags]:
    """(rows, columns) reached from unmatched rows along any edge forth and matched edges back."""
    rows = len(indptr) - 1
    row_seen = np.zeros(rows, np.bool_)
    column_seen = np.zeros(len(head), np.bool_)
    stack = np.empty(rows, np.int64)
    size = 0
    for i in range(rows):
        if mate[i] < 0:
            row_seen[i] = True
            stack[size] = i
            size += 1
    while size > 0:
        size -= 1
        i = stack[size]
        for e in range(indptr[i], indptr[i + 1]):
            j = columns[e]
            if not column_seen[j]:
                column_seen[j] = True
                k = head[j]
                while k >= 0:
                    if not row_seen[k]:
                        row_seen[k] = True
                        stack[size] = k
                        size += 1
                    k = after[k]
    return row_seen, column_seen


@compiled
def least_lift(
    indptr: Longs,
    columns: Ints,
    fits: Floats,
    mate: Longs,
    mate_fit: Floats,
    lacking: Flags,
    price: Floats,
) -> float:
    """The least lift >= 0 with which the prices hold; those of `lacking` columns lie below it."""
    lift = 0.0
    for j in range(len(price)):
        if lacking[j]:
            lift = max(lift, -price[j])
    for i in range(len(indptr) - 1):
        if mate[i] >= 0 and not lacking[mate[i]]:
            own = mate_fit[i] - price[mate[i]]
            lift = max(lift, -own)
            for e in range(indptr[i], indptr[i + 1]):
                if lacking[columns[e]]:
                    lift = max(lift, fits[e] - price[columns[e]] - own)
    return lift


@compiled
def best_gains(indptr: Longs, columns: Ints, fits: Floats, price: Floats, lift: float) -> Floats:
    """Per row the most it could gain, fit + lift - price, at least 0."""
    best = np.zeros(len(indptr) - 1)
    for i in range(len(indptr) - 1):
        for e in range(indptr[i], indptr[i + 1]):
            best[i] = max(best[i], fits[e] + lift - price[columns[e]])
    return best
