"""Shortest paths in a matrix without gaps, by looking at a few cells of each row.

Bidders (rows of the part) and places, one seat each, every pair allowed. Prices only rise, so
what a row found to be its best pairs stays a bound for all others: each row keeps a short list
and a bar, and no pair outside its list gains more than its bar. A bid or a path reads the list;
the whole row is read only where the bar could matter. So the result is that of the dense method
(Jonker & Volgenant 1987: column reduction, augmenting row reduction, shortest paths).

State: price float64 per place, held int64 bidder per place or -1, mate int64 place per bidder or
-1; columns, values (bidders, LIST), size and bar per bidder: the lists, empty with bar +inf first.
"""

import numpy as np

from ..compiled import compiled, compiled_finite
from .kernels_path import come_nearer, pop_least, raise_prices
from .market import Floats, Ints, Longs

# A row's columns are looked at in groups of at most 16; a list holds the best of so many groups.
GROUP, BEST = 16, 12
LIST = GROUP * BEST
_TIES = 32


@compiled
def column_tops(fits: Floats) -> tuple[int, Floats]:
    """How many cells are not finite, and per column the highest of the others (-inf if none)."""
    odd = 0
    tops = np.full(fits.shape[1], -np.inf)
    for i in range(fits.shape[0]):
        row = fits[i]
        for j in range(len(row)):
            fit = row[j]
            odd += 0 if abs(fit) <= 1.7976931348623157e308 else 1
            # Unlike max(), this never lets NaN through.
            tops[j] = fit if fit > tops[j] else tops[j]  # noqa: FURB136
    return odd, tops


@compiled_finite
def _group_tops(row: Floats, price: Floats, tops: Floats) -> None:
    """The highest gain of each group of columns g, g + groups, g + 2 groups, ..."""
    groups = len(tops)
    tops[:] = -np.inf
    for first in range(0, len(row), groups):
        # Slices, so that the loop needs no test for places below 0 and takes many at once.
        fits, costs = row[first : first + groups], price[first : first + groups]
        for g in range(len(fits)):
            tops[g] = max(tops[g], fits[g] - costs[g])


@compiled
def row_gains(
    fits: Floats, rows: Longs, columns: Longs, natural: bool, price: Floats
) -> Floats:  # fmt: skip
    """Per row of the part the highest fit - price; natural: the columns are 0, 1, 2, ..."""
    best = np.full(len(rows), -np.inf)
    tops = np.empty(64)
    for i in range(len(rows)):
        row = fits[rows[i]]
        if natural:
            _group_tops(row, price, tops)
            for g in range(len(tops)):
                best[i] = max(best[i], tops[g])
        else:
            for j in range(len(columns)):
                best[i] = max(best[i], row[columns[j]] - price[j])
    return best


@compiled
def _listed(
    row: Floats, price: Floats, tops: Floats, high: Floats, columns: Ints, values: Floats
) -> tuple[int, float]:
    """Write the row's list anew at these prices; returns its size and the bar.

    high: room for so many best groups, at most BEST; at least as many pairs reach the bar (or there
    are no more), and none outside the list exceeds it.
    """
    _group_tops(row, price, tops)
    groups = len(tops)
    last = len(high) - 1
    high[:] = -np.inf
    for g in range(groups):
        if tops[g] > high[last]:
            place = last
            while place > 0 and high[place - 1] < tops[g]:
                high[place] = high[place - 1]
                place -= 1
            high[place] = tops[g]
    bar = high[last]
    count = 0
    for g in range(groups):
        if tops[g] > bar:
            for j in range(g, len(row), groups):
                if row[j] - price[j] > bar:
                    columns[count] = j
                    values[count] = row[j]
                    count += 1
    for g in range(groups):
        if tops[g] == bar:
            for j in range(g, len(row), groups):
                if count < _TIES and row[j] - price[j] == bar:
                    columns[count] = j
                    values[count] = row[j]
                    count += 1
    return count, bar


