"""How many people can be matched at all, where seats are short, and what that is worth.

The largest matching comes from push-relabel on the mentors (Goldberg & Tarjan 1988; for bipartite
graphs Kaya, Langguth, Manne & Uçar 2013). The rows and columns that alternating paths reach from
the unmatched rows are the over-demanded part of Dulmage & Mendelsohn 1958.
"""

import numpy as np

from ..compiled import compiled
from .kernels_path import link, unlink
from .market import Flags, Floats, Ints, Longs


@compiled
def match_most(
    indptr: Longs,
    columns: Ints,
    by_column: Longs,
    rows: Ints,
    seats: Longs,
    mate: Longs,
    head: Longs,
    after: Longs,
    before: Longs,
    load: Longs,
) -> None:
    """Extend any matching (mate and lists) to one of the most people.

    by_column, rows: the same edges by mentor. Cost: a few passes over the edges.
    """
    count_rows = len(indptr) - 1
    far = len(seats) + 1
    label = np.empty(len(seats), np.int64)
    queue = np.empty(len(seats), np.int64)
    active = np.empty(count_rows, np.int64)
    while True:
        # Exact distances to a free seat, by breadth first from all free seats.
        size = 0
        for j in range(len(seats)):
            if load[j] < seats[j]:
                label[j] = 0
                queue[size] = j
                size += 1
            else:
                label[j] = far
        done = 0
        while done < size:
            j = queue[done]
            done += 1
            for e in range(by_column[j], by_column[j + 1]):
                k = mate[rows[e]]
                if k >= 0 and label[k] == far:
                    label[k] = label[j] + 1
                    queue[size] = k
                    size += 1
        count = 0
        for i in range(count_rows):
            if mate[i] < 0:
                for e in range(indptr[i], indptr[i + 1]):
                    if label[columns[e]] < far:
                        active[count] = i
                        count += 1
                        break
        if count == 0:
            return
        pushes = count_rows // 2 + 16
        while count > 0 and pushes > 0:
            pushes -= 1
            count -= 1
            i = active[count]
            nearest = far
            j = -1
            for e in range(indptr[i], indptr[i + 1]):
                if label[columns[e]] < nearest:
                    nearest = label[columns[e]]
                    j = columns[e]
            if j < 0:
                continue
            if load[j] >= seats[j]:
                # Whoever of the members has the shortest way on must go.
                out = -1
                shortest = far
                k = head[j]
                while k >= 0 and shortest >= nearest:
                    for e in range(indptr[k], indptr[k + 1]):
                        other = columns[e]
                        if other != j and label[other] < shortest:
                            shortest = label[other]
                            out = k
                    k = after[k]
                label[j] = min(far, shortest + 1)
                if label[j] >= far:
                    label[j] = far
                    count += 1
                    continue
                unlink(out, j, head, after, before, load)
                mate[out] = -1
                active[count] = out
                count += 1
            elif load[j] + 1 == seats[j]:
                label[j] = 1
            link(i, j, head, after, before, load)
            mate[i] = j


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
def over_demanded(
    indptr: Longs, columns: Ints, fits: Floats, in_rows: Flags, in_columns: Flags, mentors: int
) -> tuple[Longs, Ints, Floats]:
    """The edges between these rows and columns by mentor: indptr, rows, fits."""
    start = np.zeros(mentors + 1, np.int64)
    for i in range(len(indptr) - 1):
        if in_rows[i]:
            for e in range(indptr[i], indptr[i + 1]):
                start[columns[e] + 1] += 1
    for j in range(mentors):
        start[j + 1] += start[j]
    place = start[:mentors].copy()
    rows = np.empty(start[mentors], np.int32)
    values = np.empty(start[mentors], np.float64)
    for i in range(len(indptr) - 1):
        if in_rows[i]:
            for e in range(indptr[i], indptr[i + 1]):
                j = columns[e]
                rows[place[j]] = i
                values[place[j]] = fits[e]
                place[j] += 1
    return start, rows, values


@compiled
def prices_of_seats(
    indptr: Longs, rows: Ints, fits: Floats, lacking: Flags, worth: Floats, holder: Ints,
    price: Floats,
) -> None:  # fmt: skip
    """Write the price of each lacking mentor, before any lift: what the best mentee not held
    would bring. It lies below what every mentee held brings."""
    for j in range(len(price)):
        if lacking[j]:
            price[j] = -np.inf
            held = np.inf
            for e in range(indptr[j], indptr[j + 1]):
                gain = fits[e] - worth[rows[e]]
                if holder[rows[e]] == j:
                    held = min(held, gain)
                else:
                    price[j] = max(price[j], gain)
            if price[j] == -np.inf:
                price[j] = held
            price[j] = min(price[j], held)


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
def best_gains(indptr: Longs, columns: Ints, fits: Floats, price: Floats) -> Floats:
    """Per row the highest fit - price, -inf without any edge."""
    best = np.full(len(indptr) - 1, -np.inf)
    for i in range(len(indptr) - 1):
        for e in range(indptr[i], indptr[i + 1]):
            best[i] = max(best[i], fits[e] - price[columns[e]])
    return best


@compiled
def take_better(
    indptr: Longs, columns: Ints, fits: Floats, seats: Longs, least: float, mate: Longs,
    load: Longs,
) -> int:  # fmt: skip
    """Let every row in turn move to the free seat it likes best, if it likes that better than
    its own; rows without a seat take any above `least`. Writes mate and load; returns how many
    moved. Nobody loses a seat, so the number of people only grows."""
    moved = 0
    for i in range(len(indptr) - 1):
        own, better = least, -1
        for e in range(indptr[i], indptr[i + 1]):
            if columns[e] == mate[i]:
                own = fits[e]
        for e in range(indptr[i], indptr[i + 1]):
            if fits[e] > own and load[columns[e]] < seats[columns[e]]:
                own, better = fits[e], columns[e]
        if better >= 0:
            if mate[i] >= 0:
                load[mate[i]] -= 1
            mate[i] = better
            load[better] += 1
            moved += 1
    return moved
