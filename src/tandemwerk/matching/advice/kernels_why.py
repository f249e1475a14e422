"""One shortest path in the residual graph of an optimal assignment; see `why_not`.

Lengths are pairs (people, fit), compared in this order: an arc is as long as its reduced cost,
once of the number of people (the cover of the certificate is its dual solution) and once of the
fit. All are >= 0, so Dijkstra's rule holds for the pairs as well.
"""

from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np

from ..assignment.market import Flags, Floats, Ints, Longs
from ..compiled import compiled

LOCKED = -2  # mate of a mentee who never moves
FROM_OUTSIDE, NO_WAY, FREE_SEAT = -2, -3, -4  # how a place is reached; FREE_SEAT - mentor


class Residual(NamedTuple):
    """An optimal assignment with its prices, in the caller's places.

    Pairs of row i: indptr[i]:indptr[i + 1] of `fits`; their mentors are columns[...], or, if
    `columns` is empty, 0, 1, 2 ... (a dense matrix). NaN, pairs below the floor and those in
    `banned` (row × mentors + column, ascending) are not allowed. mate, mate_fit: of each mentee;
    mate is -1 for the unmatched and -2 for the locked. room: seats without the locked ones.
    row_cover, price_cover: the dual of the number of people, 0 or 1; pair_cover: 1, or 0 where
    the number of people is free.
    """

    indptr: Longs
    columns: Ints
    fits: Floats
    floor: float
    banned: Longs
    mate: Longs
    mate_fit: Floats
    room: Longs
    price: Floats
    price_cover: Longs
    row_cover: Longs
    pair_cover: int
    lift: float


@compiled
def _gain(r: Residual, row: int) -> float:
    """What the pair of a mentee is worth to them beyond its price; 0 without a pair."""
    if r.mate[row] < 0:
        return 0.0
    return float(max(0.0, r.mate_fit[row] + r.lift - r.price[r.mate[row]]))


@compiled
def cheapest_way(r: Residual, row: int, column: int, via: Longs) -> int:
    """Dijkstra from the mentor `column`, who gives a seat to `row`, to the seat `row` gives up.

    via: int64 (mentors + 1,), filled: for a mentor the mentee who comes to them (FROM_OUTSIDE: a
    seat is given up instead), for the last place (outside: unmatched people, free seats) the
    mentee who stays without a mentor, or FREE_SEAT - the mentor whose free seat is used. Returns
    the target: the mentor of `row`, or the number of mentors for outside. There is always a way.
    """
    mentors = len(r.room)
    load = np.zeros(mentors, np.int64)
    head = np.full(mentors, -1, np.int64)
    after = np.full(len(r.mate), -1, np.int64)
    for u in range(len(r.mate)):
        if r.mate[u] >= 0:
            load[r.mate[u]] += 1
            after[u] = head[r.mate[u]]
            head[r.mate[u]] = u
    people = np.full(mentors + 1, np.iinfo(np.int64).max)
    fit = np.full(mentors + 1, np.inf)
    done = np.zeros(mentors + 1, np.bool_)
    via[:] = NO_WAY
    target = r.mate[row] if r.mate[row] >= 0 else mentors
    people[column], fit[column] = 0, 0.0
    heap = [(0, 0.0, column)]
    while len(heap) > 0:
        p, f, x = heappop(heap)
        if done[x]:
            continue
        done[x] = True
        if x == target:
            break
        if x < mentors:
            if load[x] < r.room[x]:
                _relax(people, fit, via, heap, target, mentors, p, f, FREE_SEAT - x)
            u = head[x]
            while u >= 0:
                if u != row:
                    gain = _gain(r, u)
                    _relax(people, fit, via, heap, target, mentors, p + r.row_cover[u], f + gain, u)
                    _follow(r, people, fit, via, heap, target, done, p, f, u, gain)
                u = after[u]
        else:
            for v in range(mentors):
                if load[v] > 0 and not done[v]:
                    q, g = p + r.price_cover[v], f + r.price[v]
                    _relax(people, fit, via, heap, target, v, q, g, FROM_OUTSIDE)
            for u in range(len(r.mate)):
                if r.mate[u] == -1 and u != row:
                    _follow(r, people, fit, via, heap, target, done, p, f, u, 0.0)
    return int(target)


@compiled
def _relax(
    people: Longs, fit: Floats, via: Longs, heap: list[tuple[int, float, int]], target: int,
    y: int, p: int, f: float, by: int,
) -> None:  # fmt: skip
    """Come to y by a shorter way, unless it is too long already for the target."""
    if p > people[target] or (p == people[target] and f >= fit[target]):
        return
    if p < people[y] or (p == people[y] and f < fit[y]):
        people[y], fit[y], via[y] = p, f, by
        heappush(heap, (p, f, y))


@compiled
def _follow(
    r: Residual, people: Longs, fit: Floats, via: Longs, heap: list[tuple[int, float, int]],
    target: int, done: Flags, p: int, f: float, u: int, gain: float,
) -> None:  # fmt: skip
    """All pairs of mentee u as ways to another mentor."""
    mentors = len(r.room)
    dense = len(r.columns) == 0
    banned = len(r.banned) > 0
    least = fit[target]
    base = f + gain - r.lift
    for e in range(r.indptr[u], r.indptr[u + 1]):
        w = r.fits[e]
        if not w >= r.floor:  # NaN too
            continue
        v = e - r.indptr[u] if dense else r.columns[e]
        g = max(f, base + r.price[v] - w)
        if g >= least and people[target] == 0:
            continue
        if done[v] or r.room[v] == 0 or v == r.mate[u]:
            continue
        q = p + r.row_cover[u] + r.price_cover[v] - r.pair_cover
        if banned:
            place = np.searchsorted(r.banned, u * mentors + v)
            if place < len(r.banned) and r.banned[place] == u * mentors + v:
                continue
        _relax(people, fit, via, heap, target, v, q, g, u)
        least = fit[target]