@compiled
def bid_listed(
    fits: Floats,
    rows: Longs,
    first: int,
    work: int,
    limit: int,
    price: Floats,
    held: Longs,
    mate: Longs,
    columns: Ints,
    values: Floats,
    size: Longs,
    bar: Floats,
    tops: Floats,
    high: Floats,
    tries: Ints,
    left: Longs,
    left_count: int,
) -> tuple[int, int]:
    """Let the bidders first, first + 1, ... and whom they outbid bid, about `work` cells long.

    rows: per bidder its row in `fits`. limit: bids per bidder. left[:left_count]: those who gave
    up. Returns the next bidder and the new left_count.
    """
    at = first
    while at < len(rows) and work > 0:
        i = at
        at += 1
        while i >= 0:
            if tries[i] >= limit:
                left[left_count] = i
                left_count += 1
                break
            tries[i] += 1
            j = -1
            while True:
                best, second = -np.inf, -np.inf
                for e in range(size[i]):
                    gain = values[i, e] - price[columns[i, e]]
                    if gain > second:
                        if gain > best:
                            second = best
                            best = gain
                            j = columns[i, e]
                        else:
                            second = gain
                work -= size[i]
                if second >= bar[i]:
                    break
                size[i], bar[i] = _listed(fits[rows[i]], price, tops, high, columns[i], values[i])
                work -= len(price)
            k = held[j]
            if second == best and k >= 0:
                for e in range(size[i]):
                    other = columns[i, e]
                    if held[other] < 0 and values[i, e] - price[other] == best:
                        j, k = other, -1
                        break
                if k >= 0:
                    left[left_count] = i
                    left_count += 1
                    break
            # With a single place there is no second: any finite step will do.
            price[j] += best - max(second, best - 1.0 - abs(best))
            held[j] = i
            mate[i] = j
            if k >= 0:
                mate[k] = -1
            i = k
    return at, left_count


@compiled
def insert_listed(
    fits: Floats,
    rows: Longs,
    order: Longs,
    first: int,
    last: int,
    work: int,
    price: Floats,
    held: Longs,
    mate: Longs,
    columns: Ints,
    values: Floats,
    size: Longs,
    bar: Floats,
    tops: Floats,
    high: Floats,
) -> int:
    """Bring in the bidders order[first:last] by shortest paths, about `work` cells long.

    Needs a free place for each. A node of the search is a place, or (beyond the places) a bidder
    whose row outside the list is still to be read. Returns the next place in `order`.
    """
    places = len(price)
    nodes = places + len(rows)
    key = np.full(nodes, np.inf)
    where = np.full(nodes, -1, np.int32)
    heap = np.empty(nodes, np.int32)
    touched = np.empty(nodes, np.int32)
    via = np.empty(places, np.int64)
    bases = np.empty(len(rows))
    at = first
    while at < last and work > 0:
        i = order[at]
        at += 1
        size[i], bar[i] = _listed(fits[rows[i]], price, tops, high, columns[i], values[i])
        base = -np.inf
        for e in range(size[i]):
            base = max(base, values[i, e] - price[columns[i, e]])
        best, end = np.inf, -1
        d = 0.0
        heaped, count = 0, 0
        whole = False
        while True:
            row = fits[rows[i]]
            for e in range(places if whole else size[i]):
                j = e if whole else columns[i, e]
                reach = base - (row[j] - price[j]) if whole else base - (values[i, e] - price[j])
                if reach >= best or reach >= key[j] or where[j] == -2:
                    continue
                via[j] = i
                to = max(d, reach)
                heaped, count = come_nearer(heap, where, key, touched, heaped, count, j, to)
                if held[j] < 0:
                    best = key[j]
                    end = j
            if whole:
                work -= places
                size[i], bar[i] = _listed(row, price, tops, high, columns[i], values[i])
            elif base - bar[i] < best:
                bases[i] = base
                to = max(d, base - bar[i])
                heaped, count = come_nearer(
                    heap, where, key, touched, heaped, count, places + i, to
                )
            work -= size[i]
            if heaped == 0:
                break
            node = pop_least(heap, where, key, heaped)
            heaped -= 1
            d = key[node]
            if d >= best:
                break
            whole = node >= places
            if whole:
                i = node - places
                base = bases[i]
            else:
                i = held[node]
                base = d + (fits[rows[i], node] - price[node])
        raise_prices(touched, count, where, key, price, best)
        j = end
        while j >= 0:
            i = via[j]
            held[j] = i
            other = mate[i]
            mate[i] = j
            j = other
    return at
