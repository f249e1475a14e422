"""Leximin on plain arrays: level by level, as few pairs as possible at the lowest fit.

A matching is a flow in a graph with a node per mentee, per mentor, and two more: SOURCE gives
every matched mentee one unit, SINK takes one per seat used. Another matching of as many people
differs by cycles of the residual graph. Fits are looked at from the lowest up. On a level every
edge of this fit costs 1 and all others 0; the cost is minimised by cancelling negative cycles,
one matched edge after the other, under whole-number potentials. Where there is no such cycle,
the nodes the search reached get a new potential. At the end of a level, what has a positive
reduced cost keeps its flow in every optimal matching (complementary slackness) and is out of the
game: all further levels stay within the optimal face. So the lexicographic order itself is kept,
exactly, and never imitated by a sum of large weights.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..compiled import compiled
from .market import Flags, Floats, Ints, Longs

Bytes = NDArray[np.int8]

FRONT, BACK = 1, 2


class State(NamedTuple):
    """All arrays of one run. Nodes: mentees, then mentors, then SOURCE, then SINK.

    indptr, column, row: edges by mentee. column_start, by_column: the same edges by mentor.
    edge_of: the edge of each mentee or -1. first_seat, held, load, place: who is at which mentor,
    and where in that list each mentee stands. *_alive: False = the flow is settled. cost, 0 or 1
    per edge. potential, seen (FRONT or BACK), link and link_edge (the neighbour towards the start
    of its own search), per node. queue, waiting: one row per direction. meeting: see `_search`.
    touched: nodes with a potential.
    """

    indptr: Longs
    column: Ints
    row: Longs
    column_start: Longs
    by_column: Longs
    seats: Longs
    edge_of: Longs
    first_seat: Longs
    held: Longs
    load: Longs
    place: Longs
    alive: Flags
    source_alive: Flags
    sink_alive: Flags
    cost: Longs
    potential: Longs
    seen: Bytes
    link: Longs
    link_edge: Longs
    queue: Longs
    waiting: Flags
    meeting: Longs
    touched: Flags


@compiled
def _reach(s: State, side: int, x: int, y: int, edge: int, size: Longs) -> bool:
    """Note that a search came from x to y; True if the other side has been at y already."""
    if s.seen[y] == side:
        return False
    if s.seen[y] != 0:
        s.meeting[0], s.meeting[1], s.meeting[2] = (x, y, edge) if side == FRONT else (y, x, edge)
        return True
    s.seen[y] = side
    s.link[y], s.link_edge[y] = x, edge
    large = len(s.edge_of) + len(s.seats)
    if y >= large:
        s.waiting[side - 1, y - large] = True
    else:
        s.queue[side - 1, size[side - 1]] = y
        size[side - 1] += 1
    return False


@compiled
def _ahead(s: State, x: int, size: Longs) -> bool:
    """Follow all residual arcs out of node x that cost nothing; True if the searches meet."""
    rows, columns = len(s.edge_of), len(s.seats)
    source, sink = rows + columns, rows + columns + 1
    p, seen, own = s.potential, s.seen, s.potential[x]
    if x < rows:
        mine = s.edge_of[x]
        for e in range(s.indptr[x], s.indptr[x + 1]):
            if s.alive[e]:
                y = rows + s.column[e]
                if (
                    seen[y] != FRONT
                    and e != mine
                    and s.cost[e] + own == p[y]
                    and _reach(s, FRONT, x, y, e, size)
                ):
                    return True
        if mine >= 0 and s.source_alive[x] and own == p[source]:
            return _reach(s, FRONT, x, source, -1, size)
    elif x < source:
        v = x - rows
        if (
            s.load[v] < s.seats[v]
            and s.sink_alive[v]
            and own == p[sink]
            and _reach(s, FRONT, x, sink, -1, size)
        ):
            return True
        for k in range(s.first_seat[v], s.first_seat[v] + s.load[v]):
            u = s.held[k]
            e = s.edge_of[u]
            if s.alive[e] and own - s.cost[e] == p[u] and _reach(s, FRONT, x, u, -1, size):
                return True
    elif x == source:
        for u in range(rows):
            if (
                s.edge_of[u] < 0
                and s.source_alive[u]
                and own == p[u]
                and _reach(s, FRONT, x, u, -1, size)
            ):
                return True
    else:
        for v in range(columns):
            if (
                s.load[v] > 0
                and s.sink_alive[v]
                and own == p[rows + v]
                and _reach(s, FRONT, x, rows + v, -1, size)
            ):
                return True
    return False


@compiled
def _behind(s: State, x: int, size: Longs) -> bool:
    """Follow all residual arcs into node x that cost nothing; True if the searches meet."""
    rows, columns = len(s.edge_of), len(s.seats)
    source, sink = rows + columns, rows + columns + 1
    p, seen, own = s.potential, s.seen, s.potential[x]
    if x < rows:
        e = s.edge_of[x]
        if e >= 0:
            y = rows + s.column[e]
            return s.alive[e] and p[y] - s.cost[e] == own and _reach(s, BACK, x, y, -1, size)
        return s.source_alive[x] and p[source] == own and _reach(s, BACK, x, source, -1, size)
    if x < source:
        v = x - rows
        if (
            s.load[v] > 0
            and s.sink_alive[v]
            and p[sink] == own
            and _reach(s, BACK, x, sink, -1, size)
        ):
            return True
        for c in range(s.column_start[v], s.column_start[v + 1]):
            e = s.by_column[c]
            if s.alive[e]:
                u = s.row[e]
                if (
                    seen[u] != BACK
                    and s.edge_of[u] != e
                    and s.cost[e] + p[u] == own
                    and _reach(s, BACK, x, u, e, size)
                ):
                    return True
    elif x == source:
        for u in range(rows):
            if (
                s.edge_of[u] >= 0
                and s.source_alive[u]
                and p[u] == own
                and _reach(s, BACK, x, u, -1, size)
            ):
                return True
    else:
        for v in range(columns):
            if (
                s.load[v] < s.seats[v]
                and s.sink_alive[v]
                and p[rows + v] == own
                and _reach(s, BACK, x, rows + v, -1, size)
            ):
                return True
    return False


@compiled
def _search(s: State, i: int, j: int, size: Longs) -> int:
    """Look for a way from i to j that costs nothing: 0 if found, else the side that found none.

    From i forwards and from j backwards in turn, so that a failure costs only as much as the
    smaller side. SOURCE and SINK wait until nothing else is left. meeting: filled with the arc
    (node, node, edge) that joins both ways. size: with how many nodes either side has seen.
    """
    large = len(s.edge_of) + len(s.seats)
    s.queue[0, 0], s.queue[1, 0] = i, j
    s.seen[i], s.seen[j] = FRONT, BACK
    size[:] = 1
    s.waiting[:] = False
    front = back = 0
    while True:
        if front < size[0]:
            x = s.queue[0, front]
            front += 1
        elif s.waiting[0, 1]:
            x, s.waiting[0, 1] = large + 1, False
        elif s.waiting[0, 0]:
            x, s.waiting[0, 0] = large, False
        else:
            return FRONT
        if _ahead(s, x, size):
            return 0
        if back < size[1]:
            x = s.queue[1, back]
            back += 1
        elif s.waiting[1, 1]:
            x, s.waiting[1, 1] = large + 1, False
        elif s.waiting[1, 0]:
            x, s.waiting[1, 0] = large, False
        else:
            return BACK
        if _behind(s, x, size):
            return 0


@compiled
def _turn(s: State, fit: Floats, level: float) -> None:
    """Move everyone on the cycle found: each mentee takes the edge by which it leaves them."""
    rows = len(s.edge_of)
    moved = np.empty(rows, np.int64)
    new = np.empty(rows, np.int64)
    size = 0
    x, following, edge = s.meeting[0], s.meeting[1], s.meeting[2]
    while x >= 0:
        if x < rows:
            moved[size], new[size] = x, edge
            size += 1
        edge = s.link_edge[x]
        x = s.link[x]
    x = following
    while x >= 0:
        if x < rows:
            moved[size], new[size] = x, s.link_edge[x]
            size += 1
        x = s.link[x]
    for k in range(size):
        u = moved[k]
        old = s.edge_of[u]
        if old >= 0:
            v = s.column[old]
            s.load[v] -= 1
            last = s.held[s.first_seat[v] + s.load[v]]
            s.held[s.first_seat[v] + s.place[u]] = last
            s.place[last] = s.place[u]
            if fit[old] == level:
                s.cost[old] = 1
        s.edge_of[u] = -1
    for k in range(size):
        if new[k] >= 0:
            seat(s, moved[k], new[k])


@compiled
def seat(s: State, u: int, edge: int) -> None:
    """Put mentee u on this edge."""
    v = s.column[edge]
    s.edge_of[u] = edge
    s.place[u] = s.load[v]
    s.held[s.first_seat[v] + s.load[v]] = u
    s.load[v] += 1


@compiled
def _forget(s: State, size: Longs, failed: int, changed: Longs, count: int) -> int:
    """Clear the marks of a search; after a failure shift the potentials of the side that failed."""
    large = len(s.edge_of) + len(s.seats)
    for d in range(2):
        for k in range(size[d] + 2):
            x = s.queue[d, k] if k < size[d] else large + k - size[d]
            if s.seen[x] == d + 1:
                s.seen[x] = 0
                s.link[x], s.link_edge[x] = -1, -1
                if failed == d + 1:
                    s.potential[x] += -1 if failed == FRONT else 1
                    if not s.touched[x]:
                        s.touched[x] = True
                        changed[count] = x
                        count += 1
    return count


@compiled
def _settle(s: State, changed: Longs, count: int) -> None:
    """Whatever has a positive reduced cost at a changed node keeps its flow from now on."""
    rows, columns = len(s.edge_of), len(s.seats)
    source, sink = rows + columns, rows + columns + 1
    p = s.potential
    for k in range(count):
        x = changed[k]
        if x < rows:
            for e in range(s.indptr[x], s.indptr[x + 1]):
                if s.cost[e] + p[x] != p[rows + s.column[e]]:
                    s.alive[e] = False
            if p[x] != p[source]:
                s.source_alive[x] = False
        elif x < source:
            v = x - rows
            for c in range(s.column_start[v], s.column_start[v + 1]):
                e = s.by_column[c]
                if s.cost[e] + p[s.row[e]] != p[x]:
                    s.alive[e] = False
            if p[x] != p[sink]:
                s.sink_alive[v] = False
        elif x == source:
            for u in range(rows):
                if p[u] != p[source]:
                    s.source_alive[u] = False
        else:
            for v in range(columns):
                if p[rows + v] != p[sink]:
                    s.sink_alive[v] = False
    for k in range(count):
        p[changed[k]] = 0
        s.touched[changed[k]] = False


@compiled
def climb(s: State, order: Longs, fit: Floats, low: int, work: int) -> int:
    """Levels from order[low] up, until about `work` searches are made; returns the next `low`."""
    rows = len(s.edge_of)
    size = np.zeros(2, np.int64)
    changed = np.empty(len(s.potential), np.int64)
    while low < len(order) and work > 0:
        level = fit[order[low]]
        high = low
        while high < len(order) and fit[order[high]] == level:
            edge = order[high]
            if s.alive[edge] and s.edge_of[s.row[edge]] != edge:
                s.cost[edge] = 1
            high += 1
        count = 0
        for at in range(low, high):
            edge = order[at]
            i, j = s.row[edge], rows + s.column[edge]
            if not s.alive[edge] or s.edge_of[i] != edge or s.cost[edge] == 1:
                continue
            s.cost[edge] = 1
            if s.potential[j] - s.potential[i] < 1:
                work -= 1
                failed = _search(s, i, j, size)
                if failed == 0:
                    _turn(s, fit, level)
                count = _forget(s, size, failed, changed, count)
        for at in range(low, high):
            edge = order[at]
            x, y = s.row[edge], rows + s.column[edge]
            if s.edge_of[x] != edge and s.cost[edge] + s.potential[x] != s.potential[y]:
                s.alive[edge] = False
        _settle(s, changed, count)
        for at in range(low, high):
            s.cost[order[at]] = 0
        low = high
    return low
